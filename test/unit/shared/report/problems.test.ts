import { problemTexts } from '../../../../nodes/shared/report/problems';

const problemText = (problems: Parameters<typeof problemTexts>[0]) => problemTexts(problems).join('; ');

const empty = (label: string, neededBy: string, under?: string) => ({
	label,
	wrong: 'is empty',
	neededBy,
	...(under !== undefined && { under }),
});

describe('what is wrong with an item', () => {
	it('is told field by field', () => {
		expect(
			problemText([
				{ label: 'Notes', wrong: 'is too long' },
				{ label: 'Lead', wrong: 'must be an ID' },
			]),
		).toBe("'Notes' is too long; 'Lead' must be an ID");
	});

	it('joins fields that one reason needs, and leaves a single one as it is', () => {
		expect(
			problemText([
				empty('From', 'A call'),
				{ label: 'Notes', wrong: 'is too long' },
				empty('Agent Name', 'Yardi'),
				empty('To', 'A call'),
			]),
		).toBe("A call needs 2 more fields: 'From', 'To'; 'Notes' is too long; 'Agent Name' is empty");
	});

	it('says under which collection a field is added', () => {
		expect(problemText([empty('Agent Name', 'Yardi', 'More'), empty('Unit', 'Yardi')])).toBe(
			"Yardi needs 2 more fields: 'Agent Name' (under 'More'), 'Unit'",
		);
	});

	it('joins fields that have the same problem', () => {
		const untaken = (label: string) => ({
			...{ label, wrong: 'is not taken', together: 'are not taken' },
		});
		expect(
			problemText([
				...[untaken('Title'), { label: 'Notes', wrong: 'is too long' }],
				...[untaken('Unit'), untaken('Status')],
			]),
		).toBe("'Title', 'Unit' and 'Status' are not taken; 'Notes' is too long");
		expect(problemText([untaken('Title')])).toBe("'Title' is not taken");
	});

	it('says what one value is wrong with once, for all fields that have it', () => {
		const wrong = 'is 3/4/2026, which may be March 4, 2026 or April 3, 2026';
		expect(
			problemText([
				{ label: 'Event Date and Time', wrong },
				{ label: 'Notes', wrong: 'is too long' },
				{ label: 'Appointment Date and Time', wrong },
			]),
		).toBe(
			`'Event Date and Time' ${wrong}. The same is true of 'Appointment Date and Time'; 'Notes' is too long`,
		);
	});

	it('joins fields that are always needed', () => {
		expect(problemText([empty('Lead', ''), empty('Integration', '')])).toBe(
			"2 fields are empty and must be filled in: 'Lead', 'Integration'",
		);
	});
});
