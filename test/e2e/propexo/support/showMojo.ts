/*
 * What ShowMojo posts, made from its public documentation:
 * - https://docs.showmojo.com/docs/legacy/leads-and-showings (actions, order, answers, when an event is sent again)
 * - https://showmojo.helpjuice.com/29069-api/341375-leads-and-showings-webhook (fields and their types)
 * Times are ISO 8601; `showing_time_zone` is a name as Ruby on Rails has them.
 */

/** What the tests need to know of a showing. */
export interface Showing {
	uid: string;
	email?: string | null;
	phone?: string | null;
	/** ISO 8601, with or without an offset. */
	showtime: string | null;
	listing?: string;
	zone?: string | null;
	canceled_at?: string | null;
	notes?: string;
}

/** One delivery. @param id of the event; ShowMojo counts them up */
export function delivery(id: number, action: string, showing: Showing, createdAt = Date.now()) {
	const { uid, showtime, canceled_at = null } = showing;
	const { email = null, phone = null, listing = '12 Main St, Denver, CO 80202' } = showing;
	const { zone = 'Central Time (US & Canada)', notes = 'Two cats' } = showing;
	return {
		event: {
			id: `${id}`,
			action,
			actor: 'prospect',
			team_member_name: null,
			team_member_uid: null,
			created_at: new Date(createdAt).toISOString(),
			showing: {
				uid,
				created_at: new Date(createdAt).toISOString(),
				showtime,
				showing_time_zone: zone,
				showing_time_zone_utc_offset: -6,
				name: 'Nathan Smith',
				phone,
				email,
				notes,
				listing_uid: 'l1',
				listing_full_address: listing,
				is_self_show: false,
				confirmed_at: null,
				canceled_at,
				self_show_code_distributed_at: null,
			},
		},
	};
}
