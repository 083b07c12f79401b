import { propexoRecords } from '../emulator/propexo/records/seed.ts';
import type { BenchEvent } from './events.ts';

/** Leads of the emulator in the cases that find some: as many that the integration below has 4,000. */
export const LEADS = 7_222;
/** The integration that has most of them. */
export const INTEGRATION = 'int_entrata_1';
/** Any event type will do: nobody looks for it. */
export const EVENT_TYPE = 'etype_1';
/** How many people call, in the case with phone numbers. */
export const CALLERS = 50;

/** What the leads are named by. */
export type Held = 'phone' | 'email';

/** One row of a file: an event, and what it holds of the lead instead of an ID. */
export type FoundEvent = BenchEvent & { who: string };

let leads: Array<{ email: string; phone: string }> | undefined;

/** The same leads as the emulator has, in another process. */
function known() {
	leads ??= propexoRecords('demo', LEADS)
		.leads.rows.filter(({ integration_id }) => integration_id === INTEGRATION)
		.map(({ email_1, phone_1 }) => ({ email: email_1 ?? '', phone: phone_1 ?? '' }));
	return leads;
}

/**
 * The events with what their leads are found by: a few phone numbers that come again and again, or an email address
 * each. Where there are more events than leads, the last addresses are of strangers.
 *
 * @param apart for an event that must not make a lead known that is looked for later
 */
export function withWho(events: BenchEvent[], held: Held, apart: boolean): FoundEvent[] {
	return events.map((event) => {
		const index = Number(event.lead_id.replace('lead_', '')) - 1;
		const lead = apart ? known().at(-1) : known()[held === 'phone' ? index % CALLERS : index];
		return { ...event, who: lead?.[held] ?? `stranger${index}@example.com` };
	});
}
