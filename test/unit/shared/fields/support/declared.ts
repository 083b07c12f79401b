import type { Field } from '../../../../../nodes/shared/fields/field';

/** What a field says besides its names, kind by kind. */
type Unnamed<F> = F extends Field ? Omit<F, 'name' | 'label' | 'description'> & { label?: string } : never;

/** A field that is declared as the services declare theirs, with nothing said that does not matter to a test. */
export const declared = (said: Unnamed<Field>, name = 'x'): Field =>
	({ name, label: name, description: '', ...said }) as Field;
