import type { IDataObject } from 'n8n-workflow';

import type { Get } from '../../shared/find/get';
import { DENIED, orElse, ReadFailed } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import type { AppointmentClock } from '../pms';
import { pmsOf, ruleOf, vendorName } from '../pms';
import { newest } from '../records/paging';
import type { ClockOfProperty, PropertyClock } from './timezones';
import { clockOfRows, TIMEZONES } from './timezones';

const isDenied = (cause: unknown): boolean => cause instanceof ReadFailed && cause.hasStatus(DENIED);

/** What is read, or undefined where the token may not read it. */
export async function ifAllowed<T>(reading: Promise<T>): Promise<T | undefined> {
	return await orElse(reading, isDenied, undefined);
}

/** A property by its ID in Propexo or, where that is not known, by that in the PMS. */
interface WhichProperty {
	id?: string;
	xId?: string;
}

/** The clocks of properties as Propexo knows them, with one reading of each list in a run. */
export class PropertyClocks {
	private readonly asked = new Map<string, Promise<IDataObject[] | undefined>>();

	/** @param by which list is read: one for the whole integration, or one for each property */
	constructor(
		private readonly get: Get,
		private readonly by: 'integration' | 'property',
	) {}

	/**
	 * The clock of a property as its PMS goes by it: its own one, or else the one of its whole integration.
	 *
	 * @param integrationId '' where it is not known
	 * @param rule of the PMS; undefined if nothing is known of it
	 * @throws ReadFailed, UndocumentedReply when Propexo does not answer
	 */
	async of(
		integrationId: string,
		which: WhichProperty,
		rule: AppointmentClock | undefined,
	): Promise<ClockOfProperty> {
		const rows = await this.rowsOf(integrationId, which);
		return rows ? clockOfRows(rows, rule?.mayBeOff === true) : { why: 'notAllowed' };
	}

	private async rowsOf(
		integrationId: string,
		{ id = '', xId = '' }: WhichProperty,
	): Promise<IDataObject[] | undefined> {
		const isOwn = ({ property_id, x_property_id }: IDataObject) =>
			id === '' ? xId !== '' && textOf(x_property_id) === xId : textOf(property_id) === id;
		const isOfAll = ({ property_id, x_property_id }: IDataObject) =>
			textOf(property_id) === '' && textOf(x_property_id) === '';
		const own = this.by === 'property' ? await this.ask({ property_id: id }) : [];
		if (!own || own.some(isOwn) || integrationId === '') return own?.filter(isOwn);
		const rows = await this.ask({ integration_id: integrationId });
		return rows?.some(isOwn) ? rows.filter(isOwn) : rows?.filter(isOfAll);
	}

	private async ask(query: { property_id: string } | { integration_id: string }) {
		const key = JSON.stringify(query);
		const rows = this.asked.get(key) ?? ifAllowed(newest(this.get, TIMEZONES, query));
		this.asked.set(key, rows);
		return await rows;
	}
}

/**
 * The clock of a property, or else the one that its PMS goes by where Propexo has none of the property.
 *
 * @param rule of the PMS; undefined if nothing is known of it
 */
export const clockThere = (
	rule: AppointmentClock | undefined,
	own: PropertyClock | { why: string },
): PropertyClock | undefined => {
	if ('zone' in own) return own;
	if (own.why !== 'none' || rule?.otherwise === undefined) return undefined;
	return { zone: rule.otherwise, errorSeconds: 0 };
};

/** @noMessage A part of messages. */
export const UNCLEAR = "Propexo's time zones of the property cannot be read, or differ";

/** @noMessage They end the message below. */
const NO_CLOCK = {
	unknown: 'Propexo does not say which property it is.',
	none: "Propexo does not give the property's time zone.",
	notAllowed: 'the token has no right to read time zones.',
	unclear: `${UNCLEAR}.`,
};

/**
 * The clock by which a PMS writes the times of appointments, or why it is not known.
 *
 * @param own the clock of the property
 * @cause In the column `problem`: the PMS writes times without an offset, and nobody says in which time zone.
 * @cure Look the time up in the PMS.
 */
export function clockOfPms(vendor: unknown, own: ClockOfProperty): PropertyClock | { problem: string } {
	const clock = pmsOf(vendor)?.appointments;
	const rule = ruleOf(clock);
	if (rule.by === 'dispute') {
		return {
			problem: `It has no offset, and Propexo's documents disagree whether ${vendorName(vendor)} writes UTC or local time.`,
		};
	}
	if (rule.by === 'ownZone') return { zone: rule.zone, errorSeconds: 0 };
	return clockThere(clock, own) ?? { problem: `It has no offset, and ${NO_CLOCK[own.why ?? 'none']}` };
}
