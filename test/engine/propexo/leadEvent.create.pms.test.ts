import type { IDataObject } from 'n8n-workflow';

import { byId, useNewServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';
import { CALL } from './support/samples.ts';

// A process knows an integration for a while: each test gets an address of its own.
const services = useNewServices();

const propexo = () => services.emulator.propexo;
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);
const asked = (id: string) =>
	propexo().ledger.requests.filter(({ path }) => path === `/v1/admin/integrations/${id}/`).length;
const posts = () => propexo().ledger.requests.filter(({ method }) => method === 'POST').length;

/** Runs a create in an integration, on its first lead. */
const create = async (integration: string, parameters: IDataObject, settings = {}) => {
	const lead = propexo().data.leads.rows.find(({ integration_id }) => integration_id === integration);
	return await leadEvent(
		services,
		{ integrationId: byId(integration), leadId: byId(lead?.id ?? 'lead_1'), ...parameters },
		settings,
	);
};

const when = '2026-03-01T14:30:00-06:00';

describe('What the PMS of an integration requires', () => {
	it.each<[string, string[]]>([
		['int_yardi_1', ['Event Name', 'Event Date and Time', 'Agent Name']],
		['int_entrata_1', ['Event Type', 'Event Date and Time']],
		['int_resman_1', ['Event Name', 'Event Date and Time']],
		['int_realpage_1', ['Event Name']],
		['int_realpage_rpx_1', ['Event Type', 'Event Date and Time', 'Employee']],
		['int_rentmanager_1', ['Event Name']],
		['int_propertyware_1', ['Event Name', 'Notes']],
	])('is asked for before anything is sent: %s', async (integration, labels) => {
		const { thrown } = await create(integration, {});
		const [, many] = / needs (\d+) more fields: /.exec(thrown?.message ?? '') ?? [];
		if (labels.length === 1) expect(thrown?.message).toContain(`'${labels[0]}' is empty, and `);
		else expect(Number(many)).toBe(labels.length);
		for (const label of labels) expect(thrown?.message).toContain(`'${label}'`);
		expect((thrown?.context.data as IDataObject).fields).toMatchObject(
			labels.map((field) => ({ field })),
		);
		expect(thrown?.description).toContain('Nothing was sent');
		expect(posts()).toBe(0);
	});

	it.each<[string, IDataObject]>([
		[
			'int_yardi_1',
			{ eventName: 'WalkIn', eventDatetime: when, additionalFields: { agentName: 'Jordan Smith' } },
		],
		['int_entrata_1', { eventTypeId: byId('etype_13'), eventDatetime: when }],
		['int_resman_1', { eventName: 'Phone', eventDatetime: when }],
		['int_realpage_1', { eventName: 'Visit (return)' }],
		[
			'int_realpage_rpx_1',
			{
				eventTypeId: byId('etype_49'),
				eventDatetime: when,
				additionalFields: { employeeId: byId('emp_25') },
			},
		],
		['int_rentmanager_1', { eventName: 'NOTE' }],
		['int_propertyware_1', { eventName: 'Any words at all', notes: 'x' }],
		['int_mri_1', { eventTypeId: byId('etype_85'), eventDatetime: when }],
	])('is enough: %s', async (integration, parameters) => {
		const { thrown } = await create(integration, parameters);
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
	});

	it('stops nobody where it was only concluded from other pages, and is told', async () => {
		propexo().settings.vendorRules = false;
		const { thrown, hints } = await create('int_mri_1', { notes: 'x' });
		expect(thrown).toBeUndefined();
		expect(sent()).toMatchObject([{ notes: 'x' }]);
		expect(hints.map(({ message }) => message)).toEqual(
			['Event Type', 'Event Date and Time'].map((label) =>
				expect.stringContaining(`'${label}' is empty, and MRI may need it. Propexo's documents`),
			),
		);
	});

	it('stops nobody either where the PMS may take no such events, and is told', async () => {
		propexo().settings.vendorRules = false;
		const { leads } = propexo().data;
		leads.add({ ...leads.get('lead_1')!, id: 'lead_b', integration_id: 'int_buildium_1' });
		for (const [integration, pms] of [
			['int_appfolio_1', 'AppFolio'],
			['int_buildium_1', 'Buildium'],
		] as const) {
			const { thrown, hints } = await create(integration, { notes: pms, eventName: 'WalkIn' });
			expect(thrown).toBeUndefined();
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringContaining(`'Integration' belongs to ${pms}, which may take no lead events`),
			]);
		}
		expect(sent()).toMatchObject([{ notes: 'AppFolio' }, { notes: 'Buildium' }]);
	});

	it('says under which collection a field is found that is not shown yet', async () => {
		const { thrown } = await create('int_yardi_1', { eventName: 'WalkIn', eventDatetime: when });
		expect(thrown?.message).toBe(
			"'Agent Name' is empty, and Yardi requires it (add it under 'Additional Fields')",
		);
	});

	it('leaves names alone that are not in its list: Propexo knows best', async () => {
		propexo().settings.vendorRules = false;
		await create('int_resman_1', { eventName: 'BrandNewName', eventDatetime: when });
		expect(sent()).toMatchObject([{ event_name: 'BrandNewName' }]);
	});

	it.each([
		['int_yardi_1', 'Yardi', 'Show, SelfGuidedTour'],
		['int_resman_1', 'ResMan', 'Show, TextFromProspect'],
		['int_rentmanager_1', 'Rent Manager', 'CALL, EMAIL, NOTE, VISIT'],
	])('says what the PMS takes when it refuses the name of an event: %s', async (integration, pms, some) => {
		const { thrown } = await create(integration, {
			...{ eventName: 'Returning Tour', eventDatetime: when, notes: 'x' },
			additionalFields: { agentName: 'Jordan Smith' },
		});
		expect(thrown?.message).toContain(`${pms} has no event name 'Returning Tour'. It takes: `);
		for (const name of some.split(', ')) expect(thrown?.message).toContain(name);
	});

	it('is no obstacle for a PMS nobody knows', async () => {
		const { thrown, hints } = await create('int_any', {});
		expect(thrown).toBeUndefined();
		expect(hints).toEqual([]);
		expect(sent()).toHaveLength(1);
	});

	it('is left to Propexo when the integration cannot be asked for, and that is told', async () => {
		propexo().faults.add({
			match: { path: '/v1/admin/integrations/int_rentmanager_1/' },
			status: 403,
			times: Infinity,
		});
		const { thrown, hints } = await create('int_rentmanager_1', { eventName: 'CALL' });
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('did not say which PMS') }),
		]);
	});

	it('fails its own item alone when the node goes on', async () => {
		const { success, error } = await create(
			'int_rentmanager_1',
			{ eventName: '={{ $json.name }}' },
			{ items: [{ name: 'CALL' }, { name: '' }, { name: 'NOTE' }], onError: 'continueErrorOutput' },
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(error).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					error: "Item 2 of 3: 'Event Name' is empty, and Rent Manager requires it",
					details: expect.objectContaining({ outcome: 'not sent' }),
				}),
				pairedItem: { item: 1 },
			}),
		]);
	});
});

describe('An email', () => {
	const email = { eventKind: 'email', emailDirection: 'incoming' };

	it.each<[string, IDataObject]>([
		[
			'int_yardi_1',
			{ eventName: 'Email', eventDatetime: when, additionalFields: { agentName: 'Jordan Smith' } },
		],
		['int_resman_1', { eventName: 'EmailFromProspect', eventDatetime: when }],
		['int_realpage_1', { eventName: 'E-mail' }],
		['int_rentmanager_1', { eventName: 'EMAIL' }],
	])('can be recorded in a PMS that sends none: %s', async (integration, parameters) => {
		const { thrown } = await create(integration, { ...email, ...parameters });
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
		expect(sent()[0]).not.toHaveProperty('email_send');
	});

	it.each<[string, IDataObject]>([
		['int_entrata_1', { eventTypeId: byId('etype_13'), eventDatetime: when }],
		['int_any', {}],
	])('is not to be mailed where the PMS might: %s', async (integration, parameters) => {
		await create(integration, { ...email, ...parameters });
		expect(sent()).toMatchObject([{ email_send: false }]);
	});

	const mailed = { ...email, emailSend: true, emailFrom: 'leasing@example.com' };

	it('that is to be mailed is not sent to a PMS that mails none, with what to do', async () => {
		const { thrown } = await create('int_rentmanager_1', { ...mailed, eventName: 'EMAIL' });
		expect(thrown?.message).toBe(
			"'Send Email' is not accepted by Rent Manager: turn it off, or add the option 'Ignore Unknown Fields'",
		);
		expect(posts()).toBe(0);
	});

	it('that is to be mailed is sent, and told, where it is not known for sure that the PMS mails none', async () => {
		propexo().settings.vendorRules = false;
		const { hints } = await create('int_mri_1', {
			...mailed,
			eventTypeId: byId('etype_85'),
			eventDatetime: when,
		});
		expect(sent()).toMatchObject([{ email_send: true }]);
		expect(hints.map(({ message }) => message).join()).toMatch(
			/'Send Email' was sent, and MRI may not take it\./,
		);
	});
});

describe('A field that the page of the PMS does not list', () => {
	const agent = { additionalFields: { agentName: 'Jordan Smith' } };
	const text = (hints: Array<{ message: string }>) => hints.map(({ message }) => message).join('\n');

	it.each<[string, string, string, IDataObject]>([
		['int_resman_1', 'ResMan', 'Agent Name', { eventName: 'Show', eventDatetime: when, ...agent }],
		['int_realpage_1', 'RealPage', 'Agent Name', { eventName: 'Event', ...agent }],
		[
			'int_rentmanager_1',
			'Rent Manager',
			'Event Date and Time',
			{ eventName: 'NOTE', eventDatetime: when },
		],
		['int_propertyware_1', 'Propertyware', 'Agent Name', { eventName: 'Any', notes: 'x', ...agent }],
	])(
		'is told by the preview, and goes out with a hint: %s',
		async (integration, pms, label, parameters) => {
			const preview = await create(integration, { ...parameters, options: { previewOnly: true } });
			expect(text(preview.hints)).toContain(`'${label}' would be sent, and ${pms} may not take it.`);
			propexo().settings.vendorRules = false;
			const { hints } = await create(integration, parameters);
			expect(sent()).toHaveLength(1);
			expect(text(hints)).toContain(`'${label}' was sent, and ${pms} may not take it.`);
		},
	);

	it('is not mentioned where Propexo is asked to leave it out', async () => {
		const options = { ignoreUnknownFields: true };
		const { hints } = await create('int_resman_1', {
			eventName: 'Phone',
			eventDatetime: when,
			...agent,
			options,
		});
		expect(sent()).toHaveLength(1);
		expect(hints).toEqual([]);
	});
});

describe('Fields of another kind of event', () => {
	const call = { callStatus: 'BUSY', callDuration: 60 };
	const mail = { emailSubject: 'Your tour', emailCc: 'manager@example.com' };
	const visit = { appointmentDatetime: '2026-03-02T21:00:00Z', timeFrom: '15:00', unitId: byId('unit_1') };
	const called = { call_status: 'BUSY', call_duration: 60 };
	const mailed = { email_subject: 'Your tour', email_cc: 'manager@example.com' };
	const visited = {
		appointment_datetime: '2026-03-02T21:00:00Z',
		time_from: '15:00:00',
		unit_id: 'unit_1',
	};

	it.each<[string, IDataObject, IDataObject, IDataObject]>([
		['appointment', {}, { ...call, ...mail }, { ...called, ...mailed }],
		['show', {}, { ...call, ...mail }, { ...called, ...mailed }],
		['general', {}, { ...call, ...mail, ...visit }, { ...called, ...mailed, ...visited }],
		['call', CALL, { ...mail, ...visit }, { ...mailed, ...visited }],
		['email', { emailDirection: 'incoming' }, { ...call, ...visit }, { ...called, ...visited }],
	])('can be added to one of the kind %s', async (eventKind, own, additionalFields, body) => {
		const { thrown } = await create('int_any', { ...own, eventKind, additionalFields });
		expect(thrown).toBeUndefined();
		expect(sent()).toEqual([expect.objectContaining(body)]);
	});

	it('are checked there too', async () => {
		const additionalFields = { callDuration: 90_000 };
		const { thrown } = await create('int_any', { eventKind: 'appointment', additionalFields });
		expect(thrown?.message).toContain("'Call Duration (Seconds)'");
		expect(posts()).toBe(0);
	});
});

describe('The status', () => {
	it.each([
		['int_mri_1', 'COMPLETED', { eventTypeId: byId('etype_85') }],
		[
			'int_realpage_rpx_1',
			'LOST',
			{ eventTypeId: byId('etype_49'), additionalFields: { employeeId: byId('emp_25') } },
		],
	])('may be one of those of the PMS: %s', async (integration, status, parameters) => {
		const { additionalFields } = { additionalFields: {}, ...parameters };
		const { thrown } = await create(integration, {
			...parameters,
			eventDatetime: when,
			additionalFields: { ...additionalFields, status },
		});
		expect(thrown).toBeUndefined();
		expect(sent()).toMatchObject([{ status }]);
	});
});

describe('The employee', () => {
	const employeeOf = (integration: string, role: string) =>
		propexo().data.employees.rows.find(
			({ integration_id, roles }) =>
				integration_id === integration && (roles as string[]).includes(role),
		);
	const by = (type: string, employee = '') => ({
		eventTypeId: byId(type),
		eventDatetime: when,
		additionalFields: { employeeId: byId(employee) },
	});

	it('must be a leasing agent in MRI', async () => {
		const { thrown } = await create(
			'int_mri_1',
			by('etype_85', employeeOf('int_mri_1', 'MAINTENANCE')?.id),
		);
		expect(thrown?.message).toBe(
			"'Employee' must be a leasing agent: MRI takes nobody else here. Choose one from the list",
		);
		expect(posts()).toBe(0);
		const agent = employeeOf('int_mri_1', 'LEASING_AGENT')?.id;
		await create('int_mri_1', by('etype_85', agent));
		expect(sent()).toMatchObject([{ employee_id: agent }]);
	});

	it('may be anybody in another PMS', async () => {
		const { thrown } = await create(
			'int_realpage_rpx_1',
			by('etype_49', employeeOf('int_realpage_rpx_1', 'MAINTENANCE')?.id),
		);
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
	});

	it('is left to Propexo where it tells no roles', async () => {
		const employee = employeeOf('int_mri_1', 'MAINTENANCE');
		if (employee) Object.assign(employee, { roles: [] });
		const { thrown } = await create('int_mri_1', by('etype_85', employee?.id));
		expect(posts()).toBe(1);
		expect(thrown?.message).toContain("Propexo refused it (HTTP 400): 'Employee'");
	});
});

describe('The rent', () => {
	it.each(['int_yardi_1', 'int_any'])('must be told when a lease is signed: %s', async (integration) => {
		const { thrown } = await create(integration, {
			eventName: 'LeaseSign',
			eventDatetime: when,
			additionalFields: { agentName: 'Jordan Smith' },
		});
		expect(thrown?.message).toBe(
			"'Rent Amount (Dollars)' is empty and must be filled in when 'Event Name' is LeaseSign (add it under 'Additional Fields')",
		);
		expect(posts()).toBe(0);
	});

	it('may be nothing', async () => {
		await create('int_yardi_1', {
			eventName: 'LeaseSign',
			eventDatetime: when,
			additionalFields: { agentName: 'Jordan Smith', rentAmount: 0 },
		});
		expect(sent()).toMatchObject([{ rent_amount_in_cents: 0 }]);
	});
});

describe('The event name', () => {
	it.each([
		['a text', 'WalkIn'],
		['a choice of the list', { __rl: true, mode: 'list', value: 'WalkIn', cachedResultName: 'WalkIn' }],
		['a name that was typed', { __rl: true, mode: 'name', value: 'WalkIn' }],
		['an expression', '={{ $json.name }}'],
		['an expression in the field', { __rl: true, mode: 'name', value: '={{ $json.name }}' }],
	])('can be given as %s', async (_, eventName) => {
		const { thrown } = await create('int_any', { eventName }, { items: [{ name: 'WalkIn' }] });
		expect(thrown).toBeUndefined();
		expect(sent()).toMatchObject([{ event_name: 'WalkIn' }]);
	});
});

describe('The PMS of an integration', () => {
	it('is asked for once however many items there are', async () => {
		const items = Array.from({ length: 1_000 }, (_, index) => ({ n: index }));
		const { success } = await create(
			'int_rentmanager_1',
			{ eventName: 'NOTE', notes: '={{ $json.n }}' },
			{ items },
		);
		expect(success).toHaveLength(1_000);
		expect(asked('int_rentmanager_1')).toBe(1);
		expect(posts()).toBe(1_000);
	});

	it('is asked for once by executions that run at the same time', async () => {
		await Promise.all(
			Array.from({ length: 30 }, async (_, index) =>
				create('int_rentmanager_1', { eventName: 'NOTE' }, { executionId: String(index) }),
			),
		);
		expect(sent()).toHaveLength(30);
		expect(asked('int_rentmanager_1')).toBe(1);
	});

	it('is asked for anew when it could not be told the last time', async () => {
		propexo().faults.add({ match: { path: '/v1/admin/integrations/int_rentmanager_1/' }, status: 403 });
		await create('int_rentmanager_1', { eventName: 'NOTE' });
		await create('int_rentmanager_1', { eventName: 'NOTE' });
		expect(asked('int_rentmanager_1')).toBe(2);
	});

	it('is asked for each integration of a run', async () => {
		await leadEvent(
			services,
			{ integrationId: byId('={{ $json.id }}'), eventName: 'Other', eventDatetime: when },
			{ items: [{ id: 'int_any' }, { id: 'int_resman_1' }, { id: 'int_any' }] },
		);
		expect([asked('int_any'), asked('int_resman_1')]).toEqual([1, 1]);
	});

	it('is asked of nobody when an item is wrong anyway', async () => {
		await create(
			'int_any',
			{ notes: '={{ $json.notes }}' },
			{ items: [{ notes: 'x' }, { notes: 'x'.repeat(257) }] },
		);
		expect(propexo().ledger.requests).toEqual([]);
	});
});

describe('Bad input', () => {
	it('is told of an integration that does not exist, and nothing is sent', async () => {
		const { thrown } = await create('int_gone', { eventName: 'Other' });
		expect(thrown?.message).toBe(
			"'Integration' does not exist in this Propexo account. Choose it from the list, or check its ID and the 'Environment' of the credential",
		);
		expect(posts()).toBe(0);
	});

	it.each<[string, IDataObject, string]>([
		[
			'a line break in an ID',
			{ leadId: byId('lead_1\nlead_2') },
			"'Lead' must be a lead's Propexo ID: a single one",
		],
		['a slash in an ID', { leadId: byId('leads/1') }, "'Lead' must be a lead's Propexo ID: a single one"],
		[
			'a name for an ID',
			{ integrationId: byId('Cedar Group Yardi') },
			"'Integration' must be an integration's ID",
		],
	])('is told of %s', async (_, parameters, message) => {
		const { thrown } = await create('int_any', parameters);
		expect(thrown?.message).toContain(message);
		expect(propexo().ledger.requests).toEqual([]);
	});

	it.each<[string, () => IDataObject, RegExp, RegExp]>([
		[
			'a lead that does not exist',
			() => ({
				integrationId: byId('int_rentmanager_1'),
				leadId: byId('lead_gone'),
				eventName: 'NOTE',
			}),
			/'Lead': No such record/,
			/'By ID' takes the ID that Propexo has\. .*'By Email'.*or choose the lead from the list/,
		],
		[
			"a unit's number where its ID belongs",
			() => ({ unitId: byId('204'), eventKind: 'show' }),
			/'Unit': No such record/,
			/'By ID' takes the ID that Propexo has\. .*'By Name'.*or choose the unit from the list/,
		],
		[
			'an integration that is switched off',
			() => {
				const row = propexo().data.integrations.get('int_any');
				if (row) propexo().data.integrations.add({ ...row, active: false });
				return {};
			},
			/The integration is not active/,
			/Switch it on in Propexo's dashboard/,
		],
		[
			'a property that is switched off',
			() => {
				const body = { error: { code: 'invalid_request', message: 'The property is disabled' } };
				propexo().faults.add({ match: { method: 'POST' }, status: 400, body });
				return {};
			},
			/The property is disabled/,
			/Switch it on in Propexo's dashboard/,
		],
		[
			'a PMS that takes no lead events',
			() => ({ integrationId: byId('int_appfolio_1'), leadId: byId('lead_9') }),
			/AppFolio does not support this \(HTTP 405\)/,
			/Correcting a field does not help/,
		],
		[
			"an address that is not the lead's own",
			() => ({ eventKind: 'email', emailFrom: 'leasing@example.com', emailTo: 'somebody@example.org' }),
			/'Email To': email_to must be the lead's primary/,
			/Leave 'Email To' empty/,
		],
		[
			'a field the PMS does not take',
			() => ({
				integrationId: byId('int_rentmanager_1'),
				leadId: byId('lead_6'),
				eventName: 'NOTE',
				additionalFields: { title: 'Tour' },
			}),
			/'Title': is not accepted by this integration's PMS/,
			/'Ignore Unknown Fields'/,
		],
	])('is told of %s, with what to do', async (_, parameters, message, advice) => {
		const { thrown } = await create('int_any', parameters());
		expect(thrown?.message).toMatch(message);
		expect(thrown?.description).toMatch(advice);
		expect([thrown?.message, thrown?.description, JSON.stringify(thrown?.context)].join()).not.toContain(
			'somebody@example.org',
		);
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is dropped by Propexo when the user says so', async () => {
		const { thrown } = await create('int_rentmanager_1', {
			eventName: 'NOTE',
			additionalFields: { title: 'Tour' },
			options: { ignoreUnknownFields: true },
		});
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
	});
});
