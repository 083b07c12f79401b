import { plainText } from '../../json/text';
import { damageInCode } from '../damage';
import type { IdsField } from '../field';
import type { Kind } from './kind';
import { box } from './kind';
import { NO_ID } from './record';

/** The IDs in one text; a list that was written down as JSON is a list all the same. */
const idsIn = (raw: unknown): string[] =>
	(plainText(raw) ?? '?')
		.split(/[,;\n"[\]]+/)
		.map((id) => id.trim())
		.filter((id) => id !== '');

/** What is wrong with one ID; completes "'Label' …". */
function wrongWith(id: string, what: string): string | undefined {
	/**
	 * @cause The list holds something that cannot be an ID.
	 * @cure Give the IDs with commas between them, or a list of them.
	 */
	if (NO_ID.test(id) || id === '?') return `must hold ${what}, separated by commas`;
	return damageInCode(id, id);
}

export const ids: Kind<IdsField> = {
	control: box,
	format: ({ most }) => `Up to ${most} IDs, separated by commas.`,
	read(raw, { record: what, most }) {
		const entries = [...new Set((Array.isArray(raw) ? (raw as unknown[]) : [raw]).flatMap(idsIn))];
		const wrong = entries.map((id) => wrongWith(id, what)).find((found) => found !== undefined);
		if (wrong !== undefined) return { wrong };
		/**
		 * @cause There are more IDs than the service takes.
		 * @cure Leave some out, or send several items.
		 */
		if (entries.length > most) return { wrong: `holds ${entries.length} IDs and may hold ${most}` };
		return entries.length > 0 ? { value: entries } : {};
	},
};
