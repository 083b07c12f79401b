import type { IDataObject } from 'n8n-workflow';

import type { Schema } from '../json/schema';
import type { Kind } from './kinds/kind';

/** Parameter name → the values for which something holds, all of them at once. */
export type Condition = Record<string, string[]>;

/** Some of the records that another field can name. */
export interface Beside {
	/** The name of that field. */
	field: string;
	/** How their names end in its list. */
	listedAs: string[];
	/** What to do about a value that was filled in before such a record was chosen. */
	hint: string;
}

/** What every field says of itself, whatever its kind. */
interface Common {
	/** Parameter name, camelCase of the API's name. */
	name: string;
	/**
	 * The API's own name, where it is not the snake_case of `name`. A name such as `events.0.notes` stands within the
	 * first entry of a list.
	 */
	api?: string;
	/** The parameter whose value is given here in another way; one of the two is shown. */
	insteadOf?: string;
	/** Shown in the editor and in messages, Title Case. */
	label: string;
	description: string;
	hint?: string;
	/** What an AI that builds workflows should know beyond the description (n8n's `builderHint`). */
	builderHint?: string;
	/** When the field is shown and read; always, if left out. */
	shownFor?: Condition;
	/** When the field must have a value: always, or for one value of another field (of those it is shown for). */
	required?: true | Record<string, [string]>;
	/**
	 * What happens without it, where that is more than anybody may have meant: "every listed user gets the prospect".
	 * An item whose expression finds nothing is refused then. As a function it depends on the values of the fields before it.
	 */
	withoutIt?: string | ((values: IDataObject) => string | undefined);
	/** Decides how items are handled rather than what is sent: not part of the request body. */
	local?: true;
	/** The service takes null for it, which empties it in the record. */
	nullable?: true;
	/** The records beside which it is of no use. The editor hides it there, unless it is filled in (`useless.ts`). */
	uselessBeside?: Beside;
	/** The same for all items: no expression can be given. */
	fixed?: true;
	/**
	 * The remark about a value that is legal but most likely a mistake; completes "'Label' …", never repeats the value.
	 *
	 * @param isFixed no expression gives it, so that all items have it
	 * @param raw as it was given
	 * @param before the values of the item's fields before it, by name
	 */
	remark?(
		value: IDataObject[string],
		isFixed?: boolean,
		raw?: unknown,
		before?: IDataObject,
	): string | undefined;
}

/** A field that is typed into a box. */
interface Typed extends Common {
	placeholder?: string;
}

/** A field whose value can be chosen from a list that the editor asks the service for. */
interface Searched {
	/** The `listSearch` method that fills the list. */
	searchMethod: string;
}

interface NotSearched {
	searchMethod?: undefined;
}

interface Text extends Typed {
	kind: 'text';
	/** Most characters, as JavaScript counts them (UTF-16 units). */
	maxLength?: number;
	/** Only for these values of other fields it may have no more characters; always, if left out. */
	limitedFor?: Condition;
	/** It is the ID that something has in another system. */
	isId?: true;
	/** It is refused if a value of its expression is missing: a part of it would mean something else. */
	onlyWhole?: true;
	/** Anybody may have written it, such as the subject of an email: what looks like a mistake may be meant. */
	byAnybody?: true;
}

/** A text in a box of several rows, or one with a list of names that it is mostly one of. */
export type TextField = Text & (({ rows?: number } & NotSearched) | ({ rows?: undefined } & Searched));

/** Whether a value may be in the words of anybody, such as a renter's email: a text of several rows always may. */
export const isByAnybody = (field: Field): boolean =>
	field.kind === 'text' && (field.rows !== undefined || field.byAnybody === true);

/** A number; empty unless a default is given, so that nobody sends a 0 that they did not enter. */
export interface NumberField extends Common {
	kind: 'wholeNumber' | 'number';
	placeholder?: string;
	default?: number;
	/** Inclusive limits. A message names `max` only together with `min`. */
	min?: number;
	max?: number;
	/** What is said of a number above `max`: in which unit it is. */
	tooMuch?: string;
}

/** An amount of money, given in dollars and sent in cents. */
export interface DollarsField extends Common {
	kind: 'dollars';
	/** Inclusive, in dollars. */
	min?: number;
}

export interface BooleanField extends Common {
	kind: 'boolean';
	default?: boolean;
	/** An expression that finds nothing leaves it out, instead of sending its default. */
	emptyIsNothing?: true;
}

/** One of the values that a field may have. */
export interface Choice {
	/** As the editor shows it. */
	name: string;
	/** As the API spells it. */
	value: string;
	description?: string;
	/** What it is in a sentence: "A call". */
	subject?: string;
	/** Words of other systems that mean it; letter case, spaces and punctuation do not matter in them. */
	alsoTaken?: string[];
}

/** One of the options. */
export interface ChoiceField extends Common {
	kind: 'choice';
	options: Choice[];
	/** The value of one of the options. */
	default?: string;
}

/** Any number of the options. */
export interface ChoicesField extends Common {
	kind: 'choices';
	options: Choice[];
	/** Values of options, in order. */
	default?: string[];
}

export interface DateTimeField extends Common {
	kind: 'dateTime';
	/** The systems behind the API that take a day without a time of day too: "MRI". Left out: none does. */
	days?: string;
	/** It may hold dates that no leasing event can have, such as a day of birth or the beginning of a search. */
	anyAge?: true;
	/**
	 * The API takes the day and the time of day apart, under these names, and without an offset: by the clock of some time
	 * zone. The check of the write finds out which, and adds both to the request (`Verdict.adds`).
	 */
	parts?: readonly [date: string, time: string];
}

/** A day. A time of day that comes with it is cut off. */
export interface DateField extends Common {
	kind: 'date';
	/** It is a day of birth: it cannot lie in the future, and no message repeats it. */
	past?: true;
}

export interface TimeOfDayField extends Typed {
	kind: 'timeOfDay';
	/** The date-time field whose day it belongs to. */
	dayOf?: string;
	/** It is the time of that date-time itself. If it is far from it, a hint says so. */
	isStart?: true;
}

/** The IANA name of a time zone. */
export type TimeZoneField = Typed & { kind: 'timeZone' } & (Searched | NotSearched);

/** How dates are written that are not ISO. */
export interface DateFormatField extends Typed {
	kind: 'dateFormat';
}

/** An address on the web. */
export interface UrlField extends Typed {
	kind: 'url';
}

/** One email address. */
export interface EmailField extends Typed {
	kind: 'email';
}

export interface PhoneField extends Typed {
	kind: 'phone';
	/** What the service wants of a number beyond its kind: gives the text to send, or what is wrong with it. */
	refine?(text: string): { value: string } | { wrong: string };
}

/** Something people hold, by which a record can be found: a mode of its locator. */
export interface FoundBy {
	/** The mode, such as `email` or `name`. */
	mode: string;
	/** The field that is typed in that mode. The mode is called "By" and the field's label. */
	field: TextField | EmailField | PhoneField | DateTimeField;
}

/** How IDs are written that are not just texts. */
export interface WrittenId {
	/** For messages: "a positive whole number such as 12345". */
	as: string;
	/** The ID in a text; undefined if the text is none. */
	read(text: string): number | undefined;
	/** What it is in the output. */
	schema: Schema;
}

/** A record: its ID, picked from a list or typed, or something by which it is found. */
export type RecordField = Typed & {
	kind: 'record';
	/** What the ID is, for messages: "a prospect's ID". */
	record: string;
	/** How its ID is written, where it is more than just a text. */
	written?: WrittenId;
	/** How it can be found. The details are declared in the room `find` (`Findable`). */
	findable?: { modes: readonly FoundBy[] };
} & (Searched | NotSearched);

/** IDs of records: a list, an array expression or a text with commas. */
export interface IdsField extends Typed {
	kind: 'ids';
	/** What they are, for messages: "Propexo IDs of units". */
	record: string;
	/** How many at most. */
	most: number;
}

/** A field of a kind that only its service has, such as the IDs of its users. */
export interface OwnField extends Typed {
	kind: 'own';
	own: Kind<OwnField>;
}

/** No value: its label is a text that is shown among the fields. */
export interface NoticeField extends Common {
	kind: 'notice';
	local: true;
}

/**
 * One field, declared once: the editor's property (`editor.ts`), reading and checking (`kinds/`) and the request body
 * (`item.ts`) follow from it. Its kind decides what else it may say; what the kind would ignore does not compile.
 */
export type Field =
	| TextField
	| RecordField
	| NumberField
	| DollarsField
	| BooleanField
	| ChoiceField
	| ChoicesField
	| DateTimeField
	| DateField
	| TimeOfDayField
	| TimeZoneField
	| DateFormatField
	| UrlField
	| EmailField
	| PhoneField
	| IdsField
	| OwnField
	| NoticeField;

/** What a field holds, which decides its editor control and how its value is checked. */
export type FieldKind = Field['kind'];

/** The declaration of a field of one kind. */
export type FieldOf<Kind extends FieldKind> = Extract<Field, { kind: Kind }>;
