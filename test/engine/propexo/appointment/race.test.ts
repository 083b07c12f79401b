import { DateTime } from 'luxon';

import { useNewServices } from '../../support/services.ts';
import type { Booking } from '../support/appointments.ts';
import { book, bookingAt, leadsAt, writesTo } from '../support/appointments.ts';

const services = useNewServices({
	propexo: { jobMs: 0, limit: 1e9 },
	timing: { rate: { requests: 1e6 }, lookUpAfterMs: [20, 60] },
});
const propexo = () => services.emulator.propexo;

const SLOTS = 50;
/** Executions at the same time; in each, an agent for each slot. */
const EXECUTIONS = 4;
const INTEGRATION = 'int_appfolio_1';

const startOf = (slot: number): string =>
	DateTime.utc(2027, 7, 1, 15)
		.plus({ days: Math.floor(slot / 10), minutes: 30 * (slot % 10) })
		.toISO() ?? '';

/** The agents of one execution. Each books for a different lead, and wants a different slot. */
function agentsOf(execution: number): Booking[] {
	const [lead] = leadsAt(services, INTEGRATION);
	return Array.from({ length: SLOTS }, (_, slot) => {
		const id = `racer_${execution}_${slot}`;
		propexo().data.leads.add({ ...lead!, id });
		return { ...bookingAt(services, INTEGRATION, startOf(slot)), lead: id };
	});
}

it('200 agents race for 50 slots, and some replies are lost: 50 are booked, 150 are told, none twice', async () => {
	const agents = Array.from({ length: EXECUTIONS }, (_, execution) => agentsOf(execution));
	const path = '/v1/events/appointments/leads';
	// Of those that win and of those that come too late.
	for (const after of [3, 40, 77, 120]) {
		const fault = { close: 'after' as const, times: 3, after };
		propexo().faults.add({ match: { method: 'POST', path }, ...fault });
	}
	const runs = await Promise.all(
		agents.map((items) => book(services, items, { outcomeUnknown: 'lookUp' })),
	);
	const told = runs.flatMap(({ success }) => success.map(({ json }) => json));
	const isTaken = (json: (typeof told)[number]) =>
		String(json.error).includes('slot taken: the PMS refused it') &&
		(json.details as { slot_taken?: boolean }).slot_taken === true;
	expect(told.filter(({ write_status }) => write_status === 'SUCCESS')).toHaveLength(SLOTS);
	expect(told.filter(isTaken)).toHaveLength(SLOTS * (EXECUTIONS - 1));
	// Each agent sent once, though some got no reply.
	expect(writesTo(services)).toHaveLength(SLOTS * EXECUTIONS);
	const jobs = told.map(({ job_id, details }) => job_id ?? (details as { job_id?: string }).job_id);
	expect(new Set(jobs).size).toBe(SLOTS * EXECUTIONS);
	// Each slot has one winner, who was told so.
	const winners = runs.flatMap(({ success }, execution) =>
		success.flatMap(({ json }, slot) => (json.write_status === 'SUCCESS' ? [[slot, execution]] : [])),
	);
	expect(new Set(winners.map(([slot]) => slot)).size).toBe(SLOTS);
	for (const { json } of runs.flatMap(({ success }) => success))
		if (json.error === undefined) expect(json.created_record_id).toEqual(expect.any(String));
});
