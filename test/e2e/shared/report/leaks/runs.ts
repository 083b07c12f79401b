import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { Emulator, Fault } from '../../../../../emulator/index.ts';
import { startEmulator } from '../../../../../emulator/index.ts';
import type { Session } from '../../../../../demo/rest.ts';
import { FAULT_ROWS, type FaultRow } from '../../../../engine/support/deliver/faults.ts';
import { executionsOf } from '../../../../support/executions.ts';
import { ACTS, type Act } from './acts.ts';
import { NOTES, quoted, RENTER, TOKEN } from './marks.ts';

/** Another host, to which no token may come. */
export interface Stranger {
	url: string;
	heard: string[];
}

/** One fault of the matrix, met by one act. */
export interface Run {
	row: FaultRow;
	act: Act;
	/** What n8n answered to the webhook; nothing when it was stopped. */
	answer: string;
	/** Requests that met the fault. */
	used: number;
}

const EMULATED = {
	propexoTokens: [TOKEN],
	rentEngineTokens: [TOKEN],
	propexo: { slowFrom: 2, limit: 10_000 },
	rentEngine: { limit: 10_000 },
};

/** Runs at a time; most of them wait. */
const AT_ONCE = 16;

/** How many requests meet a fault: all tries of a node, and both of *Retry On Fail*. */
const timesOf = ({ fault, outcome }: FaultRow): number => fault?.times ?? (outcome === 'created' ? 1 : 9);

/** The fault of a row for a request that held all this; what refuses without saying why quotes what was sent. */
export function faultOf(row: FaultRow, sent: string[], stranger: Stranger): Fault | undefined {
	if (row.redirect) return { redirectTo: `${stranger.url}/?from=${TOKEN}`, times: 9 };
	if (row.cancel) return { hang: true, write: true };
	const { fault } = row;
	if (!fault) return undefined;
	const quotes = fault.body === undefined && (fault.status ?? 0) >= 400;
	return { ...fault, times: timesOf(row), ...(quotes && { body: quoted(sent) }) };
}

/** The longest first, so that they do not wait for the others as well. */
const length = (row: FaultRow): number =>
	row.name.includes('again and again') ? 2 : row.fault?.hang || row.fault?.drip ? 1 : 0;

/** The emulators, each lent out to one run at a time. */
class Pool {
	private readonly free: Emulator[] = [];

	async use<T>(work: (emulator: Emulator) => Promise<T>, spoils: boolean): Promise<T> {
		const emulator = this.free.pop() ?? (await startEmulator(EMULATED));
		emulator.reset();
		const { data } = emulator.propexo;
		const lead = data.leads.get('lead_8');
		// One that takes updates, with an ID that tells who it is.
		if (lead) data.events.add({ ...lead, id: RENTER.id, associated_lead_ids: [lead.id] });
		try {
			return await work(emulator);
		} finally {
			await emulator.propexo.up();
			await emulator.rentEngine.up();
			// The nodes' limiter goes by the address.
			if (spoils) await emulator.close();
			else this.free.push(emulator);
		}
	}

	async close(): Promise<void> {
		await Promise.all(this.free.splice(0).map(async (emulator) => await emulator.close()));
	}
}

const until = async (holds: () => Promise<boolean> | boolean): Promise<void> => {
	for (const end = Date.now() + 60_000; !(await holds()); await sleep(100)) {
		if (Date.now() > end) throw new Error('Waited in vain');
	}
};

/** Does everything that is to be disturbed, with every fault of the matrix. */
export async function runAll(n8nUrl: string, session: Session, stranger: Stranger): Promise<Run[]> {
	const pool = new Pool();
	const jobs = FAULT_ROWS.flatMap((row) =>
		ACTS.filter(({ cancelled = false }) => cancelled === (row.cancel ?? false)).map((act) => ({
			row,
			act,
		})),
	).sort((a, b) => length(b.row) - length(a.row));
	const done: Run[] = [];
	const work = async () => {
		for (let job = jobs.shift(); job; job = jobs.shift()) {
			const { row, act } = job;
			done.push(
				await pool.use(async (emulator) => await runOne(emulator, row, act), row.spoils ?? false),
			);
		}
	};
	const alongside = jobs.filter(({ row }) => length(row) > 0).length;
	const ended = await Promise.allSettled(Array.from({ length: AT_ONCE + alongside }, work));
	await pool.close();
	for (const each of ended) if (each.status === 'rejected') throw each.reason;
	return done;

	async function runOne(emulator: Emulator, row: FaultRow, act: Act): Promise<Run> {
		const emulated = emulator[act.service];
		const fault = faultOf(row, act.sends, stranger);
		const active = fault && emulated.faults.add({ ...fault, match: { method: act.method } });
		const address = row.all === 'unknown host' ? 'https://leasing-events.invalid' : emulated.url;
		if (row.all?.startsWith('refused')) await emulated.down();
		const up =
			row.all === 'refused, then up' ? sleep(700).then(async () => await emulated.up()) : undefined;
		const posted = post(`${n8nUrl}/webhook/${act.id}`, {
			event_id: `${row.name}, ${act.id}`,
			lead_id: 'lead_1',
			prospect_id: 1001,
			record_id: RENTER.id,
			user_id: '1259ef6e-61ee-42cb-b6bd-7fe547569d7c',
			notes: NOTES,
			timeout: row.timeout ?? 60_000,
			address,
			...{ name: RENTER.name, email: RENTER.email, phone: RENTER.phone },
		});
		if (row.cancel) {
			await until(() => emulated.ledger.created.length > 0);
			const [running] = (await executionsOf(session, act.id)).filter(
				({ status }) => status === 'running',
			);
			await session.post(`/executions/${running?.id}/stop`);
		}
		const answer = await (row.cancel ? posted.catch(() => '') : posted);
		await up;
		return { row, act, answer, used: active?.used ?? 0 };
	}
}

/** Posts JSON to a webhook, and waits for the answer as long as it takes: 429s are borne for five minutes. */
async function post(url: string, body: object): Promise<string> {
	const { body: answer } = await request(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
		// n8n closes a connection that was idle for a while, also while it is taken up again.
		reset: true,
		...{ headersTimeout: 0, bodyTimeout: 0 },
	});
	return await answer.text();
}
