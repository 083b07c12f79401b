import type { IDataObject } from 'n8n-workflow';

import type { Verdict } from '../../shared/deliver/write';
import type { ReadItem } from '../../shared/fields/item';

/**
 * Checks items that go by different rules, those with the same rules together.
 *
 * @param of gives the rules of an item
 * @returns one verdict for each item, in their order
 */
export async function checkEach<Rules>(
	of: (item: ReadItem) => Rules,
	items: ReadItem[],
	options: IDataObject[],
	check: (rules: Rules, items: ReadItem[], options: IDataObject[]) => Promise<Verdict[]>,
): Promise<Verdict[]> {
	const verdicts: Verdict[] = [];
	for (const rules of new Set(items.map(of))) {
		const places = items.flatMap((item, index) => (of(item) === rules ? [index] : []));
		const some = <T>(all: T[]) => places.map((index) => all[index] as T);
		const told = await check(rules, some(items), some(options));
		told.forEach((verdict, position) => {
			verdicts[places[position] ?? 0] = verdict;
		});
	}
	return verdicts;
}
