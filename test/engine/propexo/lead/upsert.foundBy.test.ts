import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../support/services.ts';
import { ANY_LEAD } from '../support/samples.ts';
import { NEW, rowsOf, stranger, useUpsert } from '../support/upsert.ts';

const { bodies, known, madeLeads, propexo, test, upsert, writes } = useUpsert();

describe('A lead', () => {
	const of = (number: number) => (known(number) ?? {}) as Record<string, string>;

	test('is the one with its PMS ID, though a UUID is held in capitals', async () => {
		const xId = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
		Object.assign(of(1), { x_id: xId.toUpperCase() });
		const told = await upsert({ ...NEW, email1: '', matchBy: ['xId'], sourceFields: { xId } });
		expect(rowsOf(told)).toMatchObject([{ lead_id: `${ANY_LEAD}_1` }]);
		expect(madeLeads()).toEqual([]);
	});

	test.each(['N/A', '0', 'none', '-', 'Unknown', '000'])(
		'is not found by the ID %s, which is nobody’s',
		async (id) => {
			Object.assign(of(1), { x_id: id });
			const parameters = { ...NEW, matchBy: ['xId', 'thirdPartyId', 'email1'] };
			const people = [stranger(), stranger()];
			for (const { email } of people) {
				await upsert({ ...parameters, email1: email, sourceFields: { xId: id, thirdPartyId: id } });
			}
			expect(writes()).toMatchObject([{ method: 'POST' }, { method: 'POST' }]);
		},
	);

	test.each(['of another property now', 'too new to be shown'])(
		'with a PMS ID is in the PMS: no second one is added where it is %s',
		async (what) => {
			const [here, there] = propexo().data.properties.rows.filter(
				({ integration_id: at }) => at === 'int_entrata_1',
			);
			const isMoved = what.startsWith('of');
			Object.assign(of(1), { integration_id: 'int_entrata_1', property_id: there?.id });
			const { thrown } = await upsert({
				...{ ...NEW, email1: stranger().email, matchBy: ['xId', 'email1'] },
				...{ integrationId: byId('int_entrata_1'), propertyId: byId(here?.id) },
				sourceFields: { xId: isMoved ? of(1).x_id : 'L-99999' },
			});
			expect(thrown?.message).toMatch(
				new RegExp(`^No lead of ${String(here?.['name'])} has the PMS ID in 'PMS ID'\\. .*next sync`),
			);
			expect(writes()).toEqual([]);
		},
	);

	test('is not found by a number that stands in place of one', async () => {
		Object.assign(of(1), { phone_1: '5555555555', email_1: null });
		await upsert({ ...NEW, phone1: '555-555-5555' }, { items: [stranger()] });
		expect(writes()).toMatchObject([{ method: 'POST' }]);
		const { thrown } = await upsert({ ...NEW, email1: '', phone1: '(555) 555-5555' });
		expect(thrown?.message).toContain("'Match By' is 'Email', 'Phone Number'");
	});

	test('is not found by a text that holds two numbers', async () => {
		const phone1 = `${of(1).phone_1}, ${of(2).phone_1}`;
		const { thrown } = await upsert({ ...NEW, email1: '', phone1 });
		expect(thrown?.message).toContain("'Match By' is 'Email', 'Phone Number'");
	});
});

describe('An email address that the PMS holds in capitals', () => {
	test.each(['Nathan.Smith77@Example.com', 'Nathan.Smith77@example.com', 'NATHAN.SMITH77@EXAMPLE.COM'])(
		'as %s is that of one lead, not of a second one',
		async (held) => {
			Object.assign(known(1) ?? {}, { email_1: held, first_name: 'Nathan' });
			const told = rowsOf(await upsert({ ...NEW, email1: 'nathan.smith77@example.com' }));
			expect(told).toMatchObject([{ lead_id: `${ANY_LEAD}_1`, resolved: { found_by: 'email' } }]);
			expect(madeLeads()).toEqual([]);
		},
	);
});

describe('A second email address or phone number of a lead', () => {
	const [home, work] = ['Home@example.com', 'work@example.com'];
	const [mobile, office] = ['3035559201', '3035559202'];
	const hold = (held: IDataObject) =>
		Object.assign(known(1) ?? {}, { email_1: work, email_2: home.toLowerCase(), ...held });

	test('finds it, and stays where it is', async () => {
		hold({ phone_1: mobile, phone_2: office });
		const cases: Array<[said: IDataObject, sent: IDataObject | undefined]> = [
			[{ email: home }, undefined],
			[{ email: home, phone: mobile }, undefined],
			[{ phone: mobile, email: home, notes: 'Asked for a garage' }, { notes: 'Asked for a garage' }],
			[{ email: work, phone: office }, undefined],
			[{ email: work, phone: office, second: mobile }, undefined],
			[{ email: work, phone: office, type: 'WORK' }, undefined],
		];
		for (const [said, sent] of cases) {
			propexo().ledger.requests.length = 0;
			const { success, thrown } = await upsert(
				{
					...{ email1: '={{ $json.email }}', phone1: '={{ $json.phone }}' },
					personFields: { phone2: '={{ $json.second }}', phone1Type: '={{ $json.type }}' },
					stateFields: { notes: '={{ $json.notes }}' },
				},
				{ items: [said] },
			);
			expect([thrown?.message, success[0]?.json.lead_id]).toEqual([undefined, `${ANY_LEAD}_1`]);
			const withMail = sent && (said.email === home ? sent : { ...sent, email_1: said.email });
			if (withMail === undefined) expect(writes()).toEqual([]);
			else expect(bodies()).toEqual([{ ...withMail, phone_1: said.phone }]);
		}
	});

	test('is lost only where the item says so', async () => {
		hold({ phone_1: mobile, phone_2: office });
		const third = '3035559203';
		await upsert({ email1: work, phone1: office, personFields: { phone2: third } });
		expect(bodies()).toEqual([{ email_1: work, phone_1: office, phone_2: third }]);
	});

	test('of another lead counts less than the first one of a lead', async () => {
		hold({});
		Object.assign(known(2) ?? {}, { email_1: home });
		const told = rowsOf(await upsert({ email1: home, stateFields: { notes: 'Called' } }));
		expect(told).toMatchObject([{ action: 'updated', lead_id: `${ANY_LEAD}_2` }]);
	});
});
