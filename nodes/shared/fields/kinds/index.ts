import type { Field, FieldKind, FieldOf, NoticeField } from '../field';
import { boolean, choice, choices } from './choice';
import { email, phone } from './contact';
import { json } from './json';
import type { Kind } from './kind';
import { dollars, number } from './number';
import { ids, record } from './record';
import { names, text } from './text';
import { date, dateFormat, dateTime, timeOfDay, timeZone } from './times';
import { url } from './url';
import { uuids } from './uuids';

const notice: Kind<NoticeField> = {
	control: () => ({ type: 'notice', default: '' }),
	read: () => ({}),
};

const KINDS: { [K in FieldKind]: Kind<FieldOf<K>> } = {
	boolean,
	choice,
	choices,
	date,
	dateFormat,
	dateTime,
	dollars,
	email,
	ids,
	json,
	names,
	notice,
	number,
	phone,
	record,
	text,
	timeOfDay,
	timeZone,
	url,
	uuids,
	wholeNumber: number,
};

/** What a field has in common with all others of its kind. */
export const kindOf = (field: Field): Kind<Field> => KINDS[field.kind];
