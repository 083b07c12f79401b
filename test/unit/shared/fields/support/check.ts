import type { FieldKind } from '../../../../../nodes/shared/fields/field';
import { checkValue, type CheckedField } from '../../../../../nodes/shared/fields/values';
import type { Piece } from '../../../../../nodes/shared/fields/expression';
import { declared } from './declared.ts';

/**
 * Checks a value in a field of a kind.
 *
 * @param more what else the field says
 * @param pieces what its expression put together
 */
export const check = (
	kind: FieldKind,
	raw: unknown,
	more: object = {},
	pieces: () => Piece[] = () => [],
): CheckedField =>
	checkValue(
		declared({ kind, record: 'an ID', most: 9, options: [], ...more } as Parameters<typeof declared>[0]),
		raw,
		{ zone: 'America/Chicago', pieces },
	);
