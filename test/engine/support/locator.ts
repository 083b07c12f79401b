/** An ID as the editor stores it in a resource locator. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** Something that people hold of a record, such as an email address, as the editor stores it in a resource locator. */
export const by = (mode: string, value: unknown) => ({ __rl: true, mode, value });

/** A record that was chosen from a list, which showed it by that name. */
export const chosenFromList = (value: string, name: string) => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName: name,
});
