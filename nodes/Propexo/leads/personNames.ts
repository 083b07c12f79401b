import { LOST_LETTERS } from '../../shared/fields/lostLetters';
import { nameAlike } from '../../shared/find/alike';
import { NO_VALUE } from '../../shared/find/placeholders';
import { textOf } from '../../shared/json/text';

/*
 * Whether two names may be those of one person. A family shares a phone number, and sometimes an email address.
 */

/**
 * First names, in all their spellings, and the short forms that people in the USA write in their place. Each entry is of one
 * name. Short forms that are also full names, such as Tina and Jack, are left out: they may be another person.
 *
 * @noMessage Names.
 */
const SHORT_FORMS = `
	ABIGAIL ABBY; ALEXANDER ALEX ALEC; ALEXANDRA ALEX; ALEJANDRO ALEX; ANDREW ANDY DREW; ANTHONY TONY; ANTONIO TONY; BARBARA BARB;
	BENJAMIN BEN; BRADLEY BRAD;
	CATHERINE/KATHERINE/KATHRYN CATHY KATHY KATE KATIE; CHARLES CHARLIE CHUCK; CHRISTINA/CHRISTINE CHRIS;
	CHRISTOPHER CHRIS; CYNTHIA CINDY; DANIEL DAN DANNY; DAVID DAVE; DEBORAH/DEBRA DEB DEBBIE; DONALD DON; DOUGLAS DOUG;
	EDUARDO EDDIE; EDWARD ED EDDIE; ELIZABETH ELIZA LIZ LIZZIE BETTY; FRANCISCO PACO FRANK; FRANCIS FRANK; FREDERICK FRED;
	GABRIEL GABE; GERALD JERRY; GREGORY GREG; HENRY HANK; JACOB JAKE; JACQUELINE JACKIE; JAMES JIM JIMMY;
	JEFFREY/GEOFFREY JEFF; JENNIFER JEN JENNY; JESSICA JESS JESSIE; JOHN JOHNNY; JONATHAN JON; JOSE PEPE; JOSEPH JOE JOEY;
	JOSHUA JOSH; KENNETH KEN KENNY; KIMBERLY KIM; LAWRENCE LARRY; MANUEL MANNY; MARGARET MAGGIE MEG PEGGY; MATTHEW MATT; MICHAEL MIKE;
	NATHAN NATE; NATHANIEL NATE NATHAN; NICHOLAS/NICOLAS NICK; PAMELA PAM; PATRICIA PAT PATTY TRICIA; PATRICK PAT; PETER PETE;
	PHILIP/PHILLIP PHIL; RAYMOND RAY; REBECCA BECKY; RICHARD RICK RICH RICKY DICK; ROBERT BOB BOBBY ROB ROBBIE;
	RONALD RON; SAMANTHA SAM; SAMUEL SAM SAMMY; SARAH/SARA; STEPHANIE STEPH; STEPHEN/STEVEN STEVE; SUSAN SUE SUSIE;
	TERESA/THERESA TERRY; THEODORE TED THEO; THOMAS TOM TOMMY; TIMOTHY TIM; VICTORIA VICKY TORI; VINCENT VINCE VINNY;
	WILLIAM WILL BILL BILLY; ZACHARY ZACH ZACK
`;

const NAMES = SHORT_FORMS.split(';').map((line) => {
	const [full = '', ...short] = line.trim().split(/\s+/);
	return { full: full.split('/'), short };
});

/** Whether a word is short for a name that is written out. @param one in the form of `nameAlike` */
const isShortFor = (one: string, name: string): boolean =>
	NAMES.some(({ full, short }) => short.includes(one) && full.includes(name));

/** Whether two words are one name that is written out, in two spellings. @param one in the form of `nameAlike` */
const areSpellings = (one: string, other: string): boolean =>
	NAMES.some(({ full }) => full.includes(one) && full.includes(other));

/**
 * Whether two words may be one first name, written out or short. Two short forms are no one name: Bill and Will may be father
 * and son. @param one in the form of `nameAlike`
 */
const areOneName = (one: string, other: string): boolean =>
	areSpellings(one, other) || isShortFor(one, other) || isShortFor(other, one);

/** A first and a last name, as they are written. */
export interface Name {
	first: string;
	last: string;
}

/** The name of a lead, or in a request. */
export const nameIn = ({ first_name, last_name }: Record<string, unknown>): Name => ({
	first: textOf(first_name),
	last: textOf(last_name),
});

/** The words of a name in their normal form. */
type Words = string[];

/** Placeholders for a name in phone systems and forms, as `nameAlike` writes it. @noMessage Words. */
const NO_NAMES = new RegExp(
	`^(?:${NO_VALUE}|UNAVAILABLE|RESTRICTED|BLOCKED|TEST|(?:UNKNOWN|WIRELESS|NEW|MISSED|PRIVATE)?CALLER|(?:NEW|TEST|WEB|WEBSITE|ONLINE)?(?:GUEST|LEAD|PROSPECT|VISITOR|RENTER|USER)(?:TEST)?|NONAME(?:GIVEN|PROVIDED)?)$`,
);

const areNoName = (words: Words): boolean => NO_NAMES.test(words.join(''));

/** First names that are written like placeholders, except for the letter case: `Na Li` and `NA`. @noMessage Names. */
const NAMES_TOO = /^(?:Na|Nil|Nan|NAN)$/;

/** A form of address. @noMessage Words. */
const TITLE = /^\s*(?:mrs?|ms|miss|dr)\b/i;

const wordsOf = (text: string): Words =>
	text
		.replace(TITLE, '')
		.split(/[\s\-\u2010-\u2015.,/]+/)
		.map((word) => nameAlike(word).replace(/[^\p{L}\p{M}]/gu, ''))
		.filter((word) => word !== '');

/** The words of both names; none where nobody gave one, such as `Unknown` or `Wireless Caller`. */
function partsOf({ first, last }: Name): Record<keyof Name, Words> {
	if (areNoName(wordsOf(`${first} ${last}`))) return { first: [], last: [] };
	const partOf = (text: string) => {
		const words = wordsOf(text);
		return areNoName(words) && !NAMES_TOO.test(text.trim()) ? [] : words;
	};
	return { first: partOf(first), last: partOf(last) };
}

type Compare = (word: string, other: string) => boolean;

/** A letter that has two cases: in other scripts, one letter may be a whole name. */
const isInitial = (word: string): boolean => /^\p{Lu}$/u.test(word);
const isInitialOf: Compare = (word, other) => isInitial(word) && other.startsWith(word);
const mayBeSame: Compare = (word, other) => other === word || areOneName(word, other);
/** Whether a word is the other, or says less. */
const isPartOf: Compare = (word, other) =>
	other === word || isInitialOf(word, other) || isShortFor(word, other);

/** Whether two names are the same, however they are cut into words. */
const areSame = (words: Words, others: Words): boolean => words.join('') === others.join('');
/** Whether each word is one of the others. */
const areAmong = (words: Words, others: Words, is: Compare): boolean =>
	words.every((word) => others.some((other) => is(word, other)));

/** What tells a father from his son, in each spelling; `wordsOf` takes the digit of `2nd`. @noMessage Words. */
const GENERATIONS = new Map([
	...['JR', 'JNR', 'JUNIOR'].map((word) => [word, 'JR'] as const),
	...['SR', 'SNR', 'SENIOR'].map((word) => [word, 'SR'] as const),
	...['II', 'ND'].map((word) => [word, 'II'] as const),
	...['III', 'RD'].map((word) => [word, 'III'] as const),
	...['IV', 'TH'].map((word) => [word, 'IV'] as const),
]);

/** A name without its generation, and that: `Smith Jr`, `John, III`. At the beginning of a first name, `JR` is a name. */
function generationOf({ first, last }: Record<keyof Name, Words>) {
	const isGeneration = (word: string): boolean => GENERATIONS.has(word);
	const inFirst = (word: string, place: number): boolean => place > 0 && isGeneration(word);
	return {
		generation: [...first.filter(inFirst), ...last.filter(isGeneration)]
			.map((word) => GENERATIONS.get(word))
			.join(' '),
		first: first.filter((word, place) => !inFirst(word, place)),
		last: last.filter((word) => !isGeneration(word)),
	};
}

/** Whether two people are given the same first and last name, however they are written. */
export function areSameWhole(one: Name, other: Name): boolean {
	const [left, right] = [partsOf(one), partsOf(other)];
	const isWhole = left.first.length > 0 && left.last.length > 0;
	return isWhole && areSame(left.first, right.first) && areSame(left.last, right.last);
}

/**
 * Which of two names are those of different people. `Maria`, `MARÍA` and `Maria Elena` may be one person, and so may
 * `J.` and `Jose`, or `Mike` and `Michael`; `Maria` and `Jose` are not, nor are `Maria J` and `Jose`. A name that nobody gave is
 * no other one. `John Smith` and `John Smith Jr` are father and son; a name without its last part can be either.
 */
export function otherNames(one: Name, other: Name): Record<keyof Name | 'generation', boolean> {
	const [left, right] = [generationOf(partsOf(one)), generationOf(partsOf(other))];
	const tell = [left, right].every(({ generation, last }) => generation !== '' || last.length > 0);
	return {
		first: areOthers(left.first, right.first),
		last: areOthers(left.last, right.last),
		generation: tell && left.generation !== right.generation,
	};
}

/** A name without the initials of its further words: they tell nobody from others. */
const withoutInitials = (words: Words): Words =>
	words.filter((word, place) => place === 0 || !isInitial(word));

/** Whether two names cannot be of one person. An initial at the beginning stands only for the word at the other's beginning. */
function areOthers(left: Words, right: Words): boolean {
	if (left.length === 0 || right.length === 0 || areSame(left, right)) return false;
	const [[one = '', ...rest], [other = '', ...others]] = [withoutInitials(left), withoutInitials(right)];
	if (isInitialOf(one, other) || isInitialOf(other, one))
		return !areAmong(rest, others, mayBeSame) && !areAmong(others, rest, mayBeSame);
	return (
		!areAmong([one, ...rest], [other, ...others], mayBeSame) &&
		!areAmong([other, ...others], [one, ...rest], mayBeSame)
	);
}

/** What came into a name on its way, besides letters that were lost: `&#39;`, a backslash, an emoji, the quotes around a cell. */
const FOREIGN = /[\\;\p{Extended_Pictographic}]|^(["']).*\1$/u;

/** How well a name is written, compared with the same letters: with accents, in capital and small letters, without a title. */
const careOf = (text: string): number =>
	text.normalize('NFD').replace(/\P{M}/gu, '').length +
	Number(text !== text.toUpperCase() && text !== text.toLowerCase()) -
	Number(TITLE.test(text));

/**
 * Which names say no more than those that are held: they are no names, or a part or a short form of the held one, such as
 * `M.` of `Maria`, or `Lopez` of `Garcia Lopez`; the same in a poorer way, such as `JOSE` of `José`; or the whole name
 * where only a part of it belongs; or the same whole name, cut at another place. A first name that held the last name too loses
 * nothing.
 */
export function poorerNames(name: Name, held: Name): Record<keyof Name, boolean> {
	const [said, before] = [partsOf(name), partsOf(held)];
	const all = [...said.first, ...said.last];
	const whole = [...before.first, ...before.last];
	const areFull = [said, before].every(({ first, last }) => first.length > 0 && last.length > 0);
	// `Maria de la / Cruz` of `Maria / de la Cruz`: a form cut the name at another place.
	if (areFull && areSame(all, whole) && !areSame(said.first, before.first))
		return { first: true, last: true };
	const saysLess = (words: Words, others: Words): boolean =>
		words.length <= others.length &&
		areAmong(words, others, isPartOf) &&
		(words.length === 0 || !others.every((word) => all.includes(word)));
	const isPoorer = (part: keyof Name, other: keyof Name): boolean => {
		const [words, others] = [said[part], before[part]];
		if (others.length === 0) return false;
		if (FOREIGN.test(name[part]) || LOST_LETTERS.test(name[part])) return true;
		if (areSame(words, others)) return careOf(name[part]) < careOf(held[part]);
		const isWhole =
			words.length > others.length &&
			(said[other].length === 0 || areSame(said[other], before[other])) &&
			words.every((word) => whole.includes(word));
		return isWhole || saysLess(words, others);
	};
	return { first: isPoorer('first', 'last'), last: isPoorer('last', 'first') };
}
