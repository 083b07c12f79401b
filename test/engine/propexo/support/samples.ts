import type { Emulator, Job } from '../../../../emulator/index.ts';
import type { Samples } from '../../support/service.ts';
import { byId } from '../../support/locator.ts';

/**
 * An event of a lead, an applicant and a resident, at a PMS of which nothing is known. So begin the IDs of those that
 * `addEventsOfAnyPms` adds.
 */
export const ANY_EVENT = 'event_any';
/** A lead event of MRI, the one PMS that is known to take updates. */
const MRI_EVENT = 'event_mri';
/** How the IDs of leads begin that `addLeadsOfAnyPms` adds. */
export const ANY_LEAD = 'any_lead';
/** The first two write jobs of an emulator: one that the PMS refused, and one that it took. */
const FAILED_JOB = `cljob${'1'.padStart(20, '0')}`;
const DONE_JOB = `cljob${'2'.padStart(20, '0')}`;

/** The event type and the leasing agent are of MRI; `int_any` takes those of every integration. */
const ids = {
	integrationId: 'int_any',
	leadId: 'lead_1',
	applicantId: 'applicant_1',
	residentId: 'resident_1',
	applicationId: 'application_1',
	propertyId: 'prop_1',
	unitId: 'unit_1',
	eventId: ANY_EVENT,
	eventTypeId: 'etype_85',
	eventSubTypeId: 'esub_1',
	eventResultId: 'eres_1',
	employeeId: 'emp_43',
	leadSourceId: 'lsrc_1',
	jobId: DONE_JOB,
	leadRelationshipId: 'lrel_1',
	addressTypeId: 'atype_1',
	floorPlanId: 'plan_1',
	leasePeriodId: 'period_1',
	firstEventEmployeeId: 'emp_43',
	firstEventLeadSourceId: 'lsrc_1',
	firstEventUnitId: 'unit_1',
};

const eventTypeId = byId(ids.eventTypeId);

/** The parameters of a call with everything that a call must have. */
export const CALL = {
	eventKind: 'call',
	callPhoneNumberFrom: '+1 512 555 0100',
	callPhoneNumberTo: '+1 512 555 0199',
	callStatus: 'ANSWER',
	callDuration: 95,
	callAudioLink: 'https://example.com/calls/1.mp3',
};

const NO_WAIT = { waitForResult: false };

export const samples: Samples = {
	ids,
	values: {
		callDuration: '95',
		callPhoneNumberFrom: '+1 512 555 0100',
		callPhoneNumberTo: '+1 512 555 0199',
		phone1: '(512) 555-0100',
		callAudioLink: 'https://example.com/1.mp3',
		callRecordingUrl: 'https://example.com/2.mp3',
		emailFrom: 'leasing@example.com',
		emailTo: 'maria.alvarez1@example.com',
		emailCc: 'office@example.com',
		emailBcc: 'office@example.com',
		email1: 'nathan@example.com',
		timeFrom: '10:00',
		timeTo: '11:00',
		phone2: '(512) 555-0101',
		desiredUnitIds: 'unit_1',
		middleInitial: 'J',
		// The fields that can be cleared are filled in.
		clearFields: [],
		matchBy: 'email1',
		xId: 'L10001',
	},
	byOperation: {
		// Free times lie in the future.
		getAvailability: { availabilityStartDate: '2030-03-05', employeeId: 'emp_1' },
		retry: { jobId: FAILED_JOB },
		update: { leadId: `${ANY_LEAD}_1` },
	},
	needed: {
		// Each item wants another time: the PMS has room for one at a time.
		'appointment: create': {
			start: '={{ DateTime.utc(2027, 2, 1).plus({ hours: $itemIndex }).toISO() }}',
		},
		// An update of nothing is refused.
		'lead: update': { firstName: 'Nathan' },
		'appointment: update': { notes: 'Moved on request' },
		...Object.fromEntries(
			['lead', 'applicant', 'resident'].map((person) => [
				`${person}Event: update`,
				{ eventDatetime: '2026-03-01T10:00:00Z' },
			]),
		),
		options: NO_WAIT,
		// Each time a new lead: one that was added before is not added again.
		'lead: upsert': { email1: '={{ `nathan${ Date.now() }${ Math.random() }@example.com` }}' },
		firstEvent: {
			firstEventName: 'Other',
			firstEventDatetime: '2026-03-01T10:00:00Z',
			firstEventEmployeeId: byId(ids.employeeId),
		},
		personFields: { addressTypeId: byId(ids.addressTypeId) },
	},
	chosen: [
		['nothing', {}],
		['a lead', { leadId: byId(ids.leadId), eventTypeId }],
		['an applicant', { applicantId: byId(ids.applicantId), eventTypeId }],
		['a resident', { residentId: byId(ids.residentId), eventTypeId }],
		['an event', { eventId: byId(ids.eventId), eventTypeId }],
		['an integration', { integrationId: byId('int_resman_1'), eventTypeId }],
	],
	settings: { jobMs: 0 },
	furnish,
};

/** Adds a lead event of MRI. */
export function addUpdatableEvent({ propexo }: Emulator, id: string = MRI_EVENT): void {
	const lead = propexo.data.leads.get('lead_8');
	if (lead) propexo.data.events.add({ ...lead, id, associated_lead_ids: [lead.id] });
}

/** Adds twenty leads of the integration whose PMS takes everything: `any_lead_1` and so on. */
export function addLeadsOfAnyPms({ propexo }: Emulator): void {
	for (let number = 1; number <= 20; number++) {
		const lead = propexo.data.leads.get(`lead_${number}`);
		const whose = { integration_id: 'int_any', integration_vendor: 'OTHER' };
		if (lead) propexo.data.leads.add({ ...lead, ...whose, id: `${ANY_LEAD}_${number}` });
	}
}

/** Adds an event of somebody of each kind, of the integration whose PMS takes everything. */
export function addEventOfAnyPms(emulator: Emulator, id: string): void {
	addUpdatableEvent(emulator, id);
	const event = emulator.propexo.data.events.get(id);
	const ofAll = {
		property_id: ids.propertyId,
		associated_lead_ids: [ids.leadId, `${ANY_LEAD}_1`],
		associated_applicant_ids: [ids.applicantId],
		associated_resident_ids: [ids.residentId],
	};
	if (event) Object.assign(event, { ...ofAll, integration_id: 'int_any', integration_vendor: 'OTHER' });
}

/** Adds twenty of them: `event_any_1` and so on. */
export function addEventsOfAnyPms(emulator: Emulator): void {
	for (let number = 1; number <= 20; number++) addEventOfAnyPms(emulator, `${ANY_EVENT}_${number}`);
}

/** The two jobs, as an emulator has made them once. */
const jobsOf = new WeakMap<Emulator, Job[]>();

/** Adds the event and the two jobs, in their order, and makes one person of the lead, the applicant and the resident. */
async function furnish(emulator: Emulator): Promise<void> {
	const { leads, applicants, residents } = emulator.propexo.data;
	for (const person of [applicants.get(ids.applicantId), residents.get(ids.residentId)])
		Object.assign(person ?? {}, { email_1: leads.get(ids.leadId)?.email_1 });
	addLeadsOfAnyPms(emulator);
	addEventOfAnyPms(emulator, ANY_EVENT);
	const known = jobsOf.get(emulator);
	if (known) for (const job of known) emulator.propexo.jobs.add(job);
	else jobsOf.set(emulator, await makeJobs(emulator));
}

/** Makes the two jobs with requests the first time; later they are added without one. */
async function makeJobs({ propexo: { url, token, jobs } }: Emulator): Promise<Job[]> {
	for (const notes of ['[fail once]', 'fine']) {
		const reply = await fetch(`${url}/v1/events/leads`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
			body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes }),
		});
		expect(reply.ok).toBe(true);
	}
	return jobs.list.map((job) => ({ ...job }));
}
