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
		it('has no field that the editor empties when the value of another one changes', () => {
			expect(JSON.stringify(description)).not.toContain('loadOptionsDependsOn');
		});
	},
);
