import { holdForAnyValue } from '../../shared/fields/support/anyValue.ts';
import { ownKinds } from './fields.ts';

holdForAnyValue(Object.values(ownKinds).map(({ field }) => field));
