import type { IDataObject } from 'n8n-workflow';

import { PropexoApi } from '../../../credentials/PropexoApi.credentials';
import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { faultFor, markOf, NOTES } from '../support/deliver/driven.ts';
import { createEditor } from '../support/index.ts';
import { by } from '../support/locator.ts';
import { byId, useServices } from '../support/services.ts';
import { jsonOf, leadEvent, run } from './support/run.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from './support/samples.ts';

const services = useServices({ timing: { lookUpAfterMs: [100, 100] } });

const propexo = () => services.emulator.propexo;
const posts = () => propexo().ledger.requests.filter(({ method }) => method === 'POST');
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

/** Runs a create in an integration, on its first applicant. */
async function create(integration: string, parameters: IDataObject = {}, settings = {}) {
	const applicant = propexo().data.applicants.rows.find(
		({ integration_id }) => integration_id === (integration === 'int_any' ? 'int_yardi_1' : integration),
	);
	const whose = { integrationId: byId(integration), applicantId: byId(applicant?.id) };
	return await run(services, 'applicantEvent', 'create', { ...whose, ...parameters }, settings);
}

const typeAt = (integration: string) =>
	byId(propexo().data.eventTypes.rows.find((row) => row.integration_id === integration)?.id);

describe('Applicant Event: Create', () => {
	it('records a note with an applicant, and gives the write job', async () => {
		const items = [{ text: 'Sent the lease' }, { text: 'Asked for a garage' }];
		const result = await create('int_any', { notes: '={{ $json.text }}' }, { items });
		expect(posts().map(({ path }) => path)).toEqual(['/v1/events/applicants', '/v1/events/applicants']);
		expect(sent()).toEqual(
			items.map(({ text }) => ({
				integration_id: 'int_any',
				applicant_id: 'applicant_1',
				notes: text,
			})),
		);
		expect(jsonOf(result).map(({ job_id }) => job_id)).toEqual(
			propexo().ledger.created.map(({ id }) => id),
		);
		expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('sends what the events of leads do not have', async () => {
		const additionalFields = {
			applicationId: byId('application_1'),
			eventType: 'Note',
			status: 'REVIEW',
		};
		await create('int_any', { additionalFields });
		expect(sent()).toMatchObject([
			{ application_id: 'application_1', event_type: 'Note', status: 'REVIEW' },
		]);
	});

	it('has the name of the event in the spelling of its PMS', async () => {
		await create('int_resman_1', { eventName: 'walk in' });
		expect(sent()).toMatchObject([{ event_name: 'WalkIn' }]);
	});

	it('takes notes of 256 characters and no more, or shortens them', async () => {
		const { thrown } = await create('int_any', { notes: 'x'.repeat(257) });
		expect(thrown?.message).toContain("'Notes' is 257 characters long");
		expect(posts()).toEqual([]);
		await create('int_any', { notes: 'x'.repeat(257), options: { shortenNotes: true } });
		await create('int_any', { notes: 'x'.repeat(256) });
		expect(sent().map(({ notes }) => String(notes).length)).toEqual([256, 256]);
	});

	it('takes a leasing agent alone as employee, in every PMS', async () => {
		const [agent, other] = ['LEASING_AGENT', 'MAINTENANCE'].map((role) =>
			propexo().data.employees.rows.find(
				({ integration_id, roles }) =>
					integration_id === 'int_yardi_1' && (roles as string[]).includes(role),
			),
		);
		const { thrown } = await create('int_yardi_1', { additionalFields: { employeeId: byId(other?.id) } });
		expect(thrown?.message).toBe(
			"'Employee' must be a leasing agent: Propexo takes nobody else here. Choose one from the list",
		);
		expect(posts()).toEqual([]);
		await create('int_yardi_1', { additionalFields: { employeeId: byId(agent?.id) } });
		expect(sent()).toMatchObject([{ employee_id: agent?.id }]);
	});

	it("is told of an application that is another applicant's, with what to do", async () => {
		const { thrown } = await create('int_any', {
			additionalFields: { applicationId: byId('application_2') },
		});
		expect(thrown?.message).toContain("Propexo refused it (HTTP 400): 'Application'");
		expect(thrown?.description).toContain('It must be an application of the chosen applicant');
		expect(sent()).toEqual([]);
	});
});

describe('The application of an applicant', () => {
	/** Two applications of one property: of the first applicant, and of the one who moves in with them. */
	function addAnother(): void {
		const { applications } = propexo().data;
		const other = [{ applicant_id: 'applicant_other', application_id: 'application_other' }];
		const first = applications.get('application_1')!;
		applications.add({ ...first, id: 'application_other', x_id: 'A-2', applicants: other });
	}
	const editor = (parameters: IDataObject) =>
		createEditor(new Propexo(), [new PropexoApi()], services.credentials, {
			...{ resource: 'applicantEvent', operation: 'create' },
			...parameters,
		});
	const inYardi = { integrationId: byId('int_yardi_1') };

	it.each<[string, IDataObject, string[]]>([
		['of the chosen applicant', { applicantId: byId('applicant_1') }, ['application_1']],
		['of an applicant who is found', { applicantId: 'found' }, ['application_1']],
		['of a whole integration', {}, ['application_2', 'application_other', 'application_1']],
	])('is chosen from those %s', async (_, given, listed) => {
		addAnother();
		const { email_1 } = propexo().data.applicants.get('applicant_1')!;
		const applicantId = given.applicantId === 'found' ? by('email', email_1) : given.applicantId;
		const { results } = await editor({ ...inYardi, applicantId }).search('searchApplications');
		expect(results.map(({ value }) => value).sort()).toEqual([...listed].sort());
		expect(results.at(-1)?.name).toMatch(/ \(Submitted\)/);
	});

	it('is found by the ID of the PMS among those of the applicant alone', async () => {
		addAnother();
		const own = propexo().data.applications.get('application_1')!;
		const items = [{ x: own.x_id }, { x: 'A-2' }];
		const { success, error } = await run(
			services,
			'applicantEvent',
			'create',
			{
				...{ ...inYardi, applicantId: byId('applicant_1'), eventName: 'Other' },
				...{ eventDatetime: '2026-03-01T10:00:00Z' },
				additionalFields: { applicationId: by('pmsId', '={{ $json.x }}'), agentName: 'Jo' },
			},
			{ items, onError: 'continueErrorOutput' },
		);
		expect(success.map(({ json }) => json.resolved)).toEqual([
			{ application_id: 'application_1', found_by: 'pmsId' },
		]);
		expect(error[0]?.json.error).toMatch(/No application of .+ has the PMS ID in 'Application'/);
		expect(sent()).toMatchObject([{ application_id: 'application_1' }]);
	});
});

it('An application is found for each applicant by itself: that of one is not given to another with the same ID', async () => {
	const { applications } = propexo().data;
	const own = applications.get('application_1')!;
	// Nothing but the applicant tells them apart.
	const ids = ['applicant_1', 'applicant_beside'];
	const beside = { ...propexo().data.applicants.get('applicant_1')!, id: 'applicant_beside' };
	propexo().data.applicants.add(beside);
	for (const order of [ids, ids.toReversed()]) {
		const { success } = await run(
			services,
			'applicantEvent',
			'create',
			{
				...{ integrationId: byId('int_yardi_1'), applicantId: byId('={{ $json.id }}') },
				...{ eventName: 'Other', eventDatetime: '2026-03-01T10:00:00Z' },
				additionalFields: { applicationId: by('pmsId', own.x_id), agentName: 'Jo' },
			},
			{ items: order.map((id) => ({ id })), onError: 'continueRegularOutput' },
		);
		const told = new Map(order.map((id, index) => [id, success[index]?.json]));
		expect(told.get('applicant_1')?.resolved).toMatchObject({ application_id: 'application_1' });
		expect(told.get('applicant_beside')?.error).toMatch(/No application of .+ has the PMS ID/);
	}
	expect(sent().map(({ applicant_id }) => applicant_id)).toEqual(['applicant_1', 'applicant_1']);
});

describe('The PMS of an applicant', () => {
	it('takes a note and its type in RealPage, and nothing else', async () => {
		const note = { eventTypeId: typeAt('int_realpage_1'), notes: 'Sent the lease' };
		const { thrown } = await create('int_realpage_1', {
			...note,
			additionalFields: { title: 'Lease', unitId: byId('unit_25') },
		});
		expect(thrown?.message).toBe(
			"'Title' and 'Unit' are not accepted by RealPage: empty them, or add the option 'Ignore Unknown Fields'",
		);
		expect(posts()).toEqual([]);
		await create('int_realpage_1', note);
		expect(sent()).toMatchObject([{ notes: 'Sent the lease' }]);
	});

	it('says how a call is told to RealPage: as a general event', async () => {
		const { thrown } = await create('int_realpage_1', {
			...{ eventTypeId: typeAt('int_realpage_1'), notes: 'Called', eventKind: 'call' },
			...{ callPhoneNumberFrom: '+1 512 555 0100', callPhoneNumberTo: '+1 512 555 0199' },
			...{ callStatus: 'ANSWER', callDuration: 60, callAudioLink: 'https://example.com/1.mp3' },
		});
		expect(thrown?.message).toContain(
			"'Call Duration (Seconds)' and 'Call Audio Link' are not accepted by RealPage: choose another 'Event Kind', or add",
		);
		expect(posts()).toEqual([]);
	});

	it('needs notes in Buildium; what it takes besides is not documented for sure, so it is told and sent', async () => {
		const empty = await create('int_buildium_1', { additionalFields: { eventType: 'Note' } });
		expect(empty.thrown?.message).toBe("'Notes' is empty, and Buildium requires it");
		expect(posts()).toEqual([]);
		propexo().settings.vendorRules = false;
		const { hints } = await create('int_buildium_1', {
			notes: 'x',
			additionalFields: { title: 'Lease' },
		});
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringContaining("'Title' was sent, and Buildium may not take it."),
		]);
		expect(sent()).toMatchObject([{ title: 'Lease' }]);
	});

	it('has no events of applicants in Rent Manager, which is told before anything is sent', async () => {
		const { thrown } = await create('int_rentmanager_1', { notes: 'x' });
		expect(thrown?.message).toBe(
			"'Integration' belongs to Rent Manager, which takes no applicant events",
		);
		expect(posts()).toEqual([]);
	});

	it('takes a day alone in MRI', async () => {
		await create('int_mri_1', { eventTypeId: typeAt('int_mri_1'), eventDatetime: '2026-03-02' });
		expect(sent()).toMatchObject([{ event_datetime: '2026-03-02' }]);
	});

	it('tells how to give a date that is not written as the Date Format of the others says', async () => {
		const values = { eventTypeId: typeAt('int_mri_1'), options: { dateFormat: 'yyyy.MM.dd HH:mm' } };
		const items = [{ when: '3/13/2026 2:30 PM' }];
		const eventDatetime = '={{ $json.when }}';
		const { thrown } = await create('int_mri_1', { ...values, eventDatetime }, { items });
		expect(thrown?.message).not.toContain("set the option 'Date Format'");
		const [expression = ''] = /\{\{.*?\}\}(?!\})/.exec(thrown?.message ?? '') ?? [];
		await create('int_mri_1', { ...values, eventDatetime: `=${expression}` }, { items });
		expect(sent()).toMatchObject([
			{ event_datetime: expect.stringContaining('2026-03-13T14:30:00') as string },
		]);
	});

	it.each([
		['3/13/2026', '2026-03-13'],
		['March 1, 2026', '2026-03-01'],
		['03/04/2026', '2026-03-04'],
		['46082', '2026-03-01'],
	])('tells how to give a day alone to MRI, which is then sent so: %s', async (when, day) => {
		const ofMri = (values: IDataObject) => ({ eventTypeId: typeAt('int_mri_1'), ...values });
		const items = [{ when }];
		const eventDatetime = '={{ $json.when }}';
		const { thrown } = await create('int_mri_1', ofMri({ eventDatetime }), { items });
		expect(thrown?.message).toContain(`Add the time, such as ${day}T14:30:00`);
		const [, dateFormat, expression = ''] =
			/Where a day is enough \(MRI\), set the option 'Date Format' to (.+?), or write (\{\{.*?\}\})/.exec(
				thrown?.message ?? '',
			) ?? [];
		await create('int_mri_1', ofMri({ eventDatetime, options: { dateFormat } }), { items });
		await create('int_mri_1', ofMri({ eventDatetime: `=${expression}` }), { items });
		expect(sent()).toMatchObject([{ event_datetime: day }, { event_datetime: day }]);
	});
});

describe('The look-up of an applicant event', () => {
	it.each([
		["a lead's event", { lead_id: 'lead_1' }],
		["another applicant's event", { applicant_id: 'applicant_2' }],
		['an event with one more field', { applicant_id: 'applicant_1', title: 'Lease' }],
	])('does not take %s with the same words for its own', async (_, whose) => {
		propexo().settings.jobMs = 0;
		propexo().faults.add({ match: { method: 'POST', bodyIncludes: 'applicant_1' }, close: 'before' });
		const path = 'lead_id' in whose ? 'leads' : 'applicants';
		const other = propexo().ledger.listen(({ method }) => {
			if (method !== 'POST') return;
			other();
			void fetch(`${propexo().url}/v1/events/${path}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json', authorization: `Bearer ${propexo().token}` },
				body: JSON.stringify({ integration_id: 'int_any', notes: 'Sent the lease', ...whose }),
			});
		});
		const { success } = await create(
			'int_any',
			{ notes: 'Sent the lease', options: { outcomeUnknown: 'lookUp' } },
			{ onError: 'continueRegularOutput' },
		);
		const [theirs, ...ours] = propexo().ledger.created;
		expect(theirs?.body).toMatchObject(whose);
		const { job_id, details } = success[0]?.json ?? {};
		// Found absent and sent once more, or left unknown; never theirs.
		if (details === undefined) expect([job_id]).toEqual(ours.map(({ id }) => id));
		else expect([details, ours]).toMatchObject([{ outcome: 'unknown' }, []]);
	});

	it('sends all in a retry of events that were for leads with the same addresses before', async () => {
		const { data, faults } = propexo();
		addLeadsOfAnyPms(services.emulator);
		const applicants = [1, 2, 3].map((number) => {
			const { email_1 } = data.leads.get(`${ANY_LEAD}_${number}`)!;
			const whose = { email_1, integration_id: 'int_any', id: `any_applicant_${number}` };
			return data.applicants.add({ ...data.applicants.get(`applicant_${number}`)!, ...whose });
		});
		const items = applicants.map(({ email_1 }, index) => ({ email: email_1, notes: markOf(index) }));
		faults.add(faultFor(2, { status: 422, delayMs: 500 }));
		const person = by('email', '={{ $json.email }}');
		const first = await leadEvent(services, { leadId: person, notes: NOTES }, { items });
		expect(first.thrown?.description).toMatch(/^.*2 created \(items 1–2\), 1 refused/m);
		const { leadId: _, ...others } = first.options.parameters ?? {};
		const parameters = { ...others, resource: 'applicantEvent', applicantId: person };
		const retried = await services.engine.retry(first, { parameters });
		expect(retried.thrown).toBeUndefined();
		expect(sent().map(({ applicant_id: id }) => id)).toEqual([
			...[undefined, undefined],
			...applicants.map(({ id }) => id),
		]);
	});
});
