import { Entries } from '../../../../../nodes/shared/deliver/keys/entries';
import type { KeyStep } from '../../../../../nodes/shared/deliver/keys/steps';
import { after, questionOf } from '../../../../../nodes/shared/deliver/keys/protocol';

const entries = new Entries('call-1', { event: 'event', request: 'request' });

/** The step after a call that found what is said, and nothing else. */
function next(step: KeyStep, found: string[]): { step: KeyStep; remove: string[] } {
	const fresh = new Set((questionOf(step, entries) ?? []).filter((entry) => !found.includes(entry)));
	return after(
		step,
		{ fresh, late: false, isWary: false, at: 0 },
		{ entries, newNonce: () => 'second', lease: 1_000 },
	);
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

	it('is one of the first round where the key is free by now', () => {
		const { step: now, remove } = next(step, []);
		expect(now).toMatchObject({ at: 'looking', round: 1, isFirst: true });
		expect(remove).toEqual([entries.nonce('own'), entries.open(2)]);
	});
});

describe('a claim of the next round, after a look-up', () => {
	const step: KeyStep = { at: 'claiming', round: 2, nonce: 'first', tries: 0, isFirst: false };

	it('is made where nobody is at work on the key', () => {
		const left = begun.filter((entry) => entry !== busy);
		expect(next(step, left).step).toMatchObject({ at: 'looking', round: 2 });
	});

	it('is one of the first round where the key is free by now', () => {
		const { step: now, remove } = next(step, []);
		expect(now).toMatchObject({ at: 'looking', round: 1, isFirst: true });
		expect(remove).toEqual([entries.open(2)]);
	});

	it('is not made while somebody is: the key may have been given back and claimed anew since the look-up', () => {
		expect(next(step, begun).step).toMatchObject({ at: 'begun', round: 1, underWay: true });
	});
});

describe('a claim that is looked at', () => {
	const step: KeyStep = {
		at: 'looking',
		round: 2,
		nonce: 'first',
		tries: 1,
		isFirst: false,
		since: 0,
		isLate: false,
	};
	const own = [entries.open(2), entries.nonce('first')];

	it('is made with another nonce once its key is gone, because others may have read this one', () => {
		const again = next(step, [entries.nonce('first')]);
		expect(again.step).toMatchObject({ at: 'claiming', round: 2, nonce: 'second' });
		expect(again.remove).toContain(entries.nonce('first'));
	});

	it('goes on with the next round and another nonce after a late call', () => {
		const { step: again } = next({ ...step, isLate: true }, [...begun, ...own]);
		expect(again).toMatchObject({ at: 'claiming', round: 3, nonce: 'second', former: 'first' });
	});

	it.each([
		['is wiped out', begun],
		['is late', [...begun, ...own]],
	])(
		'and always %s is given up some time, and takes nothing from the key that others have begun',
		(_, found) => {
			const { step: end, remove } = next({ ...step, tries: 1_000, isLate: true }, found);
			expect(end).toEqual({ at: 'failed' });
			expect(new Set(remove)).toEqual(new Set([...own, busy]));
		},
	);
});
