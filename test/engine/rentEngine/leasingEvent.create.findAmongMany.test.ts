import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../support/locator.ts';
import { daysAgo, useProspects } from './support/prospects.ts';

const { rentEngine, prospects, create, lookUps, recipients } = useProspects();

describe('Leasing Event: Create, a prospect that is found', () => {
	it.each(['oldest', 'newest'] as const)('among 1,000, listed with the %s first', async (prospectOrder) => {
		rentEngine().settings.prospectOrder = prospectOrder;
		prospects(...Array.from({ length: 1_000 }, (_, index) => ({ days: 80 - index * 0.05 })));
		const items = Array.from({ length: 100 }, (_, index) => ({
			who: `person${index * 10}@example.com`,
		}));
		const { success } = await create(by('email', '={{ $json.who }}'), {}, { items });
		expect(success).toHaveLength(100);
		expect(recipients().sort()).toEqual(items.map((_, index) => 2001 + index * 10));
		// Ten full pages, and the empty one behind them.
		expect(lookUps()).toHaveLength(11);
	});

	describe('of many in a long look-back', () => {
		/** A hundred a day for 20 days, the newest first; every tenth has the same number. */
		const many = (): IDataObject[] =>
			Array.from({ length: 2_000 }, (_, index) => ({
				days: 0.5 + index * 0.01,
				...(index % 10 === 5 && { phone: '+12125550000' }),
				status: index < 1_000 ? 'Not Interested' : 'New',
			}));
		const given = () => by('phone', '(212) 555-0000');

		it.each([
			// What is read: 7 days; 23 more; all 90.
			['newest', {}, 2006, 7],
			['refuse', { applyActionInBulk: true }, 2006, 7],
			['newestActive', {}, 3006, 7 + 14],
			['refuse', {}, undefined, 21],
		])('%s %j reads no more than it takes', async (ifSeveralMatch, more, taken, requests) => {
			prospects(...many());
			const { thrown } = await create(given(), { ...more, options: { ifSeveralMatch } });
			expect(recipients()[0]).toBe(taken);
			if (taken === undefined) expect(thrown?.message).toContain('200 prospects have the phone number');
			expect(lookUps()).toHaveLength(requests);
		});

		it('an older one is found behind the first days, and nobody where there is nobody', async () => {
			prospects({ days: 80, phone: '5125551234' }, { days: 6.95 }, { days: 7.05 }, { days: 29.99 });
			const items = ['(512) 555-1234', '+15125551001', '+15125551002', '+15125551003', '5125550000'];
			const { success, error } = await create(
				by('phone', '={{ $json.who }}'),
				{ options: { ifSeveralMatch: 'newest' } },
				{ items: items.map((who) => ({ who })), onError: 'continueErrorOutput' },
			);
			expect(success.map(({ json }) => (json.resolved as IDataObject).prospect_id)).toEqual([
				2001, 2002, 2003, 2004,
			]);
			expect(error[0]?.json.error).toContain('No prospect has the phone number');
			expect(lookUps()).toHaveLength(3);
		});

		it('in bulk an email address is looked for in all of it: its prospects may be two people', async () => {
			prospects(
				{ days: 1, email: 'office@example.com', phone: '+15125551234' },
				{ days: 60, email: 'office@example.com', phone: '+15125559999' },
			);
			const { thrown } = await create(by('email', 'office@example.com'), { applyActionInBulk: true });
			expect(thrown?.message).toContain('2 prospects have the email address');
		});

		it('what was read a moment ago is not read again', async () => {
			prospects({ days: 1 }, { days: 2 });
			const options = { ifSeveralMatch: 'newest' };
			await create(by('email', 'person0@example.com'), { options });
			await create(by('email', 'person1@example.com'), { options });
			expect(recipients()).toEqual([2001, 2002]);
			expect(lookUps()).toHaveLength(1);
		});
	});

	it.each([
		['refuse', 0],
		['newest', 0],
		['newestActive', 0],
		// Somebody has set the clock of this machine for another time zone.
		['newest', 5],
	])(
		"who came since the list was read counts, with one request more: %s, RentEngine's clock %i hours behind",
		async (ifSeveralMatch, hours) => {
			prospects({ phone: '5125551234', days: 1 }, { days: 60 });
			const options = { ifSeveralMatch };
			const given = by('phone', '(512) 555-1234');
			await create(given, { options });
			const before = lookUps().length;
			const start = Date.now();
			const now = jest.spyOn(Date, 'now').mockImplementation(() => start + 30_000);
			rentEngine().rows.addProspect({
				...{ id: 9001, phone: '+1 512 555 1234', status: 'New' },
				created_at: new Date(start + 20_000 - hours * 3_600_000).toISOString(),
			});
			const { thrown } = await create(given, { options }).finally(() => now.mockRestore());
			if (ifSeveralMatch === 'refuse')
				expect(thrown?.message).toContain('2 prospects have the phone number');
			expect(recipients()).toEqual(ifSeveralMatch === 'refuse' ? [2001] : [2001, 9001]);
			expect(lookUps().length - before).toBe(1);
		},
	);

	it('is found among those read a moment ago', async () => {
		prospects({}, {});
		await create(by('email', 'person0@example.com'));
		await create(by('email', 'person1@example.com'));
		expect(recipients()).toEqual([2001, 2002]);
		expect(lookUps()).toHaveLength(1);
	});

	it.each(['oldest', 'newest'] as const)(
		'is found although others come in while the list is read, the %s first',
		async (prospectOrder) => {
			rentEngine().settings.prospectOrder = prospectOrder;
			prospects(...Array.from({ length: 350 }, (_, index) => ({ days: 60 - index * 0.1 })));
			rentEngine().faults.add({ match: { path: '/prospects' }, after: 1, times: 3, delayMs: 200 });
			const items = Array.from({ length: 35 }, (_, index) => ({
				who: `person${index * 10}@example.com`,
			}));
			const creating = create(by('email', '={{ $json.who }}'), {}, { items });
			while (lookUps().length < 2) await sleep(5);
			for (const id of [9001, 9002])
				rentEngine().rows.addProspect({ id, email: `${id}@example.com`, created_at: daysAgo(0) });
			expect((await creating).success).toHaveLength(35);
			expect(recipients().sort()).toEqual(items.map((_, index) => 2001 + index * 10));
		},
	);
});
