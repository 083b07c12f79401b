import { withKey } from '../../support/withKey.ts';
import { RENTENGINE_USERS } from '../../../../emulator/index.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, NOTES } from '../../support/deliver/driven.ts';
import { byId } from '../../support/locator.ts';
import { leasingEvent, run } from './run.ts';

const [user] = RENTENGINE_USERS;

/** What all writes of RentEngine have in common. */
const ofRentEngine = {
	service: 'rentEngine',
	emulated: ({ rentEngine }) => rentEngine,
	listPath: '/leasing_events',
	wrongForm: {
		status: 400,
		body: {
			error: 'Invalid events',
			details: [
				{ keyword: 'type', instancePath: '/notes', params: { type: 'string' }, message: 'Wrong' },
			],
		},
	},
	at: (baseUrl) => ({ credentials: { rentEngineApi: { baseUrl, token: 'x', webhookSecret: '' } } }),
} satisfies Partial<Driven>;

/** *Leasing Event: Create*. */
export const driven: Driven = {
	...ofRentEngine,
	title: 'RentEngine',
	run: leasingEvent,
	parameters: (options, notes = NOTES) => ({
		prospectId: byId('={{ $json.person && 1000 + $json.person }}'),
		assignedToUserIds: [user?.id],
		additionalFields: { notes },
		...withKey({ outcomeUnknown: 'report', ...options }),
	}),
	person: { field: 'prospectId', first: 1001 },
	idIn: ({ id }) => String(id),
	listing: (rows, more = false) => ({
		data: rows.map(({ id, index, at }) => ({
			id,
			prospect_id: 1000 + itemAt(index).person,
			event_type: 'Assign to User',
			notes: itemAt(index).notes,
			created_at: new Date(at).toISOString().replace('Z', ''),
			context: { assignedToUserIds: [user?.id], createdByUserRole: 'Property Manager' },
		})),
		page: { limit: 100, page_number: 0, has_more: more, next_page_number: more ? 1 : null },
	}),
};

/** At 18:00 UTC every unit of the emulator can be shown, whatever its clocks. */
const DAY = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
/** When the showing of an item begins: each at its own minute. */
export const timeOf = (index: number): string =>
	new Date(Date.parse(`${DAY}T18:00:00Z`) + index * 60_000).toISOString();

/** The person of a showing; the emulator has none of them at first. */
const PERSON = {
	prospectType: 'Self',
	firstName: 'Riley',
	lastName: "={{ 'Renter ' + ($json.person ?? 1) }}",
	email: '={{ $json.person && `renter${ $json.person }@example.com` }}',
	phone: '={{ `(512) 555-${ 1000 + ($json.person ?? 1) }` }}',
	creditScore: '700+',
	income: '$5000-$6000/month',
};

/** *Showing: Create*. */
export const showing: Driven = {
	...ofRentEngine,
	title: 'RentEngine, showing: create',
	run: async (services, parameters, settings) =>
		await run(services, 'showing', 'create', { unitId: byId(501), ...parameters }, settings),
	parameters: (options, notes = NOTES) => ({
		...PERSON,
		plannedForTime: `={{ DateTime.fromISO('${timeOf(0)}').plus({ minutes: Number(/\\d+/.exec($json.notes)?.[0]) }).toISO() }}`,
		questionAnswers: `={{ [{ question: ${notes.replace(/^=\{\{|\}\}$/g, '')}, answer: 'Yes' }] }}`,
		...withKey(options),
	}),
	person: { field: 'email', first: 'renter1@example.com' },
	idIn: () => '',
	listing: (rows, more = false) => ({
		data: rows.map(({ id, index, at }) => ({
			id,
			prospect_id: 1,
			event_type: 'Showing Scheduled',
			planned_date_time: timeOf(index),
			unit_of_interest: 501,
			created_at: new Date(at).toISOString().replace('Z', ''),
		})),
		page: { limit: 100, page_number: 0, has_more: more, next_page_number: more ? 1 : null },
	}),
};
