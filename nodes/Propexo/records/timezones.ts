import type { IDataObject } from 'n8n-workflow';

import type { Get } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import { newest } from './paging';

/*
 * The time zones of properties. Source: GET /v1/timezones/ of Propexo's OpenAPI file. It gives no name of a zone, but the
 * offset of its standard time, and whether the clocks change in summer.
 */

export const TIMEZONES = '/v1/timezones/';

/** The clock of a property. */
export interface PropertyClock {
	/** Its time zone: an IANA name or, where the clocks never change, an offset such as `UTC-05:00`. */
	zone: string;
	/** By how many seconds the server of the PMS is ahead, in whole minutes. */
	errorSeconds: number;
}

/** The time zones of the US and Canada whose clocks change in summer, by the offset of their standard time. */
const WITH_SUMMER_TIME: Record<string, string | undefined> = {
	'-03:30': 'America/St_Johns',
	'-04:00': 'America/Halifax',
	'-05:00': 'America/New_York',
	'-06:00': 'America/Chicago',
	'-07:00': 'America/Denver',
	'-08:00': 'America/Los_Angeles',
	'-09:00': 'America/Anchorage',
	'-10:00': 'America/Adak',
};

/** Those whose clocks never change, where people know them by a name. */
const WITHOUT: Record<string, string | undefined> = {
	'-04:00': 'America/Puerto_Rico',
	'-07:00': 'America/Phoenix',
	'-10:00': 'Pacific/Honolulu',
};

/**
 * The time zone of a row. Undefined if the row does not say whether the clocks change, or they change where nobody said
 * when.
 */
export function zoneOfRow({ offset, observes_daylight_savings: changes }: IDataObject): string | undefined {
	const standard = textOf(offset);
	if (!/^[-+]\d{2}:\d{2}$/.test(standard) || typeof changes !== 'boolean') return undefined;
	return changes ? WITH_SUMMER_TIME[standard] : (WITHOUT[standard] ?? `UTC${standard}`);
}

/** Times are shown to the minute; a server that is some seconds off shows the same. */
const wholeMinutes = (seconds: number): number => Math.round(seconds / 60) * 60;

const clockOfRow = (row: IDataObject): PropertyClock[] => {
	const zone = zoneOfRow(row);
	const errorSeconds = wholeMinutes(Number(row.server_time_error_seconds) || 0);
	return zone === undefined ? [] : [{ zone, errorSeconds }];
};

/** The clock that all rows agree on. */
export function agreed(rows: IDataObject[]): PropertyClock | undefined {
	const clocks = rows.filter(({ is_active }) => is_active !== false).flatMap(clockOfRow);
	const [first] = clocks;
	const isSame = ({ zone, errorSeconds }: PropertyClock) =>
		zone === first?.zone && errorSeconds === first.errorSeconds;
	return clocks.every(isSame) ? first : undefined;
}

/** The clocks of properties, each asked for once in a run. */
export class PropertyClocks {
	private readonly asked = new Map<string, Promise<PropertyClock | undefined>>();

	constructor(private readonly get: Get) {}

	/**
	 * The clock of a property: its own one, or else the one that Propexo has for the whole integration.
	 *
	 * @param integrationId '' where it is not known
	 * @returns undefined if Propexo knows none
	 * @throws ReadFailed, UndocumentedReply when Propexo does not tell
	 */
	async of(propertyId: string, integrationId: string): Promise<PropertyClock | undefined> {
		const own = await this.ask({ property_id: propertyId });
		if (own || integrationId === '') return own;
		return await this.ask({ integration_id: integrationId });
	}

	private async ask(query: { property_id: string } | { integration_id: string }) {
		const key = JSON.stringify(query);
		const known = this.asked.get(key) ?? this.read(query);
		this.asked.set(key, known);
		return await known;
	}

	private async read(query: { property_id?: string; integration_id?: string }) {
		const wanted = query.property_id ?? '';
		const isWanted = ({ property_id }: IDataObject) => textOf(property_id) === wanted;
		return agreed(await newest(this.get, TIMEZONES, query, Infinity, isWanted));
	}
}
