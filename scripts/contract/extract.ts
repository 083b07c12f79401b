import { parse } from 'yaml';

/** What the nodes and the emulator rely on. The rest of Propexo's file is not copied. */
export const USED: Record<string, string[]> = {
	'/v1/admin/integrations/': ['get'],
	'/v1/admin/integrations/{integration_id}/': ['get'],
	'/v1/admin/logs/writes/': ['get'],
	'/v1/admin/retry-write/{root_job_id}': ['post'],
	'/v1/admin/write-status/{root_job_id}': ['get'],
	'/v1/address-types/': ['get'],
	'/v1/address-types/{address_type_id}': ['get'],
	'/v1/applicants/': ['get'],
	'/v1/applicants/{id}': ['get'],
	'/v1/applications/': ['get'],
	'/v1/applications/{id}': ['get'],
	'/v1/appointment-availability/': ['post'],
	'/v1/appointments/': ['get'],
	'/v1/employees/': ['get'],
	'/v1/employees/{employee_id}': ['get'],
	'/v1/event-results/': ['get'],
	'/v1/event-results/{event_result_id}': ['get'],
	'/v1/event-sub-types/': ['get'],
	'/v1/event-sub-types/{event_sub_type_id}': ['get'],
	'/v1/event-types/': ['get'],
	'/v1/event-types/{event_type_id}': ['get'],
	'/v1/events/': ['get'],
	'/v1/events/{event_id}': ['get'],
	'/v1/events/applicants': ['post'],
	'/v1/events/applicants/{event_id}': ['put'],
	'/v1/events/appointments/applicants': ['post'],
	'/v1/events/appointments/applicants/cancel': ['post'],
	'/v1/events/appointments/applicants/{event_id}': ['put'],
	'/v1/events/appointments/leads': ['post'],
	'/v1/events/appointments/leads/cancel': ['post'],
	'/v1/events/appointments/leads/{event_id}': ['put'],
	'/v1/events/appointments/residents': ['post'],
	'/v1/events/appointments/residents/cancel': ['post'],
	'/v1/events/appointments/residents/{event_id}': ['put'],
	'/v1/events/leads': ['post'],
	'/v1/events/leads/{event_id}': ['put'],
	'/v1/events/residents': ['post'],
	'/v1/events/residents/{event_id}': ['put'],
	'/v1/floor-plans/': ['get'],
	'/v1/floor-plans/{floor_plan_id}': ['get'],
	'/v1/lead-relationships/': ['get'],
	'/v1/lead-sources/': ['get'],
	'/v1/lead-sources/{lead_source_id}': ['get'],
	'/v1/leads/': ['get', 'post'],
	'/v1/leads/{id}': ['get', 'put'],
	'/v1/properties/': ['get'],
	'/v1/properties/{id}': ['get'],
	'/v1/residents/': ['get'],
	'/v1/residents/{id}': ['get'],
	'/v1/timezones/': ['get'],
	'/v1/units/': ['get'],
	'/v1/units/{id}': ['get'],
	'/v1/webhooks/': ['get', 'post'],
	'/v1/webhooks/{webhook_id}': ['get', 'put', 'delete'],
};

/** The keywords that a program can check. Descriptions, titles, summaries and examples are not copied. */
export const KEYWORDS = new Set([
	'type',
	'properties',
	'required',
	'additionalProperties',
	'items',
	'minItems',
	'maxItems',
	'enum',
	'const',
	'format',
	'pattern',
	'minLength',
	'maxLength',
	'minimum',
	'maximum',
	'exclusiveMinimum',
	'exclusiveMaximum',
	'anyOf',
	'oneOf',
	'allOf',
	'not',
	'default',
	'$ref',
]);

type Schema = Record<string, unknown>;

interface Operation {
	parameters?: Array<{ name: string; in: string; required?: boolean; schema: Schema }>;
	requestBody?: unknown;
	responses?: unknown;
}

interface Spec {
	paths: Record<string, Record<string, Operation | undefined> | undefined>;
	components: { schemas: Record<string, Schema | undefined> };
}

/** Paths with their parameters, and the schemas of requests and replies. */
export interface Contract {
	paths: Record<string, Record<string, { parameters: Array<Record<string, unknown>> }>>;
	components: { schemas: Record<string, unknown> };
}

/**
 * Copies from Propexo's OpenAPI file, as data, what is relied on here.
 * @param used methods by path
 * @throws when the file no longer has it
 */
export function extract(openApi: string, used = USED): Contract {
	const spec = parse(openApi) as Spec;
	const contract: Contract = { paths: {}, components: { schemas: {} } };
	const names = new Set<string>();
	for (const [path, methods] of Object.entries(used)) {
		for (const method of methods) {
			const operation = spec.paths[path]?.[method];
			if (!operation) throw new Error(`The file has no ${method.toUpperCase()} ${path}`);
			const parameters = (operation.parameters ?? []).map(({ schema, ...parameter }) => ({
				name: parameter.name,
				in: parameter.in,
				required: parameter.required === true,
				schema: bare(schema),
			}));
			contract.paths[path] = { ...contract.paths[path], [method]: { parameters } };
			for (const name of referred([operation.requestBody, operation.responses])) names.add(name);
		}
	}
	// Schemas that are added on the way are visited too.
	for (const name of names) {
		const schema = spec.components.schemas[name];
		if (!schema) throw new Error(`The file has no schema ${name}`);
		contract.components.schemas[name] = bare(schema);
		for (const inner of referred(schema)) names.add(inner);
	}
	return contract;
}

/** A schema with only these keywords. */
function bare(node: unknown): unknown {
	if (Array.isArray(node)) return node.map(bare);
	if (typeof node !== 'object' || node === null) return node;
	const kept = Object.entries(node).filter(([keyword]) => KEYWORDS.has(keyword));
	return Object.fromEntries(kept.map(([keyword, value]) => [keyword, inside(keyword, value)]));
}

function inside(keyword: string, value: unknown): unknown {
	if (keyword === 'enum' || keyword === 'const' || keyword === 'default') return value;
	if (keyword !== 'properties') return bare(value);
	return Object.fromEntries(Object.entries(value as Schema).map(([name, inner]) => [name, bare(inner)]));
}

/** The names of all schemas that are referred to. */
function referred(node: unknown): string[] {
	if (typeof node !== 'object' || node === null) return [];
	return Object.entries(node).flatMap(([key, value]) =>
		key === '$ref' && typeof value === 'string' ? [value.split('/').at(-1) ?? ''] : referred(value),
	);
}

/** As text, a line for each path and each schema, so that a diff shows which of them changed. */
export function written({ paths, components }: Contract): string {
	const lines = (entries: Record<string, unknown>): string =>
		Object.entries(entries)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
			.join(',\n');
	return `{\n"paths": {\n${lines(paths)}\n},\n"components": { "schemas": {\n${lines(components.schemas)}\n} }\n}\n`;
}
