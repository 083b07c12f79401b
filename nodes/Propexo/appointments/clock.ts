import { DateTime } from 'luxon';

import type { Problem, Remark } from '../../shared/fields/item';
import { faultOfZone, iso } from '../../shared/fields/times/clock';
import type { AppointmentClock } from '../pms';
import { inWords } from './moment';
import type { PropertyClock } from '../records/timezones';

/*
 * The time of an appointment. An item gives a moment; a PMS takes a date and a time of day without an offset, by a clock of
 * its own (`AppointmentClock`). A clock that nobody is sure of is not guessed.
 */

/** The values of the option *Appointment Clock*. */
export type ChosenClock = 'property' | 'utc';

/** What is known of one item. */
export interface Known {
	/** The moment, ISO with an offset. */
	start: string;
	/** Its PMS, as users know it, and the clock of that. */
	pms: string;
	rule?: AppointmentClock;
	/**
	 * The clock of the property; undefined if Propexo knows none. `unknown` if the property is not known, as of a person
	 * who is too new to be read; `unread` if Propexo did not answer.
	 */
	property: PropertyClock | undefined | 'unknown' | 'unread';
	/** The option *Appointment Clock*. */
	chosen?: ChosenClock;
	/** The time zone of the item: the option *Time Zone*, or else the workflow's. */
	zone: string;
	/** The option is set. */
	isZoneChosen: boolean;
}

/** The date and the time of day that are sent, and the time as the property's clocks show it. */
export interface Told {
	date: string;
	time: string;
	/** ISO, with the property's offset. */
	start: string;
	/** For a message to the renter: "Sunday, March 1, 2026, 2:30 PM CST". */
	text: string;
	/** The time zone of both. */
	zone: string;
	remarks: Remark[];
}

export const START = 'Start';
/** What it puts into the request. */
export const START_PARTS = ['appointment_date', 'appointment_time'] as const;
const CLOCK = 'Appointment Clock';

/** A clock, and what a hint says of it. */
type Found = { zone: string; errorSeconds?: number; remark?: string } | { wrong: string; passing?: true };

const wallIn = (start: string, zone: string): string =>
	DateTime.fromISO(start, { zone }).toFormat('yyyy-MM-dd HH:mm');

/** The clock of a PMS of whose clock the documents say nothing, or not the same everywhere. */
function unsure(known: Known): Found {
	const { start, pms, rule, property, chosen } = known;
	if (chosen === 'utc') return { zone: 'UTC' };
	if (chosen === 'property') return ofProperty(known);
	if (!rule?.disputed) {
		const found = ofProperty(known);
		if ('wrong' in found) return found;
		const own = `was told by the property's clock, as most PMSs want it; Propexo's documents do not say so of ${pms}. If ${pms} shows another time, set the option '${CLOCK}'`;
		return { ...found, remark: found.remark ?? own };
	}
	const there =
		typeof property === 'object' ? ` and ${wallIn(start, property.zone)} by the property's` : '';
	return {
		wrong: `cannot be told for sure: by which clock ${pms} takes it, Propexo's documents do not agree on (${rule.disputed}). It would be ${wallIn(start, 'UTC')} by the clock of UTC${there}. Look at an appointment in ${pms} that came through Propexo, then set the option '${CLOCK}'`,
	};
}

/** The clock of the property. */
function ofProperty({ start, pms, rule, property, zone, isZoneChosen }: Known): Found {
	if (property === 'unread') {
		const wrong = `cannot be told by the property's clock: Propexo did not tell its time zone. Run it again later. If this stays so, see to it that the token may read people, properties and time zones`;
		return { wrong, passing: true };
	}
	if (typeof property === 'object') {
		const errorSeconds = rule?.mayBeOff ? property.errorSeconds : 0;
		const remark =
			errorSeconds === 0
				? undefined
				: `was told by the clock of ${pms}, which is off by ${errorSeconds / 60} minutes, as Propexo says. Check that ${pms} shows the right time`;
		return { zone: property.zone, errorSeconds, remark };
	}
	if (property === undefined && rule?.otherwise !== undefined) return { zone: rule.otherwise };
	const fault = faultOfZone(zone);
	if (fault !== undefined)
		return {
			wrong: `has to be told by the property's clock, and the time zone of the workflow ${fault}`,
		};
	if (isZoneChosen) return { zone };
	return ofWorkflow(start, zone);
}

/** Nobody said where the property is: a time that is the workflow's can be taken as it is written, and no other. */
function ofWorkflow(start: string, zone: string): Found {
	const set = "set the option 'Time Zone' to that of the property, such as America/Chicago";
	const given = DateTime.fromISO(start, { setZone: true });
	const there = given.setZone(zone);
	if (given.offset !== there.offset || there.zone.isUniversal) {
		return {
			wrong: `is ${iso(given)}, and Propexo does not tell in which time zone the property is, so its own time cannot be told. ${set.charAt(0).toUpperCase()}${set.slice(1)}`,
		};
	}
	return {
		zone,
		remark: `was told by the clocks of ${zone}, the workflow's time zone, because Propexo does not tell that of the property. If the property is elsewhere, ${set}`,
	};
}

const clockFor = (known: Known): Found => {
	const { rule } = known;
	if (rule?.zone !== undefined) return { zone: rule.zone };
	return rule === undefined || rule.disputed ? unsure(known) : ofProperty(known);
};

/** Tells the time of an appointment by the clock of its PMS, and by that of the property. */
export function tellStart(known: Known): Told | { problem: Problem } {
	const { start, property, zone } = known;
	const clock = clockFor(known);
	// No other start makes a clock known.
	if ('wrong' in clock) return { problem: { label: START, needsPerson: true, ...clock } };
	const at = DateTime.fromISO(start, { zone: clock.zone }).plus({ seconds: clock.errorSeconds ?? 0 });
	if (at.getPossibleOffsets().length > 1) {
		const wrong = `is ${at.toFormat('HH:mm')} by the clocks of ${clock.zone}, by which ${known.pms} takes it, and they show that time twice on that day. Choose another time`;
		return { problem: { label: START, wrong } };
	}
	const shownIn =
		typeof property === 'object' ? property.zone : faultOfZone(zone) === undefined ? zone : clock.zone;
	const shown = DateTime.fromISO(start, { zone: shownIn });
	return {
		date: at.toFormat('yyyy-MM-dd'),
		time: at.toFormat('HH:mm:ss'),
		start: iso(shown),
		text: inWords(shown),
		zone: shownIn,
		remarks: clock.remark === undefined ? [] : [{ label: START, remark: clock.remark }],
	};
}
