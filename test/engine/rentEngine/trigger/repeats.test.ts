import type { TriggerHost } from '../../support/trigger/host.ts';
import { newProcess } from '../../support/trigger/newProcess.ts';
import { useTriggers, post } from '../../support/trigger/triggers.ts';
import { rentEngineTrigger, SECRET } from '../support/trigger.ts';

const triggers = useTriggers();

const loaded = async () => {
	const { RentEngineTrigger } = await import('../../../../nodes/RentEngine/RentEngineTrigger.node');
	return new RentEngineTrigger();
};

/** Delivers each one ten minutes after the one before, and once more a minute later. */
async function deliverTwice({ url }: TriggerHost, deliveries: object[]): Promise<void> {
	const begun = Date.now();
	for (const [n, delivery] of deliveries.entries()) {
		for (const minutes of [10 * n, 10 * n + 1]) {
			jest.spyOn(Date, 'now').mockReturnValue(begun + minutes * 60_000);
			const { status } = await post(url, JSON.stringify(delivery), { 'x-api-key': SECRET });
			expect(status).toBe(200);
		}
	}
}

const changesOf = (table: string, field: string) => (before: string | null, now: string) => ({
	type: 'UPDATE',
	table,
	record: { id: 7, [field]: now },
	old_record: before === null ? null : { id: 7, [field]: before },
});

/** Holds the next start of a run until `go` is called; `begun` resolves once n8n has begun it. */
function holdStart(host: { beforeStart(): void | Promise<void> }): { begun: Promise<void>; go: () => void } {
	let go = () => {};
	const held = new Promise<void>((resolve) => (go = resolve));
	const begun = new Promise<void>((resolve) => {
		host.beforeStart = async () => {
			host.beforeStart = async () => {};
			resolve();
			await held;
		};
	});
	return { begun, go };
}

describe('RentEngine Trigger, a row that goes back and forth within the hour', () => {
	it.each([
		['a unit', 'units', 'status', ['Available', 'On Hold']],
		['a leasing event', 'leasing_events', 'event_type', ['Showing Canceled', 'Showing Scheduled']],
	] as const)(
		'starts a run each time, and none for a repeat: %s',
		async (_, table, field, [one, other]) => {
			const host = await rentEngineTrigger(triggers, {
				triggerOn: ['unitChanged', 'leasingEventChanged'],
			});
			await host.activate();
			const moves = changesOf(table, field);
			await deliverTwice(host, [
				moves(one, other),
				moves(other, one),
				moves(one, other),
				moves(other, one),
			]);
			const states = host.runs.map(([item]) => (item?.record as Record<string, unknown>)[field]);
			expect(states).toEqual([other, one, other, one]);
		},
	);

	it.each([
		['which RentEngine tells', 'Showing Canceled'],
		['which RentEngine does not tell', null],
	])('starts a run each time, also when the way back was not asked for, %s', async (_, before) => {
		const host = await rentEngineTrigger(triggers, { eventTypes: ['Showing Scheduled'] });
		await host.activate();
		const moves = changesOf('leasing_events', 'event_type');
		const there = moves(before, 'Showing Scheduled');
		const back = moves(before && 'Showing Scheduled', 'Showing Canceled');
		await deliverTwice(host, [there, back, there, back, there]);
		expect(host.runs).toHaveLength(3);
	});
});

describe('RentEngine Trigger, a change that comes while n8n is still starting the run of the one before', () => {
	it.each([
		['is not asked for', ['Showing Scheduled'], 2],
		['starts a run itself', ['Showing Scheduled', 'Showing Canceled'], 3],
	])('is the last one from then on, if it %s: the way back starts a run', async (_, eventTypes, runs) => {
		const host = await rentEngineTrigger(triggers, { eventTypes });
		await host.activate();
		const moves = changesOf('leasing_events', 'event_type');
		const send = async (type: string) =>
			(await post(host.url, JSON.stringify(moves(null, type)), { 'x-api-key': SECRET })).status;
		const { begun, go } = holdStart(host);
		const first = send('Showing Scheduled');
		await begun;
		expect(await send('Showing Canceled')).toBe(200);
		go();
		expect(await first).toBe(200);
		expect([await send('Showing Scheduled'), await send('Showing Scheduled')]).toEqual([200, 200]);
		expect(host.runs).toHaveLength(runs);
	});
});

describe('RentEngine Trigger, a way back that comes while n8n is still starting the run of the way there', () => {
	it('starts a run, and is the last one from then on', async () => {
		const host = await rentEngineTrigger(triggers, { triggerOn: ['leasingEventChanged'] });
		await host.activate();
		const moves = changesOf('leasing_events', 'event_type');
		const send = async (type: string) =>
			(await post(host.url, JSON.stringify(moves(null, type)), { 'x-api-key': SECRET })).status;
		expect(await send('Showing Scheduled')).toBe(200);
		const { begun, go } = holdStart(host);
		const there = send('Showing Canceled');
		await begun;
		expect(await send('Showing Scheduled')).toBe(200);
		go();
		expect(await there).toBe(200);
		expect(host.runs).toHaveLength(3);
		expect(await send('Showing Scheduled')).toBe(200);
		expect(host.runs).toHaveLength(3);
		expect(await send('Showing Canceled')).toBe(200);
		expect(host.runs).toHaveLength(4);
	});
});

describe('RentEngine Trigger, two changes whose runs are started at the same moment', () => {
	it.each([
		['in their order', [0, 1]],
		['the later one first', [1, 0]],
	])('tells the later one from a repeat, and the way back from one, started %s', async (_, order) => {
		const host = await rentEngineTrigger(triggers, { triggerOn: ['leasingEventChanged'] });
		await host.activate();
		// Both come within one second.
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		const moves = changesOf('leasing_events', 'event_type');
		const send = async (type: string) =>
			(await post(host.url, JSON.stringify(moves(null, type)), { 'x-api-key': SECRET })).status;
		const types = ['Showing Scheduled', 'Showing Canceled'] as const;
		const held: Array<ReturnType<typeof holdStart> & { sent: Promise<number> }> = [];
		for (const type of types) {
			const start = holdStart(host);
			held.push({ ...start, sent: send(type) });
			await start.begun;
		}
		for (const place of order) {
			held[place]?.go();
			expect(await held[place]?.sent).toBe(200);
		}
		expect(host.runs).toHaveLength(2);
		expect(await send(types[1])).toBe(200);
		expect(host.runs).toHaveLength(2);
		expect(await send(types[0])).toBe(200);
		expect(host.runs).toHaveLength(3);
	});
});

describe('RentEngine Trigger, a leasing event that is edited long after', () => {
	const row = { id: 7, event_type: 'Showing Scheduled' };
	const told = (type: string, notes: string, before?: string | object) => ({
		type,
		table: 'leasing_events',
		record: { ...row, notes },
		...(before !== undefined && {
			old_record: typeof before === 'object' ? before : { ...row, notes: before },
		}),
	});
	const at = async ({ url }: TriggerHost, hours: number, delivery: object) => {
		jest.spyOn(Date, 'now').mockReturnValue(begun + hours * 3_600_000);
		const { status } = await post(url, JSON.stringify(delivery), { 'x-api-key': SECRET });
		expect(status).toBe(200);
	};
	const begun = Date.now();

	it.each([
		['RentEngine tells what it was', 'first'],
		['RentEngine does not tell what it was', undefined],
		['RentEngine tells only its ID', { id: row.id }],
		['RentEngine tells only what was edited', { notes: 'first' }],
	])('starts no second run, where %s', async (_, before) => {
		const host = await rentEngineTrigger(triggers);
		await host.activate();
		await at(host, 0, told('INSERT', 'first'));
		await at(host, 1.5, told('UPDATE', 'second', before));
		await at(host, 24 * 400, told('UPDATE', 'third', before && 'second'));
		expect(host.runs).toHaveLength(1);
	});

	it.each([{}, { triggerOn: ['leasingEventDeleted'] }])(
		'starts one when it is deleted, also where the row stands in `record`: %j',
		async (asked) => {
			const every = ['leasingEventCreated', 'leasingEventChanged', 'leasingEventDeleted'];
			const host = await rentEngineTrigger(triggers, { triggerOn: every, ...asked });
			await host.activate();
			await at(host, 0, told('INSERT', 'first'));
			const before = host.runs.length;
			await at(host, 2, told('DELETE', 'first'));
			await at(host, 2.5, told('DELETE', 'first'));
			expect(host.runs).toHaveLength(before + 1);
		},
	);

	it('starts one when it has another type by then, and when it is back at its first', async () => {
		const host = await rentEngineTrigger(triggers);
		await host.activate();
		const typed = (type: string) => ({ ...told('UPDATE', 'x'), record: { ...row, event_type: type } });
		await at(host, 0, told('INSERT', 'first'));
		await at(host, 2, typed('Showing Complete'));
		await at(host, 4, typed('Showing Complete'));
		await at(host, 6, typed('Showing Scheduled'));
		expect(host.runs).toHaveLength(3);
	});

	it('starts none with its first edit, where only changes were asked for', async () => {
		const host = await rentEngineTrigger(triggers, { triggerOn: ['leasingEventChanged'] });
		await host.activate();
		await at(host, 0, told('INSERT', 'first'));
		await at(host, 2, told('UPDATE', 'second'));
		expect(host.runs).toEqual([]);
		await at(host, 4, { ...told('UPDATE', 'x'), record: { ...row, event_type: 'Showing Complete' } });
		expect(host.runs).toHaveLength(1);
	});

	it('starts one when it is back at its first, also after n8n was started again meanwhile', async () => {
		const database = { staticData: '{}', active: false };
		const process = async () =>
			await rentEngineTrigger(
				triggers,
				{ eventTypes: ['Showing Scheduled'] },
				{ database, nodeType: await newProcess(loaded) },
			);
		const typed = (type: string) => ({ ...told('UPDATE', 'x'), record: { ...row, event_type: type } });
		const before = await process();
		await before.activate();
		await at(before, 0, typed('Showing Scheduled'));
		await at(before, 1, typed('Showing Canceled'));
		await before.close();
		const after = await process();
		await after.activate('init');
		await at(after, 2, typed('Showing Canceled'));
		expect(after.runs).toEqual([]);
		await at(after, 3, typed('Showing Scheduled'));
		expect(after.runs).toHaveLength(1);
	});
});

describe('RentEngine Trigger, the insertion of a leasing event', () => {
	const told = (type: 'INSERT' | 'UPDATE', event_type: string, notes = '') => ({
		type,
		table: 'leasing_events',
		record: { id: 7, event_type, notes },
	});
	const created = told('INSERT', 'Showing Scheduled');
	const moved = told('UPDATE', 'Showing Complete');
	const edited = told('UPDATE', 'Showing Complete', 'Liked the view');
	const same = told('UPDATE', 'Showing Scheduled', 'Called');
	const send = async ({ url }: TriggerHost, delivery: object) =>
		(await post(url, JSON.stringify(delivery), { 'x-api-key': SECRET })).status;
	const changes = ['leasingEventCreated', 'leasingEventChanged'];

	it.each<[string, string[], object[], string[]]>([
		['after its event has moved on', changes, [created, moved, created, moved], ['INSERT', 'UPDATE']],
		[
			'after its event has moved on unasked',
			['leasingEventCreated'],
			[created, moved, created],
			['INSERT'],
		],
		['after a change that came before it', changes, [moved, created, created], ['UPDATE', 'INSERT']],
		['after an edit that came before it', changes, [same, created, created, same], ['UPDATE', 'INSERT']],
		['before an edit of what came before it', changes, [moved, created, edited], ['UPDATE', 'INSERT']],
		['unasked, before such an edit', ['leasingEventChanged'], [moved, created, edited], ['UPDATE']],
	])(
		'starts one run, where RentEngine does not tell what a row was: %s',
		async (_, triggerOn, bodies, runs) => {
			const host = await rentEngineTrigger(triggers, { triggerOn });
			await host.activate();
			for (const body of bodies) expect(await send(host, body)).toBe(200);
			expect(host.runs.map(([item]) => item?.action)).toEqual(runs);
		},
	);

	it('starts one run, also where another n8n process took it first and both knew a later change', async () => {
		const database = { staticData: '{}', active: false };
		const process = async () =>
			await rentEngineTrigger(
				triggers,
				{ triggerOn: changes },
				{ database, nodeType: await newProcess(loaded) },
			);
		const [one, other] = [await process(), await process()];
		await one.activate();
		for (const [host, body] of [
			[one, moved],
			[other, edited],
			[one, created],
			[other, created],
		] as const)
			expect(await send(host, body)).toBe(200);
		expect([one, other].map(({ runs }) => runs.map(([item]) => item?.action))).toEqual([
			['UPDATE', 'INSERT'],
			[],
		]);
	});

	it('starts one run, also after n8n was started again meanwhile', async () => {
		const database = { staticData: '{}', active: false };
		const process = async () =>
			await rentEngineTrigger(triggers, {}, { database, nodeType: await newProcess(loaded) });
		const before = await process();
		await before.activate();
		for (const body of [created, moved]) await send(before, body);
		await before.close();
		const after = await process();
		await after.activate('init');
		for (const body of [created, moved, edited]) await send(after, body);
		expect(after.runs).toEqual([]);
	});

	it('starts one run, also when its event moves on while n8n is still starting it', async () => {
		const host = await rentEngineTrigger(triggers);
		await host.activate();
		const { begun, go } = holdStart(host);
		const first = send(host, created);
		await begun;
		expect(await send(host, moved)).toBe(200);
		go();
		expect(await first).toBe(200);
		for (const body of [created, moved, edited]) expect(await send(host, body)).toBe(200);
		expect(host.runs).toHaveLength(2);
	});

	it.each([
		['its edit while n8n is still starting it: the edit starts none', created, same, 503, ['INSERT']],
		['it while n8n starts that of its edit: both do', same, created, 200, ['INSERT', 'UPDATE']],
	])('starts one run, and so on with %s', async (_, one, other, status, runs) => {
		const host = await rentEngineTrigger(triggers);
		await host.activate();
		const { begun, go } = holdStart(host);
		const first = send(host, one);
		await begun;
		expect(await send(host, other)).toBe(status);
		go();
		expect(await first).toBe(200);
		for (const body of [one, other]) expect(await send(host, body)).toBe(200);
		expect(host.runs.map(([item]) => item?.action).sort()).toEqual(runs);
	});

	it.each([null, undefined])(
		'is not taken for that of another row where neither has an ID (%s)',
		async (id) => {
			const host = await rentEngineTrigger(triggers);
			await host.activate();
			const nameless = (notes: string) => ({ ...created, record: { ...created.record, id, notes } });
			for (const notes of ['a', 'b', 'a']) expect(await send(host, nameless(notes))).toBe(200);
			expect(host.runs).toHaveLength(2);
		},
	);
});
