import { triesAll } from '../../../../support/effort.ts';
import type { Options } from './support/model.ts';
import { explore } from './support/model.ts';

const named = (cases: Options[]) => cases.map((options) => [JSON.stringify(options), options] as const);

describe('in no order of their calls do several processes send the event of one key twice', () => {
	it.each(
		named([
			{ processes: 2 },
			{ processes: 2, unrelatedCalls: 2 },
			...(triesAll ? [{ processes: 3 }] : []),
			{ processes: 2, lookUps: 1, waits: 2 },
			{ processes: 2, lookUps: 1, without: 'patience' },
			{ processes: 2, lateCalls: 1 },
			{ processes: 2, renewals: 2, givenBack: 1 },
			{ processes: 2, renewals: 1, unrelatedCalls: 1 },
			{ processes: 2, givenBack: 1, unrelatedCalls: 1 },
			{ processes: 2, givenBack: 1, lookUps: 1, waits: 2 },
			{ processes: 2, givenBack: 1, lookUps: 1, without: 'patience', isAnswered: true },
			{ processes: 2, givenBack: 1, lateCalls: 1, rounds: triesAll ? 3 : 2 },
			{ processes: 2, renewals: 1, lookUps: 1, without: 'patience' },
			...(triesAll ? ([{ processes: 2, renewals: 2, lookUps: 1, without: 'patience' }] as const) : []),
		]),
	)('%s', (_, options) => {
		const { events, trace, unsent } = explore(options);
		expect(trace).toEqual([]);
		expect(events).toBe(1);
		// The key of an event that was not sent stays begun (told as unknown). It is never done.
		expect(unsent.filter((step) => step !== 'begun')).toEqual([]);
	});

	it('and a process that has its key for itself sends it, whatever calls for other keys overwrite, late ones of its own too', () => {
		const { events, unsent } = explore({ processes: 1, unrelatedCalls: 2, lateCalls: 1 });
		expect(events).toBe(1);
		expect(unsent).toEqual([]);
	});
});

describe('without a part of the protocol there is an order with two events', () => {
	it.each(
		named([
			{ processes: 2, without: 'silence' },
			{ processes: 2, without: 'nonce' },
			{ processes: 2, lateCalls: 1, without: 'restoring' },
			// A request that ends in doubt while the look-up of another one, which has lost its patience, has just ended.
			{ processes: 2, givenBack: 1, lookUps: 1, without: 'patience' },
		]),
	)('%s', (_, options) => {
		const { events, trace } = explore(options);
		expect(events).toBe(2);
		expect(trace.at(-1)).toContain('sends');
	});
});
