import type { IDataObject } from 'n8n-workflow';

import { byId } from '../support/services.ts';
import { useLeadEvents, when } from './support/leadEvents.ts';
import { CALL } from './support/samples.ts';

const { create, posts, propexo, sent } = useLeadEvents();

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

	it('may have to be a leasing agent in MRI: a hint says so, and Propexo decides', async () => {
		propexo().settings.vendorRules = false;
		const other = employeeOf('int_mri_1', 'MAINTENANCE')?.id;
		const { hints } = await create('int_mri_1', by('etype_85', other));
		expect(sent()).toMatchObject([{ employee_id: other }]);
		propexo().settings.vendorRules = true;
		expect(hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining(
				"'Employee' is no leasing agent, and MRI may take nobody else. Propexo's documents are not sure",
			),
		);
		const agent = employeeOf('int_mri_1', 'LEASING_AGENT')?.id;
		expect(await create('int_mri_1', by('etype_85', agent))).toMatchObject({ hints: [] });
		expect(sent()[1]).toMatchObject({ employee_id: agent });
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
