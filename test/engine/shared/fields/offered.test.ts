import { fieldsOf, OPERATIONS } from '../../support/operations.ts';

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
