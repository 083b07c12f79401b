import { describeMatrix } from '../support/deliver/matrix.ts';
import { driven } from './support/driven.ts';

describe('Propexo: the outcome of every item, with every fault', () => describeMatrix(driven));
