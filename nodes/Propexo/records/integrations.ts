import type { Connection } from '../../shared/http/connect';
import { ask } from '../../shared/http/ask';
import { segment } from '../../shared/http/credential';
import { replyIfDone } from '../../shared/http/proof';
import { untilAbort } from '../../shared/http/untilAbort';
import { isObject } from '../../shared/json/objects';
import { BoundedMap } from '../../shared/process/boundedMap';

/** How many answers are kept in this process. */
const MOST_KEPT = 5_000;
/** How long an answer is good for, in ms: an integration keeps its PMS, and may be removed one day. */
const KEPT_MS = 600_000;

/** What is known of an integration: its vendor; `absent`: Propexo has none of that ID; undefined: it could not be asked. */
export type Asked = { vendor: string } | 'absent' | undefined;

interface Kept {
	answer: Promise<Asked>;
	until: number;
}

export const integrationPath = (id: string): string => `/v1/admin/integrations/${segment(id)}/`;

/** Answers by account and integration. */
const kept = new BoundedMap<Kept>({ most: MOST_KEPT, isOver: ({ until }) => until <= Date.now() });

/**
 * Asks which PMS an integration is of. Executions that ask at the same time, or soon after, share one request: five
 * hundred webhooks are five hundred executions.
 *
 * Source: GET /v1/admin/integrations/{integration_id}/; its `results` may be null.
 */
export async function integrationOf(connection: Connection, id: string, signal: AbortSignal): Promise<Asked> {
	const place = `${connection.account}\n${id}`;
	const known = kept.get(place);
	if (known) {
		const answer = await orStopped(known.answer, signal);
		if (answer !== undefined || signal.aborted) return answer;
	}
	// What another execution could not find out, perhaps because it was stopped, is asked once more.
	const other = kept.get(place);
	if (other && other !== known) return await orStopped(other.answer, signal);
	const asked = { answer: askFor(connection, id, signal), until: Date.now() + KEPT_MS };
	kept.set(place, asked);
	const answer = await asked.answer;
	if (typeof answer !== 'object' && kept.get(place) === asked) kept.delete(place);
	return answer;
}

async function orStopped(work: Promise<Asked>, signal: AbortSignal): Promise<Asked> {
	return await untilAbort(work, signal).catch(() => undefined);
}

async function askFor(connection: Connection, id: string, signal: AbortSignal): Promise<Asked> {
	const exchange = await ask(connection, { method: 'GET', path: integrationPath(id) }, signal);
	if (exchange.kind === 'replied' && exchange.status === 404) return 'absent';
	const reply = replyIfDone(exchange);
	if (!isObject(reply?.body)) return undefined;
	const { results } = reply.body;
	if (results === null) return 'absent';
	return isObject(results) && typeof results.vendor === 'string' ? { vendor: results.vendor } : undefined;
}
