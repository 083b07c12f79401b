import type { IDataObject, IPairedItemData } from 'n8n-workflow';

import { damage } from '../support/damage.ts';
import type { RunResult } from '../support/engine.ts';
import { byId, useServices } from '../support/services.ts';
import { columnOf, evaluated, inOrder, shippedNode } from '../support/shipped.ts';
import { CALL, FILE, FREE, NEEDED } from './support/callLog.ts';
import { failedJob } from './support/run.ts';

const services = useServices({ timing: { lookUpAfterMs: [50, 50] } });
const created = () => services.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);

/** Runs a node of a shipped workflow on items. */
async function run(
	file: string,
	name: string,
	items: IDataObject[],
	more: IDataObject = {},
): Promise<RunResult> {
	const { parameters, onError } = shippedNode(file, name);
	const settings = { items, onError, timezone: 'America/Chicago' };
	return await services.run('propexo', { ...parameters, ...more }, settings);
}

const itemsOf = (outputs: RunResult['success']) =>
	outputs.map(({ pairedItem }) => (pairedItem as IPairedItemData).item);

const lead = (id: string) => services.emulator.propexo.data.leads.get(id)!;

/** A lead and two units of the integration whose PMS takes everything, in a property of their own. */
function leadOfAnyPms() {
	const { data } = services.emulator.propexo;
	const whose = { integration_id: 'int_any', integration_vendor: 'OTHER', property_id: 'prop_any' };
	data.properties.add({ ...data.properties.get('prop_1')!, ...whose, id: 'prop_any' });
	for (const number of ['101', '102'])
		data.units.add({ ...data.units.get('unit_1')!, ...whose, id: `unit_any_${number}`, number });
	const held = { email_1: 'any@example.com', phone_1: '5125550142' };
	return data.leads.add({ ...lead('lead_2'), ...whose, ...held, id: 'lead_any' });
}

describe('propexo-call-log', () => {
	const call = CALL;
	const statusOf = (json: IDataObject) =>
		evaluated((shippedNode(FILE, 'Answer').parameters.options as IDataObject).responseCode, json);
	const log = async (bodies: IDataObject[]) =>
		inOrder(
			await run(
				FILE,
				'Log the call',
				bodies.map((body) => ({ body })),
			),
		);

	it('logs a call for the lead with the number, in one node', async () => {
		const told = await log([call]);
		const { property_id, phone_1 } = lead('lead_2');
		expect(call.phone.replace(/\D/g, '')).toBe(phone_1);
		const [type] = services.emulator.propexo.data.eventTypes.rows.filter(
			(row) => row.property_id === property_id && row['name'] === 'Incoming Call',
		);
		expect(told.map(statusOf)).toEqual([200]);
		expect(told[0]?.resolved).toMatchObject({ lead_id: 'lead_2', event_type_id: type?.id });
		expect(created()).toMatchObject([{ lead_id: 'lead_2', event_type_id: type?.id, call_duration: 184 }]);
	});

	it('says recorded only of what the PMS has: a call that came before or is under way may still be refused', async () => {
		const answerOf = (json: IDataObject) => [
			statusOf(json),
			JSON.parse(String(evaluated(shippedNode(FILE, 'Answer').parameters.responseBody, json))),
		];
		const heard = (status: number, answer: object) => [status, expect.objectContaining(answer)];
		const known = { ...call, call_id: 'call-known' };
		const [first, again] = [await log([known]), await log([known])].flat();
		expect(answerOf(first ?? {})).toEqual(heard(200, { recorded: true, write_status: 'SUCCESS' }));
		expect(answerOf(again ?? {})).toEqual(heard(202, { recorded: null, repeated: true }));
		// What the node gives when the time for waiting is up.
		expect(answerOf({ job_id: 'job_1', write_status: 'PENDING' })).toEqual(
			heard(202, {
				...{ recorded: null, repeated: false },
				reason: expect.stringContaining('not yet in the PMS') as string,
			}),
		);
	});

	it('answers 422 for a call that was refused, also when it comes again', async () => {
		const refused = { ...call, call_id: 'call-refused', notes: '[fail]' };
		const [first, again] = [await log([refused]), await log([refused])].flat();
		expect(again).toMatchObject({ skipped: true, refused_before: true });
		expect([first, again].map((json) => statusOf(json ?? {}))).toEqual([422, 422]);
		const { responseBody } = shippedNode(FILE, 'Answer').parameters;
		expect(JSON.parse(String(evaluated(responseBody, again ?? {})))).toMatchObject({ recorded: false });
		expect(created()).toHaveLength(1);
	});

	it('answers 404 when no lead has the number, and 503 when nobody could be asked', async () => {
		const nobody = { ...call, call_id: 'call-2', phone: '(999) 555-0100' };
		expect((await log([nobody])).map(statusOf)).toEqual([404]);
		const fault = { match: { path: '/v1/leads/' }, status: 400, body: { error: { message: 'Not now' } } };
		services.emulator.propexo.faults.add(fault);
		const unasked = { ...call, call_id: 'call-3', phone: '(999) 555-0101' };
		expect((await log([unasked])).map(statusOf)).toEqual([503]);
		expect(created()).toEqual([]);
	});

	it('logs nothing when what it needs is missing, empty or of a wrong type', async () => {
		const cases = damage(call, NEEDED).map((one, index) => ({
			...one,
			body: one.field === 'call_id' ? one.body : { ...one.body, call_id: `call ${index}` },
		}));
		const told = await log(cases.map(({ body }) => body as IDataObject));
		const answered = told.map((json, index) => [cases[index]?.what, statusOf(json)]);
		expect(answered).toEqual(cases.map(({ what }) => [what, 422]));
		expect(created()).toEqual([]);
	});

	it('logs no call of a number that two leads have: they may be a family', async () => {
		for (const [id, year] of [
			['lead_mother', 2025],
			['lead_son', 2026],
		] as const) {
			const own = { id, phone_1: '4045550177', created_at: `${year}-01-01T00:00:00Z` };
			services.emulator.propexo.data.leads.add({ ...lead('lead_2'), ...own });
		}
		const [told] = await log([{ ...call, call_id: 'call-family', phone: '(404) 555-0177' }]);
		expect(told?.error).toContain('2 leads of Lakeview Entrata have the phone number');
		expect(statusOf(told ?? {})).toBe(422);
		expect(created()).toEqual([]);
	});

	it('logs a call without notes and agent', async () => {
		const bodies = damage(call, FREE)
			.filter(({ isBlank }) => isBlank)
			.map(({ body }, index) => ({ ...body, call_id: `blank ${index}` }));
		const told = await log(bodies);
		expect(told.map(statusOf)).toEqual(bodies.map(() => 200));
		expect(created().map(({ lead_id }) => lead_id)).toEqual(bodies.map(() => 'lead_2'));
	});
});

describe('propexo-tours-spreadsheet', () => {
	const FILE = 'propexo-tours-spreadsheet.json';
	const record = async (rows: IDataObject[]) =>
		await run(FILE, 'Record the tour', rows, { integrationId: byId('int_any') });
	beforeEach(() => void leadOfAnyPms());
	const tour = (): IDataObject => ({
		name: 'Whoever',
		email: 'any@example.com',
		phone: '',
		unit: '101',
		when: '2026-03-01 14:30',
		notes: 'Liked it',
	});

	it("records a row once, in the unit of the lead's property, however often the file is uploaded", async () => {
		expect((await record([tour()])).success).toMatchObject([{ json: { job_id: expect.any(String) } }]);
		expect((await record([tour()])).success).toMatchObject([{ json: { skipped: true } }]);
		const when = '2026-03-01T14:30:00-06:00';
		expect(created()).toMatchObject([
			{ lead_id: 'lead_any', unit_id: 'unit_any_101', event_datetime: when },
		]);
	});

	it('takes the phone number of a row without an email, in whichever columns the file has', async () => {
		const { email: _, phone: __, ...row } = tour();
		const rows: IDataObject[] = [
			{ ...row, email: 'any@example.com', when: '2026-03-01 09:00' },
			{ ...row, phone: '(512) 555-0142', when: '2026-03-01 10:00' },
			{ ...row, email: ' ', phone: '+1 512-555-0142', when: '2026-03-01 11:00' },
			{ ...row, email: 'any@example.com', phone: '(999) 555-0100', when: '2026-03-01 12:00' },
			{ ...row, email: '', phone: '(999) 555-0100', when: '2026-03-01 13:00' },
		];
		const { success } = await record(rows);
		expect(success.map(({ json }) => (json.resolved as IDataObject | undefined)?.found_by)).toEqual([
			'email, number',
			'phone, number',
			'phone, number',
			'email, number',
			undefined,
		]);
		expect(success[4]?.json.error).toContain("No lead of Any PMS has the phone number in 'Lead'");
		expect(created().map(({ lead_id }) => lead_id)).toEqual(Array.from({ length: 4 }, () => 'lead_any'));
		const again = await record(rows.slice(0, 4));
		expect(again.success.map(({ json }) => json.skipped)).toEqual([true, true, true, true]);
	});

	it.each(['email', 'when'])('records no row whose %s is empty or ruined', async (column) => {
		const cells = [
			undefined,
			'',
			'  ',
			'undefined',
			'null',
			'[object Object]',
			'NaN',
			'2.19E+26',
			'#REF!',
		];
		const rows = cells.map((cell, index) => ({ ...tour(), unit: `10${index}`, [column]: cell }));
		const { success } = await record(rows);
		const taken = success.flatMap(({ json }, index) => (json.error === undefined ? [cells[index]] : []));
		expect(taken).toEqual([]);
	});

	it('says of each row what happened to it, in order', async () => {
		const rows = [
			tour(),
			{ ...tour(), email: '' },
			{ ...tour(), email: 'nobody@example.com' },
			{ ...tour(), unit: '102', notes: '[fail]' },
			{},
		];
		const { success } = await record(rows);
		const outcome = columnOf(FILE, 'What happened', 'outcome');
		expect(itemsOf(success)).toEqual([0, 1, 2, 3, 4]);
		expect(
			success.map(({ json }, index) => evaluated(outcome, json, { Rows: [rows[index] ?? {}] })),
		).toEqual(['recorded before', 'not sent', 'not sent', 'created', 'empty']);
		expect(success[2]?.json.error).toContain("No lead of Any PMS has the email address in 'Lead'");
	});
});

describe.each([
	['propexo-tours-spreadsheet.json', 'Record the tour', 'details'],
	['propexo-backfill.json', 'Record the event', 'why'],
])('%s, a file that was not read as it was meant', (file, recording, column) => {
	beforeEach(() => void leadOfAnyPms());

	it('is not recorded, and the report says what to do', async () => {
		const good = { email: 'any@example.com', type: 'Email', when: '2026-03-01 14:30', approved: true };
		const rows: Array<[row: IDataObject, why: string]> = [
			[{ error: 'Quote Not Closed: at line 3' }, 'could not be read, so nothing of it was recorded'],
			[{ ...good, notes: 'Caf\ufffd' }, 'is not saved as UTF-8'],
			[{ 'email;when': 'any@example.com;2026-03-01 14:30' }, 'This row has: email;when'],
			[{}, 'There is nothing in this row.'],
		];
		const integrationId = byId('int_any');
		const { success } = await run(
			file,
			recording,
			rows.map(([row]) => row),
			{
				integrationId,
				options: { itemsWithoutKey: 'refuse' },
			},
		);
		expect(created()).toEqual([]);
		const value = columnOf(file, 'What happened', column);
		const told = success.map(({ json }, index) => {
			const row = [rows[index]?.[0] ?? {}];
			return evaluated(value, json, { Rows: row, 'Approved rows': row });
		});
		expect(told).toEqual(rows.map(([, why]) => expect.stringContaining(why)));
	});
});

it.each([
	['propexo-tours-spreadsheet.json', 'What happened', 'details', 1],
	['propexo-backfill.json', 'What happened', 'why', 1],
	['propexo-backfill.json', 'Summary', 'problems', 2],
])(
	'%s, %s counts the rows of an error as the file does, whose first row holds the names',
	(file, node, column, at) => {
		const told = (error: string): unknown => {
			const rows = Array.from({ length: at }, () => ({ when: '2026-03-01 14:30', approved: true }));
			const seen = [{ outcome: 'not_sent', problems: [error], delivery: { item: at } }];
			const nodes = { Rows: rows, 'Approved rows': rows, 'Record the event': seen };
			return evaluated(columnOf(file, node, column), { error }, nodes);
		};
		expect(told("Item 212 of 300: 'Lead' is empty. It is that of Item 5 of 300")).toMatch(
			/Row 213: 'Lead' is empty\. It is that of Row 6$/,
		);
	},
);

it('propexo-tours-spreadsheet records a tour also where the PMS keeps no agent and no hour of it', async () => {
	const { data } = services.emulator.propexo;
	const row = { email: String(lead('lead_1').email_1), when: '2026-03-01 14:30', agent: 'Jordan Smith' };
	const eventName = 'Show';
	const more = { eventName, integrationId: byId(String(data.leads.get('lead_1')?.integration_id)) };
	const { success } = await run('propexo-tours-spreadsheet.json', 'Record the tour', [row], more);
	expect(success[0]?.json.error).toBeUndefined();
	expect(created()).toMatchObject([{ lead_id: 'lead_1', event_name: 'Show' }]);
});

describe('propexo-write-failed', () => {
	const retry = async (failures: IDataObject[]) =>
		await run('propexo-write-failed.json', 'Retry', failures);

	it('retries a failed write once, and the job of a retry not at all', async () => {
		const job = await failedJob(services, '[fail]');
		const first = await retry([{ job_id: job }]);
		expect((await retry([{ job_id: job }])).success).toMatchObject([{ json: { skipped: true } }]);
		expect((await retry([{ job_id: first.success[0]?.json.job_id }])).success).toMatchObject([
			{ json: { skipped: true } },
		]);
		expect(services.emulator.propexo.ledger.created.filter(({ kind }) => kind === 'retry')).toHaveLength(
			1,
		);
	});

	it('retries nothing without the ID of a job', async () => {
		const cases = damage({ job_id: 'x', write_status: 'FAILURE' }, ['job_id']);
		const { success, error } = await retry(cases.map(({ body }) => body as IDataObject));
		expect(success).toEqual([]);
		expect(error).toHaveLength(cases.length);
		expect(services.emulator.propexo.ledger.requests).toEqual([]);
	});
});

describe('propexo-ai-agent-email', () => {
	const email = {
		message_id: '<4711@mail.example.com>',
		from: 'Somebody <any@example.com>',
		subject: 'A tour',
		text: 'Hello',
		received_at: '2026-03-01T14:30:00-06:00',
	};
	beforeEach(() => void leadOfAnyPms());
	const log = async (bodies: IDataObject[]) =>
		await run(
			'propexo-ai-agent-email.json',
			'Log email',
			bodies.map((body) => ({ body })),
			{ notes: 'Wants a tour', integrationId: byId('int_any') },
		);

	it.each(['message_id', 'from', 'received_at'])('logs no email without its %s', async (field) => {
		for (const { what, body } of damage(email, [field])) {
			const { success, thrown } = await log([body as IDataObject]);
			expect([what, success, thrown?.message]).toEqual([what, [], expect.stringContaining("'")]);
		}
		expect(created()).toEqual([]);
	});

	it('logs an email for the lead who wrote it, also without a subject or a text', async () => {
		const cases = damage(email, ['subject', 'text']).filter(({ isBlank }) => isBlank);
		for (const [index, { body }] of cases.entries()) {
			const { thrown } = await log([{ ...body, message_id: `email ${index}` } as IDataObject]);
			expect(thrown).toBeUndefined();
		}
		expect(created().map(({ lead_id, email_from }) => [lead_id, email_from])).toEqual(
			cases.map(() => ['lead_any', 'any@example.com']),
		);
	});

	it('logs nothing for a stranger', async () => {
		const { thrown } = await log([{ ...email, from: 'stranger@example.com' }]);
		expect(thrown?.message).toContain("No lead of Any PMS has the email address in 'Lead'");
		expect(created()).toEqual([]);
	});
});
