import fc from 'fast-check';

import type { Fault } from '../../../../emulator/index.ts';
import { runs } from '../../../support/effort.ts';
import type { RunResult } from '../engine.ts';
import type { Services, Settings } from '../services.ts';

/*
 * Any sequence of deliveries to two n8n processes, while requests fail. What a delivery brings is up to the test.
 */

const SEED = 20_261_128;
const TRIES = runs(1);
/** How long the test of sequences may take, in ms. */
export const SEQUENCES_MS = 900_000 * TRIES.numRuns;

/** For the services of both processes: short waits, and a rate that is never reached. */
export const timing = { rate: { requests: 100_000, windowMs: 1_000 }, lookUpAfterMs: [1, 60] };

/** What a request may meet: it is refused, or nobody knows whether it was carried out. */
const FAULTS: Fault[] = [
	{ status: 400 },
	{ status: 422 },
	{ close: 'before' },
	{ close: 'after' },
	{ status: 500 },
	{ status: 502, write: true },
	{ status: 200, body: '<html></html>', write: true },
	{ status: 201, body: '{"id":', write: true },
];

/** How something is delivered, and what goes wrong. */
export interface Manner {
	outcomeUnknown: 'report' | 'lookUp' | 'lookUpOnly';
	/** By the second process. */
	isElsewhere: boolean;
	/** Whether the run ends at the first error; whether n8n tries again, and a person after that. */
	isStopped: boolean;
	isTriedAgain: boolean;
	isRetried: boolean;
	/** Beside the next delivery, instead of before it. */
	isBesideNext: boolean;
	faults: Array<{ of: number; fault: Fault }>;
}

/** Nothing goes wrong, and what is in doubt is looked up. */
export const LAST: Manner = {
	outcomeUnknown: 'lookUp',
	isElsewhere: false,
	isStopped: false,
	isTriedAgain: false,
	isRetried: false,
	isBesideNext: false,
	faults: [],
};

/**
 * Three to six deliveries.
 *
 * @param brings what a delivery brings
 * @param count of those whose requests may fail; a fault names one of them, from 0
 */
export const deliveriesOf = <T>(brings: fc.Arbitrary<T>, count: number) =>
	fc.array(
		fc.record({
			brings,
			manner: fc.record<Manner>({
				outcomeUnknown: fc.constantFrom('report', 'lookUp', 'lookUpOnly'),
				isElsewhere: fc.boolean(),
				isStopped: fc.boolean(),
				isTriedAgain: fc.boolean(),
				isRetried: fc.boolean(),
				isBesideNext: fc.boolean(),
				faults: fc.array(fc.record({ of: fc.nat(count - 1), fault: fc.constantFrom(...FAULTS) }), {
					maxLength: count / 2,
					size: 'max',
				}),
			}),
		}),
		{ minLength: 3, maxLength: 6 },
	);

/** Delivers them one after the other, or beside each other. */
export async function inTurn<T extends { manner: Manner }>(
	deliveries: T[],
	deliver: (one: T) => Promise<unknown>,
): Promise<void> {
	let beside: Array<Promise<unknown>> = [];
	for (const one of deliveries) {
		beside.push(deliver(one));
		if (one.manner.isBesideNext) continue;
		await Promise.all(beside);
		beside = [];
	}
	await Promise.all(beside);
}

/** Runs a node in this manner; gives what the last try of it came to. */
export async function runIn(
	manner: Manner,
	on: Services,
	run: (settings: Settings) => Promise<RunResult>,
): Promise<RunResult> {
	const result = await run({
		onError: manner.isStopped ? 'stopWorkflow' : 'continueRegularOutput',
		retryOnFail: manner.isTriedAgain,
		maxTries: 2,
		waitBetweenTries: 1,
	});
	return result.thrown && manner.isRetried ? await on.engine.retry(result) : result;
}

/** Tries a few sequences, always the same ones; more of them where there is time. */
export async function tried<T>(sequences: fc.Arbitrary<T>, holds: (one: T) => Promise<void>): Promise<void> {
	await fc.assert(fc.asyncProperty(sequences, holds), { seed: SEED, ...TRIES, endOnFailure: true });
}
