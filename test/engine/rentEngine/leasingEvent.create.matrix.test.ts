import { describeMatrix } from '../support/deliver/matrix.ts';
import { driven } from './support/driven.ts';

describe('RentEngine: what comes of every item, whatever goes wrong', () => describeMatrix(driven));
