/*
 * The code of an expression, taken apart: which values it puts together to a text.
 */

/** A code, and the parts that it puts together, if it does nothing else; fixed texts are none of them. */
export interface Composed {
	code: string;
	parts: Composed[];
	/** What it joins with +, or adds up if all are numbers: with the fixed texts and numbers. */
	summands?: string[];
	/** Of a condition: all its sides, of which the first counts whose `when` holds; also where nothing is put together. */
	sides?: Composed[];
	/** It joins a list. */
	isList?: boolean;
	/** Of a part: a code that says whether the text has it. Without one, it has. */
	when?: string;
	/** Of a part: the code that makes a text of it, such as `String($json.id)`. */
	made?: string;
	/** Methods that change the text of its parts, such as `slice` and `replace`. */
	changedBy?: string[];
	/** Of one value that methods change: the code without them, `$json.id` of `$json.id.trim().slice(3)`. */
	of?: string;
}

const QUOTES = '\'"`';
const OPENING = `${QUOTES}([{`;
const CLOSING = ')]}';
/** The signs of a condition. */
const CONDITION = /(?<!\?)\?(?![?.])|:/g;
/** The operators that choose one of their sides, weaker ones first. */
const CHOOSING = [/(?<!\?)\?(?![?.])/, /\|\||\?\?/, /&&/];
/** Other operators that bind weaker than `+`: with one of them, not all parts of a code go into the text. */
const WEAKER = /[&|,;=<>]/;
/** What stands before a bracket around a text, and leaves every part of it in it. */
const AROUND = /^(?:String|JSON\.stringify|encodeURI(?:Component)?)?$/;
/** What stands before a bracket and makes a text of one value. */
const MAKING = /^(?:String|JSON\.stringify|encodeURI(?:Component)?)$|\.to(?:String|Fixed)$/;
/** Methods that close no gap in a text, such as `trim` and `toLowerCase`, or none. */
const KEEPING = /^(?:trim|to|$)/;
/** The signs outside of brackets of a list with its entries, which may leave out or change some. */
const LIST = /^\[(?:\s*\.(?:filter|map)\()*$/;

/**
 * Takes a code apart: the parts of `'Tour with ' + $json.agent`, `` `Tour with ${$json.agent}` `` and `['Tour with',
 * $json.agent].join(' ').trim()` are `$json.agent`. Those of a condition are the parts of the side that counts.
 */
export function composedOf(code: string): Composed {
	const whole: Composed = { code, parts: [] };
	const outside = placesOutside(code);
	if (code.startsWith('`') && outside.length === 1)
		return gathered(code, placeholdersIn(code).map(composedOf));
	const bare = signsAt(code, outside);
	const operator = CHOOSING.map((one) => one.exec(bare)).find((found) => found !== null);
	if (operator) return chosenOf(code, outside, operator);
	if (WEAKER.test(bare)) return whole;
	const summands = split(code, '+');
	if (summands.length > 1) return { ...gathered(code, summands.map(composedOf)), summands };
	return code.endsWith(')') ? calledOf(whole, outside.at(-1)) : whole;
}

/** Takes both sides of a condition apart. Where neither puts anything together, the whole is one value. */
function chosenOf(code: string, outside: number[], { 0: sign, index, input }: RegExpExecArray): Composed {
	const place = outside[index] ?? 0;
	const before = code.slice(0, place);
	const after = code.slice(place + sign.length);
	let sides = sign === '&&' ? [after, before] : [before, after];
	if (sign === '?') {
		let depth = 0;
		const colon = [...input.matchAll(CONDITION)].find(({ 0: one }) => {
			depth += one === ':' ? -1 : 1;
			return depth === 0;
		});
		const end = (colon && outside[colon.index]) ?? code.length;
		sides = [code.slice(place + 1, end), code.slice(end + 1)];
	}
	const when = sign === '??' ? `(${before}) != null` : before;
	const parts = sides.map((side, nth) => ({
		...composedOf(side.trim()),
		when: nth === 0 ? when : `!(${when})`,
	}));
	return { ...gathered(code, parts.some((side) => side.parts.length > 0) ? parts : []), sides: parts };
}

/** The sides of n8n's own functions that choose: `$if(…)` and `$ifEmpty(…)`. */
function sidesOf(name: string, given: string[]): Pick<Composed, 'sides'> {
	const [first = '', second = '', third = ''] = given;
	const side = (code: string, when: string): Composed => ({ ...composedOf(code), when });
	if (name === '$if') return { sides: [side(second, first), side(third, `!(${first})`)] };
	if (name !== '$ifEmpty') return {};
	const when = `$ifEmpty(${first}, null) !== null`;
	return { sides: [side(first, when), side(second, `!(${when})`)] };
}

/** Takes apart what ends with brackets: those around a text, or those of its last method. */
function calledOf(whole: Composed, opening = 0): Composed {
	const { code } = whole;
	const [before, inner] = [code.slice(0, opening).trim(), code.slice(opening + 1, -1)];
	const [, head = '', method = ''] = /^([^]*?)\??\.(\w+)$/.exec(before) ?? [];
	const given = split(inner, ',');
	if (method === 'concat') return gathered(code, [head, ...given].map(composedOf));
	if (method === 'join' && isList(head)) return joinedOf(whole, head);
	const source = (AROUND.test(before) ? inner : head).trim();
	const made = composedOf(source);
	// A method that takes nothing of the item leaves a fixed text fixed.
	const { sides } = isFixed(inner) || method === '' ? { ...made, ...sidesOf(before, given) } : {};
	const changed = {
		...whole,
		...(method !== '' && { of: made.of ?? source }),
		...(sides && { sides }),
	};
	if (method === 'join') return changed;
	// What is missing in a list leaves a gap, which a method such as `replace` may close.
	if (hasGaps(made) && !KEEPING.test(method)) return changed;
	if (/^replace/.test(method)) {
		const by = composedOf(given.at(-1) ?? '');
		const when = `${source}.replace(${given.slice(0, -1).join()}, '') !== ${source}`;
		if (isPart(by)) return gathered(code, [made, { ...by, when }]);
	}
	if (made.parts.length > 0) {
		const { changedBy = [] } = made;
		const isKept = AROUND.test(before) || KEEPING.test(method);
		return { ...made, code, changedBy: isKept ? changedBy : [...changedBy, method] };
	}
	return MAKING.test(before) && given.length === 1 ? gathered(code, [{ ...made, made: code }]) : changed;
}

/** Whether a code is a list with its entries. */
const isList = (code: string): boolean => LIST.test(signsAt(code, placesOutside(code)));

/** Takes apart the entries of a list that is joined. */
function joinedOf(whole: Composed, list: string): Composed {
	const end = endOf(list, 0);
	const changed = list.slice(end + 1);
	const parts = split(list.slice(1, end), ',').map((code) => {
		const list = `[${code}]`;
		// The list is always there, and a method such as `filter` asks for what is in it.
		return {
			...composedOf(code),
			...(changed !== '' && { when: list, made: `${list}${changed}.join()` }),
		};
	});
	return { ...gathered(whole.code, parts), isList: changed === '' };
}

/** Whether a code joins a list, in which what is missing shows nothing. */
const hasGaps = ({ isList, parts }: Composed): boolean => isList === true || parts.some(hasGaps);

const isPart = ({ code, parts }: Composed): boolean => parts.length > 0 || !isFixed(code);

const gathered = (code: string, parts: Composed[]): Composed => ({ code, parts: parts.filter(isPart) });

/** The signs of a code at some places. */
const signsAt = (code: string, places: number[]): string => places.map((at) => code.charAt(at)).join('');

/** What n8n gives that is the same for all items of a workflow. */
const OF_WORKFLOW = /^\$(?:workflow|vars|env|nodeVersion|webhookId)(?:\??\.\w+)*$/;

/** Whether a code that puts nothing together is the same for all items. */
export const isOneForAll = (code: string): boolean =>
	OF_WORKFLOW.test(code) ||
	!/[$(]/.test(code) ||
	(QUOTES.includes(code.charAt(0)) && endOf(code, 0) === code.length - 1 && !/^`[^]*\$\{/.test(code));

/** Whether a code is a text or a number, the same for every item. */
const isFixed = (code: string): boolean => QUOTES.includes(code.charAt(0)) || !/[$(]/.test(code);

/** The places of the signs of a code that stand outside of brackets and quotes, and of those that begin there. */
function placesOutside(code: string): number[] {
	const places: number[] = [];
	for (let at = 0; at < code.length; at++) {
		places.push(at);
		if (OPENING.includes(code.charAt(at))) at = endOf(code, at);
	}
	return places;
}

/** The parts of a code between the signs of one kind that stand outside of brackets and quotes. */
function split(code: string, by: string): string[] {
	const places = placesOutside(code).filter((at) => code.charAt(at) === by);
	return [-1, ...places].map((from, index) => code.slice(from + 1, places[index]).trim());
}

/** The place of the sign that ends the quote or the brackets beginning here, or of the last sign. */
function endOf(code: string, from: number): number {
	const opening = code.charAt(from);
	const isQuote = QUOTES.includes(opening);
	for (let at = from + 1; at < code.length; at++) {
		const sign = code.charAt(at);
		if (isQuote ? sign === opening : CLOSING.includes(sign)) return at;
		const opens = isQuote ? opening === '`' && code.startsWith('${', at - 1) : OPENING.includes(sign);
		if (opens) at = endOf(code, at);
		else if (isQuote && sign === '\\') at++;
	}
	return code.length - 1;
}

/** The codes in the `${…}` of a template; of nested ones, only the outer one. */
function placeholdersIn(template: string): string[] {
	const codes: string[] = [];
	for (let at = 0; at < template.length; at++) {
		if (!template.startsWith('${', at)) continue;
		const end = endOf(template, at + 1);
		codes.push(template.slice(at + 2, end).trim());
		at = end;
	}
	return codes;
}
