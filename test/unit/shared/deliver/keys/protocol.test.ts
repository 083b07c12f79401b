import { Entries } from '../../../../../nodes/shared/deliver/keys/entries';
import type { KeyStep } from '../../../../../nodes/shared/deliver/keys/steps';
import { after, questionOf } from '../../../../../nodes/shared/deliver/keys/protocol';

const entries = new Entries('call-1', { event: 'event', request: 'request' });

/** The step after a call that found what is said, and nothing else. */
function next(step: KeyStep, found: string[]): { step: KeyStep; remove: string[] } {
	const fresh = new Set((questionOf(step, entries) ?? []).filter((entry) => !found.includes(entry)));
	return after(step, { fresh, late: false, at: 0 }, { entries, newNonce: () => 'second', lease: 1_000 });
}

const { seen, event, request, busy } = entries;
const begun = [seen, event, request, busy, entries.open(1)];

describe('a claim of the next round, by the owner of the round before', () => {
	const step: KeyStep = {
		at: 'claiming',
		round: 2,
		nonce: 'first',
		former: 'own',
		tries: 1,
		isFirst: true,
	};
	const taken = [...begun, entries.nonce('own'), entries.open(2)];

	it('is made once more, with another nonce, while somebody else has that round', () => {
		const again = next(step, taken);
		expect(again.step).toMatchObject({ at: 'claiming', round: 2, nonce: 'second', former: 'own' });
		expect(again.remove).toEqual([entries.nonce('first')]);
	});

	it('is lost when the round is taken the second time as well', () => {
		const again = next(step, taken);
		expect(next(again.step, taken).step.at).toBe('counting');
	});

	it('is lost when the own nonce is gone', () => {
		expect(next(step, begun).step).toMatchObject({ at: 'begun', round: 1 });
	});
});
