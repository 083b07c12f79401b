import type { IDataObject } from 'n8n-workflow';

import { lead } from '../../../../nodes/Propexo/records/people';
import { by } from '../../support/locator.ts';
import { byId } from '../../support/services.ts';
import { lookUps } from '../support/finding.ts';
import { leadEvent } from '../support/run.ts';
import { ANY_LEAD } from '../support/samples.ts';
import { NEW, rowsOf, useUpsert } from '../support/upsert.ts';

const { known, services, test, upsert } = useUpsert();

const UUID = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
const ADDRESS = 'Nathan.Smith7@Example.com';

/** How a lead holds what an item gives. */
interface Case {
	how: string;
	held: IDataObject;
	mode: string;
	field: string;
	value: string;
}

const byEmail = { mode: 'email', field: 'email1' };
const byXId = { mode: 'pmsId', field: 'xId' };
const CASES: Case[] = [
	{ how: 'an address as it was typed', held: { email_1: ADDRESS }, ...byEmail, value: ADDRESS },
	{ how: 'an address in lowercase', held: { email_1: ADDRESS.toLowerCase() }, ...byEmail, value: ADDRESS },
	{
		how: 'an address as names are written',
		held: { email_1: ADDRESS },
		...byEmail,
		value: ADDRESS.toLowerCase(),
	},
	{ how: 'an address in capitals', held: { email_1: ADDRESS.toUpperCase() }, ...byEmail, value: ADDRESS },
	{ how: 'a second address', held: { email_2: ADDRESS.toLowerCase() }, ...byEmail, value: ADDRESS },
	{ how: 'an address that nobody has', held: {}, ...byEmail, value: ADDRESS },
	{
		how: 'a phone number',
		held: { phone_1: '3035559207' },
		mode: 'phone',
		field: 'phone1',
		value: '+1 303-555-9207',
	},
	{ how: 'a PMS ID as it was typed', held: { x_id: UUID }, ...byXId, value: UUID },
	{ how: 'a PMS ID in capitals', held: { x_id: UUID.toUpperCase() }, ...byXId, value: UUID },
];

/** What Propexo was asked of its leads. */
function asked(): string[] {
	const queries = lookUps(services).map(({ query: { email_1, email_2, phone_1, x_id } }) =>
		JSON.stringify({ email_1, email_2, phone_1, x_id }),
	);
	services.emulator.propexo.ledger.requests.length = 0;
	return queries.sort();
}

/** Finds the lead of an item for an event, and for a change. */
async function foundInBothWays({ held, mode, field, value }: Case) {
	Object.assign(known(1) ?? {}, held);
	const call = { eventName: 'Other', integrationId: byId('int_any'), leadId: by(mode, value) };
	const [event] = rowsOf(await leadEvent(services, call));
	const ofEvent = { found: (event?.resolved as IDataObject | undefined)?.lead_id, asked: asked() };
	const given = field === 'xId' ? { sourceFields: { xId: value } } : { [field]: value };
	const told = await upsert({
		...NEW,
		email1: '',
		...given,
		matchBy: [field],
		stateFields: { notes: 'New' },
	});
	const [changed] = rowsOf(told);
	const found = changed?.action === 'created' ? undefined : changed?.lead_id;
	return { ofEvent, ofChange: { found, asked: asked() } };
}

describe('An event and a change look for a lead in the same way:', () => {
	test.each(CASES)('$how', async (one) => {
		const { ofEvent, ofChange } = await foundInBothWays(one);
		expect(ofChange).toEqual(ofEvent);
		expect(ofEvent.found).toBe(
			one.held && Object.keys(one.held).length > 0 ? `${ANY_LEAD}_1` : undefined,
		);
	});
});

describe('Where an address has no other spelling, they still both look for it', () => {
	const [finder] = lead.finders.filter(({ mode }) => mode === 'email');
	const { spellings } = finder ?? {};
	beforeAll(() => Object.assign(finder ?? {}, { spellings: undefined }));
	afterAll(() => Object.assign(finder ?? {}, { spellings }));

	test('as the second one', async () => {
		const { ofEvent, ofChange } = await foundInBothWays({
			...{ how: '', held: { email_2: ADDRESS.toLowerCase() } },
			...{ ...byEmail, value: ADDRESS },
		});
		expect(ofChange).toEqual(ofEvent);
		expect(ofChange.found).toBe(`${ANY_LEAD}_1`);
	});
});
