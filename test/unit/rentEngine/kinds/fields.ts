import { json } from '../../../../nodes/RentEngine/kinds/json';
import { names } from '../../../../nodes/RentEngine/kinds/names';
import { userIds } from '../../../../nodes/RentEngine/kinds/userIds';
import type { Field, OwnField } from '../../../../nodes/shared/fields/field';
import type { Kind } from '../../../../nodes/shared/fields/kinds/kind';
import { checkValue, type CheckedField } from '../../../../nodes/shared/fields/values';
import { declared } from '../../shared/fields/support/declared.ts';
import type { KindRow } from '../../shared/fields/support/kinds.ts';
import { OWN_KINDS } from './table.ts';

/** A field of a kind that only RentEngine has. */
export const ownField = (own: Kind<OwnField>): Field => declared({ kind: 'own', own });

/** Checks a value in such a field. */
export const checkOwn = (own: Kind<OwnField>, raw: unknown): CheckedField =>
	checkValue(ownField(own), raw, { zone: 'America/Chicago' });

/** Each kind with a field of it. */
export const ownKinds: Record<keyof typeof OWN_KINDS, KindRow> = {
	names: { ...OWN_KINDS.names, field: ownField(names) },
	userIds: { ...OWN_KINDS.userIds, field: ownField(userIds) },
	json: { ...OWN_KINDS.json, field: ownField(json) },
};
