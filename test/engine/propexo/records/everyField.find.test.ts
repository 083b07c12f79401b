import type { IDataObject } from 'n8n-workflow';

import type { PropexoData, PropexoRecord } from '../../../../emulator/propexo/world.ts';
import type { Records } from '../../../../emulator/data/records.ts';
import { propexo as service } from '../../../../nodes/Propexo/api';
import { resources } from '../../../../nodes/Propexo/resources';
import type { Field } from '../../../../nodes/shared/fields/field';
import { allFields, apiName } from '../../../../nodes/shared/fields/field';
import type { Findable, Finder } from '../../../../nodes/shared/find/findable';
import { findableOf } from '../../../../nodes/shared/find/findable';
import type { Operation } from '../../../../nodes/shared/operation';
import { by } from '../../support/locator.ts';
import type { TestedField, TestedOperation } from '../../support/operations.ts';
import { fieldsOf, OPERATIONS, rightParameters, variantsOf } from '../../support/operations.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { samples } from '../support/samples.ts';

/*
 * Every field of every write that names a record, in every mode: none, one and several, and an API that forgets its
 * filter. Writes, fields and modes are those that the node declares, so a new one is tested by itself.
 */

/** Whatever else is filled in, the API takes. */
const services = useNewServices({
	timing: { lookUpAfterMs: [1] },
	propexo: { ...samples.settings, checkReferences: false },
});
const propexo = () => services.emulator.propexo;
const data = () => propexo().data;

/** Where everything is that the items name. */
const WHOSE = { integration_id: 'int_any', integration_vendor: 'OTHER' };

/** One field of one write. */
interface Case {
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

const fieldsDeclared = ({ resource, operation }: TestedOperation): Field[] => {
	const found = declared.get(`${resource}: ${operation}`);
	return found && 'job' in found ? allFields(found.job as Parameters<typeof allFields>[0]) : [];
};

const CASES: Case[] = OPERATIONS.filter((one) => one.writes && one.service.name === 'propexo').flatMap(
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
function recordsOf({ path }: Findable): Records<PropexoRecord> {
	const kind = path
		.replace(/^\/v1\/(admin\/)?|\/$/g, '')
		.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
	return data()[kind as keyof PropexoData] as Records<PropexoRecord>;
}

/** What an item gives in a mode, and the field of the record that holds it. */
const valueFor = ({ mode }: Finder, which: string): string =>
	mode === 'phone'
		? `512555${{ one: '0171', two: '0172', none: '0173', other: '0174' }[which] ?? ''}`
		: `${which}-${mode}@example.com`;
const holds = ({ of }: Finder): string =>
	['email_1', 'email', 'phone_1', 'x_id', 'name', 'number'].find((key) => of({ [key]: 'x' })[0] === 'x') ??
	'';

/** Puts everything that the samples name at one place, and gives the place. */
function gather({ field }: Case): IDataObject {
	const integration_id = field.name === 'integrationId' ? 'found' : WHOSE.integration_id;
	const place = { ...WHOSE, integration_id, property_id: samples.ids.propertyId };
	const { leads, applicants, residents, events, eventTypes, properties } = data();
	for (const records of [leads, applicants, residents, events, eventTypes, properties])
		for (const id of Object.values(samples.ids)) Object.assign(records.get(String(id)) ?? {}, place);
	return place;
}

/** Adds a record that is found by each mode with `one`, and two that are found with `two`. */
function addRecords({ findable, field }: Case, place: IDataObject): void {
	const records = recordsOf(findable);
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

/** Runs the write with the field given in whichever way the item says. */
async function run(one: Case, located: object[]) {
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
		// Without an ID, each row is a new event.
		deduplicationKey: '',
		...(collection ? { [collection]: { ...inside, [field.name]: value } } : { [field.name]: value }),
	};
	const settings = {
		items: located.map((value) => ({ located: { ...value } })),
		onError: 'continueRegularOutput' as const,
	};
	return (await services.run('propexo', parameters, settings)).success.map(({ json }) => json);
}

describe.each(CASES)('$title', (one) => {
	const { findable, field } = one;
	const created = () => propexo().ledger.created.length;

	beforeEach(async () => {
		await samples.furnish?.(services.emulator);
		addRecords(one, gather(one));
	});

	it('takes the one record that has it, and refuses none and several', async () => {
		const before = created();
		const asked = findable.modes.flatMap((finder) =>
			['one', 'none', 'two'].map((which) => ({ finder, which })),
		);
		const rows = await run(
			one,
			asked.map(({ finder, which }) => by(finder.mode, valueFor(finder, which))),
		);
		const told = rows.map(({ resolved, error }) => error ?? (resolved as IDataObject)?.[apiName(field)]);
		expect(told).toEqual(
			asked.map(({ finder, which }) => {
				if (which === 'one') return 'found';
				const sentence =
					which === 'none'
						? `No ${findable.noun}.* has ${finder.is} in '${field.label}'`
						: `2 ${findable.plural}.* have ${finder.is} in '${field.label}'`;
				return expect.stringMatching(new RegExp(`^Item \\d+ of \\d+: ${sentence}`)) as string;
			}),
		);
		expect(created() - before).toBe(findable.modes.length);
		if (!field.local) {
			const bodies = propexo()
				.ledger.created.slice(before)
				.map(({ body }) => body as IDataObject);
			expect(JSON.stringify(bodies)).not.toMatch(/"(twin_\d|other)"/);
		}
	});

	const filters = findable.modes.filter(({ given }) => given.api !== undefined);
	if (filters.length > 0)
		it('takes nobody where the API forgets what it was asked for', async () => {
			const before = created();
			propexo().settings.ignoredFilters = filters.map(({ given }) => String(given.api));
			const rows = await run(
				one,
				filters.map((finder) => by(finder.mode, valueFor(finder, 'one'))),
			);
			const answered = expect.stringContaining(
				`${service.name} answered with other ${findable.plural}`,
			);
			expect(rows.map(({ error }) => error)).toEqual(filters.map(() => answered as string));
			expect(created()).toBe(before);
		});
});
