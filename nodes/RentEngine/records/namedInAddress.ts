import { UNIT_WORDS } from '../../shared/find/alike';
import { textOf } from '../../shared/json/text';

/*
 * Whether the address of a unit names the unit, or only its building. In doubt it is the building's: a unit that is not
 * found is better than a wrong one.
 */

/** The country at the end of an address. */
export const COUNTRY = /(?<![\s,])[\s,]+(?:usa|u\.s\.a\.|united states(?: of america)?)\s*$/i;
/** A ZIP code at the end of an address. */
const ZIP_AT_END = /(?<![\s,])[\s,]+\d{5}(?:-\d{4})?\s*$/;

/** Short forms of what a street is, those that are common. Source: the USPS's Publication 28, Appendix C1. */
export const STREETS: Record<string, string> = {
	aly: 'alley',
	ave: 'avenue',
	av: 'avenue',
	blvd: 'boulevard',
	bnd: 'bend',
	cir: 'circle',
	ct: 'court',
	cv: 'cove',
	dr: 'drive',
	hwy: 'highway',
	ln: 'lane',
	pkwy: 'parkway',
	pl: 'place',
	plz: 'plaza',
	pt: 'point',
	rd: 'road',
	rdg: 'ridge',
	sq: 'square',
	st: 'street',
	ter: 'terrace',
	trce: 'trace',
	trl: 'trail',
	vw: 'view',
	xing: 'crossing',
};
/** The same of directions. */
export const DIRECTIONS: Record<string, string> = {
	n: 'north',
	s: 'south',
	e: 'east',
	w: 'west',
	ne: 'northeast',
	nw: 'northwest',
	se: 'southeast',
	sw: 'southwest',
};

/** The word that stands for any word before the number of a unit. */
const UNIT_WORD = 'unit';

/** The words of a text, with short forms written out. The number of a unit may have a hyphen in it. */
const wordsOf = (text: string): string[] =>
	text
		.replace(UNIT_WORDS, ` ${UNIT_WORD} `)
		.toLowerCase()
		.split(/[^\p{L}\p{N}-]+/u)
		.filter((word) => word !== '')
		.map((word) => STREETS[word] ?? DIRECTIONS[word] ?? word);

const KINDS = new Set(Object.values(STREETS));
const SIDES = new Set(Object.values(DIRECTIONS));
/**
 * Words before a road or highway that has a number for a name, as in `County Road 204`.
 *
 * @noMessage Words.
 */
const OF_ROADS = new Set(
	'county state ranch market private township park forest rural old us interstate business'.split(' '),
);
/** Words for a part of a building. The word behind each is the name of the part. */
const PARTS = new Set(['bldg', 'building', 'tower', 'floor', 'level']);

const isOwn = (word: string): boolean => !KINDS.has(word) && !SIDES.has(word);
const withoutSides = (words: string[]): string[] => words.filter((word) => !SIDES.has(word));
const withoutParts = (words: string[]): string[] =>
	words.filter((word, index) => !PARTS.has(word) && !PARTS.has(words[index - 1] ?? ''));
const isSame = (some: string[], others: string[]): boolean => some.join(' ') === others.join(' ');
/** Whether words begin with others. */
const begins = (words: string[], others: string[]): boolean => isSame(words.slice(0, others.length), others);

/** Whether a number behind such a street may be its name: `Highway 6`, `County Road 204`. */
const isNumbered = (kind: string, before: string[]): boolean =>
	kind === 'highway' || (kind === 'road' && OF_ROADS.has(before.at(-1) ?? ''));

/** The words behind the place where others stand. */
function behind(words: string[], others: string[]): string[] | undefined {
	const at = words.findIndex((_, index) => begins(words.slice(index), others));
	return at === -1 ? undefined : words.slice(at + others.length);
}

/**
 * The words behind a street that is known; undefined where it is not there, or where they may belong to it. Its kind and
 * its directions may be left out, in the text or in its name.
 */
function behindKnown(words: string[], number: string[], name: string[]): string[] | undefined {
	const bare = withoutSides(name);
	const last = bare.at(-1) ?? '';
	const core = KINDS.has(last) ? bare.slice(0, -1) : bare;
	// `North Street` has no words but those that are left out.
	if (!core.some(isOwn)) return name.length > 1 ? behind(words, [...number, ...name]) : undefined;
	const rest = behind(withoutSides(words), [...number, ...core]);
	const [kind = ''] = rest ?? [];
	if (!rest || !KINDS.has(kind)) return rest;
	const isGiven = kind === last && !OF_ROADS.has(core.at(-1) ?? '');
	return isGiven || !isNumbered(kind, core) ? rest.slice(1) : undefined;
}

/** The words behind a street that is told by its form only: a number, a name, and the kind of the street. */
function behindAny(words: string[]): string[] | undefined {
	const [number = '', ...others] = withoutSides(words);
	const at = others.map((word) => KINDS.has(word)).lastIndexOf(true);
	const before = others.slice(0, Math.max(at, 0));
	if (!/\d/.test(number) || !before.some(isOwn) || isNumbered(others[at] ?? '', before)) return undefined;
	return others.slice(at + 1);
}

/** What stands behind the street: the rest of its part of the address, and the parts behind that. */
interface BehindStreet {
	rest: string[];
	parts: string[][];
	isKnown: boolean;
}

function findStreet(parts: string[][], number: string[], name: string[]): BehindStreet {
	const finders = [
		...(number.length > 0 && name.length > 0
			? [(words: string[]) => behindKnown(words, number, name)]
			: []),
		behindAny,
	];
	for (const find of finders)
		for (const [index, words] of parts.entries()) {
			const rest = find(words);
			if (rest) return { rest, parts: parts.slice(index + 1), isKnown: find !== behindAny };
		}
	return { rest: [], parts: parts.slice(1), isKnown: false };
}

/** Whether the number of a unit stands behind its street, where nothing else can be meant. */
function isBehind({ rest, parts, isKnown }: BehindStreet, wanted: string[]): boolean {
	const left = withoutParts(rest);
	if (left.length === 0)
		return (
			isSame(rest, wanted) || isSame(parts.find((part) => withoutParts(part).length > 0) ?? [], wanted)
		);
	// `Main St N` is a street.
	if (wanted.every((word) => SIDES.has(word))) return false;
	if (!isKnown) return isSame(left, wanted) && /\d/.test(wanted.join());
	const isIn = (words: string[]) => begins(words, wanted) && !/\d/.test(words[wanted.length] ?? '');
	return isIn(left) || isIn(rest);
}

/**
 * Whether an address names the number of its unit: behind a word for a unit, or behind the street. Elsewhere the same letter
 * or number may belong to the street, as in `200 E Main St` and `4100 Highway 6`, or be the city or the ZIP code.
 */
export function isUnitNamed(whole: string, unit: string, address: Record<string, unknown>): boolean {
	const wanted = wordsOf(unit).filter((word) => word !== UNIT_WORD);
	const words = wordsOf(whole);
	const isAt = (from: number) =>
		begins(
			words.slice(from).filter((word) => word !== UNIT_WORD),
			wanted,
		);
	if (words.some((word, index) => word === UNIT_WORD && isAt(index + 1))) return true;
	const [number = [], name = [], ...places] = [
		...[address.street_number, address.street_name],
		...[address.city, address.state, address.zip_code],
	].map((part) => wordsOf(textOf(part)));
	if (places.some((place) => isSame(place, wanted))) return false;
	const parts = whole
		.replace(COUNTRY, '')
		.replace(ZIP_AT_END, '')
		.split(',')
		.map((part) => wordsOf(part).filter((word) => word !== UNIT_WORD));
	return isBehind(findStreet(parts, number, name), wanted);
}
