/** "Item 3 of 300", counted as a person counts rows; '' for the only item, which needs no number. */
export function itemName(index: number, count: number): string {
	return count === 1 ? '' : `Item ${index + 1} of ${count}`;
}

/**
 * What is said of an item: "Item 3 of 300: no connection could be made", or of the only one "No connection could be made".
 *
 * @param name of the item, as `itemName` gives it
 * @param text begins in lower case unless its first word is a name
 */
export function saidOf(name: string, text: string): string {
	return name === '' ? text.charAt(0).toUpperCase() + text.slice(1) : `${name}: ${text}`;
}
