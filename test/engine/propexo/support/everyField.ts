import type { IDataObject } from 'n8n-workflow';

import type { Records } from '../../../../emulator/data/records.ts';
import type { PropexoData, PropexoRecord } from '../../../../emulator/propexo/world.ts';
import { resources } from '../../../../nodes/Propexo/resources';
import type { Field } from '../../../../nodes/shared/fields/field';
import { allFields } from '../../../../nodes/shared/fields/collections';
import type { Findable, Finder } from '../../../../nodes/shared/find/findable';
import { findableOf } from '../../../../nodes/shared/find/findable';
import type { Operation } from '../../../../nodes/shared/operation';
import { byId } from '../../support/locator.ts';
import type { TestedField, TestedOperation } from '../../support/operations.ts';
import { fieldsOf, OPERATIONS, rightParameters, variantsOf } from '../../support/operations.ts';
import type { Services, Settings } from '../../support/services.ts';
import { samples } from './samples.ts';

/*
 * Every field of every write that names a record. Writes, fields and modes are those that the node declares, so a new one is
 * tested by itself.
 */

/** Where everything is that the items name. */
const WHOSE = { integration_id: 'int_any', integration_vendor: 'OTHER' };

/** One field of one write. */
export interface Case {
	title: string;
	operation: TestedOperation;
	tested: TestedField;
	field: Field;
	findable: Findable;
}

const declared = new Map(
	resources.flatMap(({ value, operations }) =>
		operations.map((operation): [string, Operation] => [`${value}: ${operation.value}`, operation]),
	),
);

const fieldsDeclared = ({ resource, operation }: TestedOperation): readonly Field[] => {
	const found = declared.get(`${resource}: ${operation}`);
	return found && 'job' in found ? allFields(found.job as Parameters<typeof allFields>[0]) : [];
};

export const CASES: Case[] = OPERATIONS.filter((one) => one.writes && one.service.name === 'propexo').flatMap(
	(operation) =>
		fieldsOf(operation).flatMap((tested) => {
			const field = fieldsDeclared(operation).find(({ name }) => name === tested.property.name);
			const findable = field && findableOf(field);
			if (!field || !findable) return [];
			const title = `${operation.resource} ${operation.operation}: ${tested.title}`;
			return [{ title, operation, tested, field, findable }];
		}),
);

/** The records of a path: `/v1/event-types/` → `eventTypes`. */
export function recordsOf({ emulator }: Services, { path }: Findable): Records<PropexoRecord> {
	const kind = path
		.replace(/^\/v1\/(admin\/)?|\/$/g, '')
		.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
	return emulator.propexo.data[kind as keyof PropexoData] as Records<PropexoRecord>;
}

/** What an item gives in a mode, and the field of the record that holds it. */
export const valueFor = ({ mode }: Finder, which: string): string =>
	mode === 'phone'
		? `512555${{ one: '0171', two: '0172', none: '0173', other: '0174' }[which] ?? ''}`
		: `${which}-${mode}@example.com`;
const holds = ({ of }: Finder): string =>
	['email_1', 'email', 'phone_1', 'x_id', 'name', 'number'].find((key) => of({ [key]: 'x' })[0] === 'x') ??
	'';

/** Puts everything that the samples name at one place, and gives the place. */
function gather({ emulator }: Services, { field }: Case): IDataObject {
	const integration_id = field.name === 'integrationId' ? 'found' : WHOSE.integration_id;
	const place = { ...WHOSE, integration_id, property_id: samples.ids.propertyId };
	const { leads, applicants, residents, events, eventTypes, properties } = emulator.propexo.data;
	for (const records of [leads, applicants, residents, events, eventTypes, properties])
		for (const id of Object.values(samples.ids)) Object.assign(records.get(String(id)) ?? {}, place);
	return place;
}

/** Adds a record, `found`, that is found by each mode with `one`, and two that are found with `two`. */
export async function addRecords(services: Services, one: Case): Promise<void> {
	await samples.furnish?.(services.emulator);
	const { findable, field } = one;
	const place = gather(services, one);
	const records = recordsOf(services, findable);
	const [like] = Object.values(samples.ids).flatMap((id) => records.get(String(id)) ?? []);
	if (!like) throw new Error(`No sample of ${field.name}`);
	const add = (id: string, which: string) =>
		records.add({
			...like,
			...place,
			...Object.fromEntries(findable.modes.map((mode) => [holds(mode), valueFor(mode, which)])),
			...('vendor' in like && { vendor: 'OTHER' }),
			...('event_type_id' in like && { event_type_id: samples.ids.eventTypeId }),
			...('models' in like && { models: [] }),
			id,
		} as PropexoRecord);
	add('found', 'one');
	add('twin_1', 'two');
	add('twin_2', 'two');
	add('other', 'other');
}

/** What decides the place of a record, where the write has it. */
const BESIDE = [
	...(['integrationId', 'propertyId', 'leadId', 'applicantId'] as const),
	...(['residentId', 'eventId', 'eventTypeId'] as const),
];

/**
 * Runs the write with the field given in whichever way the item says.
 *
 * @param more parameters; without a key, each item is a new event
 */
export async function runCase(
	services: Services,
	one: Case,
	located: object[],
	more: IDataObject = {},
	settings: Settings = {},
) {
	const { operation, tested, field } = one;
	const names = new Set(fieldsDeclared(operation).map(({ name }) => name));
	const beside = Object.fromEntries(
		BESIDE.filter((name) => names.has(name) && name !== field.name)
			.filter((name) => operation.properties.some((property) => property.name === name))
			.map((name) => [name, byId(samples.ids[name])]),
	);
	const value = '={{ $json.located }}';
	const { collection } = tested;
	const [deciding = {}] = variantsOf(operation);
	const variant = Object.fromEntries(
		Object.keys(deciding).map((name) => [name, tested.parameters[name] ?? deciding[name]]),
	) as IDataObject;
	// With everything filled in, whatever the field needs beside it is there.
	const filled: IDataObject = { ...rightParameters(operation, variant, true), ...beside, options: {} };
	const inside = (filled[collection ?? ''] ?? {}) as IDataObject;
	const parameters = {
		...filled,
		deduplicationKey: '',
		...(collection ? { [collection]: { ...inside, [field.name]: value } } : { [field.name]: value }),
		...more,
	};
	const all = {
		items: located.map((value) => ({ located: { ...value } })),
		onError: 'continueRegularOutput' as const,
		...settings,
	};
	return (await services.run('propexo', parameters, all)).success.map(({ json }) => json);
}
