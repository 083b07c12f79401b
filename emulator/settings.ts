import type { PropexoSettings, RentEngineSettings } from './types.ts';

/** Propexo reads every PMS again each 12 hours, unless a customer asks for another time. */
const SYNC_MS = 12 * 3_600_000;

/** Propexo's published numbers: 150 a minute, 2 s more per answer from 80 % on, no Retry-After. */
export const PROPEXO_DEFAULTS: Readonly<PropexoSettings> = {
	limit: 150,
	windowMs: 60_000,
	slowFrom: 0.8,
	slowMs: 2_000,
	latencyMs: 0,
	retryAfter: false,
	resetHeader: false,
	jobMs: 300,
	// Their pages say that a new lead cannot be read back at once.
	leadSyncMs: { ENTRATA: SYNC_MS, REALPAGE_RPX: SYNC_MS },
	resmanClock: 'UTC',
	replyShape: 'flat',
	ignoredFilters: [],
	vendorRules: true,
	checkReferences: true,
	loggedAs: 'body',
	jobResult: 'SUCCESS',
	redeliverMs: 900_000,
	redeliverTimes: 10,
	webhookShape: 'wrapped',
};

/** RentEngine's numbers as its users report them: 30 in 5 s, Retry-After with a 429. */
export const RENTENGINE_DEFAULTS: Readonly<RentEngineSettings> = {
	limit: 30,
	windowMs: 5_000,
	latencyMs: 0,
	retryAfter: true,
	resetHeader: false,
	replyShape: 'array',
	listedContext: 'object',
	listedNotes: 'asSent',
	eventTypes: ['Assign to User'],
	checkReferences: true,
	prospectOrder: 'oldest',
	checkWindows: true,
	failingAnswers: ['Below 500'],
	errorStyle: 'dataPath',
	webhookUrl: '',
	webhookSecret: '',
	webhookShape: 'flat',
};

/** A copy of `values` without the keys that hold undefined, so that they do not hide a default. */
const given = <T extends object>(values: T | undefined): Partial<T> =>
	Object.fromEntries(Object.entries(values ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

/** Settings that can be changed, and put back to how they were at the start. */
export interface Settings<T extends object> {
	values: T;
	/** Brings `values`, the very same object, back to what it was at the start. */
	restore(): void;
}

/**
 * Settings of one service.
 * @param defaults the service's own numbers
 * @param own what the caller gave instead
 */
export function createSettings<T extends object>(defaults: Readonly<T>, own?: Partial<T>): Settings<T> {
	const start = (): T => ({ ...copyOf(defaults), ...given(own) });
	const values = start();
	return {
		values,
		restore() {
			Object.assign(values, start());
		},
	};
}

/** Copies lists and tables too, so that a caller who changes one does not change the default. */
function copyOf<T extends object>(source: T): T {
	return Object.fromEntries(
		Object.entries(source).map(([key, value]) => [
			key,
			typeof value === 'object' ? structuredClone(value) : value,
		]),
	) as T;
}
