import { plainText } from '../../json/text';
import type { UuidsField } from '../field';
import type { Kind } from './kind';
import { box } from './kind';

/** A UUID in any letter case. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const isEmptyList = (raw: unknown): boolean =>
	Array.isArray(raw) ? raw.length === 0 : plainText(raw)?.trim() === '[]';

export const uuids: Kind<UuidsField> = {
	control: (field) =>
		field.optionsMethod === undefined
			? box(field)
			: {
					type: 'multiOptions',
					default: [],
					typeOptions: { loadOptionsMethod: field.optionsMethod },
					allowArbitraryValues: true,
				},
	read(raw, field) {
		const entries = (Array.isArray(raw) ? raw : [raw])
			// A list that was written down as JSON is a list all the same.
			.flatMap((entry: unknown) => (plainText(entry) ?? '?').split(/[,;\s"[\]]+/))
			.filter((entry) => entry !== '');
		const ids = [...new Set(entries.map((entry) => entry.toLowerCase()))];
		if (ids.length === 0) return field.mayBeEmpty && isEmptyList(raw) ? { value: [] } : {};
		const strange = ids.findIndex((id) => !UUID.test(id));
		if (strange < 0) return { value: ids };
		const which = ids.length > 1 ? `entry ${strange + 1} is not` : 'it is not';
		return { wrong: `must hold user IDs such as 1259ef6e-61ee-42cb-b6bd-7fe547569d7c; ${which}` };
	},
};
