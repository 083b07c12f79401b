/*
 * What Calendly posts, made from its public documentation:
 * - https://developer.calendly.com/docs/webhooks/overview (deliveries, answers, signature)
 * - https://developer.calendly.com/api-docs/overview/webhooks/webhook-errors (what is sent again, and until when)
 * - https://developer.calendly.com/docs/api-guides/see-how-webhook-payloads-change-when-invitees-reschedule-events
 *   (a moved booking is two events: `invitee.canceled` with `rescheduled: true`, and `invitee.created` with `old_invitee`)
 * - https://developer.calendly.com/api-docs/calendly-api/webhooks/get-sample-webhook-data (the events)
 * Times are in UTC, with six digits of a second.
 */

const API = 'https://api.calendly.com';

/** What the tests need to know of a booking. */
export interface Booking {
	/** The ID of the invitee: a moved booking has another one. */
	id: string;
	email: string;
	/** UTC, such as 2027-03-02T20:30:00. */
	start: string;
	/** The event type: here the property. */
	tour: string;
	/** The ID of the booking that this one replaces, or that replaces it. */
	before?: string;
	after?: string;
	more?: object;
}

const inviteeOf = (id: string): string => `${API}/scheduled_events/E${id}/invitees/${id}`;

const stamp = (time: string | number): string =>
	`${new Date(typeof time === 'string' ? `${time}Z` : time).toISOString().slice(0, -1)}000Z`;

const LENGTH_MS = 30 * 60_000;

/** One delivery. @param createdAt when it happened, in epoch ms */
export function delivery(event: string, booking: Booking, createdAt = Date.now()) {
	const { id, email, start, tour, before, after, more } = booking;
	const isOff = event === 'invitee.canceled';
	return {
		event,
		created_at: stamp(createdAt),
		created_by: `${API}/users/USER1`,
		payload: {
			uri: inviteeOf(id),
			event: `${API}/scheduled_events/E${id}`,
			email,
			first_name: 'Nathan',
			last_name: 'Smith',
			name: 'Nathan Smith',
			timezone: 'America/Los_Angeles',
			status: isOff ? 'canceled' : 'active',
			rescheduled: isOff && after !== undefined,
			old_invitee: before === undefined ? null : inviteeOf(before),
			new_invitee: after === undefined ? null : inviteeOf(after),
			cancel_url: `https://calendly.com/cancellations/${id}`,
			reschedule_url: `https://calendly.com/reschedulings/${id}`,
			...(isOff && {
				cancellation: { canceled_by: 'Nathan Smith', reason: '', canceler_type: 'invitee' },
			}),
			no_show:
				event === 'invitee_no_show.created'
					? { uri: `${API}/invitee_no_shows/N${id}`, created_at: stamp(createdAt) }
					: null,
			questions_and_answers: [{ question: 'Pets?', answer: 'Two cats', position: 0 }],
			text_reminder_number: null,
			tracking: { utm_campaign: null, utm_source: null },
			scheduled_event: {
				uri: `${API}/scheduled_events/E${id}`,
				name: tour,
				status: isOff ? 'canceled' : 'active',
				start_time: stamp(start),
				end_time: stamp(new Date(`${start}Z`).getTime() + LENGTH_MS),
				event_type: `${API}/event_types/T1`,
				location: { type: 'physical', location: '12 Main St' },
				invitees_counter: { total: 1, active: isOff ? 0 : 1, limit: 1 },
				event_memberships: [{ user: `${API}/users/USER1`, user_email: 'jordan@example.com' }],
				event_guests: [],
			},
			...more,
		},
	};
}
