import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { by } from '../support/locator.ts';
import type { Services } from '../support/services.ts';
import { anotherProcess, useNewServices, useServices } from '../support/services.ts';
import { timeOf } from './support/driven.ts';
import { jsonOf, run } from './support/run.ts';

/*
 * An event that was delivered before, and comes again when what it names is gone. Another n8n process gets it, which knows
 * nothing but the store.
 */

const timing = { lookUpAfterMs: [1], rate: { requests: 100_000 } };
const services = useServices({ timing, rentEngine: { limit: 100_000 } });
let other: Services;
beforeAll(() => {
	other = anotherProcess(services, timing);
});

const rentEngine = () => services.emulator.rentEngine;
const requests = () => rentEngine().ledger.requests.length;
const [first, second] = RENTENGINE_USERS;

interface Delivery {
	title: string;
	resource: string;
	parameters: IDataObject;
	/** Makes what it names go away. */
	leave(): void;
}

const noProspects = () => rentEngine().data.prospects.replace([]);
const ASSIGNED = { assignedToUserIds: first!.id };
const RENTER = {
	plannedForTime: timeOf(0),
	prospectType: 'Self',
	firstName: 'Riley',
	lastName: 'Stone',
	email: 'riley@example.com',
	phone: '5125550199',
	creditScore: '700+',
	income: '$5000-$6000/month',
};

const DELIVERIES: Delivery[] = [
	{
		title: 'Leasing Event: Create, a prospect by phone number',
		resource: 'leasingEvent',
		parameters: { ...ASSIGNED, prospectId: by('phone', '(512) 555-0142') },
		leave: noProspects,
	},
	{
		title: 'Leasing Event: Create, a prospect by email address',
		resource: 'leasingEvent',
		parameters: { ...ASSIGNED, prospectId: by('email', 'ana@example.com') },
		leave: noProspects,
	},
	{
		title: 'Leasing Event: Create, for the next in turn',
		resource: 'leasingEvent',
		parameters: {
			assignedToUserIds: `${first!.id}, ${second!.id}`,
			assignment: 'nextInTurn',
			prospectId: by('email', 'ana@example.com'),
		},
		leave: noProspects,
	},
	{
		title: 'Showing: Create, a unit by its address',
		resource: 'showing',
		parameters: { ...RENTER, unitId: by('address', '12 Elm Street') },
		leave: () => rentEngine().data.units.replace([]),
	},
];

describe.each(DELIVERIES)('$title: delivered again when it is gone', (delivery) => {
	const { title, resource, parameters, leave } = delivery;
	const deliver = async (on: Services, options: IDataObject = {}, keys = ['one']) =>
		await run(
			on,
			resource,
			'create',
			{ ...parameters, deduplicationKey: `={{ $json.key + ' ${title}' }}`, options },
			{ items: keys.map((key) => ({ key })), workflowId: title },
		);

	it('is skipped, and nothing is asked for it', async () => {
		rentEngine().rows.addProspect({
			...{ id: 2001, email: 'ana@example.com', phone: '+15125550142' },
			created_at: new Date(Date.now() - 86_400_000).toISOString(),
		});
		const [unit] = rentEngine().data.units.rows;
		rentEngine().data.units.add({ ...unit!, id: 601, address: { formatted_address: '12 Elm Street' } });
		expect(jsonOf(await deliver(services))).toMatchObject([{ outcome: 'created' }]);
		leave();
		const before = requests();
		const again = await deliver(other);
		expect(again.thrown?.message).toBeUndefined();
		const [row] = jsonOf(again);
		expect(row).toMatchObject({
			outcome: 'skipped',
			skipped: true,
			deduplication_key: `one ${title}`,
		});
		for (const value of Object.values(row ?? {})) expect(value).toBeDefined();
		expect(jsonOf(await deliver(other, { previewOnly: true }))).toMatchObject([
			{ outcome: 'would_skip', request: null, problems: [] },
		]);
		expect(requests()).toBe(before);
		expect(rentEngine().ledger.created).toHaveLength(1);
	});
});

describe('A skipped event', () => {
	const fresh = useNewServices({ timing, rentEngine: { limit: 100_000 } });

	it('takes no turn from those that come with it', async () => {
		for (const [id, email] of [
			[3001, 'dan@example.com'],
			[3002, 'eva@example.com'],
			[3003, 'fay@example.com'],
		] as const)
			fresh.emulator.rentEngine.rows.addProspect({ id, email, created_at: new Date().toISOString() });
		const users = [first!.id, second!.id];
		const assign = async (...emails: string[]) =>
			await run(
				fresh,
				'leasingEvent',
				'create',
				{
					assignedToUserIds: users.join(','),
					assignment: 'nextInTurn',
					prospectId: by('email', '={{ $json.email }}'),
					deduplicationKey: '={{ $json.email }}',
				},
				{ items: emails.map((email) => ({ email })), workflowId: 'turns' },
			);
		await assign('dan@example.com');
		fresh.emulator.rentEngine.data.prospects.delete(3001);
		const { thrown } = await assign('dan@example.com', 'eva@example.com', 'fay@example.com');
		expect(thrown?.message).toBeUndefined();
		const given = fresh.emulator.rentEngine.ledger.created.map(
			({ body }) => (body as { context: { assignedToUserIds: string[] } }).context.assignedToUserIds[0],
		);
		expect(given).toEqual([users[0], users[1], users[0]]);
	});
});
