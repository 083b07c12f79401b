import { isObject } from './objects';
import { textOf } from './text';

function areSameTextOrTime(a: unknown, b: unknown): boolean {
	if (a === null || a === undefined) return false;
	if (textOf(a) === textOf(b)) return true;
	// A service may write a time in another form than it was sent in.
	const isTime = (value: unknown): value is string =>
		typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value);
	return isTime(a) && isTime(b) && Date.parse(a) === Date.parse(b);
}

/**
 * Whether a record holds everything that was sent, whatever else a service added to it.
 *
 * @param sent what was sent; the order of a list does not matter
 */
export function holdsAll(record: unknown, sent: unknown): boolean {
	if (Array.isArray(sent)) {
		if (!Array.isArray(record) || record.length !== sent.length) return false;
		const left: unknown[] = [...record];
		return sent.every((wanted) => {
			const place = left.findIndex((given) => holdsAll(given, wanted));
			return place >= 0 && left.splice(place, 1).length > 0;
		});
	}
	if (isObject(sent)) {
		return (
			isObject(record) && Object.entries(sent).every(([key, wanted]) => holdsAll(record[key], wanted))
		);
	}
	return !isObject(record) && !Array.isArray(record) && areSameTextOrTime(record, sent);
}

/** JSON with the keys of every object in order, so that equal contents give equal texts. `objectIn` bounds its depth. */
export function canonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
	if (!isObject(value)) return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}
