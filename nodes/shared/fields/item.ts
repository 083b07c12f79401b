import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { isObject } from '../json/objects';
import { textOf } from '../json/text';
import { isShown, limited } from './conditions';
import { leftEmpty } from './empty';
import type { Parameters } from './parameters';
import { argumentsIn, codeOf, piecesOf, writtenOf } from './expression';
import type { FieldCollection, FieldsOwner } from './collections';
import type { Field, FoundBy } from './field';
import { allFields } from './collections';
import { put } from './names';
import type { Problem, Remark } from './problem';
import type { Manner } from './kinds/kind';
import { checkValue } from './values';

/** What the item says about a record that is still to be found. */
export interface Sought {
	by: FoundBy;
	/** What people hold of it. */
	value: string;
}

/** The fields of one item, read and checked. */
export interface ReadItem {
	/** Checked values by parameter name; nothing that was not filled in. */
	values: IDataObject;
	/** The records that are named by something they are found by; once found, their IDs are among the values. */
	sought: Record<string, Sought>;
	/** The records that were found, by the API's names of their fields: the ID, and the mode it was found by. */
	found: Record<string, { id: string | number; by: string }>;
	/** What people call the IDs among the values, by ID. */
	names?: Record<string, string>;
	/** The part of `values` that belongs into the request, by the API's names. */
	body: IDataObject;
	problems: Problem[];
	/** Shown in a hint; they stop nothing. */
	remarks: Remark[];
	/** Labels of the optional fields whose expression found nothing. */
	emptied: string[];
	/** Columns of the output rows that the check of the write has found out. */
	columns?: IDataObject;
}

/** Where a message begins to say what to change in the workflow. */
const FOR_WORKFLOW = /[.;] (?=[^.;]*(?:\{\{|\$json|set the |expression))|, as in \{\{/;

/** An item of which no field is read yet. */
export const nothingRead = (): ReadItem => ({
	values: {},
	sought: {},
	found: {},
	body: {},
	problems: [],
	remarks: [],
	emptied: [],
});

/** The values of an item that no message may repeat: all except choices from a list, which are the API's own words. */
export function privateValues({ values, sought }: ReadItem, owner: FieldsOwner): unknown[] {
	const named = allFields(owner)
		.filter(({ name, kind }) => name in values && kind !== 'choice' && kind !== 'choices')
		.map(({ name }) => values[name]);
	return [...named, ...Object.values(sought).map(({ value }) => value)];
}

/**
 * Reads the fields of one item, one after the other. The fields that decide whether a field is shown or required come
 * first.
 */
class ItemReader {
	/** As the workflow holds them. */
	private readonly parameters: INodeParameters;
	readonly read = nothingRead();

	constructor(
		private readonly ctx: Parameters,
		private readonly itemIndex: number,
		private readonly fields: Field[],
		private readonly manner: Manner,
	) {
		this.parameters = ctx.getNode().parameters;
	}

	takeFields(): void {
		for (const field of this.fields) {
			if (!isShown(field, this.read.values)) continue;
			// n8n gives nothing of a field that its editor hides because it is of no use.
			const otherwise = field.uselessBeside && '';
			// Whatever stands in a resource locator is unwrapped when it is checked.
			this.take(field, () => this.ctx.getNodeParameter(field.name, this.itemIndex, otherwise));
		}
	}

	takeCollection({ label, name, fields, empty }: FieldCollection): void {
		const got = this.get(name);
		if ('wrong' in got || !isObject(got.value)) {
			// Names the fields whose expressions cannot be evaluated; the collection, if it is one itself.
			const unread = fields.flatMap((field) => {
				const own = this.get(`${name}.${field.name}`);
				return 'wrong' in own ? [{ label: field.label, ...own }] : [];
			});
			const wrong = 'wrong' in got ? got.wrong : unreadable(undefined);
			this.read.problems.push(...(unread.length > 0 ? unread : [{ label, wrong }]));
			return;
		}
		const given = got.value;
		// What was added and has no value may be missing among what n8n gives.
		const added = { ...(this.parameters[name] as IDataObject | undefined), ...given };
		for (const field of fields) {
			const { values, sought } = this.read;
			if (!(field.name in added) || field.name in values || field.name in sought) continue;
			if (!isShown(field, values)) continue;
			this.take(field, () => given[field.name], name, empty);
		}
	}

	/** What n8n gives of a collection, or of a field in it; what is wrong when an expression there cannot be evaluated. */
	private get(path: string) {
		return safely((): { value: unknown } => ({
			value: this.ctx.getNodeParameter(path, this.itemIndex, {}),
		}));
	}

	private take(
		field: Field,
		get: () => unknown,
		collection?: string,
		empty?: FieldCollection['empty'],
	): void {
		const written = writtenOf(this.parameters, field.name, collection);
		const reading = {
			...this.manner,
			before: this.read.values,
			expression: () => codeOf(written),
			pieces: () => piecesOf(this.ctx, written, this.itemIndex),
		};
		const checked = safely(() => checkValue(limited(field, this.read.values), get(), reading));
		const { sought, remarks, problems } = this.read;
		if ('wrong' in checked) {
			// What the model of an agent wrote is not an expression to be corrected.
			const [wrong = ''] =
				argumentsIn(written).length > 0 ? checked.wrong.split(FOR_WORKFLOW, 1) : [checked.wrong];
			problems.push({ label: field.label, wrong });
			return;
		}
		if (checked.value === undefined) return this.takeNothing(field, written, empty);
		if (checked.remark !== undefined) remarks.push({ label: field.label, remark: checked.remark });
		if (checked.names) this.read.names = { ...this.read.names, ...checked.names };
		if (checked.by) sought[field.name] = { by: checked.by, value: textOf(checked.value) };
		else put(this.read, field, checked.value);
	}

	private takeNothing(field: Field, written: unknown, empty?: FieldCollection['empty']): void {
		const { problems, remarks, values } = this.read;
		const around = { values, fields: this.fields, empty };
		const { problem, emptied, value, remark } = leftEmpty(field, written, around);
		if (problem) problems.push(problem);
		if (emptied !== undefined) this.read.emptied.push(emptied);
		if (value !== undefined) put(this.read, field, value);
		if (remark) remarks.push(remark);
	}
}

/**
 * Reads and checks the fields of one item. Nothing is thrown: every field that is wrong is in `problems`, so that
 * one run shows the user all of them.
 *
 * A field comes after those its conditions speak of. One in a collection yields to a top-level field of the same name.
 *
 * @param manner how dates, times and texts that are too long are read
 */
export function readItem(
	ctx: Parameters,
	itemIndex: number,
	{ fields, collections }: FieldsOwner,
	manner: Manner,
): ReadItem {
	const reader = new ItemReader(ctx, itemIndex, fields, manner);
	reader.takeFields();
	collections.forEach((collection) => reader.takeCollection(collection));
	return reader.read;
}

/** An expression that cannot be evaluated is this item's problem, not the end of the run. */
function safely<T>(work: () => T): T | { wrong: string } {
	try {
		return work();
	} catch (cause) {
		return { wrong: unreadable(cause) };
	}
}

/** n8n's words are short; longer ones quote something. */
const LONGEST_REASON = 200;

/**
 * Why n8n could not evaluate an expression. Only n8n's own words about expressions are told: those of JavaScript may quote
 * a value.
 *
 * @cause n8n could not work out the expression for this item. Its own reason stands in the message where it quotes no
 * value.
 * @cure Open the expression and choose this item in the preview.
 */
function unreadable(cause: unknown): string {
	const isOwn = cause instanceof Error && cause.name === 'ExpressionError';
	const reason =
		isOwn && cause.message.length <= LONGEST_REASON ? `: ${cause.message.replace(/\.$/, '')}` : '';
	return `could not be read${reason}. Check its expression`;
}
