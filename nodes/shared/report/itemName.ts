/** "Item 3 of 300", counted as a person counts rows; '' for the only item, which needs no number. */
export function itemName(index: number, count: number): string {
	return count === 1 ? '' : `Item ${index + 1} of ${count}`;
}

/** How many items a hint names one by one. */
const MOST_NAMED = 10;

/**
 * "Items 2, 5 and 9 of 300", "12 of 300 items": counted as a person counts rows. '' for the only item.
 *
 * @noMessage It begins a hint.
 */
export function itemsNamed(indexes: number[], count: number): string {
	if (count === 1) return '';
	if (indexes.length > MOST_NAMED) return `${indexes.length} of ${count} items`;
	const numbers = indexes.map((index) => index + 1);
	const last = numbers.pop();
	return numbers.length === 0
		? `Item ${last} of ${count}`
		: `Items ${numbers.join(', ')} and ${last} of ${count}`;
}

/** Such a sentence (`withItemName`) without the name, as a part of another sentence. */
export const withoutItemName = (name: string, text: string): string =>
	name === '' ? text.charAt(0).toLowerCase() + text.slice(1) : text.replace(`${name}: `, '');

/**
 * A sentence about an item: "Item 3 of 300: no connection could be made", or of the only one "No connection could be made".
 *
 * @param name of the item, as `itemName` gives it
 * @param text begins in lower case unless its first word is a name
 */
export function withItemName(name: string, text: string): string {
	return name === '' ? text.charAt(0).toUpperCase() + text.slice(1) : `${name}: ${text}`;
}
