import { Pool } from 'undici';

import type { Told } from '../engine.ts';
import type { BenchEvent } from '../events.ts';
import { IN_FLIGHT, type Target } from './target.ts';

/** No n8n: the bare HTTP client over kept connections, without retries and without waiting for the rate. */
export async function runPool({ url, token }: Target, events: BenchEvent[]): Promise<Told> {
	const pool = new Pool(url, { connections: IN_FLIGHT, pipelining: 1 });
	const told: Told = { done: 0, failed: 0, stopped: 0 };
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	let next = 0;
	const worker = async () => {
		for (;;) {
			const event = events[next++];
			if (event === undefined) return;
			const body = JSON.stringify(event);
			const reply = await pool.request({ method: 'POST', path: '/v1/events/leads', headers, body });
			const { job_id: jobId } = (await reply.body.json()) as { job_id?: unknown };
			if (reply.statusCode === 200 && typeof jobId === 'string') told.done++;
			else told.failed++;
		}
	};
	await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
	await pool.close();
	return told;
}
