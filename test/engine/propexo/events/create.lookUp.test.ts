import { describeLookUp } from '../../support/deliver/lookUp.ts';
import { driven, otherEvents } from '../support/driven.ts';

for (const one of [driven, ...otherEvents]) {
	describe(`${one.title}: Look Up, Then Retry`, () => describeLookUp(one));
}
