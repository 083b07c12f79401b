import { isObject } from '../json/objects';
import { textOf } from '../json/text';

/** The names under which replies have their words for people, those that say most first. */
const NAMES = ['error', 'message', 'reason', 'detail', 'errors', 'issues', 'details', 'description', 'title'];

/** How deep words may be nested. */
const DEEPEST = 4;

/**
 * The words of a reply: those of a text, of a list, and of the first names in an object that have some. Services do not document
 * all forms of their refusals.
 *
 * @returns the words, with "; " between them; an empty text for none
 */
export function wordsIn(value: unknown, depth = 0): string {
	if (depth === DEEPEST) return '';
	if (isObject(value)) {
		const found = NAMES.map((name) => wordsIn(value[name], depth + 1)).filter((words) => words !== '');
		return found.slice(0, 1).join();
	}
	if (!Array.isArray(value)) return textOf(value);
	const all = value.map((one) => wordsIn(one, depth + 1));
	return all.filter((words) => words !== '').join('; ');
}
