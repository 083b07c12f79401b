import { addProperty, CALL, FILE, OF_CALLER, PLACE } from '../../../engine/propexo/support/newCaller.ts';
import { damage } from '../../../engine/support/damage.ts';
import { eventually } from '../../../support/until.ts';
import { post } from '../../support/instance.ts';
import type { Shop } from '../../support/shipped.ts';

export function newCaller(shop: Shop): void {
	let webhook: string;

	beforeAll(async () => {
		({ webhook } = await shop().publish(FILE));
	});

	beforeEach(() => addProperty(shop().instance.emulator));

	const propexo = () => shop().instance.emulator.propexo;
	const created = (kind: string) => propexo().ledger.created.filter((row) => row.kind === kind);

	it('adds a caller whom nobody knows, logs the call in the PMS, and answers with both IDs', async () => {
		const call = { ...CALL, phone: '(512) 555-0150', call_id: 'new-1' };
		const { status, answer } = await post(webhook, call);
		expect({ status, answer }).toMatchObject({
			status: 200,
			answer: {
				...{ recorded: true, repeated: false, lead: 'created', write_status: 'SUCCESS' },
				lead_id: expect.any(String) as string,
				event_id: expect.any(String) as string,
			},
		});
		const { lead_id } = answer as { lead_id: string };
		expect(created('lead')).toMatchObject([
			{ body: { first_name: 'Nathan', phone_1: '(512) 555-0150' } },
		]);
		expect(created('event')).toMatchObject([{ body: { lead_id, call_duration: 184 } }]);
	});

	it('logs the next call of the caller for the same lead, and a repeated call once', async () => {
		const call = { ...CALL, phone: '(512) 555-0151', call_id: 'new-2' };
		const first = await post(webhook, call);
		const { lead_id } = first.answer as { lead_id: string };
		const next = await post(webhook, { ...call, call_id: 'new-3' });
		expect(next).toMatchObject({ status: 200, answer: { recorded: true, lead: 'unchanged', lead_id } });
		const again = await post(webhook, { ...call, call_id: 'new-3' });
		expect(again).toMatchObject({ status: 202, answer: { recorded: null, repeated: true, lead_id } });
		expect([created('lead').length, created('event').length]).toEqual([1, 2]);
	});

	it('adds one lead of a caller whose call is delivered twice at the same moment', async () => {
		const call = { ...CALL, phone: '(512) 555-0152', call_id: 'new-4' };
		const answers = await Promise.all([post(webhook, call), post(webhook, call)]);
		// One of them logs the call; the other one was sent before.
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 202]);
		expect([created('lead').length, created('event').length]).toEqual([1, 1]);
	});

	it('adds nobody when what it needs is missing, empty or of a wrong type', async () => {
		for (const { what, body } of damage({ ...CALL, call_id: 'new-5' }, OF_CALLER)) {
			const { status } = await post(webhook, body);
			expect([what, status]).toEqual([what, 422]);
		}
		expect(propexo().ledger.created).toEqual([]);
	});

	it('tells a person of a number that two leads have, and of a call that was refused', async () => {
		const { leads } = propexo().data;
		for (const [id, first_name] of [
			['lead_ann', 'Ann'],
			['lead_ben', 'Ben'],
		] as const)
			leads.add({
				...leads.get('lead_1')!,
				...PLACE,
				id,
				first_name,
				phone_1: '5125550153',
			});
		const family = { ...CALL, phone: '(512) 555-0153', call_id: 'new-6' };
		expect(await post(webhook, family)).toMatchObject({
			status: 422,
			answer: { recorded: false, lead: null },
		});
		const refused = { ...CALL, phone: '(512) 555-0154', call_id: 'new-7', notes: '[fail]' };
		expect(await post(webhook, refused)).toMatchObject({
			status: 422,
			answer: { lead: 'created', outcome: 'refused' },
		});
		// Others may still be told of the calls of the test before.
		const told = [
			expect.stringMatching(/^A call was not logged: Nathan, Smith, \(512\) 555-0153, .*2 leads of/),
			expect.stringMatching(/^A call was not logged: .*555-0154, .*The PMS refused it/),
		];
		await eventually(() => expect(shop().chat.said()).toEqual(expect.arrayContaining(told)));
	});
}
