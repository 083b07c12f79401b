import { triesAll } from '../../support/effort.ts';
import { describeFaultsAtOnce } from '../support/deliver/faultsAtOnce.ts';
import { describeMatrix } from '../support/deliver/matrix.ts';
import { OPERATIONS } from '../support/operations.ts';
import { driven, showing } from './support/driven.ts';

const others = [showing];

it('Every write of RentEngine is tried with every fault', () => {
	const writes = OPERATIONS.filter(({ service, writes }) => writes && service.name === 'rentEngine');
	// Leasing Event: Create is in the matrix, too.
	expect(others).toHaveLength(writes.length - 1);
});

describeFaultsAtOnce(triesAll ? [driven, ...others] : others);

for (const other of others) describeMatrix(other, 'ofAllItems');
