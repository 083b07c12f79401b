import { AVAILABILITY_FIELDS } from '../../../../emulator/propexo/appointments/availability.ts';
import { APPOINTMENT_KINDS, CANCEL_FIELDS } from '../../../../emulator/propexo/appointments/kinds.ts';
import { UPDATE_FIELDS } from '../../../../emulator/propexo/events/kind.ts';
import { EVENT_KINDS } from '../../../../emulator/propexo/events/kinds.ts';
import { LEAD_UPDATE_FIELDS, NEW_LEAD_FIELDS } from '../../../../emulator/propexo/leads/fields.ts';
import { propexoService } from '../../../../emulator/propexo/service.ts';
import type { Route } from '../../../../emulator/server/route.ts';
import { loadVendorSpec, schemaOf } from '../support/vendorSpec.ts';

/*
 * What the emulator takes is what Propexo's OpenAPI file says, no less and no more: a request that Propexo would refuse
 * must not pass here.
 */

const { paths } = loadVendorSpec();
const { routes } = propexoService(undefined as never);

/** A path without the names of what it holds. */
const bare = (path: string): string => path.replace(/\{\w+\}|:\w+/g, '{}');
const documented = new Map(
	Object.entries(paths).flatMap(([path, operations]) =>
		Object.entries(operations).map(([method, operation]) => [
			`${method.toUpperCase()} ${bare(path)}`,
			operation,
		]),
	),
);
const nameOf = ({ method, path }: Pick<Route<never>, 'method' | 'path'>) => `${method} ${bare(path)}`;

/**
 * A schema in one form: references are filled in, and the order of lists says nothing. Left out is what the emulator does not
 * need (defaults, and null, which no query has) and what it says more narrowly: the text of a date and time, objects without
 * other keys.
 */
function plain(schema: unknown): unknown {
	if (Array.isArray(schema)) return schema.map(plain);
	if (typeof schema !== 'object' || schema === null) return schema;
	const all: Record<string, unknown> = { ...schema };
	if (typeof all['$ref'] === 'string') return plain(schemaOf(all['$ref'].split('/').at(-1) ?? ''));
	delete all['default'];
	delete all['additionalProperties'];
	if (all['format'] === 'date-time') delete all['pattern'];
	for (const list of ['enum', 'required'])
		if (Array.isArray(all[list])) all[list] = [...new Set(all[list])].sort();
	return Object.fromEntries(Object.entries(all).map(([keyword, value]) => [keyword, plain(value)]));
}

/** The same of a parameter. */
function ofQuery(schema: unknown): unknown {
	const { type, anyOf, ...rest } = plain(schema) as { type?: unknown; anyOf?: { type: unknown }[] };
	const types = [type, ...(anyOf ?? []).map((one) => one.type)].flat();
	return { ...rest, types: types.filter((one) => one !== undefined && one !== 'null') };
}

it('has the paths of Propexo alone', () => {
	expect(routes.map(nameOf).sort()).toEqual([...documented.keys()].sort());
});

it.each(routes.map((route) => [nameOf(route), route.query ?? {}] as const))(
	'%s takes the parameters of Propexo alone',
	(name, query) => {
		const theirs = (documented.get(name)?.parameters ?? []).filter(
			(parameter) => parameter.in === 'query',
		);
		// Propexo's guide to writes has this one. The vendors are listed with made-up names.
		const { ignore_unknown_fields: _, ...own } = query;
		const forms = (all: [string, unknown][]) =>
			Object.fromEntries(
				all.map(([key, schema]) => [key, key === 'integration_vendor' || ofQuery(schema)]),
			);
		expect(forms(Object.entries(own))).toEqual(forms(theirs.map(({ name, schema }) => [name, schema])));
	},
);

const ofWebhooks = ['POST', 'PUT'].map((method) => {
	const { path = '', body } = routes.find(
		(route) => route.method === method && route.path.startsWith('/v1/webhooks/'),
	)!;
	return [path.replace(':webhook_id', '{webhook_id}'), method, body] as const;
});
const BODIES = [
	...EVENT_KINDS.flatMap(({ path, fields }) => [
		[`/v1/events/${path}`, 'POST', { properties: fields }] as const,
		[`/v1/events/${path}/{event_id}`, 'PUT', { properties: UPDATE_FIELDS }] as const,
	]),
	['/v1/leads/', 'POST', { properties: NEW_LEAD_FIELDS }],
	['/v1/leads/{id}', 'PUT', { properties: LEAD_UPDATE_FIELDS }],
	...APPOINTMENT_KINDS.flatMap(({ events: { path }, fields, updateFields }) => [
		[`/v1/events/appointments/${path}`, 'POST', { properties: fields }] as const,
		[`/v1/events/appointments/${path}/{event_id}`, 'PUT', { properties: updateFields }] as const,
		[`/v1/events/appointments/${path}/cancel`, 'POST', { properties: CANCEL_FIELDS }] as const,
	]),
	['/v1/appointment-availability/', 'POST', { properties: AVAILABILITY_FIELDS }],
	...ofWebhooks,
] as const;

it.each(BODIES)('%s %s takes the fields of Propexo alone, in its forms', (path, method, body) => {
	const { properties: theirs = {} } = schemaOf(
		`${path.replaceAll('/', '_')}_${method.toLowerCase()}_input`,
	);
	// The names of events are those of one PMS there; each PMS has its own.
	const forms = (properties: object) =>
		Object.fromEntries(
			Object.entries(properties).map(([key, schema]) => [key, key === 'event_name' || plain(schema)]),
		);
	expect(forms((body as { properties: object }).properties)).toEqual(forms(theirs));
});
