/**
 * A page with another text between two of its marks, `<!-- name -->` and `<!-- /name -->`. Prettier leaves the text alone:
 * it would align the columns of tables, and every change of a word would change the whole table.
 *
 * @throws when the page has no such marks
 */
export function between(page: string, name: string, text: string): string {
	const block = new RegExp(`(<!-- ${name} -->)[^]*?(<!-- /${name} -->)`);
	if (!block.test(page)) throw new Error(`The page has no place for ${name}`);
	const parts = ['<!-- prettier-ignore-start -->', text, '<!-- prettier-ignore-end -->'].join('\n\n');
	return page.replace(block, (_, begin: string, end: string) => `${begin}\n${parts}\n${end}`);
}
