import type { IDataObject } from 'n8n-workflow';

import { create } from '../../../../nodes/Propexo/resources/leadEvent/create';
import type { ServiceRequest } from '../../../../nodes/shared/http/service';
import type { LookUpTools } from '../../../../nodes/shared/deliver/write';

const PAGE = 100;
const body = { integration_id: 'int_1', lead_id: 'lead_1', notes: 'Called', title: 'T' };
const request: ServiceRequest = { method: 'POST', path: '/v1/events/leads', body };
const others = { ...body, notes: 'Another' };

const row = (parameters: IDataObject, jobId: string): IDataObject => ({
	job_id: jobId,
	created_at: new Date().toISOString(),
	status: 'SUCCESS',
	parameters,
});

/** A log of these rows, and how many of its pages were asked for. */
function logOf(rows: IDataObject[]) {
	const asked: IDataObject[] = [];
	const tools: LookUpTools = {
		account: 'one',
		signal: new AbortController().signal,
		isTaken: () => false,
		ask: async ({ query = {} }) => {
			asked.push(query);
			const offset = Number(query.offset);
			const page = { results: { logs: rows.slice(offset, offset + PAGE) } };
			return await Promise.resolve({
				kind: 'replied',
				status: 200,
				headers: { date: new Date().toUTCString() },
				body: page,
			});
		},
	};
	return { tools, asked };
}

const lookFor = async (rows: IDataObject[], query?: IDataObject) => {
	const { tools, asked } = logOf(rows);
	const came = await create.write.lookUp(
		tools,
		{ ...request, ...(query && { query }) },
		Date.now() - 1_000,
	);
	return { came, pages: asked.length };
};

describe('the write log', () => {
	it('is read no further than to the write that is looked for', async () => {
		const rows = [
			row(body, 'ours'),
			...Array.from({ length: 2_500 }, (_, at) => row(others, `job_${at}`)),
		];
		expect(await lookFor(rows)).toEqual({ came: { found: [{ job_id: 'ours', data: body }] }, pages: 1 });
	});

	it('tells a failure as pending while nobody can tell how it ended: it may have been taken in part', async () => {
		const { tools } = logOf([{ ...row(body, 'ours'), status: 'FAILURE' }]);
		const came = await create.write.lookUp(tools, request, Date.now() - 1_000);
		expect(came).toMatchObject({ found: [{ job_id: 'ours', write_status: 'PENDING' }] });
	});

	it('has to be read to its end to say that there is no such write', async () => {
		const rows = Array.from({ length: 250 }, (_, at) => row(others, `job_${at}`));
		expect(await lookFor(rows)).toEqual({ came: 'absent', pages: 3 });
	});

	it('with a row that cannot be read decides nothing', async () => {
		const rows = [row(others, 'job_1'), 'job_2'] as IDataObject[];
		expect((await lookFor(rows)).came).toBe('undecided');
	});

	it('that is too long to be read to its end decides nothing', async () => {
		const rows = Array.from({ length: 30_100 }, (_, at) => row(others, `job_${at}`));
		expect((await lookFor(rows)).came).toBe('undecided');
	});

	it('that another execution reads is waited for until this one is stopped, and then decides nothing', async () => {
		const reading = logOf([]).tools;
		let answer = () => {};
		const asking = new Promise<void>((resolve) => (answer = resolve));
		const { ask } = reading;
		reading.ask = async (asked) => await asking.then(async () => await ask(asked));
		const look = async (tools: LookUpTools) =>
			await create.write.lookUp(tools, request, Date.now() - 1_000);
		const stop = new AbortController();
		const others = look(reading);
		const own = look({ ...logOf([]).tools, signal: stop.signal });
		stop.abort();
		expect(await own).toBe('undecided');
		answer();
		expect(await others).toBe('absent');
	});

	it('with an event that has more fields filled in decides nothing: it may be another one', async () => {
		expect((await lookFor([row({ ...body, unit_id: 'unit_1' }, 'job_1')])).came).toBe('undecided');
		const came = { found: [{ job_id: 'ours', data: body }] };
		const rows = [row({ ...body, unit_id: 'unit_1' }, 'job_1'), row(body, 'ours')];
		expect((await lookFor(rows)).came).toEqual(came);
		// What Propexo may note of its own is no sign of another event.
		const noted = { ...body, unit_id: null, agent_name: '', email_send: false, requested_by: 'api' };
		expect((await lookFor([row(noted, 'ours')])).came).toEqual(came);
	});

	it('may lack the fields that Propexo was to leave out, so that a row without them decides nothing', async () => {
		const { title: _, ...shorter } = body;
		const query = { ignore_unknown_fields: true };
		expect((await lookFor([row(shorter, 'job_1')], query)).came).toBe('undecided');
		expect((await lookFor([row({ ...shorter, notes: 'Another' }, 'job_1')], query)).came).toBe('absent');
	});

	const sent = {
		...body,
		call_phone_number_from: '+1 512 555 0100',
		event_datetime: '2026-03-01T14:30:00-06:00',
		appointment_date: '2026-03-02',
		appointment_time: '14:30:00',
		email_body: `Dear Ann, ${'thank you for your visit. '.repeat(20)}`,
	};
	const lookForSent = async (parameters: IDataObject, kind = '') => {
		const { tools } = logOf([{ ...row(parameters, 'job_1'), job_type: kind }]);
		return await create.write.lookUp(tools, { ...request, body: sent }, Date.now() - 1_000);
	};

	it.each<[string, IDataObject]>([
		['without a value', { notes: undefined }],
		['with an empty value', { notes: null }],
		['with a phone number in another form', { call_phone_number_from: '5125550100' }],
		['with a time in another zone', { event_datetime: '2026-03-01T20:30:00.000Z', title: undefined }],
		['with a time without its zone', { event_datetime: '2026-03-01 14:30:00' }],
		['with a time for a day', { appointment_date: '2026-03-02T00:00:00.000Z' }],
		['with a day in another notation', { appointment_date: '03/02/2026' }],
		['with a time of day without its seconds', { appointment_time: '2:30 PM' }],
		['with the beginning of a text', { email_body: sent.email_body.slice(0, 255) }],
		['with a text as HTML', { notes: '<p>Called</p>' }],
	])('decides nothing by a row %s', async (_, other) => {
		expect(await lookForSent({ ...sent, ...other })).toBe('undecided');
	});

	it('decides nothing by rows that hold the values in another place or spelling, unless they are all there', async () => {
		const { lead_id, integration_id, ...others } = sent;
		expect(await lookForSent({ ...others, leadId: lead_id, integrationId: integration_id })).toBe(
			'undecided',
		);
		expect(await lookForSent({ body: others })).toBe('undecided');
		expect(await lookForSent({ job: { any: 1 } })).toBe('undecided');
		expect(await lookForSent({ body: sent })).toEqual({ found: [{ job_id: 'job_1', data: sent }] });
	});

	it.each<[string, IDataObject, string?]>([
		['another lead', { lead_id: 'lead_10' }],
		['another lead, in another spelling', { lead_id: undefined, leadId: 'lead_10' }],
		['another lead, in a part of its own', { body: { lead_id: 'lead_10' } }],
		['an applicant', { lead_id: undefined, applicant_id: 'applicant_1' }],
		['another phone number', { call_phone_number_from: '5125550101' }],
		['another time', { event_datetime: '2026-03-01T20:31:00.000Z' }],
		['another day', { appointment_date: '2026-03-03' }],
		['another time of day', { appointment_time: '2:30 AM' }],
		['other notes', { notes: 'Called again' }],
		['a change, without the lead', { lead_id: undefined }, 'UPDATE_LEAD_EVENTS'],
	])('knows a row of %s for another write', async (_, other, kind = '') => {
		const parameters = 'body' in other ? other : { ...sent, ...other };
		expect(await lookForSent(parameters, kind)).toBe('absent');
	});
});
