import { titleCase } from '../json/text';
import type { Choice } from './field';

/** One of the options: its value, or what else it says too. */
type Said = string | (Partial<Choice> & Pick<Choice, 'value'>);

/** Options that are shown as their values in words, unless they have another name: `NO_REASON` as "No Reason". */
export const choicesOf = (...all: Said[]): Choice[] =>
	all.map((said) => {
		const choice = typeof said === 'string' ? { value: said } : said;
		return { name: titleCase(choice.value), ...choice };
	});
