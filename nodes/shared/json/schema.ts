/** A JSON schema, as much of it as n8n reads: it shows the fields of a node's output before the node has run. */
export interface Schema {
	type: string | string[];
	properties?: Record<string, Schema>;
	items?: Schema;
}

export const TEXT: Schema = { type: 'string' };
export const TEXT_OR_NULL: Schema = { type: ['string', 'null'] };
export const WHOLE_NUMBER: Schema = { type: 'integer' };
export const TEXTS: Schema = { type: 'array', items: TEXT };

/** An object with these properties. */
export const objectOf = (properties: Record<string, Schema>): Schema => ({ type: 'object', properties });
