import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { run } from './support/run.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from './support/samples.ts';

const services = useServices();
let tests = 0;
beforeEach(() => {
	tests++;
	addLeadsOfAnyPms(services.emulator);
});

/** What a change of a lead comes to that comes again with its ID. */
async function second(parameters: IDataObject, one: IDataObject, other: IDataObject): Promise<unknown> {
	const deliver = async (item: IDataObject) =>
		await run(
			services,
			'lead',
			'update',
			{
				leadId: byId(`${ANY_LEAD}_1`),
				deduplicationKey: '={{ $json.contact }}',
				...parameters,
			},
			{ items: [{ contact: `contact ${tests}`, ...item }], onError: 'continueRegularOutput' },
		);
	const outcomeOf = ({ json }: { json: IDataObject } = { json: {} }) =>
		json.outcome ?? (json.details as IDataObject | undefined)?.outcome;
	expect(outcomeOf((await deliver(one)).success[0])).toBe('updated');
	return outcomeOf((await deliver(other)).success[0]);
}

const person = (field: string): IDataObject => ({ [field]: '={{ $json.value }}' });

describe('Lead: Update, an ID that comes again', () => {
	it.each<[string, IDataObject, string, string]>([
		['phone number', person('phone1'), '5125550100', '5125550199'],
		['email', person('email1'), 'a@example.com', 'b@example.com'],
		['first name', person('firstName'), 'Ann', 'Anna'],
		['field to be emptied', { clearFields: '={{ [$json.value] }}' }, 'desiredMinRent', 'desiredMaxRent'],
	])('is told with another %s', async (_, parameters, one, other) =>
		expect(await second(parameters, { value: one }, { value: other })).toBe('not sent'),
	);

	it.each<[string, IDataObject, string, string]>([
		['same values', person('phone1'), '5125550100', '5125550100'],
		['phone number in another form', person('phone1'), '5125550100', '(512) 555-0100'],
		[
			'same values and other notes',
			{ firstName: 'Ann', stateFields: { notes: '={{ $json.value }}' } },
			'Came at 10:00',
			'Came at 10:05',
		],
		[
			'same values and another time of sending',
			{ firstName: 'Ann', wishFields: { targetMoveInDate: '={{ $now.plus({ seconds: 1 }) }}' } },
			'',
			'',
		],
		['email in another letter case', person('email1'), 'a@example.com', 'A@example.com'],
	])('is the same change with the %s', async (_, parameters, one, other) =>
		expect(await second(parameters, { value: one }, { value: other })).toBe('skipped'),
	);
});
