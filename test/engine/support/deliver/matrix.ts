import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { portion, triesAll } from '../../../support/effort.ts';
import type { RunResult } from '../engine.ts';
import type { Services, Settings } from '../services.ts';
import { accountOf, expectTrue } from './account.ts';
import { expectCleanStop } from './cancel.ts';
import type { Driven } from './driven.ts';
import { faultFor, itemsOf, TIMEOUT, withTimeouts } from './driven.ts';
import type { FaultRow, Mode } from './faults.ts';
import { FAULT_ROWS, MODES, PACE, ROWS_OF_ALL_ITEMS } from './faults.ts';
import { Pool } from './pool.ts';

const ITEMS = 7;
const MIDDLE = 3;
/** How many cells run at the same time, each with its own emulator. */
const AT_ONCE = 12;
/** When a node sends again, and when it gives up. */
const RETRY_AFTER_MS = [100, 200, 400];
/** When a service that refused connections is up again: within the tries of one request, and after them; in ms. */
const SOON_UP_MS = 150;
const LATE_UP_MS = 900;

interface Cell {
	row: FaultRow;
	mode: Mode;
	tries: 1 | 3;
}

const CELLS: Cell[] = FAULT_ROWS.flatMap((row) =>
	MODES.flatMap((mode) => ([1, 3] as const).map((tries) => ({ row, mode, tries }))),
);

/** Every fault in one column, the next fault in the next column. */
const CELLS_IN_TURN: Cell[] = CELLS.filter((_, index) => {
	const columns = CELLS.length / FAULT_ROWS.length;
	return index % columns === Math.floor(index / columns) % columns;
});

/** The faults that cannot be tried beside others, with *Retry execution* after them. */
const CELLS_OF_ALL_ITEMS: Cell[] = ROWS_OF_ALL_ITEMS.map((row) => ({ row, mode: MODES[0], tries: 1 }));

const columnOf = ({ mode, tries }: Cell): string => `${mode.title}${tries > 1 ? ', 3 tries' : ''}`;

/**
 * In a mode that continues, n8n runs the node again only when the first item failed.
 */
const placeOf = ({ mode, tries }: Cell): number => (tries > 1 && mode.title !== 'Stop' ? 0 : MIDDLE);

/**
 * Tests every fault with every setting for items that fail, against FAULT_ROWS. The cells run together, each as a test of its
 * own, and with those of other writes in the same `describe`: most of the time they wait for timeouts. With `jest -t` only the
 * named ones run.
 *
 * @param part every cell (where a part is enough, one of every fault), or what `describeFaultsAtOnce` leaves: enough for a
 * further write of a service
 * @param turn of how many further writes this is one, counted from 0: all but the first try a part of it by day
 */
export function describeMatrix(driven: Driven, part: 'all' | 'ofAllItems' = 'all', turn = 0): void {
	const ofAllItems = turn === 0 ? CELLS_OF_ALL_ITEMS : portion(CELLS_OF_ALL_ITEMS, 3, turn);
	const all = triesAll ? CELLS : CELLS_IN_TURN;
	const cells = part === 'all' ? all : ofAllItems;
	const pool = new Pool(Math.min(AT_ONCE, cells.length), { rate: PACE, retryAfterMs: RETRY_AFTER_MS });
	const strangers: Server[] = [];

	beforeAll(async () => {
		// The first run of an engine takes longer.
		await pool.use(
			async (services) => await driven.run(services, driven.parameters({}), { items: itemsOf(1) }),
		);
	});

	afterAll(async () => {
		for (const server of strangers) server.close();
		await pool.close();
	});

	it.concurrent.each(cells.map((cell) => [driven.title, cell.row.name, columnOf(cell), cell] as const))(
		'%s: %s %s',
		async (_title, _row, _column, cell) =>
			await pool.use(async (services) => await runCell(services, cell), cell.row.spoils),
	);

	async function runCell(services: Services, cell: Cell): Promise<void> {
		const { row, mode, tries } = cell;
		if (row.cancel) {
			const again = mode.title === 'Stop' && tries === 1;
			return await expectCleanStop(driven, services, mode, tries, again);
		}
		const emulated = driven.emulated(services.emulator);
		const place = placeOf(cell);
		const stranger = row.redirect ? await listenAside() : undefined;
		const fault = stranger ? { redirectTo: stranger.url } : row.fault;
		if (fault) emulated.faults.add(faultFor(place, fault));
		if (row.all?.startsWith('refused')) await emulated.down();
		const upAgain =
			row.all === 'refused, then up' ? sleep(SOON_UP_MS) : tries > 1 ? sleep(LATE_UP_MS) : undefined;
		const up = row.all?.startsWith('refused') ? upAgain?.then(emulated.up) : undefined;

		const settings: Settings = {
			items: withTimeouts(itemsOf(ITEMS), (index) => (index === place ? row.timeout : undefined)),
			onError: mode.onError,
			retryOnFail: tries > 1,
			maxTries: tries,
			waitBetweenTries: 1,
			...(row.all === 'unknown host' && driven.at('https://leasing-events.invalid')),
		};
		const result = await driven.run(services, driven.parameters({ timeout: TIMEOUT }), settings);
		await (up ?? emulated.up());
		const wanted = tries > 1 ? (row.tried ?? row.outcome) : row.outcome;
		judge(result, wanted);

		if (mode.title === 'Stop' && tries === 1 && result.thrown) {
			emulated.faults.clear();
			const retried = await services.engine.retry(result);
			judge(retried, row.retried ?? row.tried ?? row.outcome);
		}
		expect(stranger?.heard ?? []).toEqual([]);

		function judge(came: RunResult, outcome: string): void {
			const account = accountOf(driven, came, ITEMS);
			expectTrue(emulated, account);
			const others = account.outcomes.filter((_, index) => index !== place);
			if (row.all) expect(new Set(account.outcomes)).toEqual(new Set([outcome]));
			else if (came.thrown) expect(others).not.toContain('unknown');
			else if (!row.spoils) expect(new Set(others)).toEqual(new Set(['created']));
			expect(account.outcomes[place]).toBe(outcome);
			expect(came.thrown !== undefined).toBe(mode.title === 'Stop' && outcome !== 'created');
			if (mode.title === 'Error output') {
				expect(came.error).toHaveLength(account.outcomes.filter((name) => name !== 'created').length);
			}
		}
	}

	/** Another host, which must never get a token. */
	async function listenAside(): Promise<{ url: string; heard: string[] }> {
		const heard: string[] = [];
		const server = createServer((request, response) => {
			heard.push(JSON.stringify([request.url, request.headers]));
			response.writeHead(201, { 'content-type': 'application/json' }).end('{"id": 1, "job_id": "x"}');
		});
		strangers.push(server);
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/events/leads`, heard };
	}
}
