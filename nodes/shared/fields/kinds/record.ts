import { damageInCode, markAlone } from '../damage';
import type { IdsField, RecordField } from '../field';
import type { Kind } from './kind';
import { box, lineOf } from './kind';

/** IDs go into paths and queries. What separates and encloses the entries of a list is in none. */
const NO_ID = /[\s/\\,;"'[\]{}<>\p{Cc}\p{Cs}]/u;

const withoutSigns = (text: string): string | undefined => (NO_ID.test(text) ? undefined : text);

/** What programs and people write where there is no ID: `None`, `nan`, `0`, `-`. */
const NOTHING = /^(?:none|nan|nil|0|[^\w\x80-\uffff]+)$/i;

export const record: Kind<RecordField> = {
	control: box,
	read(raw, { record: what, written, findable: { modes = [] } = {} }, reading) {
		const text = lineOf(raw);
		const ways = modes.map(({ field }) => `'By ${field.label}'`).join(' or ');
		/** @noMessage It ends the messages below. */
		const otherwise = ways && `. For anything else, set the first box of the field to ${ways}`;
		/**
		 * @example 'Lead' must be a lead's Propexo ID
		 * @cause The expression gave a list or an object where an ID belongs, or what stands in place of an ID that is
		 * not there: `None`, `nan`, `0`.
		 * @cure Use its ID, such as `{{ $json.lead.id }}`.
		 */
		if (text === undefined || (!written && NOTHING.test(text))) return { wrong: `must be ${what}` };
		const wrong = damageInCode(text, raw, reading);
		if (wrong !== undefined) return { wrong };
		const value = written ? written.read(text) : withoutSigns(text);
		if (value !== undefined) return { value };
		/**
		 * @example 'Lead' must be a lead's Propexo ID: a single one, without spaces, slashes, commas, quotes and brackets
		 * @cause The value has spaces, commas, quotes or the like in it, so it is no single ID. n8n sets a field to _By ID_
		 * when a value is dragged into it.
		 * @cure Give one ID, set the first box of the field to what the value is, or choose the record from the list.
		 */
		const form = written?.as ?? 'a single one, without spaces, slashes, commas, quotes and brackets';
		return { wrong: `must be ${what}: ${form}${otherwise}` };
	},
};

/** An entry of a list of IDs. */
interface Entry {
	id: string;
	/** The ID before it became a text. */
	raw: unknown;
}

/** The IDs in one text; a list that was written down as JSON is a list all the same. */
const idsIn = (raw: unknown): Entry[] =>
	(lineOf(raw ?? 'null') ?? '?')
		.split(/[,;\n"[\]]+/)
		.map((id) => ({ id: id.trim(), raw }))
		.filter(({ id }) => id !== '');

/** What is wrong with one ID; completes "'Label' …". */
function wrongWith({ id, raw }: Entry, what: string): string | undefined {
	/**
	 * @cause One of several IDs is the word null or the like: an expression or a program found nothing for it.
	 * @cure Leave such entries out. In a list, `.filter(Boolean)` leaves out the empty ones.
	 */
	if (/^(?:null|undefined|NaN)$/i.test(id))
		return `holds the text ${id} in place of an ID. Leave such entries out, as in {{ $json.units.filter(Boolean) }}`;
	/**
	 * @cause The list holds something that cannot be an ID.
	 * @cure Give the IDs with commas between them, or a list of them.
	 */
	if (NO_ID.test(id) || NOTHING.test(id)) return `must hold ${what}, separated by commas`;
	return markAlone(id) ?? damageInCode(id, raw);
}

export const ids: Kind<IdsField> = {
	control: box,
	format: ({ most }) => `Up to ${most} IDs, separated by commas.`,
	read(raw, { record: what, most }) {
		const given = [raw].flat().flatMap(idsIn);
		const wrong = given.map((entry) => wrongWith(entry, what)).find((found) => found !== undefined);
		const entries = [...new Set(given.map(({ id }) => id))];
		if (wrong !== undefined) return { wrong };
		/**
		 * @cause There are more IDs than the service takes.
		 * @cure Leave some out, or send several items.
		 */
		if (entries.length > most) return { wrong: `holds ${entries.length} IDs, and the limit is ${most}` };
		return entries.length > 0 ? { value: entries } : {};
	},
};
