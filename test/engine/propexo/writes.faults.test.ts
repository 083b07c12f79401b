import { JOB_WRITES } from '../../unit/propexo/support/jobWrites.ts';
import { describeFaultsAtOnce } from '../support/deliver/faultsAtOnce.ts';
import { describeMatrix } from '../support/deliver/matrix.ts';
import { changes, otherCreations } from './support/driven.ts';

const others = [...otherCreations, ...changes];

it('Every write of Propexo is tried with every fault', () => {
	// Lead Event: Create has the whole matrix.
	expect(others).toHaveLength(JOB_WRITES.length - 1);
});

describeFaultsAtOnce(others);

for (const other of others) describe(other.title, () => describeMatrix(other, 'ofAllItems'));
