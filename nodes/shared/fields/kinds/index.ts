import type { Field, FieldKind, FieldOf, NoticeField } from '../field';
import { boolean, choice, choices } from './choice';
import { email, phone } from './contact';
import type { Kind } from './kind';
import { dollars, number } from './number';
import { ids, record } from './record';
import { text } from './text';
import { date, dateFormat, dateTime, timeOfDay, timeZone } from './times';
import { url } from './url';

const notice: Kind<NoticeField> = {
	control: () => ({ type: 'notice', default: '' }),
	read: () => ({}),
};

const KINDS: { [K in Exclude<FieldKind, 'own'>]: Kind<FieldOf<K>> } = {
	boolean,
	choice,
	choices,
	date,
	dateFormat,
	dateTime,
	dollars,
	email,
	ids,
	notice,
	number,
	phone,
	record,
	text,
	timeOfDay,
	timeZone,
	url,
	wholeNumber: number,
};

/** What a field has in common with all others of its kind. */
export const kindOf = (field: Field): Kind<Field> => (field.kind === 'own' ? field.own : KINDS[field.kind]);
