import { drivenRentEngine } from './driven.ts';
import { describeMatrix } from './matrix.ts';

describe('RentEngine: what comes of every item, whatever goes wrong', () => describeMatrix(drivenRentEngine));
