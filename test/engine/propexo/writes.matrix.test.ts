import { describeMatrix } from '../support/deliver/matrix.ts';
import { changes, driven, otherCreations } from './support/driven.ts';

describe('Propexo: what comes of every item, whatever goes wrong', () => describeMatrix(driven));

for (const other of [...otherCreations, ...changes]) {
	describe(`${other.title}: what comes of every item, whatever goes wrong`, () =>
		describeMatrix(other, 'faults'));
}
