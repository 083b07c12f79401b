import type { IDataObject } from 'n8n-workflow';

import { updateEvent } from '../../../../nodes/Propexo/events/write';
import { jobWrite } from '../../../../nodes/Propexo/jobs/jobWrite';
import { integration } from '../../../../nodes/Propexo/records/places';
import { recordField } from '../../../../nodes/Propexo/records/field';
import { lead } from '../../../../nodes/Propexo/records/people';
import { LEAD_EVENT_UPDATE_RULES } from '../../../../nodes/Propexo/rules/events';
import { checkItems } from '../../../../nodes/shared/deliver/check/checkItems';
import type { InputItem } from '../../../../nodes/shared/deliver/items';
import type { Memory } from '../../../../nodes/shared/deliver/memory/memory';
import { optionsCollection } from '../../../../nodes/shared/deliver/options';
import type { Run } from '../../../../nodes/shared/deliver/run';
import type { Write } from '../../../../nodes/shared/deliver/write';
import type { Field } from '../../../../nodes/shared/fields/field';
import type { ReadItem } from '../../../../nodes/shared/fields/item';

const text = (name: string): Field => ({ name, label: name, kind: 'text', description: '' });

/** A write of which nothing is known but what is said here. */
const petition = jobWrite({
	value: 'create',
	name: 'Create',
	action: 'Create petition',
	description: '',
	noun: 'petition',
	fields: [recordField(integration), text('residentId'), text('wish')],
	collections: [
		{
			name: 'more',
			label: 'More',
			fields: [text('urgency'), text('witness')],
		},
	],
	method: 'POST',
	path: '/v1/events/residents/petitions',
	about: ['integrationId', 'residentId'],
	sameEvent: ['wish'],
});

const body = { integration_id: 'int_1', resident_id: 'res_1', wish: 'A new door' };

/** What a look-up makes of a log with one row. */
async function lookFor({ write }: { write: Write }, request: IDataObject, row: IDataObject) {
	return await write.lookUp(
		{
			account: 'one',
			signal: new AbortController().signal,
			isTaken: () => false,
			ask: async () =>
				await Promise.resolve({
					kind: 'replied',
					status: 200,
					headers: { date: new Date().toUTCString() },
					body: {
						results: {
							logs: [{ job_id: 'job_1', created_at: new Date().toISOString(), ...row }],
						},
					},
				}),
		},
		{ method: 'POST', path: '/', ...request },
		Date.now() - 1_000,
	);
}

const ours = { found: [{ job_id: 'job_1', data: body }] };

describe('A write that was declared as a job', () => {
	const found = async (parameters: IDataObject, kind = {}) =>
		await lookFor(petition, { body }, { parameters, ...kind });

	it('finds itself in the log', async () => {
		expect(await found(body)).toEqual(ours);
		expect(await found({ ...body, urgency: '', witness: null, logged_by: 'api' })).toEqual(ours);
		expect(await found(body, { job_type: 'CREATE_RESIDENT_PETITION' })).toEqual(ours);
	});

	it.each(['urgency', 'witness'])('takes no other for its own that has its field %s too', async (name) => {
		expect(await found({ ...body, [name]: 'x' })).toBe('undecided');
	});

	it.each(['lead_id', 'applicant_id', 'event_id', 'appointment_date'])(
		'takes no write for its own that is about something else: %s',
		async (name) => {
			expect(await found({ ...body, [name]: 'x' })).toBe('undecided');
		},
	);

	it.each([
		'CREATE_LEAD_EVENT',
		'YARDI_CREATE_APPLICANT_EVENTS',
		'UPDATE_RESIDENT_EVENT',
		'ENTRATA_CREATE_RESIDENT_APPOINTMENT',
	])('takes no write for its own that is named %s', async (name) => {
		expect(await found(body, { job_type: name })).toBe('undecided');
		expect(await found(body, { name: name.toLowerCase().replaceAll('_', ' ') })).toBe('undecided');
	});

	it('has the options that its fields call for', () => {
		const names = optionsCollection(petition.write).fields.map(({ name }) => name);
		expect(names).toContain('ignoreUnknownFields');
		expect(names).toContain('waitForResult');
		expect(names).not.toContain('timeZone');
	});

	it('is sent in order with what is about the same', () => {
		const order = (values: IDataObject) =>
			petition.write.order({
				...{ values, sought: {}, found: {}, body: {} },
				...{ problems: [], remarks: [], emptied: [] },
			});
		const first = order({ integrationId: 'int_1', residentId: 'res_1', wish: 'a' });
		expect(order({ integrationId: 'int_1', residentId: 'res_1', wish: 'b' })).toBe(first);
		expect(order({ integrationId: 'int_1', residentId: 'res_2', wish: 'a' })).not.toBe(first);
	});
});

describe('An update', () => {
	const update = updateEvent(lead, LEAD_EVENT_UPDATE_RULES);
	const request = { path: '/v1/events/leads/event%201', body: { notes: 'New' } };
	const found = async (parameters: IDataObject) => await lookFor(update, request, { parameters });

	it('finds itself by the record in its path', async () => {
		expect(await found({ notes: 'New', event_id: 'event 1' })).toMatchObject({
			found: [{ job_id: 'job_1' }],
		});
		expect(await found({ notes: 'New', event_id: 'event 2' })).toBe('absent');
		expect(await found({ notes: 'New' })).toBe('undecided');
	});

	it('takes no other for its own that changes more', async () => {
		expect(await found({ notes: 'New', event_id: 'event 1', status: 'OPEN' })).toBe('undecided');
	});
});

describe('A change of which the checks leave fields out', () => {
	const change = jobWrite({
		value: 'update',
		name: 'Update',
		action: 'Update petition',
		description: '',
		noun: 'petition',
		fields: [text('petitionId')],
		collections: [
			{
				name: 'more',
				label: 'More',
				fields: [text('emailSend'), text('wish')],
			},
		],
		method: 'PUT',
		path: '/v1/petitions/{petitionId}',
		about: ['petitionId'],
		sameEvent: [],
		checkAll: async (_, items) =>
			await Promise.resolve(items.map(() => ({ problems: [], leaveOut: ['emailSend'] }))),
	});
	const item = (body: IDataObject) =>
		({ values: {}, body, sought: {}, emptied: [], problems: [], remarks: [] }) as unknown as ReadItem;

	const ctx = { getNode: () => ({ parameters: {} }), getTimezone: () => 'UTC' };

	it('is one of nothing if nothing else is left', async () => {
		const items = [{ email_send: 'yes' }, { email_send: 'yes', wish: 'A new door' }].map((body) => ({
			...{ read: item(body), options: {}, connection: {} },
		}));
		const checked = await checkItems(
			{ ctx, write: change.write, goOn: true } as unknown as Run,
			items as unknown as InputItem[],
			{ has: () => false } as unknown as Memory,
			new AbortController().signal,
		);
		expect(checked.map(({ read }) => read.problems.map(({ wrong }) => wrong))).toEqual([
			[expect.stringContaining('Nothing is filled in that could be changed')],
			[],
		]);
	});
});
