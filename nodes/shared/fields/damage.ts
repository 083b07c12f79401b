import type { Piece } from './expression';
import { codeShown } from './gaps';
import type { Reading } from './kinds/kind';
import { roundedIn, shortenedIn, sumIn } from './lostDigits';

/*
 * Values that lost their content on the way to the node: what programs write where a value is missing. A text that merely has
 * such a word in it ("null and void") is none.
 */

/**
 * @cause The expression names a field that the item does not have, so n8n wrote the word undefined.
 * @cure Check the field's name in the expression. Webhook data is under `$json.body`.
 */
const MISSING =
	'the item has no such field. Check its name in the expression; webhook data is under $json.body';
/**
 * @cause A formula of the spreadsheet ended in an error, or its column was too narrow for the value. What the cell showed
 * was exported as a text.
 * @cure Fix the formula or widen the column, and export the file again.
 */
const CELL = 'the cell of the spreadsheet shows no value. Fix the cell, and export the file again';
/**
 * What a spreadsheet shows in a column that is too narrow, and the errors of Microsoft Excel, in German, French, Spanish,
 * Portuguese, Italian and Russian too, of Google Sheets and LibreOffice. Not `#VIP!`, `#HELP?`, `#A` and `#NO_SHOW`.
 */
const NO_CELL =
	/^(?:#(?:##+|N\/[ABD]|Н\/Д|I\/T|NV|(?:NAME|NOM|NOMBRE|NOME|ИМЯ)\?|GETTING_DATA|DATEN_ABRUFEN|OBTEN[A-Z]+_D[A-Z]+S|[¡¿][\p{Lu}/0]+[!?]|(?:(?:DIV|ДЕЛ)\/0|N\/D|REF|VALUE|NULL|NUM|ERROR|SPILL|CALC|FIELD|BUSY|CONNECT|BLOCKED|UNKNOWN|EXTERNAL|PYTHON|TIMEOUT|BEZUG|WERT|ZAHL|ÜBERLAUF|KALK|FELD|VALEUR|NOMBRE|NUL|PROPAGATION|EPARS|CHAMP|VALORE?|NÚM|NULO|RIF|ЗНАЧ|ССЫЛКА|ЧИСЛО|ПУСТО)!)|Err:5\d\d)$/u;
/**
 * @cause The expression made a text of a date that could not be read.
 * @cure Check how the date is written where it comes from: see [dates and times](dates-and-times.md).
 */
const NO_DATE = 'it comes from a date that could not be read. Check how that date is written';

/**
 * @cause The value is the word null, as programs and exports of databases write it for an empty field.
 * @cure Leave such a value out with the expression in the message, or give an empty cell in the export.
 */
const EMPTY = 'the field that it comes from is empty';
/** @noMessage It ends messages below. */
const UNFILLED =
	"an expression or a merge field that was not filled in. Switch the field to 'Expression' and write {{ }} around it, or fix where the value comes from";
/**
 * @cause The field, or the step that its value comes from, holds an expression or the merge field of a template as a mere
 * text, such as `{{ $json.name }}` in a field that is set to _Fixed_, or only its own name, such as `[First Name]`. It is only
 * a hint, and the text was sent, if it may be meant: among the words of notes or of an email, or as the plain words First Name.
 * @cure Switch the field to _Expression_ and write `{{ }}` around the expression, or correct the step or the template that
 * the value comes from.
 */
export const HOLDS_UNFILLED = `holds ${UNFILLED}`;

/** What JavaScript writes for an object of any kind, such as `[object File]`; nobody writes it on purpose. */
const OBJECT = /\[object [A-Z]\w*\]/;
/**
 * @cause The expression gave a whole object where a text belongs.
 * @cure Use one of its fields, such as `{{ $json.contact.name }}`.
 */
const WHOLE = 'it stands for a whole object. Use one of its fields, such as {{ $json.contact.name }}';

/**
 * What programs write where there is no value → where it comes from and what to do.
 *
 * @cause A program calculated with a text, or with a field that the item does not have.
 * @cure Check each field in the calculation.
 */
const MARKS: Record<string, string> = {
	undefined: MISSING,
	null: EMPTY,
	// As databases export it.
	NULL: EMPTY,
	// As MySQL and PostgreSQL do.
	'\\N': EMPTY,
	// What a cell of Google Sheets holds until it is worked out.
	'Loading...': CELL,
	NaN: 'a calculation was made with something that is not a number. Check the fields in it',
	'Invalid Date': NO_DATE,
	// As moment.js writes it.
	'Invalid date': NO_DATE,
	'Invalid DateTime': NO_DATE,
	'{{': UNFILLED,
};

/** What every text with a mark in it holds, in whatever letter case, except for those of objects. */
const IN_MARKS = ['#', 'Err:', ...Object.keys(MARKS)].map((mark) => mark.toLowerCase());

/** The marks as a part of an ID or a number. There they cannot be words of a language. */
const MARK_IN_CODE =
	/undefined|\[object [A-Z]\w*\]|\{\{|Invalid [Dd]ate(?:Time)?|(?:(?<![A-Za-z0-9])|(?<=^\+\d{1,3}))(?:null|NULL|NaN)(?![A-Za-z0-9])/;

/**
 * An expression of n8n, also without its braces, or a text that is nothing but merge fields, as templates of some programs
 * have them: `{{name}}`, `{name}`, `${name}`, `{!First Name}`, `%NAME%`, `%%name%%`, `<%= name %>`, `*|NAME|*`, `[[name]]`,
 * `<<name>>`, `«Name»`, `~Contact.Name~`, `[your-name]`. Several words in small letters are a note that somebody wrote so: `<<call dropped>>`.
 */
const PLACEHOLDER =
	/^\s*=?\$(?:json|input|node|fromAI|vars|\(['"])|^(?:[\s,]*(?:\{\{[^{}]*\}\}|(%%?)[A-Za-z_.]+\1|<%[^<>]*%>|\*\|[^|]+\|\*|~[A-Z]\w*\.\w+~|\[(?:your-[\w-]+|(?:text|email|tel|menu)-\d+)\]|(?:[$#@]?\{[!$]?|\[\[|<<|«)(?:[A-Za-z][\w.]*|(?:\w+\.)?[A-Z][a-z]+(?: [A-Z][a-z]+)+)(?:\}|\]\]|>>|»)))+\s*$/;

/** An expression of n8n, in whatever text. */
const EXPRESSION = /\{\{\s*\$/;

/** A merge field among other words, where almost certainly nothing else is meant: `Hi {{first_name}},`. */
const AMONG_WORDS =
	/\{\{(?:\w{1,60}| ?[A-Za-z]{1,40}[._][\w.]{1,60} ?)\}\}|\*\|\w{1,60}\|\*|%%\w{1,60}%%|~[A-Z]\w{0,60}\.\w{1,60}~|\[your-\w{1,60}\]|\{[A-Za-z][A-Za-z ()]{0,60}:\d[\d.]{0,9}\}/;

/**
 * Says that a text has a merge field among its words; undefined for any other text.
 *
 * @noMessage It is a message of `markAlone`.
 */
export const unfilledIn = (text: string): string | undefined =>
	AMONG_WORDS.test(text) || EXPRESSION.test(text) ? HOLDS_UNFILLED : undefined;

/** A word that stands in quotes or brackets, `(null)`, or several times, as where two names are missing: `undefined undefined`. */
const REPEATED = /^[([{"'<]?([^\s,]{1,20}?)(?:,? \1)*[)\]}"'>]?$/;

/** What is said of a mark; undefined for any other text. */
function saidOf(mark: string): string | undefined {
	if (NO_CELL.test(mark)) return CELL;
	if (OBJECT.exec(mark)?.[0] === mark) return WHOLE;
	if (/^\{\{\s*\$[^]*\}\}$/.test(mark)) return UNFILLED;
	return Object.hasOwn(MARKS, mark) ? MARKS[mark] : undefined;
}

/** The part of a text that is nothing but a mark. Methods of the expression may have changed its letter case, or cut it off. */
function markedPiece(text: string, pieces: () => Piece[]): Piece | undefined {
	const lower = text.toLowerCase();
	if (!IN_MARKS.some((part) => lower.includes(part))) return undefined;
	return pieces().find(({ shows }) => saidOf(shows.trim()) && lower.includes(shows.trim().toLowerCase()));
}

/**
 * How to leave a value out. An ID without one of its parts would be the same for all that lack the part.
 *
 * @param condition code that tells whether `$json.name` is none
 * @noMessage It ends messages of this file.
 */
const leftOut = (condition: string, isPartOfId: boolean): string =>
	isPartOfId
		? `Leave the whole ID out then, as in {{ ${condition} ? '' : $json.account + '-' + $json.name }}`
		: `Leave such a value out, as in {{ ${condition} ? '' : $json.name }}`;

/**
 * @param whole the value or the part of it that is nothing but the mark
 *
 * @noMessage It ends messages of this file.
 */
function marked(
	beginning: string,
	mark: string,
	{ whole, isPartOfId = false }: { whole?: string; isPartOfId?: boolean } = {},
): string {
	const says = `${beginning}: ${saidOf(mark)}`;
	return whole === undefined || saidOf(mark) !== EMPTY
		? says
		: `${says}. ${leftOut(`[null, ${JSON.stringify(whole)}].includes($json.name)`, isPartOfId)}`;
}

/**
 * Says that a value is nothing but a mark, whatever its field holds; undefined for any other text.
 *
 * @param isOthers somebody else may have written it, who may mean an expression among other words
 *
 * @cause The expression found nothing and wrote a word such as undefined in its place.
 * @cure The rest of the message says where the word comes from, and what to do.
 */
export function markAlone(text: string, isOthers = false): string | undefined {
	if (!isOthers && EXPRESSION.test(text)) return HOLDS_UNFILLED;
	const mark = text.trim().replace(REPEATED, '$1');
	if (saidOf(mark) !== undefined)
		return marked(`is the text ${mark} instead of a value`, mark, { whole: text });
	return PLACEHOLDER.test(text) ? HOLDS_UNFILLED : undefined;
}

/**
 * Says that a text has an object among its words; undefined for any other text.
 *
 * @cause An object was put into the text. It is only a hint, and the text was sent, if notes or an email came so from another
 * system.
 * @cure Use a field of the object, where the text is put together.
 */
export function objectMarkIn(text: string): string | undefined {
	const [object] = OBJECT.exec(text) ?? [];
	return object && `holds ${object}: ${WHOLE}`;
}

/** What programs write for a missing value, among other words. */
const AMONG_OTHERS = /\b(?:undefined|NaN|Invalid Date(?:Time)?)\b/;

/**
 * Says that a text has a word among its others that stands for a missing value; undefined for any other text.
 *
 * @cause A hint: the text has a word such as undefined in it, as in "Dear undefined" or https://example.com/undefined.mp3. It was
 * sent, since somebody may have written it so.
 * @cure Nothing, if it is meant. Otherwise correct what was sent, and fix the step that puts the text together.
 */
export function wordIn(text: string): string | undefined {
	const [word] = AMONG_OTHERS.exec(text) ?? [];
	return word && `holds ${word}. Check whether a value is missing there`;
}

/**
 * What is damaged in a text that may hold anything: a mark in place of a value that was put into it, or a rounded number.
 *
 * @param raw the value before it became a text
 * @param isOthers somebody else may have written it: an object that no part of the expression has made is none of its mistakes
 *
 * @cause A part of a text found nothing.
 * @cure Fix the part of the expression that the message names.
 */
export function damageInText(
	text: string,
	pieces: () => Piece[] = () => [],
	raw?: unknown,
	isOthers = false,
): string | undefined {
	const object = objectMarkIn(text);
	const isMade = ({ value, shows }: Piece) => typeof value !== 'string' && OBJECT.test(shows);
	if (object !== undefined && (!isOthers || pieces().some(isMade))) return object;
	const piece = markedPiece(text, pieces);
	if (!piece) return roundedIn(raw, text, pieces);
	const mark = piece.shows.trim();
	return marked(`holds the text ${mark} in place of ${codeShown(piece.code)}`, mark, {
		whole: piece.shows,
	});
}

/**
 * What is wrong with `true` or `false` where a value belongs.
 *
 * @cause The expression gave true or false where a text, a number or a date belongs. Some systems, such as Odoo, give false
 * for a field that is empty.
 * @cure Leave an empty value out, as the message says. If yes or no is meant, put it into words: `{{
 * /^true$/i.test($json.pets) ? 'Has pets' : '' }}`.
 */
export function noValue(given: string, word: string, isPartOfId = false): string {
	/** @noMessage It is a part of the message below. */
	const way = /^false/i.test(word)
		? ` Some systems give false for an empty field. ${leftOut('/^ *false *$/i.test($json.name)', isPartOfId)}.`
		: '';
	return `${given} ${word} instead of a value.${way} If yes or no is meant, put it into words`;
}

/** A text that is no more than `true` or `false`. */
export const BOOLEAN_WORD = /^(?:true|false)$/i;

/**
 * Says that `true` or `false` stands in place of an ID, an address or a number, or of a part of it.
 *
 * @cause An ID, an address or a phone number, or a part of it, is true or false. Some systems, such as Odoo, give false for a
 * field that is empty.
 * @cure Use the field that holds the ID, or leave an empty value out, as the message says. If yes or no is part of an ID, put it
 * into words: `{{ ({ true: 'answered', false: 'missed' })[$json.answered] }}`.
 */
export function booleanIn(text: string, pieces: () => Piece[]): string | undefined {
	if (BOOLEAN_WORD.test(text)) return noValue('is the text', text);
	const piece = /true|false/i.test(text) && pieces().find(({ value }) => typeof value === 'boolean');
	return piece ? noValue('holds', `${piece.shows} in place of ${codeShown(piece.code)}`, true) : undefined;
}

/**
 * What is damaged in an ID or a phone number.
 *
 * @param raw the value before it became a text
 * @param reading with its expression, if it may have one
 */
export function damageInCode(
	text: string,
	raw: unknown,
	{ pieces = () => [], expression }: Partial<Pick<Reading, 'pieces' | 'expression'>> = {},
): string | undefined {
	const piece = markedPiece(text, pieces);
	const mark = MARK_IN_CODE.exec(text)?.[0] ?? piece?.shows.trim();
	/**
	 * @cause An ID or a phone number holds a word such as undefined: a part of its expression found nothing.
	 * @cure Fix that part of the expression.
	 */
	if (mark !== undefined) {
		const whole = piece?.shows;
		return marked(`holds the text ${mark}`, mark, { whole, isPartOfId: whole?.trim() !== text.trim() });
	}
	return (
		booleanIn(text, pieces) ??
		shortenedIn(text) ??
		roundedIn(raw, text, pieces) ??
		sumIn(raw, expression?.())
	);
}
