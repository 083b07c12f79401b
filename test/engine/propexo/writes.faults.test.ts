import { describeFaultsAtOnce, ONCE } from '../support/deliver/faultsAtOnce.ts';
import { describeMatrix } from '../support/deliver/matrix.ts';
import { OPERATIONS } from '../support/operations.ts';
import { changes, otherCreations, upsertedLead } from './support/driven.ts';

const others = [...otherCreations, ...changes];

it('Every write of Propexo is tried with every fault', () => {
	const writes = OPERATIONS.filter(({ service, writes }) => writes && service.name === 'propexo');
	// Lead Event: Create has the whole matrix; Write Job: Retry has tests of its own.
	expect([...others, upsertedLead]).toHaveLength(writes.length - 2);
});

describeFaultsAtOnce(others);
// Tried again, it finds the lead that it made and leaves it as it is (test/engine/propexo/lead/upsert.test.ts).
describe('Create or Update', () => describeFaultsAtOnce([upsertedLead], ONCE));

for (const other of others) describe(other.title, () => describeMatrix(other, 'ofAllItems'));
