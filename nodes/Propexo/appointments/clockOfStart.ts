import { DateTime } from 'luxon';

import { faultOfZone, iso } from '../../shared/fields/times/clock';
import { isPlace } from '../../shared/fields/times/zones';
import type { AppointmentClock, ClockRule } from '../pms';
import { ruleOf } from '../pms';
import { AGAIN } from '../records/facts';
import { clockOff } from './moment';
import { clockThere, UNCLEAR } from './propertyClocks';
import type { ClockOfProperty, PropertyClock } from './timezones';

/*
 * Which clock the time of an appointment goes by: that of its PMS (`AppointmentClock`). An uncertain clock is never guessed.
 */

/** The values of the option *Appointment Clock*. */
export type ChosenClock = 'property' | 'utc';

/** What is known of one item. */
export interface Known {
	/** The moment, ISO with an offset. */
	start: string;
	/** Its PMS, as users know it, and the clock of the PMS. */
	pms: string;
	rule?: AppointmentClock;
	/**
	 * What Propexo says of the clock of the property; `unread` if it did not say which property it is, `unanswered` if it
	 * did not answer about the time zone of that, `noProperty` if the person or the appointment has none.
	 */
	property:
		| ClockOfProperty
		| { why: 'unread' }
		| { why: 'unanswered' }
		| { why: 'noProperty'; whose: string; under: string };
	/** The time zones of all properties that the item names: those of the unit, of *Property* and of the person. */
	zones: string[];
	/** The option *Appointment Clock*. */
	chosen?: ChosenClock;
	/** The time zone of the item: the option *Time Zone*, or else the workflow's. */
	zone: string;
	/** The option is set. */
	isZoneChosen: boolean;
}

const CLOCK = 'Appointment Clock';

/** A clock, and what a hint says of it. */
type ClockFound = { zone: string; remark?: string } | { wrong: string; passing?: true };

const wallIn = (start: string, zone: string): string =>
	DateTime.fromISO(start, { zone }).toFormat('yyyy-MM-dd HH:mm');

/**
 * The clock of a PMS of whose clock the documents say nothing, or not the same everywhere.
 *
 * @cause Propexo's documents do not say, or do not agree, in which time zone the PMS takes the time.
 * @cure Look at an appointment in the PMS that came through Propexo, then set the option _Appointment Clock_.
 */
function unsure(known: Known, rule: ClockRule): ClockFound {
	const { start, pms, property, chosen } = known;
	if (chosen === 'utc') return { zone: 'UTC' };
	if (chosen === 'property') return ofProperty(known);
	if (rule.by !== 'dispute') {
		const found = ofProperty(known);
		if ('wrong' in found) return found;
		const own = `is sent in the property's local time; Propexo's documents do not say what ${pms} takes. If it shows another time, set the option '${CLOCK}'`;
		return { ...found, remark: found.remark ?? own };
	}
	/** @noMessage */
	const there =
		'zone' in property ? ` and ${wallIn(start, property.zone)} in the property's local time` : '';
	return {
		wrong: `is not clear: Propexo's documents disagree whether ${pms} takes UTC or local time (${rule.disputed}). It would be ${wallIn(start, 'UTC')} in UTC${there}. Look at an appointment in ${pms} that came through Propexo, then set the option '${CLOCK}'`,
	};
}

/** @noMessage It ends the messages below, after "Set" or "set". */
const TO_ITS_ZONE = "the option 'Time Zone' to that of the property";
/** @noMessage It begins the messages below. */
const CANNOT = "cannot be converted to the property's local time";
/** @noMessage It ends two hints below. */
const ELSEWHERE = `because Propexo does not give the property's time zone. If it is elsewhere, set ${TO_ITS_ZONE}`;

/**
 * The clock of the property.
 *
 * @cause The PMS takes the local time of the property, and the time zone of the property could not be found out.
 * @cure Run it again later. If the message names a right that the token needs, give it that.
 */
function ofProperty(known: Known): ClockFound {
	const { rule, property, isZoneChosen } = known;
	if (property.why === 'unread') {
		const wrong = `${CANNOT}: Propexo did not say which property it is. ${AGAIN} people and events`;
		return { wrong, passing: true };
	}
	if (property.why === 'unanswered') {
		const wrong = `${CANNOT}: Propexo did not tell the time zone. Run it again later. If this goes on, ask Propexo why`;
		return { wrong, passing: true };
	}
	const apart = areApart(known);
	if (apart !== undefined) return { wrong: apart };
	const there = clockThere(rule, property);
	if (there) return ofServer(known, there);
	const fault = faultOfZone(known.zone);
	if (fault !== undefined)
		return {
			wrong: `${CANNOT}: the time zone of the workflow ${fault}`,
		};
	return isZoneChosen ? ofOption(known) : withoutOption(known);
}

/**
 * Why the item names places whose clocks show different times.
 *
 * @cause The unit, or what is chosen in _Property_, is in another time zone than the property of the person or the appointment.
 * The PMS takes the local time of one of them, and it is not known which.
 * @cure Choose a unit and a _Property_ where the person is; or the person's record at the other property.
 */
function areApart({ start, zones }: Known): string | undefined {
	const [first, ...others] = zones.map((zone) => DateTime.fromISO(start, { zone }));
	const other = others.find(({ offset }) => offset !== first?.offset);
	if (!first || !other) return undefined;
	return `is not clear: 'Unit' or 'Property' is in another time zone than the person or the appointment. It would be ${wallIn(start, first.zoneName ?? '')} or ${wallIn(start, other.zoneName ?? '')}. Choose a unit and a 'Property' where the person is, or the person's record at the other property`;
}

/**
 * The clock of a PMS whose server may be off. Propexo says by how much, but not in which direction, nor whether a time
 * has to be moved by it.
 *
 * @cause Propexo says that the server clock of the PMS is wrong. Nobody knows whether the PMS then shows the time that it gets, or
 * an earlier or a later one.
 * @cure Look at an appointment in the PMS that came through Propexo. If it shows the right time, set _Appointment Clock_ to
 * _Property's Own Time_. If not, ask Propexo to correct it. As a hint: the option was set, and the time was sent as it is.
 */
function ofServer({ start, pms, chosen }: Known, { zone, errorSeconds }: PropertyClock): ClockFound {
	if (errorSeconds === 0) return { zone };
	const off = clockOff(pms, errorSeconds);
	/** @noMessage */
	if (chosen === 'property')
		return {
			zone,
			remark: `is sent in the property's local time, as the option '${CLOCK}' says, although ${off}. Check that ${pms} shows it right`,
		};
	const at = DateTime.fromISO(start, { zone });
	const [own, ...moved] = [0, errorSeconds, -errorSeconds].map((seconds) =>
		at.plus({ seconds }).toFormat('yyyy-MM-dd HH:mm'),
	);
	return {
		wrong: `is not clear: ${off}, but not in which direction. It would be ${own} in the property's local time, or ${moved.join(' or ')} by the server's clock. Look at an appointment in ${pms} that came through Propexo. If its time is right, set the option '${CLOCK}' to 'Property's Own Time'; if not, ask Propexo`,
	};
}

/**
 * The option *Time Zone* says where the property is.
 *
 * @cause The option _Time Zone_ does not fit what Propexo says of the property, or names no place.
 * @cure Set it to the time zone of the property. As a hint: it was taken, because Propexo does not give the time zone.
 */
function ofOption(known: Known): ClockFound {
	const { property, zone } = known;
	if (!isPlace(zone))
		return {
			wrong: `${CANNOT}: the option 'Time Zone' is ${zone}, which is no property's time zone. Set ${TO_ITS_ZONE}`,
		};
	const because = (why: string) => `is sent in ${zone}, as the option 'Time Zone' says: ${why}`;
	if (property.why === undefined) return ofServer(known, property);
	if (property.why === 'notAllowed')
		return { zone, remark: because('the token has no right to read time zones') };
	if (property.why !== 'unclear') return { zone };
	const clock = property.clockIn(zone);
	if (clock) {
		const told = ofServer(known, clock);
		return 'wrong' in told ? told : { remark: because(UNCLEAR), ...told };
	}
	return {
		wrong: `${CANNOT}: ${UNCLEAR}, and the option 'Time Zone', ${zone}, fits none of them. Correct it, or ask Propexo to correct them`,
	};
}

/**
 * Nobody but Propexo says where the property is.
 *
 * @cause The PMS takes the local time of the property, and Propexo does not give its time zone.
 * @cure Set the option _Time Zone_ to that of the property.
 */
function withoutOption(known: Known): ClockFound {
	const { property } = known;
	if (property.why === 'noProperty')
		return {
			wrong: `${CANNOT}: the ${property.whose} has no property in Propexo. Choose 'Property' under '${property.under}', or set ${TO_ITS_ZONE}`,
		};
	if (property.why === 'unclear') return { wrong: `${CANNOT}: ${UNCLEAR}. Set ${TO_ITS_ZONE}` };
	if (property.why === 'notAllowed')
		return {
			wrong: `${CANNOT}: the token has no right to read its time zone. Give it that right, or set ${TO_ITS_ZONE}`,
		};
	return ofWorkflow(known);
}

/**
 * A time that is the workflow's can be taken as it is written, and no other.
 *
 * @cause Propexo does not give the property's time zone. A time of the workflow's own zone is sent with a
 * hint; any other is refused.
 * @cure Set the option _Time Zone_ to that of the property.
 */
function ofWorkflow({ start, zone }: Known): ClockFound {
	const given = DateTime.fromISO(start, { setZone: true });
	// London's winter has the offset of UTC; what was written in UTC ends with Z.
	const isOwn = given.offset === given.setZone(zone).offset && !start.endsWith('Z') && isPlace(zone);
	if (!isOwn) {
		return {
			wrong: `is ${iso(given)}, and ${CANNOT}: Propexo does not give its time zone. Set ${TO_ITS_ZONE}`,
		};
	}
	return {
		zone,
		remark: `is sent in ${zone}, the workflow's time zone, ${ELSEWHERE}`,
	};
}

/** The clock that the PMS of an item goes by. */
export function clockFor(known: Known): ClockFound {
	const rule = ruleOf(known.rule);
	if (rule.by === 'ownZone') return { zone: rule.zone };
	return rule.by === 'property' ? ofProperty(known) : unsure(known, rule);
}

/**
 * What is said of the output, which repeats the time for the renter: by another clock than the property's, perhaps.
 *
 * @cause A hint: the output shows the time in the time zone that the message names, because Propexo does not give that of
 * the property.
 * @cure Set the option _Time Zone_ to that of the property.
 */
export function repeated({ property, isZoneChosen }: Known, shownIn: string): string | undefined {
	if ('zone' in property || isZoneChosen) return undefined;
	return `is shown in the output in ${shownIn}, ${ELSEWHERE}`;
}
