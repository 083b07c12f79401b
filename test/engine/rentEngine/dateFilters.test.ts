import type { IDataObject } from 'n8n-workflow';

import { dateTimeForms, ZONE } from '../../unit/shared/fields/times/forms.ts';
import { byId, useServices } from '../support/services.ts';

const services = useServices();

const requests = () => services.emulator.rentEngine.ledger.requests;

async function getAll(resource: string, filters: IDataObject, item: IDataObject = {}) {
	requests().length = 0;
	const { thrown } = await services.engine.run({
		node: 'rentEngine',
		parameters: {
			resource,
			operation: 'getAll',
			...(resource === 'leasingEvent' && { prospectId: byId(1001) }),
			filters,
		},
		credentials: { rentEngineApi: services.credentials.rentEngineApi },
		timezone: ZONE,
		items: [item],
	});
	return { message: thrown?.message, query: requests()[0]?.query };
}

const FILTERS = [
	['prospect', 'createdAfter', 'created_after'],
	['prospect', 'createdBefore', 'created_before'],
	['unit', 'updatedAfter', 'updated_after'],
	['unit', 'updatedBefore', 'updated_before'],
	['leasingEvent', 'createdAfter', undefined],
	['leasingEvent', 'createdBefore', undefined],
] as const;

describe.each(FILTERS)('RentEngine, %s: Get Many, the filter %s', (resource, filter, api) => {
	const taken = dateTimeForms.taken.filter(({ format }) => format === undefined);

	it.each(taken)('takes $form ($value)', async ({ value, code, readAs }) => {
		const expression = code === undefined ? '={{ $json.when }}' : `={{ ${code} }}`;
		const { message, query } = await getAll(
			resource,
			{ [filter]: expression },
			{ when: value as string },
		);
		expect(message).toBeUndefined();
		if (api !== undefined) expect(query?.[api]).toBe(new Date(readAs).toISOString());
	});

	it.each([
		['1990-01-01T00:00:00', '1990-01-01T06:00:00.000Z'],
		['2099-12-31T00:00:00Z', '2099-12-31T00:00:00.000Z'],
	])('takes times of any age: %s', async (when, expected) => {
		const { message, query } = await getAll(resource, { [filter]: when });
		expect(message).toBeUndefined();
		if (api !== undefined) expect(query?.[api]).toBe(expected);
	});

	it.each([
		['new Date(null)', 'is read as 1970-01-01T00:00:00Z'],
		['new Date(1772397000)', 'is read as 1970-01-21T12:19:57Z'],
		["DateTime.fromISO('x')", 'is the text Invalid DateTime instead of a value'],
		["new Date('x')", 'is an invalid date'],
		["'2026-03-01'", 'has no time of day'],
		["'03/04/2026 2:30 PM'", 'March 4, 2026 or April 3, 2026'],
	])('refuses {{ %s }}, and asks for nothing', async (code, words) => {
		const { message, query } = await getAll(resource, { [filter]: `={{ ${code} }}` });
		expect(message).toContain(words);
		expect(query).toBeUndefined();
	});

	it('is refused with the expression that reads it in the zone of the workflow', async () => {
		const item = { when: '01/20/2023 10:00 PM' };
		const refused = await getAll(resource, { [filter]: '={{ $json.when }}' }, item);
		// There is no option Date Format here.
		expect(refused.message).not.toContain("'Date Format'");
		const [expression] = /\{\{ .* \}\}/.exec(refused.message ?? '') ?? [];
		const { message, query } = await getAll(resource, { [filter]: `=${expression}` }, item);
		expect(message).toBeUndefined();
		if (api !== undefined) expect(query?.[api]).toBe('2023-01-21T04:00:00.000Z');
	});
});

describe.each([
	['prospect', 'created', 'Created'],
	['unit', 'updated', 'Updated'],
	['leasingEvent', 'created', 'Created'],
])('RentEngine, %s: Get Many, a span of time', (resource, name, label) => {
	const span = async (after: string, before: string) =>
		await getAll(resource, { [`${name}After`]: after, [`${name}Before`]: before });

	it('that ends before it begins is refused, and nothing is asked for', async () => {
		const { message, query } = await span('2026-05-01T10:00:00-05:00', '2026-05-01T14:59:59Z');
		expect(message).toContain(`'${label} Before' is earlier than '${label} After'`);
		expect(query).toBeUndefined();
	});

	it('of no length is asked for: the next run of a schedule may begin where it ends', async () => {
		const { message, query } = await span('2026-05-01T10:00:00-05:00', '2026-05-01T15:00:00Z');
		expect(message).toBeUndefined();
		expect(query).toBeDefined();
	});
});
