import { cityOf } from '../../data/names.ts';
import { instantOf, wallOf } from '../../data/wallClock.ts';
import type { RentEngineData, UnitRecord } from '../world.ts';

const DAY_MS = 86_400_000;
/** Windows are shown for this many days, from tomorrow on. */
const DAYS = 5;
/** When a unit can be shown, and when its manager likes it best, by the clocks of the unit. */
const AVAILABLE = ['09:00:00', '17:00:00'] as const;
const PREFERRED = ['11:00:00', '15:00:00'] as const;

/** A time in which a unit can be shown. */
export interface Window {
	start: string;
	end: string;
	invitedUserIdsArray: string[];
	showingMethodsAvailable: string[];
}

/** The windows of a unit, of both kinds. */
export interface Windows {
	zone: string;
	preferred: Window[];
	available: Window[];
}

/** How the units of the emulated account are shown. */
export const SHOWING_METHODS = ['Accompanied', 'Self Guided'];

const seconds = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** When a unit can be shown. The users invited are the one place that tells IDs of users. */
export function windowsOf({ users }: RentEngineData, { id, address }: UnitRecord): Windows {
	const { zone } = cityOf(typeof address === 'object' ? address : {});
	const invited = users.filter((_, index) => index % 3 === id % 3).map((user) => user.id);
	const days = Array.from({ length: DAYS }, (_, day) => wallOf(Date.now() + (day + 1) * DAY_MS, zone).date);
	const windows = ([from, until]: readonly [string, string]): Window[] =>
		days.map((date) => ({
			start: seconds(instantOf(date, from, zone)),
			end: seconds(instantOf(date, until, zone)),
			invitedUserIdsArray: invited,
			showingMethodsAvailable: SHOWING_METHODS,
		}));
	return { zone, preferred: windows(PREFERRED), available: windows(AVAILABLE) };
}

/** The short name of a time zone at present, such as CST. */
export function abbreviationOf(zone: string): string {
	const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'short' }).formatToParts();
	return parts.find(({ type }) => type === 'timeZoneName')?.value ?? zone;
}
