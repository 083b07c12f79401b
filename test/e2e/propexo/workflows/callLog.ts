import { credentialsFor, prepare } from '../../../../demo/example.ts';
import { publish } from '../../../../demo/rest.ts';
import { eventually } from '../../../support/until.ts';
import { post } from '../../support/instance.ts';
import { CALL, FILE, FREE, NEEDED } from '../../../engine/propexo/support/callLog.ts';
import { damage } from '../../../engine/support/damage.ts';
import { filledIn, type Shop } from '../../support/shipped.ts';

/** How many calls are posted together. */
const AT_ONCE = 10;

export function callLog(shop: Shop): void {
	let webhook: string;

	beforeAll(async () => {
		({ webhook } = await shop().publish(FILE));
	});

	const records = () => shop().instance.emulator.propexo.data;
	const created = () => shop().created('propexo');

	/** A lead of the one PMS in the emulator that takes calls and tells the ID of the record. */
	function leadThere(): void {
		const lead = records().leads.get('lead_2');
		if (lead)
			records().leads.add({
				...lead,
				id: 'lead_there',
				integration_id: 'int_any',
				phone_1: '5125550123',
			});
	}

	const phone = () => String(records().leads.get('lead_2')?.phone_1);
	const call = (more: object = {}) => ({ ...CALL, phone: phone(), ...more });

	it('finds the lead by nothing but the number, logs the call and answers with the ID that the PMS gave it', async () => {
		leadThere();
		const event = call({ integration_id: 'int_any', phone: '(512) 555-0123', event_type: undefined });
		const { status, answer } = await post(webhook, event);
		expect({ status, answer }).toMatchObject({
			status: 200,
			answer: {
				recorded: true,
				repeated: false,
				write_status: 'SUCCESS',
				record_id: expect.any(String) as string,
			},
		});
		expect(created()).toEqual([
			expect.objectContaining({
				lead_id: 'lead_there',
				integration_id: 'int_any',
				call_duration: 184,
				call_status: 'ANSWER',
				notes: 'Asked for parking',
			}),
		]);
	});

	it('logs a repeated call once', async () => {
		await post(webhook, call({ call_id: 'call-2' }));
		const again = await post(webhook, call({ call_id: 'call-2' }));
		expect(again).toMatchObject({
			status: 202,
			answer: {
				...{ recorded: null, repeated: true },
				reason: expect.stringContaining('sent before') as string,
			},
		});
		expect(created()).toHaveLength(1);
	});

	it('answers that no lead has the number, and tells a person', async () => {
		const { status, answer } = await post(webhook, call({ call_id: 'call-3', phone: '+1 512 555 7777' }));
		expect({ status, answer }).toMatchObject({ status: 404, answer: { recorded: false } });
		await eventually(() =>
			expect(shop().chat.said()).toEqual([
				expect.stringMatching(/^A call was not logged: \+1 512 555 7777, ANSWER, .* No lead of/),
			]),
		);
		expect(created()).toEqual([]);
	});

	it('answers with the reason of a refusal, and that repeating does not help', async () => {
		const { status, answer } = await post(webhook, call({ call_id: 'call-4', notes: '[fail]' }));
		expect({ status, answer }).toMatchObject({
			status: 422,
			answer: { recorded: false, outcome: 'refused', reason: expect.any(String) as string },
		});
		expect(await post(webhook, call({ call_id: 'call-4', notes: '[fail]' }))).toMatchObject({
			status: 422,
			answer: { recorded: false, repeated: true, outcome: 'refused' },
		});
	});

	it('answers that repeating does not help when a value is wrong', async () => {
		const { status, answer } = await post(webhook, call({ call_id: 'call-5', seconds: 90_000 }));
		expect({ status, answer }).toMatchObject({
			status: 422,
			answer: {
				recorded: false,
				outcome: 'not sent',
				reason: expect.stringContaining('Call Duration'),
			},
		});
		expect(created()).toEqual([]);
	});

	it.each([undefined, null, '', '   ', { number: 1 }, [], '+1'])(
		'takes no call without the number of the renter: %j',
		async (none) => {
			const { status, answer } = await post(webhook, call({ call_id: 'call-7', phone: none }));
			expect({ status, answer }).toMatchObject({
				status: 422,
				answer: { recorded: false, reason: expect.stringContaining("'Lead'") as string },
			});
			expect(created()).toEqual([]);
		},
	);

	it('records nothing wrong when an input is missing, empty or of a wrong type', async () => {
		const tried = damage(call(), [...NEEDED, ...FREE]).map(({ what, field, isBlank, body }, index) => ({
			event: field === 'call_id' ? body : { ...body, call_id: `damaged ${index}` },
			expected: [what, isBlank && FREE.includes(field) ? 200 : 422],
		}));
		for (let at = 0; at < tried.length; at += AT_ONCE) {
			const some = tried.slice(at, at + AT_ONCE);
			const answers = await Promise.all(some.map(async ({ event }) => await post(webhook, event)));
			expect(answers.map(({ status }, index) => [some[index]?.expected[0], status])).toEqual(
				some.map(({ expected }) => expected),
			);
		}
		expect(created()).toHaveLength(tried.filter(({ expected }) => expected[1] === 200).length);
		for (const event of created()) expect(event['lead_id']).toBe('lead_2');
	});

	it('lets nobody in as it was imported, before a credential was made for its webhook', async () => {
		const { n8n, session, emulator } = shop().instance;
		const path = 'call-log-fresh';
		const services = credentialsFor(emulator.propexo, emulator.rentEngine).filter(({ type }) =>
			type.endsWith('Api'),
		);
		const { id: _, ...fresh } = prepare(filledIn(FILE), '', services);
		const nodes = fresh.nodes.map((node) =>
			node.type.endsWith('.webhook') ? { ...node, parameters: { ...node.parameters, path } } : node,
		);
		const { id } = await session.post<{ id: string }>('/workflows', { ...fresh, nodes });
		const said = await publish(session, id).catch((error: Error) => error.message);
		expect(said).toContain('Missing required credential');
		expect((await post(`${n8n.url}/webhook/${path}`, call({ call_id: 'call-fresh' }))).status).toBe(404);
		expect(emulator.propexo.ledger.requests).toEqual([]);
	});

	it('answers that repeating is safe when nobody knows, and a repeat is not sent', async () => {
		const [log] = filledIn(FILE).nodes.filter(({ name }) => name === 'Log the call');
		const options = { ...(log?.parameters['options'] as object), outcomeUnknown: 'report' };
		const { webhook: reporting } = await shop().publish(FILE, { 'Log the call': { options } });
		const { faults, ledger } = shop().instance.emulator.propexo;
		const posted = () => ledger.requests.filter(({ method }) => method === 'POST').length;
		faults.add({ match: { method: 'POST' }, status: 500, body: { error: 'Down' }, times: Infinity });
		for (const repeat of [1, 2]) {
			const { status, answer } = await post(reporting, call({ call_id: 'call-6' }));
			expect({ repeat, status, answer }).toMatchObject({
				status: 503,
				answer: { recorded: null, outcome: 'unknown' },
			});
		}
		expect(posted()).toBe(1);
	});
}
