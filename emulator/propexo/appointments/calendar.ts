import { instantOf, wallOf } from '../../data/wallClock.ts';
import type { JsonObject } from '../../json.ts';
import type { Booking, PropexoWorld, SyncedRecord } from '../world.ts';
import { clockErrorOf, clockOf, zoneOf } from './clock.ts';

const MINUTE = 60_000;
/** Opening hours of every property, by its own clocks. */
const HOURS = { opening: '09:00:00', closing: '18:00:00' } as const;
/** Length of an appointment, and the shortest notice, in minutes, unless said otherwise. */
const LENGTH = 30;
const NOTICE = 60;

/** How many appointments a calendar holds at a time: an agent has one, some properties have two. */
const capacityOf = ({ id, roles }: SyncedRecord): number =>
	roles === undefined && Number(/\d+$/.exec(id)?.[0]) % 2 === 0 ? 2 : 1;

/** The times of an appointment as its fields say them; undefined where one of them is missing. */
export function spanOf(
	{ settings, data }: PropexoWorld,
	property: SyncedRecord,
	body: JsonObject,
): Pick<Booking, 'start' | 'end'> | undefined {
	const { appointment_date: date, appointment_time: time, appointment_duration_minutes: length } = body;
	if (typeof date !== 'string' || typeof time !== 'string') return undefined;
	// The schema's pattern has no beginning and no end: more may stand around the time.
	const [clock = ''] = /\d\d:\d\d:\d\d/.exec(time) ?? [];
	const said = instantOf(date.slice(0, 10), clock, clockOf(settings, data, property));
	// A server whose clock is ahead shows a time that it is told when it is less late in truth.
	const start = said - clockErrorOf(data, property) * 1_000;
	return { start, end: start + Number(length ?? LENGTH) * MINUTE };
}

/** Whether a calendar has room at these times, for others than the appointment `id`. */
export function hasRoom(
	{ bookings }: PropexoWorld,
	calendar: SyncedRecord,
	{ start, end }: Pick<Booking, 'start' | 'end'>,
	id?: string,
): boolean {
	const taken = bookings.rows.filter(
		(other) =>
			!other.cancelled &&
			other.calendar === calendar.id &&
			other.id !== id &&
			other.start < end &&
			other.end > start,
	);
	return taken.length < capacityOf(calendar);
}

/** The days that are asked for, by the clock of the PMS. */
export interface Asked {
	from: string;
	days: number;
	minutes: number;
}

/** One calendar as availability shows it: its days, and in them the free times, by the clock of the PMS. */
export function calendarOf(
	world: PropexoWorld,
	property: SyncedRecord,
	agent: SyncedRecord | undefined,
	{ from, days, minutes }: Asked,
): JsonObject {
	const zone = clockOf(world.settings, world.data, property);
	const [first = null, ...rest] = typeof agent?.['name'] === 'string' ? agent['name'].split(' ') : [];
	const capacity = capacityOf(agent ?? property);
	return {
		last_seen: new Date().toISOString(),
		calendar_type: agent ? 'AGENT_CALENDAR' : 'PROPERTY_CALENDAR',
		x_agent_id: agent?.x_id ?? null,
		agent_first_name: first,
		agent_last_name: rest.join(' ') || null,
		default_appointment_length: LENGTH,
		minimum_appointment_lead_time: NOTICE,
		// RealPage does not tell its setting.
		timezone: property.integration_vendor.startsWith('REALPAGE') ? null : zone,
		calendar_days: Array.from({ length: days }, (_, day) => {
			const date = dayAfter(from, day);
			const [opening, closing] = [HOURS.opening, HOURS.closing].map((time) =>
				instantOf(date, time, zoneOf(property)),
			) as [number, number];
			return {
				date,
				day_of_week: weekdayOf(date),
				opening_time: wallOf(opening, zone).time,
				closing_time: wallOf(closing, zone).time,
				simultaneous_appointment_mode: capacity === 1 ? 'SINGLE' : 'MULTIPLE',
				max_simultaneous_appointments: capacity,
				available_slots: slotsBetween(opening, closing, minutes * MINUTE)
					.filter((slot) => slot.start >= Date.now() + NOTICE * MINUTE)
					.filter((slot) => hasRoom(world, agent ?? property, slot))
					.map(({ start, end }) => ({
						start: wallOf(start, zone).time,
						end: wallOf(end, zone).time,
					})),
			};
		}),
		x_property_id: property.x_id,
	};
}

function slotsBetween(opening: number, closing: number, length: number): Pick<Booking, 'start' | 'end'>[] {
	const count = Math.floor((closing - opening) / length);
	return Array.from({ length: count }, (_, index) => ({
		start: opening + index * length,
		end: opening + (index + 1) * length,
	}));
}

const dayAfter = (date: string, days: number): string =>
	new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);

const weekdayOf = (date: string): string =>
	new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })
		.format(Date.parse(`${date}T00:00:00Z`))
		.toUpperCase();
