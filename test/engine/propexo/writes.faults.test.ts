import { part } from '../../support/effort.ts';
import { describeFaultsAtOnce } from '../support/deliver/faultsAtOnce.ts';
import { describeMatrix } from '../support/deliver/matrix.ts';
import { OPERATIONS } from '../support/operations.ts';
import { cancellations, changes, otherCreations, upsertedLead } from './support/driven.ts';

const others = [...otherCreations, ...changes];

it('Every write of Propexo is tried with every fault', () => {
	const writes = OPERATIONS.filter(({ service, writes }) => writes && service.name === 'propexo');
	// Tested elsewhere: Lead Event: Create in the matrix, Write Job: Retry in its own file.
	expect([...others, ...cancellations, upsertedLead]).toHaveLength(writes.length - 2);
});

describeFaultsAtOnce(part([...others, ...cancellations], 2));
// Tried again, it finds the lead that it made and leaves it as it is (test/engine/propexo/lead/upsert.test.ts).
describeFaultsAtOnce([upsertedLead], 'one');

part(others, 3).forEach((other, turn) => describeMatrix(other, 'ofAllItems', turn));
