import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { cleaned } from '../fields/cleaned';
import type { Connection } from '../http/connection';
import { connect } from '../http/connection';
import type { Service } from '../http/service';
import { isObject } from '../json/objects';
import { textOf } from '../json/text';
import { nodeError } from '../report/errors';
import type { Get } from '../find/get';
import { NothingThere, reader, ReadFailed, whyUnusable } from '../find/get';

/*
 * The lists from which people choose in the editor, and what they say where there is nothing to choose.
 */

/** The modes of a locator whose value is the record's ID; '' is that of a node that was not opened yet. */
const HOLD_IDS = ['list', 'id', ''];

/**
 * The ID that a resource locator of the node holds at the moment; '' for none. An expression that the editor could not
 * resolve counts as none.
 *
 * @param parameter its name, with that of its collection before it: `filters.propertyId`
 */
export function chosenId(ctx: ILoadOptionsFunctions, parameter: string): string {
	const given: unknown = ctx.getCurrentNodeParameter(parameter);
	// What a record is found by is no ID.
	if (isObject(given) && 'mode' in given && !HOLD_IDS.includes(textOf(given.mode))) return '';
	const value = isObject(given) ? given.value : given;
	const text = cleaned(textOf(value));
	return text.startsWith('=') ? '' : text;
}

/** How long somebody who has opened a list waits for the rate at most, in ms. */
export const LIST_PATIENCE_MS = 60_000;

/** One portion of a list. */
interface Portion {
	results: INodeListSearchItems[];
	/** Where the next one begins. */
	paginationToken?: string;
}

/**
 * Entries that say something instead of naming a record. Each is one line of the list, which shows about 50 characters.
 * The editor lets nobody choose an entry whose value is a boolean.
 */
const entriesSaying = (because: string, advice: string): INodeListSearchItems[] => [
	{ name: because, value: false },
	{ name: advice, value: true },
];

/** What the editor asks for, and what to say if there is none. */
interface Asked {
	/** What the list holds, as users call several. */
	plural: string;
	/** What the user has typed into its search. */
	filter?: string;
	/** Where the portion before ended; nothing for the first one. */
	paginationToken?: unknown;
	/** What to do where there is nothing at all; a sentence. */
	advice?: string;
}

/** @noMessage It is a part of the messages below. */
const BY_ID = "Check the fields above, or choose 'By ID' here";

const nothingOf = (
	{ plural, filter = '', advice = BY_ID }: Asked,
	isWhole: boolean,
): INodeListSearchItems[] => {
	if (filter.trim() === '') {
		/**
		 * @cause A list of the panel is opened, and the service has nothing for it. The two entries cannot be chosen.
		 * @cure Check what is chosen in the fields above. _By ID_ works without the list.
		 */
		return entriesSaying(`There are no ${plural} to choose from`, advice);
	}
	if (isWhole) {
		/**
		 * @cause What was typed into the search of a list is in none of its entries.
		 * @cure Type less of it, or another part of it.
		 */
		return entriesSaying(`No ${plural} match what you typed`, 'Type less of it, or another part of it');
	}
	/**
	 * @cause What was typed into the search of a long list is in none of the entries that were read.
	 * @cure Choose another way than _From List_, such as _By Phone Number_.
	 */
	return entriesSaying(
		`No match among the ${plural} that were read`,
		"There are more: choose another way than 'From List'",
	);
};

/**
 * A list as the editor shows it: where it is empty, it says so. While something is typed into its search, the editor
 * does not ask on after an empty portion.
 */
export function orNothing(asked: Asked, portion: Portion): Portion {
	const { results, paginationToken: next } = portion;
	const { filter = '', paginationToken: from = '' } = asked;
	if (results.length > 0 || from !== '' || (next !== undefined && filter.trim() === '')) return portion;
	return { results: nothingOf(asked, next === undefined) };
}

/**
 * Fills a picker. A list that has nothing to offer says so in its only entries, and what to do: the editor would show "No
 * results", or a failed list if it got an error.
 *
 * @param load reads one portion
 * @throws a NodeApiError with the service's own words, if it cannot be read
 */
export async function fillList(
	ctx: ILoadOptionsFunctions,
	service: Service,
	asked: Asked,
	load: (get: Get, connection: Connection) => Promise<Portion>,
): Promise<INodeListSearchResult> {
	const node = ctx.getNode();
	const connection = await connect(ctx, node, service);
	const get = reader(connection, AbortSignal.timeout(LIST_PATIENCE_MS), 'The list');
	try {
		return orNothing(asked, await load(get, connection));
	} catch (cause) {
		if (cause instanceof ReadFailed) throw nodeError(node, cause.outcome);
		if (cause instanceof NothingThere) return { results: entriesSaying(cause.because, cause.advice) };
		throw nodeError(node, unreadableList(whyUnusable(cause, service)));
	}
}

/**
 * Fills the choices of a field of several. Where there are none, one that cannot be chosen says so.
 *
 * The editor asks for them as soon as it shows a new node, while it still looks for the node's credential, and asks no second
 * time if the answer comes after the credential. An error would close the field, and it takes n8n longer to tell one. So
 * it gets a choice that says what to do, and the field names parameters with which the editor asks again
 * (`loadOptionsDependsOn`).
 *
 * @param load reads all of them
 */
export async function fillOptions(
	ctx: ILoadOptionsFunctions,
	service: Service,
	asked: Asked,
	load: (get: Get) => Promise<INodePropertyOptions[]>,
): Promise<INodePropertyOptions[]> {
	if (ctx.getNode().credentials?.[service.credential] === undefined) {
		/**
		 * @cause A list of the panel was asked for before the node had a credential.
		 * @cure Choose the credential. If it is chosen, close the panel and open it again.
		 */
		return choiceSaying(
			'The list has not been read yet',
			'Choose the credential. If it is chosen, close this panel and open it again.',
		);
	}
	const { results } = await fillList(ctx, service, asked, async (get) => ({ results: await load(get) }));
	const [because, advice] = results;
	if (typeof because?.value !== 'boolean') return results;
	return choiceSaying(because.name, advice?.name);
}

/** A choice that says something and cannot be chosen. */
const choiceSaying = (name: string, description?: string): INodePropertyOptions[] => [
	{ name, description, value: '', disabled: true },
];

/**
 * @cause A list of the panel got an answer that nobody has documented.
 * @cure Choose _By ID_ and enter the ID. Check the address in the credential.
 */
function unreadableList(because: string): ReadFailed['outcome'] {
	return {
		state: 'refused',
		report: {
			message: `The list could not be read: ${because}`,
			description: "Choose 'By ID' and enter the ID instead.",
			details: {},
		},
	};
}
