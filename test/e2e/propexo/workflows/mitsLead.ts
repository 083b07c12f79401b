import { eventually } from '../../../support/until.ts';
import { chosen, created, furnish, postText, statusesInTurn } from '../support/leads.ts';
import {
	customer,
	event,
	FILE,
	idOf,
	mits,
	phone,
	prefixed,
	PROPERTY,
	prospect,
	withIdElements,
} from '../support/mits.ts';
import type { Shop } from '../../support/shipped.ts';

export function mitsLead(shop: Shop): void {
	let webhook: string;
	const send = async (xml: string, type?: string) => await postText(webhook, xml, type);
	const outcomes = async (xml: string) => {
		const { status, answer } = await send(xml);
		const { events = [] } = answer as {
			events?: Array<{ recorded: boolean; repeated: boolean; lead: string }>;
		};
		const words = events.map(({ recorded, repeated, lead }) =>
			repeated ? 'again' : recorded ? `recorded, ${lead}` : 'not recorded',
		);
		return [status, ...words];
	};

	beforeAll(async () => {
		({ webhook } = await shop().publish(FILE, chosen('Record the event')));
	});

	beforeEach(() => furnish(shop()));

	it('adds the prospect of a guest card, and records each of its events once', async () => {
		const people =
			customer({ type: 'roommate', first: 'Rob', email: 'rob@example.com' }) +
			customer({
				ids: idOf('ThirdPartyID', 'M-1') + PROPERTY,
				email: 'maria.m@example.com',
				phones:
					phone('fax', '5125550199') + phone('home', '5125550198') + phone('cell', '512-555-0170'),
			});
		const first = event({ type: 'chat', id: '77', comments: 'Asked for &lt;parking&gt;' });
		const second = event({ type: 'webService', id: '78', date: '2026-03-02T09:00:00.123456-06:00' });
		const card = mits(prospect(people, first + second));
		expect(await send(card)).toMatchObject({
			status: 200,
			answer: { events: [{ recorded: true, lead: 'created' }, { recorded: true }] },
		});
		expect(created(shop, 'lead')).toEqual([
			{
				...{ integration_id: 'int_any', property_id: 'prop_court' },
				...{ first_name: 'Maria', last_name: 'Alvarez' },
				...{ email_1: 'maria.m@example.com', phone_1: '512-555-0170' },
			},
		]);
		expect(created(shop, 'event')).toMatchObject([
			{
				...{ event_name: 'Chat', event_datetime: '2026-03-01T14:30:00-06:00' },
				...{
					notes: 'Asked for <parking>\nUnit: 204\nSource: Listing Site',
					agent_name: 'Jordan Smith',
				},
			},
			{ event_name: 'Webservice', event_datetime: '2026-03-02T09:00:00.123-06:00' },
		]);

		const third = event({ type: 'Show', id: '79', date: '2026-03-03T10:00:00' });
		const later = mits(prospect(people, first + second + third));
		for (const [xml, then] of [
			[prefixed(later), 'recorded, unchanged'],
			[withIdElements(later), 'again'],
			[prefixed(withIdElements(later)), 'again'],
		] as const)
			expect(await outcomes(xml)).toEqual([202, 'again', 'again', then]);
		expect([created(shop, 'lead').length, created(shop, 'event').length]).toEqual([1, 3]);
	});

	it('takes each of several prospects by itself', async () => {
		const one = (name: string, more: string, inquiry: string) =>
			prospect(
				customer({
					ids: idOf('ThirdPartyID', name),
					first: name,
					email: `${name.toLowerCase()}.n@example.com`,
				}) + more,
				inquiry,
			);
		const ana = one('Ana', '', event({ id: '1' }));
		const ben = one(
			'Ben',
			customer({ type: 'spouse', email: 'spouse@example.com' }),
			event({ id: '1', type: 'WalkIn' }),
		);
		const nobody = prospect(customer({}), event({ id: '2' }));
		expect(await outcomes(mits(ana, ben, nobody))).toEqual([
			422,
			'recorded, created',
			'recorded, created',
			'not recorded',
		]);
		expect(await outcomes(prefixed(mits(ana, ben)))).toEqual([202, 'again', 'again']);
		expect(created(shop, 'event').map(({ event_name }) => event_name)).toEqual(['Email', 'WalkIn']);
		// Nobody could tell the events of the one from those of the other.
		const several = one('Cleo', '', event({ id: '3' }) + event({ id: '4' }));
		expect(await outcomes(mits(ana, several))).toEqual([422, 'again', 'not recorded']);
		expect(created(shop, 'event')).toHaveLength(2);
	});

	it('knows an event without an ID again by its type and moment', async () => {
		const of = (date: string, id?: string) =>
			mits(prospect(customer({ email: 'dan.m@example.com' }), event({ date, id })));
		expect(await outcomes(of('2026-03-01T14:30:00'))).toEqual([200, 'recorded, created']);
		expect(await outcomes(of('2026-03-01T20:30:00Z', ''))).toEqual([202, 'again']);
		expect(await outcomes(of('2026-03-01 14:30:00', '0'))).toEqual([202, 'again']);
		expect(await outcomes(of('2026-03-01T14:30:01'))).toEqual([200, 'recorded, unchanged']);
		const wrong = ['', '2026-02-30T10:00:00', '03/04/2026 10:00'];
		for (const date of wrong) expect(await outcomes(of(date))).toEqual([422, 'not recorded']);
		expect(created(shop, 'event')).toHaveLength(2);
	});

	it('adds a prospect to whom nothing has happened yet', async () => {
		const card = mits(prospect(customer({ email: 'fay.m@example.com' }), ''));
		expect(await outcomes(card)).toEqual([200, 'recorded, created']);
		expect(await outcomes(prefixed(card))).toEqual([200, 'recorded, unchanged']);
		expect([created(shop, 'lead').length, created(shop, 'event').length]).toEqual([1, 0]);
		// Of what is wrong the team hears, and of nothing else.
		const nobody = mits(prospect(customer({ first: 'Hal' }), event({ id: '2' })));
		expect(await outcomes(nobody)).toEqual([422, 'not recorded']);
		await eventually(() => expect(shop().chat.said()).toHaveLength(1));
		expect(shop().chat.said()[0]).toMatch(/^An event of a guest card was not recorded: .*Hal/);
	});

	it('refuses what is no guest card', async () => {
		const card = mits(
			prospect(customer({ ids: idOf('PropertyID', 'p9999'), email: 'gil.m@example.com' }), event({})),
		);
		const refused: Array<[string, string?]> = [
			// A property that the integration does not have.
			[card],
			[card.replace('p9999', 'p0001'), 'text/plain'],
			[card.slice(0, -20)],
			['<LeadManagement/>'],
			['<LeadManagement><Prospects/></LeadManagement>'],
			['<Other/>'],
		];
		expect(await statusesInTurn(webhook, refused)).toEqual(refused.map(() => 422));
		expect(shop().created('propexo')).toEqual([]);
	});
}
