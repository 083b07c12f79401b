import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';
import { CALL } from './support/samples.ts';

const services = useServices();

const sent = () => services.emulator.propexo.ledger.created.map(({ body }) => body);

const everyAdditionalField = {
	eventResultId: byId('eres_1'),
	eventSubTypeId: byId('esub_1'),
	employeeId: byId('emp_1'),
	unitId: byId('unit_1'),
	reasonsForEvent: 'Follow-up',
	title: 'Second visit',
	status: 'ACTIVE',
	leadSourceId: byId('lsrc_1'),
	agentName: 'Jordan Smith',
	callRecordingUrl: 'https://example.com/recordings/1.mp3',
	rentAmount: 1450,
};

const additionalBody = {
	event_result_id: 'eres_1',
	event_sub_type_id: 'esub_1',
	employee_id: 'emp_1',
	unit_id: 'unit_1',
	reasons_for_event: 'Follow-up',
	title: 'Second visit',
	status: 'ACTIVE',
	lead_source_id: 'lsrc_1',
	agent_name: 'Jordan Smith',
	call_recording_url: 'https://example.com/recordings/1.mp3',
	rent_amount_in_cents: 145_000,
};

const general = {
	eventName: 'Other',
	eventTypeId: byId('etype_1'),
	eventDatetime: '2026-03-01T14:30:00',
	notes: 'Asked for parking',
};

const generalBody = {
	integration_id: 'int_any',
	lead_id: 'lead_1',
	event_name: 'Other',
	event_type_id: 'etype_1',
	event_datetime: '2026-03-01T14:30:00-06:00',
	notes: 'Asked for parking',
};

const chicago = { timezone: 'America/Chicago' };

describe('Propexo, Lead Event: Create', () => {
	it('sends every field of a call', async () => {
		const result = await leadEvent(
			services,
			{ ...general, ...CALL, additionalFields: everyAdditionalField },
			chicago,
		);
		expect(result.thrown).toBeUndefined();
		expect(sent()).toEqual([
			{
				...generalBody,
				call_phone_number_from: '+1 512 555 0100',
				call_phone_number_to: '+1 512 555 0199',
				call_status: 'ANSWER',
				call_duration: 95,
				call_audio_link: 'https://example.com/calls/1.mp3',
				...additionalBody,
			},
		]);
	});

	it('sends every field of an outgoing email', async () => {
		await leadEvent(
			services,
			{
				...general,
				eventKind: 'email',
				emailDirection: 'outgoing',
				emailFrom: 'leasing@example.com',
				emailSubject: 'Your tour',
				emailBody: 'See you on Saturday.\nBring an ID.',
				emailCc: 'manager@example.com',
				emailBcc: 'archive@example.com',
				emailSend: true,
				additionalFields: everyAdditionalField,
			},
			chicago,
		);
		expect(sent()).toEqual([
			{
				...generalBody,
				email_from: 'leasing@example.com',
				email_subject: 'Your tour',
				email_body: 'See you on Saturday.\nBring an ID.',
				email_cc: 'manager@example.com',
				email_bcc: 'archive@example.com',
				email_send: true,
				...additionalBody,
			},
		]);
	});

	it('sends the address of the lead with an incoming email, says that nothing is to be mailed, and needs no sender', async () => {
		const [lead] = services.emulator.propexo.data.leads.rows;
		await leadEvent(services, {
			eventKind: 'email',
			emailDirection: 'incoming',
			emailTo: lead?.email_1 as string,
		});
		expect(sent()).toEqual([
			{ integration_id: 'int_any', lead_id: 'lead_1', email_to: lead?.email_1, email_send: false },
		]);
	});

	it.each(['appointment', 'show'])('sends every field of kind %s', async (eventKind) => {
		await leadEvent(
			services,
			{
				...general,
				eventKind,
				appointmentDatetime: '2026-07-04T10:00:00',
				timeFrom: '10:00',
				timeTo: '10:30:00',
				unitId: byId('unit_1'),
			},
			chicago,
		);
		expect(sent()).toEqual([
			{
				...generalBody,
				appointment_datetime: '2026-07-04T10:00:00-05:00',
				time_from: '10:00:00',
				time_to: '10:30:00',
				unit_id: 'unit_1',
			},
		]);
	});

	it('sends nothing that was left empty', async () => {
		await leadEvent(services, { notes: '', eventName: '', eventTypeId: byId('') });
		expect(sent()).toEqual([{ integration_id: 'int_any', lead_id: 'lead_1' }]);
	});

	it.each(['flat', 'meta'] as const)('gives job ID and data from the %s reply', async (replyShape) => {
		services.emulator.propexo.settings.replyShape = replyShape;
		const { success } = await leadEvent(services, { notes: 'x' });
		const [job] = services.emulator.propexo.ledger.created;
		expect(success).toEqual([
			{
				json: {
					...{ outcome: 'created', job_id: job?.id, integration_id: 'int_any', lead_id: 'lead_1' },
					data: { integration_id: 'int_any', lead_id: 'lead_1', notes: 'x' },
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('judges each item by its own kind when the kind is an expression', async () => {
		const fromJson = (name: string) => `={{ $json.${name} }}`;
		const { success, thrown } = await leadEvent(
			services,
			{
				eventKind: fromJson('kind'),
				callPhoneNumberFrom: fromJson('from'),
				callPhoneNumberTo: fromJson('to'),
				callStatus: fromJson('status'),
				callDuration: fromJson('seconds'),
				callAudioLink: fromJson('audio'),
				emailFrom: fromJson('sender'),
				unitId: byId(fromJson('unit')),
			},
			{
				items: [
					{ kind: 'email', sender: 'leasing@example.com' },
					{
						kind: 'call',
						from: '5125550100',
						to: '5125550199',
						status: 'BUSY',
						seconds: 0,
						audio: 'http://x.example/1',
					},
					{ kind: 'show', unit: 'unit_1', sender: 'ignored@example.com' },
				],
			},
		);
		expect(thrown).toBeUndefined();
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
		const ids = success.map(({ json }) => json.job_id);
		const byJob = new Map(services.emulator.propexo.ledger.created.map(({ id, body }) => [id, body]));
		expect(ids.map((id) => byJob.get(String(id)))).toEqual([
			expect.objectContaining({ email_from: 'leasing@example.com', email_send: false }),
			expect.objectContaining({ call_status: 'BUSY', call_duration: 0 }),
			{ integration_id: 'int_any', lead_id: 'lead_1', unit_id: 'unit_1' },
		]);
	});

	it('reads times in the time zone of the options, and leaves those with an offset alone', async () => {
		await leadEvent(
			services,
			{ eventDatetime: '={{ $json.at }}', options: { timeZone: 'America/Denver' } },
			{
				...chicago,
				items: [
					{ at: '2026-01-05T09:00' },
					{ at: '2026-01-05T09:00:00+01:00' },
					{ at: '2026-01-05T09:00:00Z' },
				],
			},
		);
		expect(sent().map((body) => (body as IDataObject).event_datetime)).toEqual([
			'2026-01-05T09:00:00-07:00',
			'2026-01-05T09:00:00+01:00',
			'2026-01-05T09:00:00Z',
		]);
	});

	it('lets Propexo drop what the PMS does not take, when told so', async () => {
		const rentManager = {
			integrationId: byId('int_rentmanager_1'),
			eventName: 'NOTE',
			additionalFields: { title: 'x' },
		};
		const lead = services.emulator.propexo.data.leads.rows.find(
			(row) => row.integration_id === 'int_rentmanager_1',
		);
		const leadId = byId(lead?.id);
		const refused = await leadEvent(services, { ...rentManager, leadId });
		expect(refused.thrown?.message).toContain("'Title'");
		expect(refused.thrown?.description).toContain("'Ignore Unknown Fields'");
		const taken = await leadEvent(services, {
			...rentManager,
			leadId,
			options: { ignoreUnknownFields: true },
		});
		expect(taken.success).toHaveLength(1);
	});
});
