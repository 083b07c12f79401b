import { describeLookUp } from '../support/deliver/lookUp.ts';
import { driven, otherCreations } from './support/driven.ts';

for (const one of [driven, ...otherCreations]) {
	describe(`${one.title}: Look Up, Then Retry`, () => describeLookUp(one, one === driven));
}
