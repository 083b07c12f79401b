import fc from 'fast-check';

import type { Fault } from '../../../../emulator/index.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Services } from '../../support/services.ts';
import { anotherProcess, useServices } from '../../support/services.ts';
import type { OutcomeName } from '../../support/deliver/account.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven, Emulated } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, markOf } from '../../support/deliver/driven.ts';
import { runs } from '../../../support/effort.ts';

/*
 * Events that share their IDs are delivered again and again, by two n8n processes, with options and faults that change from
 * one delivery to the next.
 */

const SEED = 20_261_128;
const TRIES = runs(1);
const IDS = 20;
const EVENTS_OF_ID = 2;
const EVENTS = IDS * EVENTS_OF_ID;

/** What a request may meet: it is refused, or nobody knows whether it was carried out. */
const REFUSED: Fault[] = [{ status: 400 }, { status: 422 }];
const UNCLEAR: Fault[] = [
	{ close: 'before' },
	{ close: 'after' },
	{ status: 500 },
	{ status: 502, write: true },
	{ status: 201, body: '{"id":', write: true },
];

const delivery = fc.record({
	/** The events that it brings, in this order. */
	events: fc.uniqueArray(fc.nat(EVENTS - 1), { minLength: 1, maxLength: EVENTS, size: 'max' }),
	outcomeUnknown: fc.constantFrom('report', 'lookUp', 'lookUpOnly'),
	isElsewhere: fc.boolean(),
	/** Whether the run ends at the first error; whether n8n tries again, and a person after that. */
	isStopped: fc.boolean(),
	isTriedAgain: fc.boolean(),
	isRetried: fc.boolean(),
	/** Beside the next delivery, instead of before it. */
	isBesideNext: fc.boolean(),
	faults: fc.array(
		fc.record({ event: fc.nat(EVENTS - 1), fault: fc.constantFrom(...REFUSED, ...UNCLEAR) }),
		{ maxLength: EVENTS / 2, size: 'max' },
	),
});
type Delivery = typeof delivery extends fc.Arbitrary<infer T> ? T : never;
/** The last delivery: nothing goes wrong in it. */
const LAST = {
	outcomeUnknown: 'lookUp' as const,
	isElsewhere: false,
	isStopped: false,
	isTriedAgain: false,
	isRetried: false,
	faults: [],
};
type Told = Array<[number, OutcomeName]>;

const sequence = fc.record({
	/** Users set it once for a node. */
	sameKeyOtherEvent: fc.constantFrom('refuse', 'skip', 'send', 'send'),
	deliveries: fc.array(delivery, { minLength: 3, maxLength: 6 }),
});

describe.each(DRIVEN)(
	'$title: IDs that several events share, delivered in any sequence',
	(driven: Driven) => {
		const timing = { rate: { requests: 100_000, windowMs: 1_000 }, lookUpAfterMs: [1, 60] };
		const here = useServices({ timing });
		let there: Services;
		let emulated: Emulated;
		beforeAll(() => {
			there = anotherProcess(here, timing);
			emulated = driven.emulated(here.emulator);
		});

		let sequences = 0;

		const timesOf = (event: number) =>
			emulated.ledger.created.filter(({ body }) => JSON.stringify(body).includes(markOf(3 * event)))
				.length;
		const idOf = (event: number) => Math.floor(event / EVENTS_OF_ID);
		const sharing = (event: number) =>
			Array.from({ length: EVENTS_OF_ID }, (_, index) => idOf(event) * EVENTS_OF_ID + index);

		async function deliver(
			sameKeyOtherEvent: string,
			{ events, outcomeUnknown, isElsewhere, faults, ...how }: Omit<Delivery, 'isBesideNext'>,
		): Promise<Told> {
			for (const { event, fault } of faults) emulated.faults.add(faultFor(3 * event, fault));
			const items = events.map((event) => ({
				...itemAt(3 * event),
				event_id: `${driven.service} ${sequences}, ${idOf(event)}`,
			}));
			const parameters = driven.parameters({
				deduplicationKey: '={{ $json.event_id }}',
				...{ sameKeyOtherEvent, outcomeUnknown, timeout: 1_000 },
			});
			const services = isElsewhere ? there : here;
			let result = await driven.run(services, parameters, {
				items,
				onError: how.isStopped ? 'stopWorkflow' : 'continueRegularOutput',
				retryOnFail: how.isTriedAgain,
				maxTries: 2,
				waitBetweenTries: 1,
			});
			if (result.thrown && how.isRetried) result = await services.engine.retry(result);
			return accountOf(driven, result, items.length).outcomes.map((outcome, index) => [
				events[index]!,
				outcome,
			]);
		}

		/** What must be true after a delivery, whatever else is under way. */
		function judge(told: Told, sameKeyOtherEvent: string): void {
			for (const [event, outcome] of told) {
				const times = timesOf(event);
				if (outcome === 'created') expect([event, outcome, times]).toEqual([event, outcome, 1]);
				const mayBe = sameKeyOtherEvent === 'skip' ? sharing(event) : [event];
				if (outcome === 'skipped')
					expect([event, mayBe.some((one) => timesOf(one) === 1)]).toEqual([event, true]);
			}
		}

		it(
			'ends each in a true outcome, and creates none twice',
			async () => {
				await fc.assert(
					fc.asyncProperty(sequence, async ({ sameKeyOtherEvent, deliveries }) => {
						here.emulator.reset();
						sequences++;
						let beside: Array<Promise<void>> = [];
						for (const one of deliveries) {
							beside.push(
								deliver(sameKeyOtherEvent, one).then((told) =>
									judge(told, sameKeyOtherEvent),
								),
							);
							if (one.isBesideNext) continue;
							await Promise.all(beside);
							beside = [];
						}
						await Promise.all(beside);
						const all = Array.from({ length: EVENTS }, (_, event) => event);
						expect(all.filter((event) => timesOf(event) > 1)).toEqual([]);

						// In the end each is there, or, where they count as one or are refused, one of each ID.
						emulated.faults.clear();
						for (const turn of Array.from({ length: EVENTS_OF_ID }, (_, index) => index)) {
							const events = all.filter((event) => event % EVENTS_OF_ID === turn);
							const last = { ...LAST, events };
							judge(await deliver(sameKeyOtherEvent, last), sameKeyOtherEvent);
						}
						expect(all.filter((event) => timesOf(event) > 1)).toEqual([]);
						const isThere = (event: number) => timesOf(event) === 1;
						const isMissing = (event: number) =>
							sameKeyOtherEvent === 'send' ? !isThere(event) : !sharing(event).some(isThere);
						expect(all.filter(isMissing)).toEqual([]);
					}),
					{ seed: SEED, ...TRIES, endOnFailure: true },
				);
			},
			60_000 * TRIES.numRuns,
		);
	},
);
