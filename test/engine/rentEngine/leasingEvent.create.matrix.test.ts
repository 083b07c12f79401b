import { drivenRentEngine } from '../support/deliver/driven.ts';
import { describeMatrix } from '../support/deliver/matrix.ts';

describe('RentEngine: what comes of every item, whatever goes wrong', () => describeMatrix(drivenRentEngine));
