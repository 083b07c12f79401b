import fc from 'fast-check';

import { DRIVEN } from '../../support/service.ts';
import type { Services } from '../../support/services.ts';
import { anotherProcess, useServices } from '../../support/services.ts';
import type { OutcomeName } from '../../support/deliver/account.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Manner } from '../../support/deliver/deliveries.ts';
import {
	deliveriesOf,
	inTurn,
	LAST,
	runIn,
	SEQUENCES_MS,
	timing,
	tried,
} from '../../support/deliver/deliveries.ts';
import type { Driven, Emulated } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, markOf } from '../../support/deliver/driven.ts';

/*
 * Events that share their IDs are delivered again and again, by two n8n processes, with options and faults that change from
 * one delivery to the next.
 */

const IDS = 20;
const EVENTS_OF_ID = 2;
const EVENTS = IDS * EVENTS_OF_ID;

type Told = Array<[number, OutcomeName]>;

const sequence = fc.record({
	/** Users set it once for a node. */
	sameKeyOtherEvent: fc.constantFrom('refuse', 'skip', 'send', 'send'),
	/** The events that each brings, in this order. */
	deliveries: deliveriesOf(
		fc.uniqueArray(fc.nat(EVENTS - 1), { minLength: 1, maxLength: EVENTS, size: 'max' }),
		EVENTS,
	),
});

describe.each(DRIVEN)(
	'$title: IDs that several events share, delivered in any sequence',
	(driven: Driven) => {
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

		async function deliver(sameKeyOtherEvent: string, events: number[], manner: Manner): Promise<Told> {
			for (const { of, fault } of manner.faults) emulated.faults.add(faultFor(3 * of, fault));
			const items = events.map((event) => ({
				...itemAt(3 * event),
				event_id: `${driven.service} ${sequences}, ${idOf(event)}`,
			}));
			const parameters = driven.parameters({
				deduplicationKey: '={{ $json.event_id }}',
				...{ sameKeyOtherEvent, outcomeUnknown: manner.outcomeUnknown, timeout: 1_000 },
			});
			const services = manner.isElsewhere ? there : here;
			const result = await runIn(
				manner,
				services,
				async (settings) => await driven.run(services, parameters, { items, ...settings }),
			);
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
				await tried(sequence, async ({ sameKeyOtherEvent, deliveries }) => {
					here.emulator.reset();
					sequences++;
					const deliverAndJudge = async (events: number[], manner: Manner) =>
						judge(await deliver(sameKeyOtherEvent, events, manner), sameKeyOtherEvent);
					await inTurn(
						deliveries,
						async ({ brings, manner }) => await deliverAndJudge(brings, manner),
					);
					const all = Array.from({ length: EVENTS }, (_, event) => event);
					expect(all.filter((event) => timesOf(event) > 1)).toEqual([]);

					// In the end each is there, or, where they count as one or are refused, one of each ID.
					emulated.faults.clear();
					for (let turn = 0; turn < EVENTS_OF_ID; turn++)
						await deliverAndJudge(
							all.filter((event) => event % EVENTS_OF_ID === turn),
							LAST,
						);
					expect(all.filter((event) => timesOf(event) > 1)).toEqual([]);
					const isThere = (event: number) => timesOf(event) === 1;
					const isMissing = (event: number) =>
						sameKeyOtherEvent === 'send' ? !isThere(event) : !sharing(event).some(isThere);
					expect(all.filter(isMissing)).toEqual([]);
				});
			},
			SEQUENCES_MS,
		);
	},
);
