/** Three tries, one window of the limit apart: a good choice for a user who has read about the limit. */
export const RETRIES = { maxTries: 3, waitBetweenTries: 2_000 };

/** Tuned by hand to the limit of the bench: each batch is what a window allows, with a short pause after it. */
export const BATCH = { batchSize: 150, batchInterval: 2_100 };

/** All contestants, in the order of the tables. */
export const CONTESTANTS = {
	node: 'This node',
	nodeKeyed: 'This node, each item with an *Event ID in Your System*',
	host: "The host's ceiling: n8n's own request helper, ten at once, nothing else",
	http: 'HTTP Request, default settings',
	httpBearer: 'HTTP Request, default settings, Bearer credential',
	httpContinue: 'HTTP Request, *On Error: Continue*',
	httpRetry: `HTTP Request, *Retry On Fail* (${RETRIES.maxTries} tries, ${RETRIES.waitBetweenTries / 1_000} s apart)`,
	httpBatches: `HTTP Request, batching tuned by hand (${BATCH.batchSize} items, ${BATCH.batchInterval} ms)`,
	twin: 'Declarative twin of the node',
	pool: 'undici Pool, no n8n',
	lister: 'This node, *Return All*',
	listerLimited: 'This node, *Limit* 100',
	pages: 'undici, page after page',
	pagesAtOnce: 'undici, four pages at once',
	finderPhone: 'This node, 1,000 rows over 50 phone numbers',
	undiciPhone: 'undici, the same',
	finderEmail: 'This node, 5,000 rows over 5,000 email addresses',
	undiciEmail: 'undici, the same',
} as const;

export type ContestantId = keyof typeof CONTESTANTS;
