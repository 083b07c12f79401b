import { ALL_NODES, fieldsOf, OPERATIONS } from '../../support/operations.ts';

describe.each(OPERATIONS)('$title', (operation) => {
	const fields = fieldsOf(operation);

	it('offers the options about dates where it sends dates, and nowhere else', () => {
		const sendsDates = operation.writes && fields.some(({ property }) => property.type === 'dateTime');
		const offered = fields
			.filter(({ collection }) => collection === 'options')
			.map(({ property }) => property.name);
		for (const option of ['timeZone', 'dateFormat']) {
			expect([option, offered.includes(option)]).toEqual([option, sendsDates]);
		}
	});
});

describe.each(ALL_NODES.map(({ type: { description } }) => [description.displayName, description] as const))(
	'%s',
	(_, description) => {
		// Of a list, it reads the choices again, and leaves what was chosen.
		it('has no resource locator that the editor empties when the value of another field changes', () => {
			const locators: unknown[] = [];
			JSON.stringify(description, (_key, value: unknown) => {
				if ((value as { type?: string } | null)?.type === 'resourceLocator') locators.push(value);
				return value;
			});
			expect(locators.filter((one) => JSON.stringify(one).includes('loadOptionsDependsOn'))).toEqual(
				[],
			);
		});
	},
);
