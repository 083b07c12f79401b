import type { IDataObject } from 'n8n-workflow';

import type { TestedField, TestedOperation } from '../../support/operations.ts';
import { fieldsOf, OPERATIONS, rightParameters, withValue } from '../../support/operations.ts';
import { sampleOf } from '../../support/samples.ts';
import { reportIn } from '../../support/hostile/expectations.ts';
import { useStage } from '../../support/hostile/stage.ts';

const stage = useStage();

const VALUE = '={{ $json.value }}';

/** How a value is given to a field, by the type of its property. */
const PLACES: Record<string, unknown> = {
	string: VALUE,
	resourceLocator: { __rl: true, mode: 'id', value: VALUE },
	json: `={{ { [$json.value]: [{ a: [{ b: [{ c: [{ d: [{ e: $json.value }] }] }] }] }] } }}`,
};
const IN_LIST = `={{ [{ question: 'Pets?', [$json.value]: [{ a: [{ b: [{ c: [{ d: $json.value }] }] }] }] }] }}`;

const placeFor = ({ type, default: empty }: TestedField['property']): unknown =>
	type === 'json' && empty === '[]' ? IN_LIST : PLACES[type];

/** A value of a field as it is sent; undefined where none is, or one too short to be told from the service's words. */
function sentFor({ property, collection }: TestedField, operation: TestedOperation): string | undefined {
	// The service never hears of options, nor of the ID that the event has elsewhere.
	const isOurs = collection === 'options' || property.name === 'deduplicationKey';
	if (!(property.type in PLACES) || isOurs) return undefined;
	if (property.type === 'json') return 'Some text';
	const sample = sampleOf(property, operation) as IDataObject | string;
	const value = String(typeof sample === 'object' ? sample.value : sample);
	if (value.length < 4) return undefined;
	return /^\d\d:\d\d$/.test(value) ? `${value}:00` : value;
}

const cases = OPERATIONS.flatMap((operation) =>
	fieldsOf(operation).flatMap((field): Array<[string, string, TestedOperation, TestedField]> => {
		const value = sentFor(field, operation);
		return value === undefined ? [] : [[`${operation.title}, ${field.title}`, value, operation, field]];
	}),
);

describe('The words of a refusal', () => {
	it.each(cases)('do not repeat the value of %s: %s', async (_title, value, operation, field) => {
		const message = `We know no "${value}" here; ${encodeURIComponent(value)} neither`;
		const { service, writes } = operation;
		for (const method of writes || operation.operation === 'getAvailability'
			? ['POST', 'PUT']
			: ['GET']) {
			stage.services.emulator[service.name].faults.add({
				match: { method },
				status: 404,
				body: { error: { message }, message },
			});
		}
		const parameters = withValue(field, placeFor(field.property));
		// Some filters want another beside them.
		if (field.collection === 'filters') {
			const { filters } = rightParameters(operation, {}, true);
			parameters.filters = { ...(filters as IDataObject), ...(parameters.filters as IDataObject) };
		}
		const { success, thrown } = await stage.run(operation, parameters, { items: [{ value }] });
		expect(thrown).toBeUndefined();
		expect(success.map((output) => reportIn(output)?.error)).toEqual([
			expect.stringMatching(/\(HTTP 404\): We know no "\[…\]" here; \[…\] neither$/),
		]);
	});
});
