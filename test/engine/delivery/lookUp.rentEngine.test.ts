import { drivenRentEngine } from './driven.ts';
import { describeLookUp } from './lookUp.ts';

describe('RentEngine: Look Up, Then Retry', () => describeLookUp(drivenRentEngine));
