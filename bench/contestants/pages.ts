import { Pool } from 'undici';

import type { Told } from '../engine.ts';
import type { Target } from './target.ts';

/** As many pages as this package's node asks for at the same time. */
export const AT_ONCE = 4;

/** As many records as a page of Propexo's may have. */
const PAGE = 250;

interface Reply {
	meta: { total: number };
	results: unknown[];
}

/** No n8n: the bare HTTP client reads all leads over kept connections, without waiting for the rate and without output. */
export async function readPages({ url, token }: Target, atOnce: number): Promise<Told> {
	const pool = new Pool(url, { connections: atOnce, pipelining: 1 });
	const headers = { authorization: `Bearer ${token}` };
	const leads: unknown[] = [];
	const read = async (page: number): Promise<number> => {
		const path = `/v1/leads/?order-by=created_at:asc&limit=${PAGE}&offset=${page * PAGE}`;
		const reply = await pool.request({ method: 'GET', path, headers });
		const { meta, results } = (await reply.body.json()) as Reply;
		leads.push(...results);
		return meta.total;
	};
	const pages = Math.ceil((await read(0)) / PAGE);
	let next = 1;
	const worker = async () => {
		while (next < pages) await read(next++);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	await pool.close();
	return { done: leads.length, failed: 0, stopped: 0 };
}
