import { aboutOf } from '../../../../emulator/page/about.ts';

const NAMES: Record<string, string> = {
	'lead_id lead_2': 'Dana Brooks',
	'event_id event_7': 'Maria Alvarez',
	'event_type_id etype_16': 'Incoming Call',
	'prospect_id 1001': 'Omar Chen',
	'user_id u1': 'Avery Cole',
};
const nameOf = (field: string, id: unknown) => NAMES[`${field} ${String(id)}`];

const aboutRequest = (request: string, body: object = {}) => {
	const [method = '', path = ''] = request.split(' ');
	return Object.values(aboutOf({ method, path, body }, nameOf)).join(' | ');
};

describe('what the ledger page says of a request', () => {
	it.each([
		[
			'POST /v1/events/leads',
			{
				...{ lead_id: 'lead_2', event_type_id: 'etype_16', call_phone_number_from: '+1' },
				event_datetime: '2026-03-01T13:30:00-07:00',
			},
			'Dana Brooks | Call: Incoming Call | 2026-03-01 13:30 -07:00',
		],
		[
			'POST /v1/events/leads',
			{ lead_id: 'lead_2', email_to: 'a@example.com', event_datetime: '2026-03-01T13:30:00Z' },
			'Dana Brooks | Email | 2026-03-01 13:30 UTC',
		],
		['POST /v1/events/leads', { lead_id: 'nobody', notes: 'x' }, 'nobody | Event | '],
		[
			'PUT /v1/events/leads/event_7',
			{ event_datetime: '2026-03-01' },
			'Maria Alvarez | Update event | 2026-03-01',
		],
		[
			'POST /v1/events/appointments/leads',
			{
				...{ lead_id: 'lead_2', appointment_type: 'SELF_GUIDED_TOUR' },
				...{ appointment_date: '2026-03-05', appointment_time: '10:15:00' },
			},
			'Dana Brooks | Appointment: Self guided tour | 2026-03-05 10:15',
		],
		[
			'POST /v1/events/appointments/residents/cancel',
			{ event_id: 'event_7' },
			'Maria Alvarez | Cancel appointment | ',
		],
		['POST /v1/leads/', { first_name: 'Nora', last_name: 'Fields' }, 'Nora Fields | New lead | '],
		['PUT /v1/leads/lead_2', { status: 'COLD' }, 'Dana Brooks | Update lead | '],
		['POST /v1/admin/retry-write/job_1', {}, ' | Retry write | '],
		['POST /v1/webhooks/', {}, ' | Register webhook | '],
		[
			'POST /api/public/v1/leasing_events',
			{
				events: [
					{
						prospect_id: 1001,
						event_type: 'Assign to User',
						context: { assignedToUserIds: ['u1', 'u2'] },
					},
				],
			},
			'Omar Chen | Assign to User: Avery Cole, u2 | ',
		],
		[
			'POST /api/public/v1/showings/create',
			{
				plannedForTime: '2026-03-05T16:00:00.000Z',
				prospectData: { firstName: 'Nora', lastName: 'Fields' },
			},
			'Nora Fields | Showing | 2026-03-05 16:00 UTC',
		],
		['GET /v1/leads/lead_2', {}, 'Dana Brooks | Read | '],
		['POST /v1/appointment-availability/', {}, ' | Read | '],
	])('%s %j', (request, body, told) => {
		expect(aboutRequest(request, body)).toBe(told);
	});
});
