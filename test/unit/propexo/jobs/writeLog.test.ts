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

	it('has to be read to its end to say that there is no such write', async () => {
		const rows = Array.from({ length: 250 }, (_, at) => row(others, `job_${at}`));
		expect(await lookFor(rows)).toEqual({ came: 'absent', pages: 3 });
	});

	it('that is too long to be read to its end decides nothing', async () => {
		const rows = Array.from({ length: 2_500 }, (_, at) => row(others, `job_${at}`));
		expect((await lookFor(rows)).came).toBe('undecided');
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
		expect((await lookFor([row(shorter, 'job_1')])).came).toBe('absent');
		const query = { ignore_unknown_fields: true };
		expect((await lookFor([row(shorter, 'job_1')], query)).came).toBe('undecided');
		expect((await lookFor([row({ ...shorter, notes: 'Another' }, 'job_1')], query)).came).toBe('absent');
	});
});
