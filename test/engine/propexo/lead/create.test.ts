import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../../support/services.ts';
import { by } from '../../support/locator.ts';
import { run } from '../support/run.ts';

const services = useServices();
const propexo = () => services.emulator.propexo;
const created = () => propexo().ledger.created.map(({ body }) => body as IDataObject);
const requests = () => propexo().ledger.requests.filter(({ method }) => method === 'POST');

const create = async (parameters: IDataObject, settings: object = {}) =>
	await run(services, 'lead', 'create', { integrationId: byId('int_any'), ...parameters }, settings);

it('A new lead goes to the list of leads, and its job can be waited for', async () => {
	const { success } = await create({
		...{ firstName: 'Nathan', lastName: 'Smith', email1: 'Nathan Smith <nathan@example.com>' },
		...{ phone1: '(512) 555-0100', options: { waitForResult: true } },
	});
	expect(requests().map(({ path }) => path)).toEqual(['/v1/leads/']);
	expect(created()).toEqual([
		{
			integration_id: 'int_any',
			...{ first_name: 'Nathan', last_name: 'Smith' },
			...{ email_1: 'nathan@example.com', phone_1: '(512) 555-0100' },
		},
	]);
	expect(success).toMatchObject([
		{ json: { job_id: expect.any(String), write_status: 'SUCCESS' }, pairedItem: { item: 0 } },
	]);
});

it('The words that say which phone or address it is do not go out with it', async () => {
	await create({
		...{ firstName: 'Nathan', lastName: 'Smith', email1: 'Work Email: nathan@example.com' },
		...{ phone1: 'Mobile: (512) 555-0100', personFields: { phone2: '512-555-0101 (home)' } },
	});
	expect(created()).toMatchObject([
		{ email_1: 'nathan@example.com', phone_1: '(512) 555-0100', phone_2: '512-555-0101' },
	]);
});

it('Property, source and employee are found by name within the integration', async () => {
	const property = propexo().data.properties.rows.find(
		({ integration_id }) => integration_id === 'int_entrata_1',
	);
	const { success, thrown } = await create({
		integrationId: by('name', 'Lakeview Entrata'),
		propertyId: by('name', property?.name as string),
		...{ firstName: 'Nathan', lastName: 'Smith' },
		leadSourceId: by('name', 'Website'),
	});
	expect(thrown?.message).toBeUndefined();
	const [body] = created();
	expect(body).toMatchObject({ integration_id: 'int_entrata_1' });
	expect(propexo().data.leadSources.get(String(body?.lead_source_id))).toMatchObject({
		name: 'Website',
		property_id: body?.property_id,
	});
	expect(success[0]?.json.resolved).toMatchObject({
		lead_source_id: body?.lead_source_id,
		found_by: 'name',
	});
});

it('A name with damaged letters is sent, and a hint says so', async () => {
	const { hints } = await create({
		firstName: 'JosÃ©',
		lastName: 'Nu\ufffdez',
		email1: 'jose@example.com',
	});
	expect(created()).toMatchObject([{ first_name: 'JosÃ©', last_name: 'Nu\ufffdez' }]);
	expect(hints.map(({ message }) => message)).toEqual([
		"'First Name' holds damaged letters (Ã©). Have it read as UTF-8, HTML or a link where it comes from.",
		"'Last Name' holds damaged letters (\ufffd). Have it read as UTF-8, HTML or a link where it comes from.",
	]);
});

it.each(['N/A', 'unknown', '-', 'None'])(
	'A name of a new lead that stands for none is sent, and a hint says so: %s',
	async (none) => {
		const { hints } = await create({ firstName: none, lastName: none, email1: 'who@example.com' });
		expect(created()).toMatchObject([{ first_name: none, last_name: none }]);
		const told = JSON.stringify(hints);
		expect(told).toContain("First Name' is a placeholder");
		expect(told).toContain("Last Name' is a placeholder");
	},
);

describe('Days', () => {
	it.each([
		['2026-12-01', '2026-12-01'],
		['2026-12-01T23:00:00-06:00', '2026-12-01'],
		['2026-12-01T02:00:00Z', '2026-12-01'],
	])('go out without a time of day: %s', async (given, sent) => {
		await create({
			wishFields: { targetMoveInDate: given },
			personFields: { dateOfBirth: '1987-05-20T00:00:00' },
		});
		expect(created()).toMatchObject([{ target_move_in_date: sent, date_of_birth: '1987-05-20' }]);
	});
});

describe('The first event', () => {
	const event = {
		firstEventName: 'WalkIn',
		firstEventDatetime: '2026-03-01T14:30:00',
		firstEventNotes: 'Tour',
	};

	it.each([
		['WalkIn', new Date(Date.now() + 21_600_000).toISOString(), 'is in the future'],
		['WalkIn', '2026-03-01 00:00:00', 'is at midnight'],
		['Appointment', '2026-03-01 00:00:00', 'is at midnight'],
		['Appointment', new Date(Date.now() + 21_600_000).toISOString(), undefined],
		['WalkIn', '2026-03-01T14:30:00', undefined],
	])('is asked about in a hint where its time is doubtful: %s, %s', async (name, time, asked) => {
		const { hints } = await create({
			sourceFields: { employeeId: byId('emp_1') },
			firstEvent: { ...event, firstEventName: name, firstEventDatetime: time },
		});
		expect(created()).toHaveLength(1);
		expect(hints.map(({ message }) => message)).toEqual(
			asked === undefined ? [] : [expect.stringContaining(`'Event Date and Time' ${asked}`)],
		);
	});

	it("goes out in the same request, with the lead's own employee if it has none", async () => {
		const settings = { timezone: 'America/Chicago' };
		await create({ sourceFields: { employeeId: byId('emp_1') }, firstEvent: event }, settings);
		await create({ firstEvent: { ...event, firstEventEmployeeId: byId('emp_2') } }, settings);
		const events = created().map(
			({ events: [one] = [] }: IDataObject & { events?: IDataObject[] }) => one,
		);
		const sent = { event_name: 'WalkIn', event_datetime: '2026-03-01T14:30:00-06:00', notes: 'Tour' };
		expect(events).toEqual([
			{ ...sent, employee_id: 'emp_1' },
			{ ...sent, employee_id: 'emp_2' },
		]);
	});

	it('is refused with the names of what it lacks', async () => {
		const { thrown } = await create({ firstEvent: { firstEventNotes: 'Tour' } });
		for (const label of ['Event Name', 'Event Date and Time', 'Event Employee'])
			expect(thrown?.message).toContain(`'${label}'`);
		expect(requests()).toEqual([]);
	});

	it('has a time of day, also where the lead itself takes days', async () => {
		const { thrown } = await create({
			firstEvent: { ...event, firstEventEmployeeId: byId('emp_1'), firstEventDatetime: '2026-03-01' },
		});
		expect(thrown?.message).toContain("'Event Date and Time' has no time of day");
	});

	it("of which Propexo complains is named by the editor's label", async () => {
		const body = {
			error: {
				code: 'invalid_request',
				message: 'invalid request',
				details: {
					details: { issues: [{ path: ['events', 0, 'employee_id'], message: 'No such record' }] },
				},
			},
		};
		propexo().faults.add({ match: { method: 'POST' }, status: 400, body });
		const { thrown } = await create({ firstEvent: { ...event, firstEventEmployeeId: byId('emp_1') } });
		expect(`${thrown?.message} ${thrown?.description}`).toContain('Event Employee');
	});
});

it('A lead that the PMS refuses fails its item', async () => {
	const { thrown } = await create({ stateFields: { notes: '[fail]' }, options: { waitForResult: true } });
	expect(thrown?.message).toMatch(/the PMS refused it/i);
});

it('A phone system may call a phone by its own word', async () => {
	await create({ phone1: '5125550100', personFields: { phone1Type: 'Cell Phone' } });
	expect(created()).toMatchObject([{ phone_1_type: 'MOBILE' }]);
});
