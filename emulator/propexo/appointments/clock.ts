import { cityOf } from '../../data/names.ts';
import type { PropexoData, SyncedRecord } from '../world.ts';
import type { PropexoSettings } from '../../types.ts';

/** Where a property is: its own time zone. */
export const zoneOf = (property: SyncedRecord): string => cityOf(property).zone;

/**
 * The time zone by which a PMS reads dates and times of appointments. Source: the time zone section of Propexo's guide to
 * appointments, and the pages of the PMSs.
 */
export function clockOf(
	{ resmanClock }: PropexoSettings,
	{ timezones }: PropexoData,
	property: SyncedRecord,
): string {
	const own = zoneOf(property);
	switch (property.integration_vendor) {
		case 'ENTRATA':
			return 'America/Denver';
		case 'RENTMANAGER':
			return timezones.rows.some((row) => row.property_id === property.id) ? own : 'America/New_York';
		case 'RESMAN':
			return resmanClock === 'UTC' ? 'UTC' : own;
		default:
			return own;
	}
}

/**
 * By how many seconds the server of a property's PMS is ahead. Propexo's OpenAPI file says "off by", and nobody says in
 * which direction: ahead is a choice of the emulator.
 */
export function clockErrorOf({ timezones }: PropexoData, property: SyncedRecord): number {
	if (!property.integration_vendor.startsWith('YARDI')) return 0;
	const row = timezones.rows.find(({ property_id }) => property_id === property.id);
	return Number(row?.['server_time_error_seconds'] ?? 0);
}
