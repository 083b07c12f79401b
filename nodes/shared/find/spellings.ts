import { UUID } from '../fields/kinds/uuids';

const BEGINNINGS = /(?<!\p{L})\p{L}/gu;
const BEGINNING = /^\p{L}/u;

const inCapitals = (letter: string): string => letter.toUpperCase();

/**
 * How an email address may be stored that is not all in lowercase: as the name of its owner is written, such as
 * `Nathan.Smith7@example.com`, the same with a capital domain, or all in capitals. A service that compares letter case can
 * be asked for these; other spellings are rare, and there are too many of them.
 *
 * @param key the address in lowercase
 */
export function emailSpellings(key: string): string[] {
	const at = key.lastIndexOf('@') + 1;
	const [name, domain] = [key.slice(0, at).replace(BEGINNINGS, inCapitals), key.slice(at)];
	return [...new Set([name + domain, name + domain.replace(BEGINNING, inCapitals), key.toUpperCase()])];
}

/** How an ID may be stored that is not as its key: a UUID in capitals. */
export const idSpellings = (key: string): string[] => (UUID.test(key) ? [key.toUpperCase()] : []);
