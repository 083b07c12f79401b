import { numericId } from '../../../../nodes/RentEngine/kinds/numericId';
import { holdForAnyValue } from '../../shared/fields/support/anyValue.ts';
import { declared } from '../../shared/fields/support/declared.ts';
import { ownKinds } from './fields.ts';

holdForAnyValue([
	...Object.values(ownKinds).map(({ field }) => field),
	declared({ kind: 'record', written: numericId, record: "a prospect's ID" }),
]);
