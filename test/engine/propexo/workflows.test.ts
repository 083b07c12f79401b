import type { IDataObject, IPairedItemData } from 'n8n-workflow';

import { damage } from '../support/damage.ts';
import type { RunResult } from '../support/engine.ts';
import { byId, useServices } from '../support/services.ts';
import { evaluated, shippedNode } from '../support/shipped.ts';
import { CALL, FILE, FINDING, FREE, NEEDED } from './support/callLog.ts';
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

describe('propexo-call-log', () => {
	const call = { ...CALL, phone: '(303) 555-0000' };
	const statusOf = (json: IDataObject, answer = 'Answer') =>
		evaluated((shippedNode(FILE, answer).parameters.options as IDataObject).responseCode, json);

	it('finds nobody when the number or the integration is missing, empty or of a wrong type', async () => {
		const cases = damage(call, FINDING);
		const items = cases.map(({ body }) => ({ body }) as IDataObject);
		const { success } = await run(FILE, 'Find the lead', items);
		expect(success.map(({ json }) => json.id)).toEqual(cases.map(() => undefined));
		expect(success.map(({ json }) => statusOf(json, 'Answer: no such lead'))).toEqual(
			cases.map(() => 422),
		);
		expect(statusOf({}, 'Answer: no such lead')).toBe(404);
	});

	it('logs nothing when what it needs is missing, empty or of a wrong type', async () => {
		const cases = damage(call, NEEDED).map((one, index) => ({
			...one,
			body: one.field === 'call_id' ? one.body : { ...one.body, call_id: `call ${index}` },
		}));
		const items = cases.map(({ body }) => ({ id: 'lead_2', body }) as IDataObject);
		const { success } = await run(FILE, 'Log the call', items);
		const answered = success.map(({ json }, index) => [cases[index]?.what, statusOf(json)]);
		expect(answered).toEqual(cases.map(({ what }) => [what, 422]));
		expect(created()).toEqual([]);
	});

	it('logs a call without notes and agent', async () => {
		const items = damage(call, FREE)
			.filter(({ isBlank }) => isBlank)
			.map(({ body }, index) => ({ id: 'lead_2', body: { ...body, call_id: `blank ${index}` } }));
		const { success } = await run(FILE, 'Log the call', items);
		expect(success.map(({ json }) => statusOf(json))).toEqual(items.map(() => 200));
		expect(created().map(({ lead_id }) => lead_id)).toEqual(items.map(() => 'lead_2'));
	});
});

describe('propexo-tours-spreadsheet', () => {
	const FILE = 'propexo-tours-spreadsheet.json';
	const record = async (rows: IDataObject[]) =>
		await run(FILE, 'Record the tour', rows, { integrationId: byId('int_any') });
	const tour = {
		tour_id: 't',
		lead_id: 'lead_1',
		unit_id: 'unit_1',
		when: '2026-03-01 14:30',
		notes: 'Liked it',
	};

	it('records a row once, however often the file is uploaded', async () => {
		expect((await record([tour])).success).toMatchObject([{ json: { job_id: expect.any(String) } }]);
		expect((await record([tour])).success).toMatchObject([{ json: { skipped: true } }]);
		expect(created()).toMatchObject([{ lead_id: 'lead_1', event_datetime: '2026-03-01T14:30:00-06:00' }]);
	});

	it.each(['tour_id', 'lead_id', 'when'])('records no row whose %s is empty or ruined', async (column) => {
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
		const rows = cells.map((cell, index) => ({ ...tour, tour_id: `cell ${index}`, [column]: cell }));
		const { success } = await record(rows);
		const taken = success.flatMap(({ json }, index) => (json.error === undefined ? [cells[index]] : []));
		expect(taken).toEqual([]);
	});

	it('says of each row what became of it, in order', async () => {
		const { success } = await record([
			tour,
			{ ...tour, tour_id: '' },
			{ ...tour, tour_id: 'u', lead_id: 'none' },
		]);
		const { assignments } = shippedNode(FILE, 'What became of it').parameters.assignments as {
			assignments: Array<{ name: string; value: string }>;
		};
		const outcome = assignments.find(({ name }) => name === 'outcome')?.value;
		expect(itemsOf(success)).toEqual([0, 1, 2]);
		expect(success.map(({ json }) => evaluated(outcome, json))).toEqual([
			'recorded before',
			'not sent',
			'refused',
		]);
	});
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
		from: 'maria@example.com',
		subject: 'A tour',
		text: 'Hello',
		received_at: '2026-03-01T14:30:00-06:00',
	};
	const log = async (bodies: IDataObject[]) =>
		await run(
			'propexo-ai-agent-email.json',
			'Log email',
			bodies.map((body) => ({ body })),
			{ leadId: byId('lead_1'), notes: 'Wants a tour', integrationId: byId('int_any') },
		);

	it.each(['message_id', 'from', 'received_at'])('logs no email without its %s', async (field) => {
		for (const { what, body } of damage(email, [field])) {
			const { success, thrown } = await log([body as IDataObject]);
			expect([what, success, thrown?.message]).toEqual([what, [], expect.stringContaining("'")]);
		}
		expect(created()).toEqual([]);
	});

	it('logs an email without a subject or a text', async () => {
		const cases = damage(email, ['subject', 'text']).filter(({ isBlank }) => isBlank);
		for (const [index, { body }] of cases.entries()) {
			const { thrown } = await log([{ ...body, message_id: `email ${index}` } as IDataObject]);
			expect(thrown).toBeUndefined();
		}
		expect(created().map(({ lead_id, email_from }) => [lead_id, email_from])).toEqual(
			cases.map(() => ['lead_1', 'maria@example.com']),
		);
	});

	it('finds nobody for a sender that the model leaves out', async () => {
		const find = async (email1: unknown) =>
			await run('propexo-ai-agent-email.json', 'Find lead', [{ email: email1 as string }], {
				filters: { email1: '={{ $json.email }}', integrationId: byId('int_any') },
			});
		for (const none of [undefined, null, '', '  ', 'undefined', 'nobody', {}, []]) {
			const { success, thrown } = await find(none);
			expect([none, success, thrown?.message]).toEqual([none, [], expect.stringContaining("'Email'")]);
		}
		expect(services.emulator.propexo.ledger.requests).toEqual([]);
	});
});
