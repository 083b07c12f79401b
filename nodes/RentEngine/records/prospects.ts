import type { IDataObject } from 'n8n-workflow';

import type { NumberField } from '../../shared/fields/field';
import { emailAlike, phoneAlike, phoneForm } from '../../shared/find/alike';
import type { Ages, Findable, Finder } from '../../shared/find/findable';
import type { Get } from '../../shared/find/get';
import { NothingThere } from '../../shared/find/get';
import { textOf, withCommas } from '../../shared/json/text';
import { DAY_MS } from '../../shared/json/time';
import { collect } from '../../shared/read/pages';
import { isInBulk } from './eventTypes';
import { pagesOf } from './paging';
import { createdWithin, withZones } from './times';
import { unitNames } from './units';

/*
 * How prospects are found. RentEngine has no filter by phone number or email address, so all prospects of the last
 * days are read. Source: public clients of 2026, which filter only by time.
 */

const DEFAULT_DAYS = 90;

/** How far back prospects are looked for. */
export const lookBackOption: NumberField = {
	name: 'lookBackDays',
	label: 'Look Back (Days)',
	kind: 'wholeNumber',
	default: DEFAULT_DAYS,
	min: 1,
	max: 3_650,
	description:
		'How old a prospect may be, in days, to be found by phone number or email address. RentEngine cannot search, so more days mean more to read.',
	local: true,
};

/** Somebody with more prospects than this is no renter but a test record. */
export const MOST_OF_PERSON = 20;

const byPhone: Finder = {
	mode: 'phone',
	is: 'the phone number',
	field: {
		name: 'phone',
		label: 'Phone Number',
		kind: 'phone',
		placeholder: 'e.g. (512) 555-0100',
		refine: (written) =>
			phoneForm(written) === ''
				? /**
					 * @cause The number is too short to find a person by, or there are several.
					 * @cure Give one number with its area code, and one of another country with its country code.
					 */
					{ wrong: 'must be a phone number with its area code, such as (512) 555-0100' }
				: { value: written },
		description: 'In any common form; a number of another country with its country code',
	},
	alike: phoneAlike,
	of: ({ phone }) => [phone],
};

const byEmail: Finder = {
	mode: 'email',
	is: 'the email address',
	field: {
		name: 'email',
		label: 'Email',
		kind: 'email',
		placeholder: 'e.g. nathan@example.com',
		description: 'The address that the prospect gave',
	},
	alike: emailAlike,
	of: ({ email }) => [email],
};

/**
 * Statuses of prospects who are not looking any more. All others count as active, also those that RentEngine adds
 * later.
 */
const NO_LONGER =
	/^(?:application rejected|blocklist prospect|duplicate lead|ghosting|hoa application rejected|moved in|not interested|prescreen rejected|unit of interest unavailable|withdrawn)/i;

/** Whether rows are one person: RentEngine links the prospects of a person by the phone number. */
function havePhoneInCommon(rows: IDataObject[]): boolean {
	const phones = new Set(rows.map(({ phone }) => phoneAlike(textOf(phone))));
	return phones.size === 1 && !phones.has('');
}

/** Whether the phone number of a prospect is a placeholder, which strangers have too. */
const hasNobodysNumber = ({ phone }: IDataObject): boolean =>
	phoneForm(textOf(phone)) !== '' && phoneAlike(textOf(phone)) === '';

/**
 * @cause _Apply Action in Bulk_ assigns all prospects with the phone number of this one, and RentEngine has a placeholder for it,
 * such as 000-000-0000. Strangers have the same one.
 * @cure Turn _Apply Action in Bulk_ off, or correct the number in RentEngine.
 */
const strangersInBulk = () =>
	new NothingThere(
		"The phone number of the prospect found by 'Prospect' is a placeholder, and in bulk RentEngine would assign everybody who has it",
		"Turn 'Apply Action in Bulk' off, or correct the number in RentEngine",
	);

const ages: Ages = {
	// One without a zone would count as one of the clocks of this machine.
	madeAt: (row) => [withZones(row).created_at],
	isActive: ({ status }) => !NO_LONGER.test(textOf(status).trim()),
	// In bulk, RentEngine assigns all prospects of the person, so it does not matter which one is named.
	areOne: ({ values }, rows) => isInBulk(values) && havePhoneInCommon(rows),
	areAlwaysOne: ({ values }, { mode }) => isInBulk(values) && mode === byPhone.mode,
};

/** "101 Oak Street, added 2026-03-01": which unit a prospect is about, and since when it has been there. */
async function tellApart(rows: IDataObject[], get: Get): Promise<string[]> {
	const units = new Map<string, string>();
	const ids = new Set(rows.map(({ unit_of_interest }) => textOf(unit_of_interest)));
	await unitNames(get, ids, units).catch(() => undefined);
	return rows.map(({ unit_of_interest, created_at }) => {
		const day = textOf(created_at).slice(0, 10);
		return withCommas(units.get(textOf(unit_of_interest)), day && `added ${day}`);
	});
}

/** Prospects created in the last `days` or, if it is given, after an ISO time; without those of the last `but` days. */
interface Since {
	days: number;
	after?: string;
	but?: number;
}

async function readSince(get: Get, { days, after, but = 0 }: Since): Promise<IDataObject[]> {
	const daysAgo = (count: number) => new Date(Date.now() - count * DAY_MS).toISOString();
	const created_after = after ?? daysAgo(days);
	const created_before = but > 0 ? daysAgo(but) : undefined;
	const isMeant = createdWithin(created_after, created_before, true);
	return (await collect(pagesOf(get, '/prospects', { created_after, created_before }))).filter(isMeant);
}

/** How far the clocks of RentEngine and of this machine may differ, in ms: hours, where a time zone is set wrong. */
const CLOCKS_MS = DAY_MS;

/** Those who came since a list was read. A list without the last days holds none of them. */
const newer = ({ days, but }: IDataObject, since: number): IDataObject | undefined =>
	but === undefined ? { days, after: new Date(since - CLOCKS_MS).toISOString() } : undefined;

/** Most prospects are assigned soon after they came: where the newest one is meant, these days are read first. */
const FIRST_DAYS = [7, 30];
/** Each portion begins inside the one before: that one may have been read a minute ago. */
const OVERLAP_DAYS = 0.1;

/** The days of a look-back in portions, the newest first. */
function portions({ days }: IDataObject): IDataObject[] {
	const ends = [...FIRST_DAYS.filter((end) => end < Number(days)), Number(days)];
	return ends.map((end, index) => {
		const before = ends[index - 1];
		return before === undefined ? { days: end } : { days: end, but: before - OVERLAP_DAYS };
	});
}

export const findableProspect: Findable = {
	noun: 'prospect',
	plural: 'prospects',
	path: '/prospects',
	modes: [byPhone, byEmail],
	facts: ['created_at', 'phone', 'status', 'unit_of_interest'],
	dependsOn: [],
	ages,
	/** @noMessage It ends the message that nobody was found. */
	advice: `For one who came earlier, set the option 'Look Back (Days)' to more days (${DEFAULT_DAYS} unless set)`,
	where: async ({ values }, { options }) => ({
		list: { days: Number(options.lookBackDays ?? DEFAULT_DAYS) },
		part: {},
		name: async () => undefined,
		expect: (row) => {
			if (isInBulk(values) && hasNobodysNumber(row)) throw strangersInBulk();
		},
	}),
	pathOf: (id) => `/prospects/${id}`,
	agrees: () => true,
	readAll: async (get, { days, after, but }) => ({
		rows: await readSince(get, {
			days: Number(days),
			but: Number(but ?? 0),
			...(typeof after === 'string' && { after }),
		}),
	}),
	portions,
	newer,
	tellApart: async (rows, _, get) => await tellApart(rows, get),
};

/** The same for an operation without the option *Look Back (Days)*. */
export const findableLately: Findable = {
	...findableProspect,
	/** @noMessage It ends the message that nobody was found. */
	advice: `For one who came more than ${DEFAULT_DAYS} days ago, choose 'From List' or 'By ID'`,
};
