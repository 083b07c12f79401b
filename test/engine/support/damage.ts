/** What a sender may send instead of a value; undefined leaves the field out. */
const BLANK = [undefined, null, '', '   '];
/** Never right, whatever the field is. */
const OF_WRONG_TYPE = [{ a: 1 }, [], ['a', { b: 2 }]];

type Body = Record<string, unknown>;

/** A body with one damaged input. */
export interface Damaged {
	/** Which input was damaged and how, for the message of a failed check. */
	what: string;
	field: string;
	isBlank: boolean;
	body: Body;
}

/**
 * Copies of a body, in each of which one input is missing, null, empty, blank or of a wrong type.
 * @param fields paths of the inputs, such as `call.seconds`
 */
export function damage(body: Body, fields: readonly string[]): Damaged[] {
	const values = [
		...BLANK.map((value) => ({ value, isBlank: true })),
		...OF_WRONG_TYPE.map((value) => ({ value, isBlank: false })),
	];
	return fields.flatMap((field) =>
		values.map(({ value, isBlank }) => ({
			what: `${field}: ${JSON.stringify(value) ?? 'missing'}`,
			field,
			isBlank,
			body: withValue(body, field.split('.'), value),
		})),
	);
}

function withValue(body: Body, [name = '', ...inner]: string[], value: unknown): Body {
	if (inner.length > 0) return { ...body, [name]: withValue(body[name] as Body, inner, value) };
	const { [name]: _, ...rest } = body;
	return value === undefined ? rest : { ...rest, [name]: value };
}
