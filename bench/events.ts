/** One event as a CRM might report it; it carries the names of Propexo's API. */
export type BenchEvent = Record<(typeof FIELDS)[number], string>;

/** What every contestant sends, by the API's names. */
export const FIELDS = ['integration_id', 'lead_id', 'event_name', 'event_datetime', 'notes'] as const;

/**
 * The same events for every contestant, each with its own lead. In the ledger they are told apart by their notes.
 *
 * @param from number of the first one, so that two processes do not send the same
 */
export function eventsOf(count: number, from = 0): BenchEvent[] {
	return Array.from({ length: count }, (_, index) => ({
		integration_id: 'int_any',
		lead_id: `lead_${from + index + 1}`,
		event_name: 'Website chat',
		event_datetime: '2026-03-02T15:04:05.000Z',
		notes: `Asked for a two-bedroom with parking, ${from + index + 1}`,
	}));
}
