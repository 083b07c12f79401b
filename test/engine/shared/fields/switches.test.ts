import { fieldsOf, firstMeeting, OPERATIONS, withValue } from '../../support/operations.ts';
import { hasTime } from '../../../support/effort.ts';
import { useStage } from '../../support/hostile/stage.ts';

const stage = useStage();
const isFirst = firstMeeting();

const SWITCHES = OPERATIONS.flatMap((operation) =>
	fieldsOf(operation)
		.filter(({ property }) => property.type === 'boolean' && !property.noDataExpression)
		.filter((field) => hasTime || isFirst(operation, field))
		.map((field) => ({ title: `${operation.title}, ${field.title}`, operation, field })),
);

describe('A switch that a form or a spreadsheet answers', () => {
	it.each(SWITCHES)('does as yes and no say: $title', async ({ operation, field }) => {
		/** What is asked of the service, and what the node gives. */
		const doneFor = async (value: unknown) => {
			await stage.fresh();
			const { success } = await stage.run(operation, withValue(field, '={{ $json.value }}'), {
				items: [{ value } as never],
			});
			const asked = stage
				.asked(operation.service)
				.map(({ method, path, query, body }) => JSON.stringify([method, path, query, body]))
				// Some samples are new people in each run.
				.map((request) => request.replace(/\d{9,}(?:\.\d+)?/g, '#'));
			return { asked, errors: success.map(({ json }) => json.error) };
		};
		// What is asked once for all runs, such as the integration, is asked here.
		await doneFor(true);
		const [on, off] = [await doneFor(true), await doneFor(false)];
		expect([...on.asked, ...off.asked]).not.toEqual([]);
		expect(on.errors.join()).not.toContain(`'${field.property.displayName}'`);
		for (const yes of ['Yes', ' on ', '1']) expect([yes, await doneFor(yes)]).toEqual([yes, on]);
		for (const no of ['No', 'OFF', 0]) expect([no, await doneFor(no)]).toEqual([no, off]);
	});
});
