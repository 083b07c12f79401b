import type { Checked } from '../../shared/fields/checked';
import type { OwnField } from '../../shared/fields/field';
import type { Kind } from '../../shared/fields/kinds/kind';
import { box, lineOf } from '../../shared/fields/kinds/kind';
import { UUID } from '../../shared/find/alike';
import { nth, plainText } from '../../shared/json/text';

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

/** UUIDs of users: a list, an array expression or a text with commas. An empty list, which only an expression can give, is sent. */
export const userIds: Kind<OwnField> = {
	control: box,
	format: () =>
		'User IDs such as 1259ef6e-61ee-42cb-b6bd-7fe547569d7c, separated by commas, or a list of them.',
	read(raw): Checked {
		const entries = [raw].flat().flatMap((entry) => entriesIn(lineOf(entry) ?? '?'));
		const ids = [...new Set(entries.map(({ id }) => id))];
		if (ids.length === 0) return isEmptyList(raw) ? { value: [] } : {};
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

/** The same, chosen from a list. */
export const listedUserIds: Kind<OwnField> = {
	...userIds,
	control: () => ({
		type: 'multiOptions',
		default: [],
		typeOptions: {
			loadOptionsMethod: 'getUsers',
			// What is filled in before the users, or beside them.
			loadOptionsDependsOn: ['prospectId.mode', 'prospectId.value', 'eventType', 'assignment'],
		},
		allowArbitraryValues: true,
	}),
	// n8n has fixed words for what is chosen from a list.
	format: () => undefined,
	// Nobody has chosen anything. n8n asks for it only where it knows that the field is shown, and not in a tool.
	read: (raw, field, reading) =>
		Array.isArray(raw) && raw.length === 0 && reading.expression?.() === undefined
			? {}
			: userIds.read(raw, field, reading),
};
