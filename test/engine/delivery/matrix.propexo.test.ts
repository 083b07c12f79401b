import { drivenPropexo } from './driven.ts';
import { describeMatrix } from './matrix.ts';

describe('Propexo: what comes of every item, whatever goes wrong', () => describeMatrix(drivenPropexo));
