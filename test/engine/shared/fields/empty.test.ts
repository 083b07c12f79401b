import type { IDataObject } from 'n8n-workflow';

import { hasTime } from '../../../support/effort.ts';
import { useStage } from '../../support/hostile/stage.ts';
import type { TestedField, TestedOperation } from '../../support/operations.ts';
import { fieldsOf, firstMeeting, OPERATIONS, withValue } from '../../support/operations.ts';

const stage = useStage();
const isFirst = firstMeeting();

const EXPRESSION = '={{ $json.value }}';
const NOTHING: unknown[] = [undefined, null, '', '  \n', '\u200b', [], '\u0000'];

const locator = (property: TestedField['property'], value: unknown) =>
	({ __rl: true, mode: property.modes?.at(-1)?.name, value }) as IDataObject;

const items = (values: unknown[]) =>
	values.map((value) => (value === undefined ? {} : { value: value as IDataObject }));

interface Case {
	operation: TestedOperation;
	field: TestedField;
}

const ALL: Array<[string, Case]> = OPERATIONS.flatMap((operation) =>
	fieldsOf(operation)
		.filter(({ property }) => property.type !== 'collection' && !property.noDataExpression)
		.filter((field) => hasTime || isFirst(operation, field))
		.map((field): [string, Case] => [`${operation.title}, ${field.title}`, { operation, field }]),
);
/** What an empty value can be for a field: an empty list is one where a list can be. */
const nothingFor = ({ property: { type } }: TestedField): unknown[] =>
	NOTHING.filter((value) => !Array.isArray(value) || type === 'multiOptions');

const filters = ALL.filter(([, { field }]) => field.collection === 'filters');

describe('A filter that was added and comes out empty is refused, and nothing is read', () => {
	it('there are filters in both services', () => {
		expect(new Set(filters.map(([, { operation }]) => operation.service.name)).size).toBeGreaterThan(0);
		expect(filters.length).toBeGreaterThan(0);
	});

	it.each(filters)('%s', async (_title, { operation, field }) => {
		const { property } = field;
		const places: unknown[] =
			property.type === 'resourceLocator' ? [EXPRESSION, locator(property, EXPRESSION)] : [EXPRESSION];
		for (const place of places) {
			const values = nothingFor(field);
			const { success } = await stage.run(operation, withValue(field, place), { items: items(values) });
			expect(success.map(({ json }) => json.error)).toEqual(
				values.map((_, index) =>
					expect.stringMatching(
						new RegExp(
							`^Item ${index + 1} of .*'${property.displayName}' is empty.* found nothing`,
						),
					),
				),
			);
		}
		const typed = property.type === 'resourceLocator' ? locator(property, '') : '';
		const { success } = await stage.run(operation, withValue(field, typed), { items: [{}] });
		expect(success.map(({ json }) => json.error)).toEqual([
			expect.stringContaining(`'${property.displayName}' is empty`),
		]);
		expect(stage.asked(operation.service)).toEqual([]);
	});
});

/** What too much would happen without. */
const DECIDING = ['returnAll', 'limit', 'assignment', 'matchBy', 'timeZone', 'dateFormat', 'itemsWithoutKey'];
const deciding = ALL.filter(([, { field }]) => DECIDING.includes(field.property.name));

describe('What decides how far an item reaches is refused when its expression finds nothing', () => {
	it.each(deciding)('%s', async (_title, { operation, field }) => {
		const { property } = field;
		const values = [undefined, null, '', ' '];
		const { success } = await stage.run(operation, withValue(field, EXPRESSION), {
			items: items(values),
		});
		expect(success.map(({ json }) => json.error)).toEqual(
			values.map((_, index) =>
				expect.stringMatching(
					new RegExp(
						`^Item ${index + 1} of .*'${property.displayName}' is empty and must be filled in.* found nothing`,
					),
				),
			),
		);
		expect(stage.asked(operation.service)).toEqual([]);
	});
});

const switches = ALL.filter(
	([, { field, operation }]) =>
		operation.writes &&
		field.property.type === 'boolean' &&
		field.collection !== 'options' &&
		// Of a lead, an empty value must not overwrite what the PMS holds.
		operation.resource !== 'lead',
);

describe('A switch whose expression finds nothing is off, and that is sent', () => {
	it.each(switches)('%s', async (_title, { operation, field }) => {
		const { success } = await stage.run(operation, withValue(field, EXPRESSION), { items: [{}] });
		expect(success.map(({ json }) => json.error)).toEqual([undefined]);
		const written = stage.asked(operation.service).filter(({ method }) => method === 'POST');
		expect(written).toHaveLength(1);
		expect(JSON.stringify(written[0]?.body)).toMatch(/"(email_send|applyActionInBulk)":false/);
	});
});

/** Parameters with a key have hints of their own. */
const others = ALL.filter(([, { field }]) => field.property.name !== 'deduplicationKey').filter(
	([, { field }]) => field.collection !== 'filters',
);

describe('An expression that was filled in and finds nothing', () => {
	it.each(others)('is told: %s', async (title, { operation, field }) => {
		const { property } = field;
		const isSentSwitch = switches.some(([name]) => name === title);
		const isRequired = operation.properties.some(
			({ name, required }) => name === property.name && required && field.collection === undefined,
		);
		const { success, hints } = await stage.run(operation, withValue(field, EXPRESSION), { items: [{}] });
		const told = hints.map(({ message }) => message).join('\n');
		const [refused] = success.map(({ json }) => json.error as string | undefined);
		if (refused?.includes("'Match By' is '")) {
			expect(refused).toContain(`'${property.displayName}': its expression found nothing`);
		} else if (isRequired || refused !== undefined) {
			expect(refused).toContain(`'${property.displayName}' is empty and must be filled in`);
			expect(refused).toContain('its expression found nothing');
		} else if (isSentSwitch) {
			expect(told).toContain(
				`'${property.displayName}' is sent as off, because its expression found nothing.`,
			);
		} else {
			expect(told).toContain(`'${property.displayName}'`);
			expect(told).toContain('the expression found nothing');
		}
	});

	it('is counted over the items, and those that were not sent are left out', async () => {
		const [operation] = OPERATIONS.filter(({ writes }) => writes);
		const field = operation && fieldsOf(operation).find(({ property }) => property.name === 'notes');
		if (!operation || !field) throw new Error('No operation takes notes');
		const parameters = withValue(field, '={{ $json.note }}');
		const given = [{ note: 'a' }, {}, { note: { a: 1 } }, { note: '' }, { note: 'b' }];
		const { hints } = await stage.run(operation, parameters, { items: given });
		expect(hints.map(({ message }) => message)).toEqual([
			"Item 3 of 5 ended with an error: 'error' says why, 'details' what to do. Running all items again would send again what has no 'Event ID in Your System'.",
			"Left out, because the expression found nothing (webhook data is under $json.body): 'Notes' (Items 2 and 4 of 5).",
		]);
	});
});
