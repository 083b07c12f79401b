import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

import type { Told } from '../engine.ts';
import type { FoundEvent, Held } from '../found.ts';
import { EVENT_TYPE, INTEGRATION } from '../found.ts';
import { IN_FLIGHT, type Target } from './target.ts';

/** As many records as a page of Propexo's may have. */
const PAGE = 250;

interface List {
	meta: { total: number };
	results: Array<{ id: string; email_1: string }>;
}

type Send = (method: 'GET' | 'POST', path: string, body?: object) => Promise<unknown>;

/** Sends no more than the limit allows: it learns it from the first reply, and then waits for the end of each window. */
function paced(pool: Pool, token: string): Send {
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	let [used, limit, ends] = [0, 1, 0];
	let waiting: Promise<void> | undefined;
	const nextWindow = async () => {
		await sleep(Math.max(0, ends - performance.now()) + 5);
		used = 0;
		waiting = undefined;
	};
	return async (method, path, body) => {
		for (;;) {
			while (used >= limit) await (waiting ??= nextWindow());
			used++;
			const reply = await pool.request({
				...{ method, path, headers },
				...(body && { body: JSON.stringify(body) }),
			});
			limit = Number(reply.headers['x-ratelimit-limit']);
			ends = performance.now() + Number(reply.headers['x-ratelimit-reset-after']) * 1_000;
			const answer = await reply.body.json();
			if (reply.statusCode !== 429) return answer;
			// A request of the window before came late, and counted in this one.
			used = limit;
		}
	};
}

/** Works on the first one alone, and then on several at once. */
async function all<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
	const left = items.values();
	const first = left.next();
	if (first.done) return;
	await work(first.value);
	const worker = async () => {
		for (const item of left) await work(item);
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

/**
 * No n8n: the bare HTTP client makes the look-ups that this package's node makes, one for each phone number or one for
 * each page of leads, and then the writes.
 */
export async function findAndCreate({ url, token }: Target, events: FoundEvent[], held: Held): Promise<Told> {
	const pool = new Pool(url, { connections: IN_FLIGHT, pipelining: 1 });
	const send = paced(pool, token);
	const found = new Map<string, string>();
	const list = async (query: string) =>
		(await send('GET', `/v1/leads/?integration_id=${INTEGRATION}&limit=${PAGE}&${query}`)) as List;
	if (held === 'phone') {
		await all([...new Set(events.map(({ who }) => who))], async (who) => {
			const [lead] = (await list(`phone_1=${who}`)).results;
			if (lead) found.set(who, lead.id);
		});
	} else {
		const take = ({ results }: List) => results.forEach(({ id, email_1 }) => found.set(email_1, id));
		const first = await list('order-by=created_at:asc');
		take(first);
		const pages = Array.from({ length: Math.ceil(first.meta.total / PAGE) - 1 }, (_, page) => page + 1);
		await all(pages, async (page) => take(await list(`order-by=created_at:asc&offset=${page * PAGE}`)));
	}
	const told: Told = { done: 0, failed: 0, stopped: 0 };
	await all(events, async ({ who, event_datetime, notes }) => {
		const lead_id = found.get(who);
		if (lead_id === undefined) {
			told.failed++;
			return;
		}
		const event = {
			integration_id: INTEGRATION,
			lead_id,
			event_type_id: EVENT_TYPE,
			event_datetime,
			notes,
		};
		const { job_id } = (await send('POST', '/v1/events/leads', event)) as { job_id?: string };
		if (job_id === undefined) told.failed++;
		else told.done++;
	});
	await pool.close();
	return told;
}
