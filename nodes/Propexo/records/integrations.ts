import type { Connection } from '../../shared/http/connect';
import { ask } from '../../shared/http/ask';
import { segment } from '../../shared/http/credential';
import type { Limiter } from '../../shared/http/limiter';
import { replyIfDone } from '../../shared/http/proof';
import { untilAbort } from '../../shared/http/untilAbort';
import { isObject } from '../../shared/json/objects';

/** How many answers are kept for a token; the oldest make room. */
const MOST_KEPT = 1_000;
/** How long an answer is good for, in ms: an integration keeps its PMS, and may be removed one day. */
const KEPT_MS = 600_000;

/** What is known of an integration: its vendor; `absent`: Propexo has none of that ID; undefined: it could not be asked. */
export type Asked = { vendor: string } | 'absent' | undefined;

interface Kept {
	answer: Promise<Asked>;
	until: number;
}

export const integrationPath = (id: string): string => `/v1/admin/integrations/${segment(id)}/`;

/** Answers by limiter, that is by address and token; gone with it. */
const kept = new WeakMap<Limiter, Map<string, Kept>>();

/**
 * Asks which PMS an integration is of. Executions that ask at the same time, or soon after, share one request: five
 * hundred webhooks are five hundred executions.
 *
 * Source: GET /v1/admin/integrations/{integration_id}/; its `results` may be null.
 */
export async function integrationOf(connection: Connection, id: string, signal: AbortSignal): Promise<Asked> {
	const answers = kept.get(connection.limiter) ?? new Map<string, Kept>();
	kept.set(connection.limiter, answers);
	const known = answers.get(id);
	if (known && known.until > Date.now()) {
		const answer = await orStopped(known.answer, signal);
		if (answer !== undefined || signal.aborted) return answer;
	}
	// What another execution could not find out, perhaps because it was stopped, is asked once more.
	const other = answers.get(id);
	if (other && other !== known) return await orStopped(other.answer, signal);
	const asked = { answer: askFor(connection, id, signal), until: Date.now() + KEPT_MS };
	answers.delete(id);
	answers.set(id, asked);
	for (const oldest of answers.keys()) {
		if (answers.size <= MOST_KEPT) break;
		answers.delete(oldest);
	}
	const answer = await asked.answer;
	if (typeof answer !== 'object' && answers.get(id) === asked) answers.delete(id);
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
