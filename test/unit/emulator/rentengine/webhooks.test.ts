import { clientsOf } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';
import { bodiesOf, useReceiver } from '../support/receiver.ts';

const SECRET = 'a-secret-of-the-test';

const emulator = useEmulator({ rentEngine: { limit: 100_000 } });
const clients = clientsOf(emulator);
const receiver = useReceiver();

describe("RentEngine's deliveries", () => {
	beforeEach(() => {
		Object.assign(emulator.rentEngine.settings, { webhookUrl: receiver.url, webhookSecret: SECRET });
	});

	it('tell of rows made and changed in place, with the shared secret', async () => {
		const assigned = { assignedToUserIds: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c'] };
		await clients.createLeasingEvent({
			prospect_id: 1001,
			event_type: 'Assign to User',
			context: assigned,
		});
		const { rows, webhooks } = emulator.rentEngine;
		const prospect = rows.addProspect({ name: 'Nora New' });
		await webhooks.idle();
		rows.change('prospects', prospect.id, { status: 'Showing Desired' });
		await webhooks.idle();
		expect(bodiesOf(receiver)).toMatchObject([
			{
				type: 'INSERT',
				table: 'leasing_events',
				record: { prospect: 1001, context: assigned },
				old_record: null,
			},
			{ type: 'INSERT', table: 'prospects', record: { name: 'Nora New' }, old_record: null },
			{
				type: 'UPDATE',
				table: 'prospects',
				record: { status: 'Showing Desired' },
				old_record: { status: 'New' },
			},
		]);
		expect(receiver.arrivals.map((arrival) => arrival.headers['x-api-key'])).toEqual([
			SECRET,
			SECRET,
			SECRET,
		]);
	});

	it('come wrapped where that is set, forged or without a key on demand', async () => {
		const { webhooks } = emulator.rentEngine;
		const row = { type: 'DELETE' as const, table: 'units', record: null, old_record: { id: 501 } };
		await webhooks.deliver({ ...row, shape: 'data', repeat: 1 });
		await webhooks.deliver({ ...row, mark: 'wrong' });
		await webhooks.deliver({ ...row, mark: 'missing' });
		const [first, repeated] = bodiesOf(receiver);
		expect(first).toEqual({ event_id: expect.any(String), data: row });
		expect(repeated).toEqual(first);
		const keys = receiver.arrivals.map((arrival) => arrival.headers['x-api-key']);
		expect(keys.map((key) => key === SECRET)).toEqual([true, true, false, false]);
		expect(keys[3]).toBeUndefined();
	});

	it('go nowhere without a receiver', async () => {
		emulator.rentEngine.settings.webhookUrl = '';
		emulator.rentEngine.rows.addProspect();
		await emulator.rentEngine.webhooks.idle();
		expect(emulator.rentEngine.webhooks.deliveries).toEqual([]);
	});
});
