import { cleaned, inOneLine } from '../../shared/fields/cleaned';
import { markAlone } from '../../shared/fields/damage';
import type { OwnField } from '../../shared/fields/field';
import type { Kind } from '../../shared/fields/kinds/kind';
import { box } from '../../shared/fields/kinds/kind';
import { opened, plainText } from '../../shared/json/text';

/** Names, separated by semicolons or line breaks: some have commas in them. */
export const names: Kind<OwnField> = {
	isWords: true,
	control: box,
	format: () => 'Names, separated by semicolons.',
	read(raw) {
		const texts = [opened(raw)].flat().map(plainText);
		/**
		 * @cause The expression gave objects where names belong.
		 * @cure Use their names: `{{ $json.agents.map((agent) => agent.name) }}`.
		 */
		if (texts.includes(undefined)) return { wrong: 'must be names, separated by semicolons' };
		const entries = texts
			.flatMap((one = '') => cleaned(one).split(/[;\n]/))
			.map(inOneLine)
			.filter((name) => name !== '');
		const wrong = entries.map((entry) => markAlone(entry)).find((found) => found !== undefined);
		if (wrong !== undefined) return { wrong };
		return entries.length > 0 ? { value: entries } : {};
	},
};
