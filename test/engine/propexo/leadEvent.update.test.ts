import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { run } from './support/run.ts';
import { addUpdatableEvent } from './support/samples.ts';

const services = useServices({ timing: { lookUpAfterMs: [100, 100] } });

const propexo = () => services.emulator.propexo;
const created = () => propexo().ledger.created;
/** Besides, Propexo is asked for the PMS of the event and for the roles of the employee. */
const puts = () => propexo().ledger.requests.filter(({ method }) => method === 'PUT');
const update = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(
		services,
		'leadEvent',
		'update',
		{
			eventId: byId('event_mri'),
			eventTypeId: byId('etype_85'),
			eventDatetime: '2026-07-15T09:30:00',
			...parameters,
		},
		{ timezone: 'America/Chicago', ...settings },
	);

const lookUp = { options: { outcomeUnknown: 'lookUp' } };

describe('Lead Event: Update', () => {
	beforeEach(() => addUpdatableEvent(services.emulator));

	it('sends what is filled in, by PUT, and gives job ID and data', async () => {
		const { success } = await update({
			additionalFields: { employeeId: byId('emp_43'), notes: 'Came again', status: 'COMPLETED' },
		});
		const body = {
			event_type_id: 'etype_85',
			event_datetime: '2026-07-15T09:30:00-05:00',
			employee_id: 'emp_43',
			notes: 'Came again',
			status: 'COMPLETED',
		};
		expect(created()).toMatchObject([{ kind: 'update', of: 'event_mri', body }]);
		expect(puts()).toMatchObject([{ method: 'PUT', path: '/v1/events/leads/event_mri', body }]);
		expect(success).toEqual([
			{
				json: { outcome: 'updated', job_id: created()[0]?.id, event_id: 'event_mri', data: body },
				pairedItem: { item: 0 },
			},
		]);
	});

	it('sends several updates of an event one after the other', async () => {
		addUpdatableEvent(services.emulator, 'event_other');
		propexo().settings.latencyMs = 30;
		await update(
			{ eventId: byId('={{ $json.event }}'), additionalFields: { notes: '={{ $json.notes }}' } },
			{
				items: [
					{ event: 'event_mri', notes: '1' },
					{ event: 'event_other', notes: '2' },
					{ event: 'event_mri', notes: '3' },
					{ event: 'event_mri', notes: '4' },
				],
			},
		);
		const ofEvent = created().filter(({ of }) => of === 'event_mri');
		expect(ofEvent.map(({ body }) => (body as IDataObject).notes)).toEqual(['1', '3', '4']);
	});

	it.each<[string, IDataObject, string]>([
		['no event', { eventId: byId('={{ $json.none }}') }, "'Event' is empty and must be filled in"],
		['a slash in the ID', { eventId: byId('a/b') }, "'Event' must be an event's Propexo ID"],
		[
			'a status of another kind',
			{ additionalFields: { status: '={{ "ACTIVE" }}' } },
			"'Status' is 'ACTIVE' and must be one of",
		],
	])('says what is wrong with %s, and sends nothing', async (_, parameters, message) => {
		const { thrown } = await update(parameters);
		expect(thrown?.message).toContain(message);
		expect(propexo().ledger.requests).toEqual([]);
	});

	it.each([
		['no type', { eventTypeId: byId('={{ $json.none }}') }, "'Event Type' is empty, and MRI requires it"],
		['no time', { eventDatetime: '' }, "'Event Date and Time' is empty, and MRI requires it"],
	])("keeps to MRI's rule: %s", async (_, parameters, message) => {
		const { thrown } = await update(parameters);
		expect(thrown?.message).toBe(`${message}`);
		expect(puts()).toEqual([]);
	});

	it('sends a day without a time, which MRI takes', async () => {
		await update({ eventDatetime: '2026-07-15' });
		expect(created()).toMatchObject([{ body: { event_datetime: '2026-07-15' } }]);
	});

	it('refuses a day without a time of another PMS', async () => {
		addUpdatableEvent(services.emulator, 'event_day');
		const event = propexo().data.events.get('event_day');
		if (event) Object.assign(event, { integration_id: 'int_any', integration_vendor: 'OTHER' });
		const { thrown } = await update({ eventId: byId('event_day'), eventDatetime: '2026-07-15' });
		expect(thrown?.message).toContain("'Event Date and Time' has no time of day");
		expect(puts()).toEqual([]);
	});

	it('may change the notes alone where the PMS has no rule of its own', async () => {
		addUpdatableEvent(services.emulator, 'event_any');
		const event = propexo().data.events.get('event_any');
		if (event) Object.assign(event, { integration_id: 'int_any', integration_vendor: 'OTHER' });
		const alone = { eventId: byId('event_any'), eventTypeId: byId(''), eventDatetime: '' };
		const { thrown } = await update({ ...alone, additionalFields: { notes: 'Came again' } });
		expect(thrown).toBeUndefined();
		expect(created()).toMatchObject([{ of: 'event_any', body: { notes: 'Came again' } }]);
	});

	it('refuses an employee who is no leasing agent, and asks for each once', async () => {
		// A process knows an employee for a while: those of the other tests have been asked for.
		const employees = propexo().data.employees.rows.filter(
			({ id, integration_id }) => integration_id === 'int_mri_1' && id !== 'emp_43',
		);
		const idOf = (role: string) =>
			employees.find(({ roles }) => (roles as string[]).includes(role))?.id ?? '';
		const [agent, other] = [idOf('LEASING_AGENT'), idOf('MAINTENANCE')];
		const { success, error } = await update(
			{ additionalFields: { employeeId: byId('={{ $json.who }}') } },
			{ items: [{ who: agent }, { who: other }, { who: agent }], onError: 'continueErrorOutput' },
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(error).toMatchObject([
			{ json: { error: expect.stringContaining("'Employee' must be a leasing agent") } },
		]);
		const asked = propexo().ledger.requests.filter(({ path }) => path.startsWith('/v1/employees/'));
		expect(asked.map(({ path }) => path).sort()).toEqual(
			[agent, other].map((id) => `/v1/employees/${id}`).sort(),
		);
	});

	it('says which PMS takes no updates, or that the event does not exist', async () => {
		const lead = propexo().data.leads.get('lead_1');
		if (lead) propexo().data.events.add({ ...lead, id: 'event_yardi', associated_lead_ids: [lead.id] });
		const refused = await update({ eventId: byId('event_yardi') });
		expect(refused.thrown?.message).toMatch(/^Yardi does not support this \(HTTP 405\)/);
		expect(refused.thrown?.description).toContain('Correcting a field does not help');
		const { thrown } = await update({ eventId: byId('event_gone') });
		expect(thrown?.message).toContain('HTTP 404');
		expect(thrown?.description).toContain('Check the IDs');
		expect(created()).toEqual([]);
	});

	it('is unknown, and not sent again, when no answer came', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, status: 500, write: true });
		const { thrown } = await update();
		expect(thrown?.message).toContain('the update may or may not exist in Propexo');
		expect(puts()).toHaveLength(1);
	});

	it('is sent again when the write log shows that it did not arrive', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, status: 500 });
		const { thrown } = await update(lookUp);
		expect(thrown).toBeUndefined();
		expect(created()).toHaveLength(1);
	});

	it('is not taken for an update of another event that says the same', async () => {
		addUpdatableEvent(services.emulator, 'event_other');
		propexo().settings.jobMs = 0;
		await update({ eventId: byId('event_other') });
		propexo().faults.add({ match: { method: 'PUT' }, status: 500 });
		const { thrown } = await update(lookUp);
		expect(thrown?.message).toContain('may or may not exist');
		expect(created().map(({ of }) => of)).toEqual(['event_other']);
	});
});
