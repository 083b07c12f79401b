import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { nameAlike } from '../../shared/find/alike';
import { tenDigits } from '../../shared/fields/phone';
import { textOf, withCommas } from '../../shared/json/text';
import { fillList, fillOptions } from '../../shared/read/pickers';
import type { PageStart } from '../../shared/read/pages';
import { firstPages } from '../../shared/read/pages';
import { rentEngine } from '../api';
import type { Position } from './newestProspects';
import { newestProspects } from './newestProspects';
import { pagesOf } from './paging';
import { unitName, unitNames } from './units';
import { seenUsers } from './users';

/** This many entries fill one portion of a picker. The editor asks for more when the user scrolls. */
const ENOUGH = 30;
/** The most pages of units that are read for one portion: a person waits for it. */
const MOST_PAGES = 5;

/** Whether all words of a search are in the texts, with or without their accents. Phone numbers are compared by their digits. */
function matches(search: string, texts: string[]): boolean {
	const found = nameAlike(texts.join(' '));
	const digits = texts.map((one) => one.replace(/\D/g, '')).join(' ');
	const ten = tenDigits(search);
	if (ten !== undefined && digits.includes(ten)) return true;
	return search
		.split(/\s+/)
		.filter((word) => word !== '')
		.every((word) => {
			const number = /^[\d\s().+-]+$/.test(word) ? word.replace(/\D/g, '') : '';
			return found.includes(nameAlike(word)) || (number.length >= 3 && digits.includes(number));
		});
}

function readPosition(token: unknown): Position | undefined {
	const [before, span] = textOf(token).split('/').map(Number);
	return before && span ? { before, span } : undefined;
}

/** The picker of prospects: newest first, found by name, phone number, email address, unit or ID. */
export async function searchProspects(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await fillList(this, rentEngine, { plural: 'prospects', filter, paginationToken }, async (get) => {
		const units = new Map<string, string>();
		const unitOf = ({ unit_of_interest }: IDataObject) => units.get(textOf(unit_of_interest)) ?? '';
		const wanted = async (rows: IDataObject[]) => {
			await unitNames(get, new Set(rows.map((row) => textOf(row.unit_of_interest))), units);
			return rows.filter((row) =>
				matches(filter, [
					textOf(row.id),
					textOf(row.name),
					textOf(row.email),
					textOf(row.phone),
					unitOf(row),
				]),
			);
		};
		const { rows, next } = await newestProspects(get, readPosition(paginationToken), wanted, ENOUGH);
		const results = rows.map((row): INodeListSearchItems => {
			const name = textOf(row.name) || textOf(row.email) || textOf(row.phone) || 'Prospect';
			const about = withCommas(unitOf(row), textOf(row.created_at).slice(0, 10), `#${textOf(row.id)}`);
			return { name: `${name} (${about})`, value: Number(row.id) };
		});
		return { results, ...(next && { paginationToken: `${next.before}/${next.span}` }) };
	});
}

/** The picker of units, found by address, status or ID. */
export async function searchUnits(
	this: ILoadOptionsFunctions,
	filter = '',
	paginationToken?: unknown,
): Promise<INodeListSearchResult> {
	return await fillList(this, rentEngine, { plural: 'units', filter, paginationToken }, async (get) => {
		const results: INodeListSearchItems[] = [];
		let next: PageStart | undefined;
		const pages = pagesOf(get, '/units', {}, Number(paginationToken ?? 0));
		for await (const page of firstPages(pages, MOST_PAGES)) {
			next = page.next;
			for (const row of page.rows) {
				if (!matches(filter, [textOf(row.id), unitName(row), textOf(row.status)])) continue;
				const about = withCommas(row.status, `#${textOf(row.id)}`);
				results.push({ name: `${unitName(row)} (${about})`, value: Number(row.id) });
			}
			if (results.length >= ENOUGH) break;
		}
		results.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
		return { results, ...(next && { paginationToken: textOf(next.page) }) };
	});
}

/**
 * @cause The list of users is opened, and nobody was assigned or invited lately.
 * @cure Set _Choose Users_ to _By ID_ and enter the IDs of the users.
 */
const NO_USERS = {
	plural: 'users',
	advice: "None was seen in recent assignments or showings. Set 'Choose Users' to 'By ID' and enter their IDs",
};

/** The users to choose from: those seen in recent assignments and showing times. */
export async function getUsers(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return await fillOptions(this, rentEngine, NO_USERS, async (get) => {
		const users = await seenUsers(get);
		return users.map(({ id, assignments, latest = '', address = '' }) => ({
			name: id,
			value: id,
			description:
				assignments === 0
					? 'Invited to showings'
					: `Assigned ${assignments === 1 ? 'once' : `${assignments} times`} lately, last on ${latest.slice(0, 10)}${address ? ` (${address})` : ''}`,
		}));
	});
}
