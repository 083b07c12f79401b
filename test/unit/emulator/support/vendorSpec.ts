import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** A schema, ready to judge. */
export interface Judge {
	(value: unknown): boolean;
	errors?: { instancePath: string; message?: string }[] | null;
}

interface Ajv {
	addSchema(schema: object): unknown;
	getSchema(id: string): Judge | undefined;
}

interface Parameter {
	name: string;
	in: string;
	schema: { enum?: unknown[]; type?: string | string[] };
}

interface Operation {
	parameters?: Parameter[];
}

export interface VendorSpec {
	paths: Record<string, Record<string, Operation>>;
	/** The schema of that name. */
	judge(name: string): Judge;
}

export interface Schema {
	$ref?: string;
	type?: string | string[];
	format?: string;
	pattern?: string;
	enum?: string[];
	default?: unknown;
	maxLength?: number;
	minLength?: number;
	maxItems?: number;
	exclusiveMinimum?: number;
	items?: Schema;
	anyOf?: Schema[];
	minimum?: number;
	maximum?: number;
	properties?: Record<string, Schema>;
	required?: string[];
}

interface Contract {
	paths: VendorSpec['paths'];
	components: { schemas: Record<string, Schema> };
}

/** What of Propexo's OpenAPI file is relied on here, as `npm run contract` took it out of that file. */
const CONTRACT = join(__dirname, '..', 'fixtures', 'propexo.json');

const read = (): Contract => JSON.parse(readFileSync(CONTRACT, 'utf8')) as Contract;

/** A schema as it is written. */
export function schemaOf(name: string): Schema {
	const schema = read().components.schemas[name];
	if (!schema) throw new Error(`There is no schema ${name}`);
	return schema;
}

/** The names of lead events that the one list has, which is one PMS's alone. */
export function eventNames(): Set<string> {
	return new Set(schemaOf('_v1_events_leads_post_input').properties?.['event_name']?.enum);
}

/**
 * What Propexo itself says of its API, without two of its lists: `event_name`, which is one PMS's alone, and the
 * vendors, three of which it hides behind made-up names.
 */
export function loadVendorSpec(): VendorSpec {
	const spec = read();
	openLists(spec.components);
	spec.components.schemas['Enum1'] = { type: 'string' };
	// Fastify brings the ajv that its own validation is made of.
	const ofFastify = createRequire(
		createRequire(join(process.cwd(), 'package.json')).resolve('@fastify/ajv-compiler'),
	);
	const AjvClass = (ofFastify('ajv') as { default: new (options: object) => Ajv }).default;
	const addFormats = ofFastify('ajv-formats') as (ajv: Ajv) => void;
	const ajv = new AjvClass({ strict: false, allErrors: true });
	addFormats(ajv);
	ajv.addSchema({ $id: 'propexo', components: spec.components });
	return {
		paths: spec.paths,
		judge(name) {
			const reference = name.replaceAll('{', '%7B').replaceAll('}', '%7D');
			const found = ajv.getSchema(`propexo#/components/schemas/${reference}`);
			if (!found) throw new Error(`There is no schema ${name}`);
			return found;
		},
	};
}

const OPENED = new Set(['event_name', 'vendor', 'integration_vendor']);

/** Takes the values away from lists that are known not to be complete. */
function openLists(node: unknown): void {
	if (typeof node !== 'object' || node === null) return;
	for (const [key, value] of Object.entries(node)) {
		if (OPENED.has(key) && typeof value === 'object' && value !== null && 'enum' in value)
			delete value.enum;
		openLists(value);
	}
}
