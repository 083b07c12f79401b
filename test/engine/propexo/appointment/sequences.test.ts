import fc from 'fast-check';

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
import { by, byId } from '../../support/locator.ts';
import type { Services } from '../../support/services.ts';
import { anotherProcess, useServices } from '../../support/services.ts';
import { BOOKING, bookingAt } from '../support/appointments.ts';
import { driven } from '../support/driven.ts';
import { run } from '../support/run.ts';

/*
 * Tours of two leads are booked, moved, called off, booked again, moved and called off again. Each change has its number, and
 * they come in any sequence, again and again, while requests fail. Some of the times are taken meanwhile.
 */

const TOURS = 6;
const OPERATIONS = ['create', 'update', 'cancel'] as const;
type Operation = (typeof OPERATIONS)[number];

/** One change of a tour: the first of its kind, or the second. */
interface Change {
	tour: number;
	isSecond: boolean;
}

const change = fc.record<Change>({ tour: fc.nat(TOURS - 1), isSecond: fc.boolean() });
const delivery = fc.record({
	operation: fc.constantFrom<Operation>('create', ...OPERATIONS),
	changes: fc.uniqueArray(change, {
		minLength: 1,
		maxLength: TOURS,
		selector: ({ tour, isSecond }) => `${tour} ${isSecond}`,
	}),
	waits: fc.boolean(),
});
type Delivery = { operation: Operation; changes: Change[]; waits: boolean };

const numberOf = (operation: Operation, { isSecond }: Change): number =>
	OPERATIONS.indexOf(operation) + (isSecond ? 4 : 1);

/** All in their order. */
const EVERYTHING = [false, true].flatMap((isSecond) =>
	OPERATIONS.map((operation): Delivery => ({
		operation,
		changes: Array.from({ length: TOURS }, (_, tour) => ({ tour, isSecond })),
		waits: true,
	})),
);

const PMS = 'int_appfolio_1';
const services = useServices({ timing, propexo: { jobMs: 0, limit: 1e9 } });
let there: Services;
beforeAll(() => {
	there = anotherProcess(services, timing);
});
const propexo = () => services.emulator.propexo;

let sequences = 0;
const idOf = (tour: number): string => `Calendly q${sequences}t${tour}`;
const startOf = (tour: number, number: number): string =>
	new Date(Date.UTC(2027, 6, 1 + ((2 * tour + number) % 9), 18)).toISOString();

/** What reached the PMS: the notes, the appointment, and whether that is new. */
const written = () =>
	propexo().jobs.list.map(({ body, recordId, updates }) => ({
		notes: body['notes'] as string | undefined,
		appointment: recordId,
		isNew: updates === undefined,
	}));

/** The ID of the tour that an appointment was booked for. */
const tourOf = (appointment: string): string | undefined =>
	written()
		.find((one) => one.isNew && one.appointment === appointment)
		?.notes?.replace(/ #\d+$/, '');

/** How often a change was written. A cancellation does not tell its number. */
function timesOf(tour: number, number: number): number {
	const isIt = ({ notes, appointment }: ReturnType<typeof written>[number]) =>
		number % 3 === 0
			? notes === undefined && tourOf(appointment) === idOf(tour)
			: notes === `${idOf(tour)} #${number}`;
	return written().filter(isIt).length;
}

type Told = Array<{ tour: number; number: number; outcome: string }>;

async function deliver({ operation, changes, waits }: Delivery, manner: Manner, on: Services): Promise<Told> {
	const isCancelled = operation === 'cancel';
	for (const { of, fault } of manner.faults) {
		const bodyIncludes = isCancelled ? 'appointment_new' : `${idOf(of)} #`;
		propexo().faults.add({ match: { writes: true, bodyIncludes }, ...fault });
	}
	const all = changes.map((one) => ({ tour: one.tour, number: numberOf(operation, one) }));
	const items = all.map(({ tour, number }) => ({
		...bookingAt(services, PMS, startOf(tour, number), tour % 2),
		notes: `${idOf(tour)} #${number}`,
		key: `${idOf(tour)} #${number}`,
	}));
	const { integrationId, leadId, start, unitId, notes } = BOOKING;
	const parameters = {
		...{ for: 'lead', integrationId, leadId, deduplicationKey: '={{ $json.key }}' },
		...(!isCancelled && { start, notes }),
		...(operation === 'create' ? { unitId } : { eventId: by('notes', notes) }),
		...(operation === 'update' && { integrationId: undefined, filters: { integrationId: byId(PMS) } }),
		options: { outcomeUnknown: manner.outcomeUnknown, timeout: 1, waitForResult: waits },
	};
	const result = await runIn(
		manner,
		on,
		async (settings) => await run(on, 'appointment', operation, parameters, { items, ...settings }),
	);
	const { outcomes } = accountOf(driven, result, items.length);
	return all.map((one, index) => ({ ...one, outcome: String(outcomes[index]) }));
}

/** What must be true of each item after a delivery, whatever else is under way. */
function judge(told: Told): void {
	for (const { tour, number, outcome } of told) {
		const times = timesOf(tour, number);
		if (outcome !== 'created' && outcome !== 'skipped') continue;
		const isRight = number % 3 === 0 ? times > 0 : times === 1;
		expect({ tour, number, outcome, times, isRight }).toMatchObject({ isRight: true });
	}
}

/** What must be true of all that was written. */
function judgeAll(told: Told): void {
	for (let tour = 0; tour < TOURS; tour++)
		for (const number of [1, 2, 4, 5]) {
			const outcomes = told
				.filter((one) => one.tour === tour && one.number === number)
				.map(({ outcome }) => outcome);
			const most = outcomes.every((outcome) => outcome === 'not sent') ? 0 : 1;
			const times = timesOf(tour, number);
			expect([tour, number, outcomes, Math.min(times, most)]).toEqual([tour, number, outcomes, times]);
		}
	const moved = written().filter(({ isNew, notes }) => !isNew && notes !== undefined);
	expect(moved.map(({ notes }) => notes?.replace(/ #\d+$/, ''))).toEqual(
		moved.map(({ appointment }) => tourOf(appointment)),
	);
}

/** The numbers of the changes of each appointment, as they were written. */
function orders(): number[][] {
	const numbers = new Map<string, number[]>();
	for (const { isNew, notes, appointment } of written())
		if (!isNew && notes !== undefined)
			numbers.set(appointment, [
				...(numbers.get(appointment) ?? []),
				Number(notes.replace(/^.*#/, '')),
			]);
	return [...numbers.values()];
}

it.each([
	['one process, which changes none by an older change behind a newer one', false],
	['two processes', true],
])(
	'Numbered changes of tours in any sequence: %s',
	async (_, areTwo) => {
		await tried(deliveriesOf(delivery, TOURS), async (deliveries) => {
			services.emulator.reset();
			sequences++;
			const told: Told = [];
			const deliverAndJudge = async (brings: Delivery, manner: Manner) => {
				const now = await deliver(brings, manner, areTwo && manner.isElsewhere ? there : services);
				told.push(...now);
				judge(now);
				return now;
			};
			await inTurn(deliveries, async ({ brings, manner }) => await deliverAndJudge(brings, manner));
			judgeAll(told);

			propexo().faults.clear();
			for (const one of EVERYTHING) {
				const last = await deliverAndJudge(one, LAST);
				const isLost = ({ tour, number, outcome }: Told[number]) =>
					one.operation === 'create' && outcome !== 'unknown' && timesOf(tour, number) !== 1;
				expect(last.filter(isLost)).toEqual([]);
			}
			judgeAll(told);
			if (!areTwo)
				for (const order of orders()) expect(order).toEqual([...order].sort((a, b) => a - b));
		});
	},
	SEQUENCES_MS,
);
