/** One row of the table: an event that a system holds, or one that is missing. */
export interface Row {
	system: string;
	/** What happened, for people. */
	event: string;
	/** ID the system gave it; empty when it is missing. */
	id: string;
	/** The lead or prospect. */
	who: string;
	what: string;
}

const HEADS: Row = {
	system: 'System',
	event: 'Event',
	id: 'ID',
	who: 'Lead / prospect',
	what: 'What it holds',
};
const COLUMNS = ['system', 'event', 'id', 'who', 'what'] as const;

/**
 * Lays rows out as a table of text.
 * @param width columns of the terminal; what does not fit is cut
 */
export function table(rows: Row[], width: number): string {
	const all = [HEADS, ...rows];
	const widths = COLUMNS.map((column) => Math.max(...all.map((row) => row[column].length)));
	const line = (row: Row): string => {
		const text = COLUMNS.map((column, index) => row[column].padEnd(widths[index] ?? 0))
			.join('  ')
			.trimEnd();
		return text.length > width ? `${text.slice(0, width - 1)}…` : text;
	};
	const rule = '─'.repeat(
		Math.min(
			width,
			widths.reduce((sum, one) => sum + one + 2, -2),
		),
	);
	return [line(HEADS), rule, ...rows.map(line)].join('\n');
}

type Body = Record<string, unknown>;

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

/** The person of an event: the lead (Propexo) or the prospect (RentEngine). */
export const whoOf = (body: Body): string => text(body['lead_id'] ?? body['prospect_id'] ?? body['prospect']);

/** An event as a system holds it, in a few words. */
export function whatOf(body: Body): string {
	const context = (body['context'] ?? {}) as Body;
	const users = context['assignedToUserIds'];
	const parts = [
		body['call_status'] !== undefined &&
			`${text(body['call_status'])} ${text(body['call_duration'])} s, ${text(body['call_phone_number_from'])} → ${text(body['call_phone_number_to'])}`,
		body['email_subject'] !== undefined && `"${text(body['email_subject'])}" → ${text(body['email_to'])}`,
		body['appointment_datetime'] !== undefined &&
			`${text(body['appointment_datetime'])} ${text(body['unit_id'])}`.trim(),
		Array.isArray(users) && `${users.length} ${users.length === 1 ? 'user' : 'users'}`,
		text(body['event_name']),
		text(body['notes']),
	];
	return parts.filter(Boolean).join(' · ');
}
