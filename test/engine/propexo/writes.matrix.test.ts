import { describeMatrix } from '../support/deliver/matrix.ts';
import { driven } from './support/driven.ts';

describe('Propexo: what comes of every item, whatever goes wrong', () => describeMatrix(driven));
