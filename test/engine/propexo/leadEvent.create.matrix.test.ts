import { drivenPropexo } from '../support/deliver/driven.ts';
import { describeMatrix } from '../support/deliver/matrix.ts';

describe('Propexo: what comes of every item, whatever goes wrong', () => describeMatrix(drivenPropexo));
