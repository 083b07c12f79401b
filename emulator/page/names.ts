import type { Emulator } from '../emulator.ts';
import type { NameOf } from './about.ts';

/** Where an event says whose it is, and the field that names such a person. */
const OWNERS = [
	['associated_lead_ids', 'lead_id'],
	['associated_applicant_ids', 'applicant_id'],
	['associated_resident_ids', 'resident_id'],
] as const;

/** Names of the people, the event types and the users that requests are about. They are read each time: a reset replaces them. */
export function namesIn({ propexo, rentEngine }: Emulator): NameOf {
	const person = (one: { first_name?: unknown; last_name?: unknown } | undefined): string | undefined =>
		one && `${String(one.first_name)} ${String(one.last_name)}`;
	const by: Record<string, (id: string) => string | undefined> = {
		lead_id: (id) => person(propexo.data.leads.get(id)),
		applicant_id: (id) => person(propexo.data.applicants.get(id)),
		resident_id: (id) => person(propexo.data.residents.get(id)),
		event_id: (id) => {
			const event: Record<string, unknown> = propexo.data.events.get(id) ?? {};
			const owners = OWNERS.flatMap(([list, field]) => {
				const ids = event[list];
				return Array.isArray(ids) ? ids.map((one) => by[field]?.(String(one))) : [];
			});
			return owners.find((name) => name !== undefined);
		},
		event_type_id: (id) => {
			const name = propexo.data.eventTypes.get(id)?.['name'];
			return typeof name === 'string' ? name : undefined;
		},
		prospect_id: (id) => rentEngine.data.prospects.get(id)?.name,
		user_id: (id) => rentEngine.data.users.find((user) => user.id === id)?.name,
	};
	return (field, id) => by[field]?.(String(id));
}
