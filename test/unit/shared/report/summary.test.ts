import fc from 'fast-check';

import type { Outcome } from '../../../../nodes/shared/report/outcome';
import { ranges, summary } from '../../../../nodes/shared/report/summary';

const report = { message: '', description: '', details: {} };
const OUTCOMES: Record<string, Outcome> = {
	created: { state: 'created', rows: [{}] },
	skipped: { state: 'skipped', key: 'k' },
	refused: { state: 'refused', report },
	unknown: { state: 'unknown', report },
	'not sent': { state: 'notSent', report },
};

/** What is said besides, in most runs. */
const USUAL = { earlier: 0, hasKeys: true, staysUnknown: false };

/** The summary of a run whose items ended so. */
const said = (noun: string, words: string[], besides: Partial<typeof USUAL> = {}) =>
	summary(
		noun,
		words.map((word) => OUTCOMES[word] as Outcome),
		{ words, ...USUAL, ...besides },
	);

describe('positions', () => {
	it.each([
		[[], ''],
		[[0], '1'],
		[[0, 1, 2], '1–3'],
		[[0, 2, 3, 6], '1, 3–4, 7'],
	])('%p read as %p', (indexes, text) => expect(ranges(indexes)).toBe(text));

	it('name all of some hundred items, end after a thousand ranges, and say that there are more', () => {
		const odd = Array.from({ length: 1_010 }, (_, index) => index * 2);
		expect(ranges(odd)).toMatch(/^1, 3, .*, 1999 …$/);
	});
});

describe('the account of a run that stopped', () => {
	it('says how many came to what, which ones, and what running it again does', () => {
		const text = said('lead event', ['created', 'created', 'skipped', 'unknown', 'created', 'not sent']);
		expect(text).toMatch(
			/^Of 6 lead events: 3 created \(items 1–2, 5\), 1 skipped \(item 3\), 1 unknown \(item 4\), 1 not sent \(item 6\)\./,
		);
		expect(text).toContain('skip what was done');
	});

	it('does not speak of what running it again does where nothing can have been created', () => {
		expect(said('lead event', ['refused', 'not sent'])).toBe(
			'Of 2 lead events: 1 refused (item 1), 1 not sent (item 2).',
		);
	});

	it('counts retries in the plural', () => {
		expect(said('retry', ['refused', 'refused'])).toBe('Of 2 retries: 2 refused (items 1–2).');
	});

	it('is left out for a single item', () => expect(said('lead event', ['refused'])).toBe(''));

	it('tells what earlier rounds of a loop did, also beside a single item', () => {
		const inLoop = { earlier: 4 };
		const told =
			/^Earlier rounds of this execution did 4 more\. .* skip what was done\. .* would send again what has no/;
		expect(said('lead event', ['refused'], inLoop)).toMatch(told);
		expect(said('lead event', ['not sent', 'not sent'], inLoop)).toMatch(
			/^None of the 2 lead events were sent\. Earlier rounds of this execution did 4 more\. 'Retry' /,
		);
	});

	it('promises no look-up where a further try makes none', () => {
		const text = said('lead event', ['created', 'unknown'], { staysUnknown: true });
		expect(text).toMatch(/skip what was done; what is unknown stays so\. A new/);
	});

	it('speaks of no new execution where items have no keys', () => {
		const text = said('lead', ['created', 'unknown'], { hasKeys: false });
		expect(text).toMatch(/skip what was done, and first look up what is unknown\.$/);
	});

	it('says that nothing was sent, and which items to mend', () => {
		const wrong: Outcome = { state: 'notSent', report: { ...report, details: { fields: [] } } };
		const rest = OUTCOMES['not sent'] as Outcome;
		expect(summary('lead event', [rest, wrong, rest, wrong, wrong], { words: [], ...USUAL })).toBe(
			'None of the 5 lead events were sent. Fix items 2, 4–5 and run it again.',
		);
		expect(said('lead event', ['not sent', 'not sent'])).toBe('None of the 2 lead events were sent.');
	});

	it('accounts for every item exactly once, if one was sent', () => {
		fc.assert(
			fc.property(
				fc.array(fc.constantFrom(...Object.keys(OUTCOMES)), { minLength: 2, maxLength: 15 }),
				(names) => {
					fc.pre(names.some((name) => name !== 'not sent'));
					const told = names.map(() => '');
					for (const [, count, state, items] of said('x', names).matchAll(
						/(\d+) ([a-z ]+) \(items? ([^)]*)\)/g,
					)) {
						const indexes = (items ?? '').split(', ').flatMap((range) => {
							const [from = 0, to = from] = range.split('–').map(Number);
							return Array.from({ length: to - from + 1 }, (_, step) => from + step - 1);
						});
						expect(indexes).toHaveLength(Number(count));
						for (const index of indexes) told[index] += state ?? '';
					}
					expect(told).toEqual(names);
				},
			),
			{ seed: 20_261_120 },
		);
	});
});
