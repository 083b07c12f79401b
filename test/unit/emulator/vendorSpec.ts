import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parse } from 'yaml';

/** A schema of the vendor's file, ready to judge. */
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

/** Where the vendor's file lies: beside the checkout, not in it. */
export const SPEC_FILE = join(process.cwd(), '..', 'shared', 'reference', 'propexo-openapi.yml');

/**
 * Propexo's own OpenAPI file, without two of its lists: `event_name`, which is one PMS's alone, and the vendors,
 * three of which it hides behind made-up names.
 * @returns undefined where the file is not at hand
 */
export function loadVendorSpec(): VendorSpec | undefined {
	if (!existsSync(SPEC_FILE)) return undefined;
	const spec = parse(readFileSync(SPEC_FILE, 'utf8')) as {
		paths: VendorSpec['paths'];
		components: { schemas: Record<string, object> };
	};
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
			if (!found) throw new Error(`The file has no schema ${name}`);
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
