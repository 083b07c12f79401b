import { eventually } from '../../../support/until.ts';
import { adf, contactOf, FILE, idOf, prospect } from '../support/adf.ts';
import { chosen, created, furnish, postText, statusesInTurn } from '../support/leads.ts';
import type { Shop } from '../../support/shipped.ts';

const PHONE = '(512) 555-0160';

export function adfLead(shop: Shop): void {
	let webhook: string;
	const send = async (xml: string, type?: string) => await postText(webhook, xml, type);

	beforeAll(async () => {
		({ webhook } = await shop().publish(FILE, chosen('Record the inquiry')));
	});

	beforeEach(() => furnish(shop()));

	it('adds the lead, records the inquiry, and skips what is sent again', async () => {
		const contact = `
			<name part="full">Somebody Else</name>
			<name part="first" type="individual">Zo&#235;</name><name part="last"><![CDATA[O'Neil & Son]]></name>
			<email>other@example.com</email><email preferredcontact="1">zoe@example.com</email>
			<phone type="fax">512-555-0199</phone>
			<phone type="voice" time="day">+1 512 555 0198</phone>
			<phone type="cellphone" preferredcontact="1">${PHONE}</phone>`;
		const one = { id: idOf('A-1'), contact, comments: '<![CDATA[Two cats & <one> dog\nMove in May]]>' };
		expect(await send(adf(prospect(one)))).toMatchObject({
			status: 200,
			answer: {
				leads: [
					{
						recorded: true,
						repeated: false,
						lead: 'created',
						lead_id: expect.any(String) as string,
					},
				],
			},
		});
		expect(created(shop, 'lead')).toEqual([
			{
				...{ integration_id: 'int_any', property_id: 'prop_court' },
				...{ first_name: 'Zoë', last_name: "O'Neil & Son" },
				...{ email_1: 'zoe@example.com', phone_1: PHONE },
			},
		]);
		expect(created(shop, 'event')).toMatchObject([
			{
				event_datetime: '2026-03-01T14:30:00-06:00',
				notes: 'Two cats & <one> dog\nMove in May\nAbout: 2 bedrooms 204\nThrough: Listing Site',
			},
		]);
		const again = adf(prospect({ ...one, status: 'resend', comments: 'Two cats<br/>One dog' }));
		expect(await send(again, 'application/x-adf+xml')).toMatchObject({
			status: 202,
			answer: { leads: [{ recorded: null, repeated: true, lead: 'unchanged' }] },
		});
		expect([created(shop, 'lead').length, created(shop, 'event').length]).toEqual([1, 1]);
	});

	it('takes each of several prospects by itself, and says which one is wrong', async () => {
		const ana = prospect({ id: idOf('B-1'), contact: contactOf('Ana', 'ana.b@example.com') });
		const nobody = prospect({ id: idOf('B-2'), contact: '<name part="full">Ben Okafor</name>' });
		const ben = prospect({
			id: idOf('B-2'),
			contact: `<name part="full">Ben van Okafor</name><email/><phone type="voice">512.555.0162 x7</phone>`,
		});
		expect(await send(adf(ana, nobody))).toMatchObject({
			status: 422,
			answer: {
				leads: [
					{ recorded: true, lead: 'created' },
					{ recorded: false, lead: null, reason: expect.stringContaining("'Match By'") as string },
				],
			},
		});
		expect(await send(adf(ana, ben))).toMatchObject({
			status: 202,
			answer: {
				leads: [
					{ recorded: null, repeated: true },
					{ recorded: true, repeated: false },
				],
			},
		});
		expect(created(shop, 'lead').map(({ first_name, last_name }) => [first_name, last_name])).toEqual([
			['Ana', 'Alvarez'],
			['Ben', 'van Okafor'],
		]);
		expect(created(shop, 'event')).toHaveLength(2);
	});

	it('records an inquiry at its moment, and none whose moment nobody knows', async () => {
		const dates: Array<[date: string, moment?: string]> = [
			['<requestdate>2026-07-01T09:05</requestdate>', '2026-07-01T09:05:00-05:00'],
			['<requestdate>2026-07-01T8:47:50</requestdate>', '2026-07-01T08:47:50-05:00'],
			['<requestdate>2026-07-01T20:30:00Z</requestdate>', '2026-07-01T20:30:00Z'],
			[''],
			['<requestdate/>'],
			['<requestdate>2026-03-30T15:30:20-08:0</requestdate>'],
			['<requestdate>07/08/2026 9:05</requestdate>'],
		];
		for (const [index, [date, moment]] of dates.entries()) {
			const contact = contactOf('Cleo', 'cleo.c@example.com');
			const { status } = await send(adf(prospect({ id: idOf(`C-${index}`), date, contact })));
			expect([date, status]).toEqual([date, moment === undefined ? 422 : 200]);
		}
		const moments = created(shop, 'event').map(({ event_datetime }) => String(event_datetime));
		expect(moments.sort()).toEqual(dates.flatMap(([, moment]) => moment ?? []).sort());
	});

	it('knows an inquiry without an ID again by person and moment, however both are written', async () => {
		const of = (date: string, email: string) =>
			adf(
				prospect({
					id: '<id sequence="12" source="Listing Site"></id>',
					date: `<requestdate>${date}</requestdate>`,
					contact: contactOf('Dan', email),
				}),
			);
		expect(await send(of('2026-03-01T14:30:00-06:00', 'dan.d@example.com'))).toMatchObject({
			answer: { leads: [{ repeated: false }] },
		});
		expect(await send(of('2026-03-01T20:30:00Z', ' Dan.D@Example.com '))).toMatchObject({
			answer: { leads: [{ recorded: null, repeated: true }] },
		});
		expect(await send(of('2026-03-01T14:31:00-06:00', 'dan.d@example.com'))).toMatchObject({
			answer: { leads: [{ recorded: true, repeated: false }] },
		});
		expect(created(shop, 'event')).toHaveLength(2);
	});

	it('does not take a phone number for somebody with another address or another name, and tells the team', async () => {
		const { leads } = shop().instance.emulator.propexo.data;
		const whose = { integration_id: 'int_any', integration_vendor: 'OTHER', property_id: 'prop_court' };
		leads.add({
			...leads.get('lead_1')!,
			...whose,
			...{ id: 'lead_mother', email_1: 'mother@example.com', phone_1: '5125550163' },
		});
		const child = prospect({
			id: idOf('E-1'),
			contact: contactOf('Eva', 'eva.e@example.com', '512-555-0163'),
		});
		const refused = { status: 422, answer: { leads: [{ recorded: false }] } };
		expect(await send(adf(child))).toMatchObject(refused);
		leads.add({ ...leads.get('lead_mother')!, email_1: null });
		expect(await send(adf(child))).toMatchObject(refused);
		await eventually(() => expect(shop().chat.said()).toHaveLength(2));
		expect(shop().chat.said()).toEqual([
			expect.stringMatching(
				/^An inquiry of a listing site was not recorded: .*has another '.*Eva.*eva\.e@example/,
			),
			expect.stringMatching(
				/^An inquiry of a listing site was not recorded: .*another name.*Eva.*eva\.e@example/,
			),
		]);
		expect(shop().created('propexo')).toEqual([]);
	});

	it('records nobody by a name whose letters are broken; the site and the team hear why', async () => {
		const contact = contactOf('Zo\u00eb', 'zoe.z@example.com');
		const bytes = Buffer.from(adf(prospect({ id: idOf('Z-1'), contact })), 'latin1');
		expect(await postText(webhook, bytes, 'text/xml')).toMatchObject({
			status: 422,
			answer: {
				leads: [{ recorded: false, reason: expect.stringContaining('send it as UTF-8') as string }],
			},
		});
		await eventually(() => expect(shop().chat.said()).toHaveLength(1));
		expect(shop().chat.said()[0]).toMatch(/Letters in it are broken.*zoe\.z@example/);
		expect(shop().created('propexo')).toEqual([]);
	});

	it('says that it may be sent again when Propexo is out of reach, and then records it once', async () => {
		const { faults } = shop().instance.emulator.propexo;
		const lead = adf(prospect({ id: idOf('F-1'), contact: contactOf('Fay', 'fay.f@example.com') }));
		faults.add({ match: { path: '/v1/leads/' }, status: 500, times: Infinity });
		expect((await send(lead)).status).toBe(503);
		faults.clear();
		expect((await send(lead)).status).toBe(200);
		expect((await send(lead)).status).toBe(202);
		expect([created(shop, 'lead').length, created(shop, 'event').length]).toEqual([1, 1]);
	});

	it('loses none of many that come at the same moment: who is not sure of an answer sends it again', async () => {
		const names = Array.from({ length: 8 }, (_, index) => `hal.${index}@example.com`);
		const document = (email: string) =>
			adf(prospect({ id: idOf(email), contact: contactOf('Hal', email), comments: `I am ${email}` }));
		let open = names;
		for (let round = 0; open.length > 0 && round < 8; round++) {
			const heard = await Promise.all(open.map(async (email) => await send(document(email))));
			open = open.filter((_, index) => heard[index]?.status === 503);
		}
		expect(open).toEqual([]);
		expect(
			created(shop, 'event')
				.map(({ notes }) => /hal\.\d@example\.com/.exec(String(notes))?.[0])
				.sort(),
		).toEqual(names);
		expect(created(shop, 'lead')).toHaveLength(names.length);
	});

	it('refuses what is no ADF', async () => {
		const lead = adf(prospect({ id: idOf('G-1'), contact: contactOf('Gil', 'gil.g@example.com') }));
		const refused: Array<[string, string?]> = [
			[lead, 'text/plain'],
			[lead.slice(0, -20)],
			['<adf/>'],
			['<other><prospect/></other>'],
			['{"adf":null}', 'application/json'],
			[''],
		];
		expect(await statusesInTurn(webhook, refused)).toEqual(refused.map(() => 422));
		expect(shop().created('propexo')).toEqual([]);
	});
}
