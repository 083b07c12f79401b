import { nth, plainText } from '../../json/text';
import type { Checked } from '../checked';
import type { UuidsField } from '../field';
import type { Kind } from './kind';
import { box, lineOf } from './kind';

/** A UUID in any letter case. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isEmptyList = (raw: unknown): boolean =>
	Array.isArray(raw) ? raw.length === 0 : plainText(raw)?.trim() === '[]';

/** One entry: an ID, and the name that stands before it if there is one (`Jordan = 1259ef6e-…`). */
interface Entry {
	id: string;
	name?: string;
}

/** The entries of a text. Without names, spaces separate IDs too. A list that was written down as JSON is a list, and brackets may be around an ID. */
function entriesIn(text: string): Entry[] {
	return text
		.split(/[,;\n"[\]{}]+/)
		.map((part) => part.trim())
		.filter((part) => part !== '')
		.flatMap((part): Entry[] => {
			const [, name = '', id] = /^([^=]*)=([^]*)$/.exec(part) ?? [];
			if (id === undefined) return part.split(/\s+/).map((one) => ({ id: one.toLowerCase() }));
			return [{ id: id.trim().toLowerCase(), ...(name.trim() !== '' && { name: name.trim() }) }];
		});
}

export const uuids: Kind<UuidsField> = {
	control: (field) =>
		field.optionsMethod === undefined
			? box(field)
			: {
					type: 'multiOptions',
					default: [],
					typeOptions: {
						loadOptionsMethod: field.optionsMethod,
						...(field.optionsWith && { loadOptionsDependsOn: field.optionsWith }),
					},
					allowArbitraryValues: true,
				},
	// n8n has fixed words for what is chosen from a list.
	format: ({ optionsMethod }) =>
		optionsMethod === undefined
			? 'User IDs such as 1259ef6e-61ee-42cb-b6bd-7fe547569d7c, separated by commas, or a list of them.'
			: undefined,
	read(raw, field): Checked {
		const entries = [raw].flat().flatMap((entry) => entriesIn(lineOf(entry) ?? '?'));
		const ids = [...new Set(entries.map(({ id }) => id))];
		if (ids.length === 0) return field.mayBeEmpty && isEmptyList(raw) ? { value: [] } : {};
		const strange = entries.findIndex(({ id }) => !UUID.test(id));
		/**
		 * @cause A name or an email address stands where the ID of a user belongs.
		 * @cure _Choose Users → From List_ shows the IDs seen lately. A name may stand before an ID: `Jordan =
		 * 1259ef6e-…`.
		 */
		if (strange >= 0) {
			/** @noMessage It is a part of the message below. */
			const which =
				entries.length > 1
					? `its ${nth(strange)} entry is something else`
					: 'it holds something else';
			return {
				wrong: `must hold user IDs such as 1259ef6e-61ee-42cb-b6bd-7fe547569d7c; ${which}. A name may stand before an ID: Jordan = 1259ef6e-…`,
			};
		}
		const names = entries.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name] as const]));
		return { value: ids, ...(names.length > 0 && { names: Object.fromEntries(names) }) };
	},
};
