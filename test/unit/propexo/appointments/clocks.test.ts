import type { AppointmentClock } from '../../../../nodes/Propexo/pms';
import { knownPms, pmsOf } from '../../../../nodes/Propexo/pms';
import { clockFor } from '../../../../nodes/Propexo/appointments/clockOfStart';
import { clockOfPms } from '../../../../nodes/Propexo/appointments/propertyClocks';

/** The clock that a new time is sent in, and the one that a time of the PMS is read in, for a property in Chicago. */
function clocksOf(vendor: string, rule: AppointmentClock | undefined) {
	const property = { zone: 'America/Chicago', errorSeconds: 0 };
	const known = { start: '2026-03-01T14:30:00Z', pms: vendor, rule, property };
	const sent = clockFor({ ...known, zones: [], zone: 'UTC', isZoneChosen: false });
	const read = clockOfPms(vendor, property);
	return { sent: 'zone' in sent && sent.zone, read: 'zone' in read && read.zone };
}

describe('A time of an appointment', () => {
	it.each(knownPms())('of %s is read by the clock that it is sent in', (vendor, { appointments }) => {
		const { sent, read } = clocksOf(vendor, appointments);
		expect(read).toBe(sent);
	});

	it('has no clock where the documents disagree, though one of them names a zone', () => {
		const { appointments: rule } = pmsOf('RESMAN') ?? {};
		expect(rule?.disputed).toBeDefined();
		Object.assign(rule ?? {}, { zone: 'UTC' });
		expect(clocksOf('RESMAN', rule)).toEqual({ sent: false, read: false });
	});
});
