import { withKey } from '../../support/withKey.ts';
import type { IDataObject } from 'n8n-workflow';

import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, markOf, NOTES } from '../../support/deliver/driven.ts';
import { byId } from '../../support/locator.ts';
import type { DeclaredJob } from '../../../unit/propexo/support/jobWrites.ts';
import { APPOINTMENT_WRITES, EVENT_CREATIONS, JOB_WRITES } from '../../../unit/propexo/support/jobWrites.ts';
import { run } from './run.ts';
import { addEventOfAnyPms, addEventsOfAnyPms, addLeadsOfAnyPms, ANY_EVENT, ANY_LEAD } from './samples.ts';

/** The person that a creation is about, by the names of the parameter and of the API, and as IDs begin. */
export function personOf({ job }: DeclaredJob): { field: string; api: string; noun: string } {
	const [, field = ''] = job.about;
	const noun = field.replace(/Id$/, '');
	return { field, api: `${noun}_id`, noun };
}

/** What all writes of Propexo have in common. */
const ofPropexo = {
	service: 'propexo',
	emulated: ({ propexo }) => propexo,
	idIn: ({ job_id }) => String(job_id),
	listPath: '/v1/admin/logs/writes/',
	wrongForm: {
		status: 400,
		body: {
			error: {
				code: 'invalid_request',
				message: 'invalid request',
				details: {
					details: { issues: [{ code: 'invalid_type', path: ['notes'], message: 'Wrong' }] },
				},
			},
		},
	},
	at: (baseUrl) => ({ credentials: { propexoApi: { environment: 'custom', baseUrl, token: 'x' } } }),
} satisfies Partial<Driven>;

/**
 * The reply of the write log.
 *
 * @param whose says whom the write of an item is about
 */
const listingOf =
	(whose: (person: number, index: number) => IDataObject): Driven['listing'] =>
	(rows, more = false) => ({
		results: {
			logs: [
				...rows.map(({ id, index, at }) => ({
					job_id: `job_${id}`,
					created_at: new Date(at).toISOString(),
					status: 'SUCCESS',
					parameters: {
						...whose(itemAt(index).person, index),
						notes: itemAt(index).notes,
					} as IDataObject,
				})),
				// A page is the last one unless it is full: of what is older than any request here.
				...Array.from({ length: more ? 100 - rows.length : 0 }, (_, other) => ({
					job_id: `other_${other}`,
					created_at: '2026-01-01T00:00:00.000Z',
					parameters: { integration_id: 'int_any', notes: `Another, ${other}` } as IDataObject,
				})),
			],
		},
	});

function drivenBy(creation: DeclaredJob): Driven {
	const { resource, job } = creation;
	const { field, api, noun } = personOf(creation);
	return {
		...ofPropexo,
		title: `Propexo, ${resource}`,
		run: async (services, parameters, settings) => {
			const whose = { integrationId: byId('int_any'), [field]: byId(`${noun}_1`) };
			return await run(services, resource, job.value, { ...whose, ...parameters }, settings);
		},
		parameters: (options, notes = NOTES) => ({
			[field]: byId(`={{ $json.person && '${noun}_' + $json.person }}`),
			notes,
			...withKey(options),
		}),
		person: { field, first: `${noun}_1` },
		listing: listingOf((person) => ({ integration_id: 'int_any', [api]: `${noun}_${person}` })),
	};
}

/** The day of an item's appointment: another item takes the same time of its property on another day. */
const dayOf = (index: number): string => new Date(Date.UTC(2027, 1, 1 + index)).toISOString().slice(0, 10);
const TIME = '18:00:00';
/** The start of an item's appointment. */
const START = `={{ DateTime.utc(2027, 2, 1, 18).plus({ days: Number(/mark-(\\d+)/.exec($json.notes)?.[1] ?? 0) }).toISO() }}`;

/** A new appointment; nobody waits for its result. */
function drivenByBooking(booking: DeclaredJob): Driven {
	const { resource, job, person: noun = '' } = booking;
	const field = `${noun}Id`;
	const api = `${noun}_id`;
	return {
		...ofPropexo,
		title: `Propexo, ${booking.title}`,
		run: async (services, parameters, settings) => {
			const whose = { for: noun, integrationId: byId('int_any'), [field]: byId(`${noun}_1`) };
			return await run(services, resource, job.value, { ...whose, ...parameters }, settings);
		},
		parameters: (options, notes = NOTES) => ({
			[field]: byId(`={{ $json.person && '${noun}_' + $json.person }}`),
			start: START,
			notes,
			...withKey({ waitForResult: false, appointmentClock: 'utc', ...options }),
		}),
		person: { field, first: `${noun}_1` },
		listing: listingOf((person, index) => ({
			...{ integration_id: 'int_any', [api]: `${noun}_${person}` },
			...{ appointment_date: dayOf(index), appointment_time: TIME },
		})),
	};
}

/** The writes of the appointments of leads; those of applicants and residents go the same way. */
const appointmentWrites = (operation: string): DeclaredJob[] =>
	APPOINTMENT_WRITES.filter(({ job, person }) => job.value === operation && person === 'lead');

/** The change of an appointment of any lead. */
function drivenByMove(move: DeclaredJob): Driven {
	const { parameters, ...driven } = drivenByUpdate(move);
	return {
		...driven,
		parameters: (options, notes = NOTES) => {
			const { additionalFields: _, ...others } = parameters(options, notes);
			return { for: 'lead', ...others, notes, ...withKey({ waitForResult: false, ...options }) };
		},
	};
}

/** How the IDs of the appointments begin that are cancelled; behind it stands the mark of the item. */
const CANCELLED = 'event_';

/** The cancellation of an appointment of its own for each item: it says nothing else by which the item could be told. */
function drivenByCancellation({ title, resource, job }: DeclaredJob): Driven {
	return {
		...ofPropexo,
		title: `Propexo, ${title}`,
		run: async (services, parameters, settings) => {
			for (const [index] of (settings.items ?? []).entries())
				addEventOfAnyPms(services.emulator, `${CANCELLED}${markOf(index)}`);
			const whose = { for: 'lead', integrationId: byId('int_any') };
			return await run(services, resource, job.value, { ...whose, ...parameters }, settings);
		},
		parameters: (options) => ({
			eventId: byId(`={{ '${CANCELLED}' + /mark-\\d+\\./.exec($json.notes)[0] }}`),
			...withKey({ waitForResult: false, ...options }),
		}),
		person: { field: 'eventId', first: `${CANCELLED}${markOf(0)}` },
		listing: () => ({ results: { logs: [] } }),
	};
}

const emailOf = (person: number): string => `new${person}@example.com`;

const newLead: Driven = {
	...ofPropexo,
	title: 'Propexo, lead: create',
	run: async (services, parameters, settings) =>
		await run(services, 'lead', 'create', { integrationId: byId('int_any'), ...parameters }, settings),
	parameters: (options, notes = NOTES) => ({
		email1: '={{ $json.person && `new${ $json.person }@example.com` }}',
		stateFields: { notes },
		...withKey(options),
	}),
	person: { field: 'email1', first: emailOf(1) },
	listing: listingOf((person) => ({ integration_id: 'int_any', email_1: emailOf(person) })),
};

let upserts = 0;

/** *Create or Update* of people whom nobody knows, other ones in each run. */
export const upsertedLead: Driven = {
	...newLead,
	title: 'Propexo, lead: upsert',
	run: async (services, parameters, settings) =>
		await run(services, 'lead', 'upsert', { integrationId: byId('int_any'), ...parameters }, settings),
	parameters: (options, notes = NOTES) => ({
		email1: `={{ 'new${++upserts}.' + $json.notes.replace(/\\D/g, '') + '@example.com' }}`,
		stateFields: { notes },
		...withKey(options),
	}),
};

const changedLead: Driven = {
	...ofPropexo,
	title: 'Propexo, lead: update',
	run: async (services, parameters, settings) => {
		addLeadsOfAnyPms(services.emulator);
		return await run(services, 'lead', 'update', parameters, settings);
	},
	parameters: (options, notes = NOTES) => ({
		leadId: byId(`={{ $json.person && '${ANY_LEAD}_' + $json.person }}`),
		stateFields: { notes },
		...withKey(options),
	}),
	person: { field: 'leadId', first: `${ANY_LEAD}_1` },
	listing: listingOf((person) => ({ lead_id: `${ANY_LEAD}_${person}` })),
};

/** The update of an event of anybody; the log does not say which event was changed. */
function drivenByUpdate({ resource, job }: DeclaredJob): Driven {
	return {
		...ofPropexo,
		title: `Propexo, ${resource}: ${job.value}`,
		run: async (services, parameters, settings) => {
			addEventsOfAnyPms(services.emulator);
			return await run(services, resource, job.value, parameters, settings);
		},
		parameters: (options, notes = NOTES) => ({
			eventId: byId(`={{ $json.person && '${ANY_EVENT}_' + $json.person }}`),
			additionalFields: { notes },
			...withKey(options),
		}),
		person: { field: 'eventId', first: `${ANY_EVENT}_1` },
		listing: listingOf((person) => ({ event_id: `${ANY_EVENT}_${person}` })),
	};
}

const all = EVENT_CREATIONS.map(drivenBy);
const isLeads = ({ person }: Driven): boolean => person.field === 'leadId';

/** *Lead Event: Create*. */
export const driven = all.find(isLeads) as Driven;

/** The other writes that make something. */
export const otherCreations: Driven[] = [
	...all.filter((one) => !isLeads(one)),
	newLead,
	...appointmentWrites('create').map(drivenByBooking),
];

/** The others. The log does not say which record an update changed, so that a look-up decides nothing. */
export const changes: Driven[] = [
	changedLead,
	...JOB_WRITES.filter(
		({ job: { method, path } }) => method === 'PUT' && /^\/v1\/events\/\w+\/\{/.test(path),
	).map(drivenByUpdate),
	...appointmentWrites('update').map(drivenByMove),
];

/** Each item is about another appointment, so that they have no order. */
export const cancellations: Driven[] = appointmentWrites('cancel').map(drivenByCancellation);
