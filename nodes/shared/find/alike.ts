import { tenDigits } from './phone';

/*
 * When two values that people hold mean the same. Each function gives the form in which those are equal, and '' for what
 * is no such value.
 */

/** Accents, marks that cannot be seen, and blanks. */
const INCIDENTAL = /[\p{M}\p{Cf}\s]+/gu;
const QUOTES = /[\u2018\u2019`\u00b4]/g;

/** Names, without regard to letter case, accents and blanks: `Jose Nunez`, `JOSÉ NÚÑEZ` and `José  Núñez` are the same. */
export const nameAlike = (text: string): string =>
	text.replace(QUOTES, "'").normalize('NFKD').replace(INCIDENTAL, '').toUpperCase();

/** E-mail addresses, without regard to letter case. */
export const emailAlike = (text: string): string => text.trim().toLowerCase();

/** IDs of other systems, as they are written. */
export const idAlike = (text: string): string => text.trim();

/** Fewer digits are a number without its area code, which somebody else may have in another place. */
const SHORTEST_NUMBER = 8;

/**
 * Phone numbers, by their digits: a North American number by its ten, with or without +1, and any other one by all of its
 * digits, without the + or the zeros that stand for it.
 */
export function phoneAlike(text: string): string {
	const ten = tenDigits(text);
	if (ten !== undefined) return ten;
	const digits = text.replace(/\D/g, '').replace(/^(?:00|011)/, '');
	return digits.length >= SHORTEST_NUMBER ? digits : '';
}
