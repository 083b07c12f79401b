import { between } from './between.ts';

/*
 * Pages are written by hand; the tables in them are filled in between two marks:
 *
 *     <!-- fields leadEvent:create -->
 *     <!-- /fields -->
 */

/** Page below docs/ → the compiled node it is about. */
export const PAGES: Record<string, { node: string; class: string }> = {
	'propexo.md': { node: 'Propexo/Propexo.node', class: 'Propexo' },
	'propexo-trigger.md': { node: 'Propexo/PropexoTrigger.node', class: 'PropexoTrigger' },
	'rentengine.md': { node: 'RentEngine/RentEngine.node', class: 'RentEngine' },
	'rentengine-trigger.md': { node: 'RentEngine/RentEngineTrigger.node', class: 'RentEngineTrigger' },
};

/** The names of the tables that a page has a place for. */
export function placesIn(page: string): string[] {
	return [...page.matchAll(/<!-- fields (\S+) -->/g)].map(([, name]) => name ?? '');
}

/**
 * The page with its tables as they are now.
 * @throws when the page has a place for a table that the node does not have
 */
export const filled = (page: string, tables: Map<string, string>): string =>
	between(page, 'fields', (name) => {
		const table = tables.get(name);
		if (table === undefined) throw new Error(`There is no operation ${name}`);
		return table;
	});
