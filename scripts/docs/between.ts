/**
 * A page with other texts between all its marks of a name, `<!-- name -->` and `<!-- /name -->`. The first of them may say
 * what belongs there: `<!-- name what -->`. Prettier leaves the texts alone: it would align the columns of tables, and every
 * change of a word would change the whole table.
 *
 * @throws when the page has no such marks
 */
export function between(page: string, name: string, textOf: (what: string) => string): string {
	const block = new RegExp(`(<!-- ${name}(?: (\\S+))? -->)[^]*?(<!-- /${name} -->)`, 'g');
	if (page.search(block) === -1) throw new Error(`The page has no place for ${name}`);
	return page.replace(block, (_, begin: string, what: string | undefined, end: string) => {
		const text = textOf(what ?? '');
		const parts = ['<!-- prettier-ignore-start -->', text, '<!-- prettier-ignore-end -->'].join('\n\n');
		return `${begin}\n${parts}\n${end}`;
	});
}
