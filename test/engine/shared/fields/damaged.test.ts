import type { TestedField, TestedOperation } from '../../support/operations.ts';
import { fieldsOf, firstMeeting, OPERATIONS, withValue } from '../../support/operations.ts';
import { hasTime, part } from '../../../support/effort.ts';
import { useStage } from '../../support/hostile/stage.ts';

const stage = useStage();
const isFirst = firstMeeting();

/** What programs write where a value is missing. */
const MARKS = [
	...[
		'undefined',
		'null',
		'NULL',
		'NaN',
		'[object Object]',
		'Invalid DateTime',
		'#REF!',
		'#SPILL!',
		'########',
	],
	...[' undefined\n', '{{ $json.name }}', ' {{contact.name}}'],
];

interface Case {
	operation: TestedOperation;
	field: TestedField;
}

const ALL = OPERATIONS.flatMap((operation) =>
	fieldsOf(operation)
		.filter(({ property }) => property.type !== 'collection' && !property.noDataExpression)
		.filter((field) => hasTime || isFirst(operation, field))
		.map((field): [string, Case] => [`${operation.title}, ${field.title}`, { operation, field }]),
);

describe('A value that was lost on its way is refused, and nothing is asked', () => {
	it.each(part(ALL, 2))('%s', async (_title, { operation, field }) => {
		const { property } = field;
		// Alone, and as the one entry of a list.
		const isList = property.type === 'multiOptions' || property.name === 'assignedToUserIds';
		const values = [...MARKS, ...(isList ? MARKS.map((mark) => [mark]) : [])];
		const locators =
			property.type === 'resourceLocator'
				? (property.modes ?? []).map(({ name }) => ({
						__rl: true,
						mode: name,
						value: '={{ $json.value }}',
					}))
				: [];
		for (const place of ['={{ $json.value }}', ...locators]) {
			const { success } = await stage.run(operation, withValue(field, place), {
				items: values.map((value) => ({ value })),
			});
			const errors = success.map(({ json }) => json.error);
			expect([place, errors]).toEqual([
				place,
				values.map(() => expect.stringContaining(`'${property.displayName}' `) as string),
			]);
		}
		expect(stage.asked(operation.service)).toEqual([]);
	});
});
