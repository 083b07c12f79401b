import type { JsonObject } from './json.ts';

/** What a caller may set on the emulator, and what it gets back. */

/** The rate limit of one service, and what its answers say about it. */
export interface RateSettings {
	/** Requests allowed per token in one window. */
	limit: number;
	/** Length of a window in ms; it starts with the first request that falls into it. */
	windowMs: number;
	/** Adds `Retry-After: <whole seconds>` to a 429. */
	retryAfter: boolean;
	/** Adds `x-ratelimit-reset-after: <seconds, fractions allowed>` to every answer. */
	resetHeader: boolean;
	/** Every answer waits this long, in ms. */
	latencyMs: number;
}

/** How a Propexo write job ends. */
export type JobResult = 'SUCCESS' | 'PARTIAL_SUCCESS' | 'FAILURE' | 'PENDING';

/** How the emulated Propexo behaves. */
export interface PropexoSettings extends RateSettings {
	/** Fraction of the limit from which on each answer is delayed by `slowMs`. Above 1: never. */
	slowFrom: number;
	/** Delay of an answer in the slow zone, in ms. */
	slowMs: number;
	/** Time a write job stays PENDING, in ms. */
	jobMs: number;
	/** By PMS, the time from the end of a job until the lead that it made can be read, in ms; at once where none is given. */
	leadSyncMs: Record<string, number>;
	/** ResMan's pages disagree on the clock of appointments: UTC, or that of the property. */
	resmanClock: 'UTC' | 'property';
	/** `flat`: `{ job_id, data }`; `meta`: `{ meta: { job_id }, result }`. Both are documented. */
	replyShape: 'flat' | 'meta';
	/** Filters of the lists that the emulator accepts and ignores, as if the service had forgotten them. */
	ignoredFilters: string[];
	/** Also checks the body by the rules of the integration's own PMS. */
	vendorRules: boolean;
	/** Refuses IDs in a body that do not exist or belong to another integration. */
	checkReferences: boolean;
	/** What the write log tells of a write, which is not documented: its body as it came, or otherwise. */
	loggedAs: 'body' | 'wrapped' | 'camelCase' | 'withoutNotes';
	/** The end of every write job, or a function that decides by the body. Marks in `notes` go first. */
	jobResult: JobResult | ((body: JsonObject) => JobResult);
	/** Time between two deliveries of a webhook that was not confirmed, in ms (Propexo: 15 minutes). */
	redeliverMs: number;
	/** Repeats of a webhook delivery that was not confirmed. */
	redeliverTimes: number;
	/** `wrapped`: `{ trigger, data }`; `flat`: the data alone. Both are documented. */
	webhookShape: 'wrapped' | 'flat';
}

/** How the emulated RentEngine behaves. */
export interface RentEngineSettings extends RateSettings {
	/** Shape of the 201: the created event, or a list of the created events. */
	replyShape: 'object' | 'array';
	/** How the list of events tells the context, which is not documented: as the reply to a creation does, or otherwise. */
	listedContext: 'object' | 'text' | 'snake_case' | 'null';
	/** How the list of events tells notes. */
	listedNotes: 'asSent' | 'trimmed' | 'escaped';
	/** Event types that may be created. The published API (1.1.1): only `Assign to User`. */
	eventTypes: string[];
	/** Refuses assignees that are no users of the account. */
	checkReferences: boolean;
	/** Order of the list of prospects, which is not documented: by time of creation, either way round. */
	prospectOrder: 'oldest' | 'newest';
	/** Refuses showings outside the windows of their unit; off, for tests that plan them at any time. */
	checkWindows: boolean;
	/** Credit scores and incomes with which the prescreening of a renter fails. */
	failingAnswers: string[];
	/** `dataPath`: ajv 6, as in the API's document; `instancePath`: ajv 8, as met in the wild. */
	errorStyle: 'dataPath' | 'instancePath';
	/** Where webhooks of this service are delivered ('' = nowhere). */
	webhookUrl: string;
	/** The secret sent as `X-API-Key` with each delivery ('' = no such header). */
	webhookSecret: string;
	/** `flat`: `{ type, table, record, old_record }`; `data`: the same inside `{ event_id, data }`. */
	webhookShape: 'flat' | 'data';
}

/** The records the emulator starts with; numbers given here replace those of the chosen seed. */
export interface RecordCounts {
	leads?: number;
	prospects?: number;
	units?: number;
}

/** How an emulator is started. */
export interface EmulatorOptions {
	/** Loopback only. */
	host?: '127.0.0.1';
	/** 0 or nothing: any free port. */
	propexoPort?: number;
	rentEnginePort?: number;
	/** `false`: no ledger page, where many emulators are started that nobody looks at. */
	pagePort?: number | false;
	/** Each token is an account with separate records. Default: one token. */
	propexoTokens?: readonly string[];
	rentEngineTokens?: readonly string[];
	propexo?: Partial<PropexoSettings>;
	rentEngine?: Partial<RentEngineSettings>;
	/** `demo`: a few records of everything; `large`: 1,000 leads, 5,000 prospects, 300 units. */
	seed?: 'demo' | 'large';
	counts?: RecordCounts;
}
