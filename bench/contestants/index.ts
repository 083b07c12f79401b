import type { Told } from '../engine.ts';
import { execute } from '../engine.ts';
import type { BenchEvent } from '../events.ts';
import type { ContestantId } from './list.ts';
import { BATCH, RETRIES } from './list.ts';
import { withWho } from '../found.ts';
import { findAndCreate } from './finding.ts';
import { AT_ONCE, readPages } from './pages.ts';
import { runPool } from './pool.ts';
import type { Target } from './target.ts';
import { finder, host, httpRequest, httpRequestBearer, lister, thisNode, twin } from './subjects.ts';

/** Runs one execution over the events. */
export type Contestant = (target: Target, events: BenchEvent[], executionId: string) => Promise<Told>;

/** @param httpRequestFolder of the package n8n-nodes-base */
export function contestantOf(id: ContestantId, httpRequestFolder: string): Contestant {
	if (id === 'pool') return runPool;
	if (id === 'pages') return async (target) => await readPages(target, 1);
	if (id === 'pagesAtOnce') return async (target) => await readPages(target, AT_ONCE);
	if (id === 'undiciPhone' || id === 'undiciEmail') {
		const held = id === 'undiciPhone' ? 'phone' : 'email';
		return async (target, events, executionId) =>
			await findAndCreate(target, withWho(events, held, executionId === 'first'), held);
	}
	if (id === 'finderPhone' || id === 'finderEmail') {
		const held = id === 'finderPhone' ? 'phone' : 'email';
		return async (target, events, executionId) => {
			const found = withWho(events, held, executionId === 'first');
			return await execute(
				finder(target, held),
				found.map((json) => ({ json })),
				executionId,
			);
		};
	}
	const subjectFor = (target: Target) => {
		switch (id) {
			case 'node':
				return thisNode(target);
			case 'nodeKeyed':
				return thisNode(target, { deduplicationKey: '={{ $json.key }}' });
			case 'host':
				return host(target);
			case 'lister':
				return lister(target, { returnAll: true });
			case 'listerLimited':
				return lister(target, { returnAll: false, limit: 100 });
			case 'twin':
				return twin(target);
			case 'http':
				return httpRequest(httpRequestFolder, target);
			case 'httpBearer':
				return httpRequestBearer(httpRequestFolder, target);
			case 'httpContinue':
				return httpRequest(httpRequestFolder, target, {}, { onError: 'continueRegularOutput' });
			case 'httpRetry':
				return httpRequest(httpRequestFolder, target, {}, { retryOnFail: true, ...RETRIES });
			case 'httpBatches':
				return httpRequest(httpRequestFolder, target, { batching: { batch: BATCH } });
		}
	};
	return async (target, events, executionId) =>
		await execute(
			subjectFor(target),
			// Each execution has its own key, so that no event repeats one of the warm-up.
			events.map((event) => ({ json: { ...event, key: `${executionId}, ${event.notes}` } })),
			executionId,
		);
}
