import { by } from '../support/locator.ts';
import { daysAgo, useProspects, user } from './support/prospects.ts';

const { prospects, create, lookUps, recipients } = useProspects();

describe('Leasing Event: Create, a prospect that is found', () => {
	it.each(['000-000-0000', '+1 555-555-5555', '+266696687'])(
		'in bulk, nobody is assigned whose number strangers have too: %s',
		async (phone) => {
			prospects({ phone, email: 'ana@example.com' }, { phone });
			const given = by('email', 'ana@example.com');
			const inJson = {
				...{ eventType: 'other', customEventType: 'Assign to User' },
				context: JSON.stringify({ assignedToUserIds: [user?.id], applyActionInBulk: true }),
			};
			for (const inBulk of [{ applyActionInBulk: true }, inJson]) {
				const { thrown } = await create(given, inBulk);
				expect(thrown?.message).toBe(
					"The phone number of the prospect found by 'Prospect' is a placeholder, and in bulk RentEngine would assign everybody who has it. Turn 'Apply Action in Bulk' off, or correct the number in RentEngine",
				);
			}
			expect(recipients()).toEqual([]);
			await create(given);
			expect(recipients()).toEqual([2001]);
		},
	);

	it.each([
		['another one has it: the newest is assigned', '+15125551234', '000-000-0000', [2001]],
		['it has it itself: nobody is assigned', '000-000-0000', '+15125551234', []],
	])('in bulk, of several the number of the chosen one counts, %s', async (_, newest, other, assigned) => {
		const email = 'ana@example.com';
		prospects({ email, phone: newest, days: 1 }, { email, phone: other, days: 20 });
		const several = await create(by('email', email), { applyActionInBulk: true });
		expect(several.thrown?.message).toContain('2 prospects have the email address');
		const options = { ifSeveralMatch: 'newest' };
		const { thrown } = await create(by('email', email), { applyActionInBulk: true, options });
		expect(thrown?.message ?? '').toMatch(assigned.length > 0 ? /^$/ : /placeholder/);
		expect(recipients()).toEqual(assigned);
	});

	it('in bulk, the number of a prospect that is named by ID is not looked at', async () => {
		prospects({ phone: '000-000-0000' }, { phone: '000-000-0000' }, {});
		await create(by('id', '2001'), { applyActionInBulk: true });
		expect(lookUps()).toEqual([]);
		expect(recipients().sort()).toEqual([2001, 2002]);
	});

	it.each([
		['in bulk it does not matter which one is named', { applyActionInBulk: true }, undefined],
		['one by one none is the newest', { options: { ifSeveralMatch: 'newest' } }, 'several'],
	])('of three who came at one moment: %s', async (_, more, told) => {
		const created_at = daysAgo(3);
		prospects(
			...[501, 502, 503].map((unit_of_interest) => ({
				...{ unit_of_interest, created_at },
				phone: '+15125551234',
			})),
		);
		const { thrown } = await create(by('phone', '5125551234'), more);
		if (told === undefined) expect(recipients().sort()).toEqual([2001, 2002, 2003]);
		// Not "add the option 'If Several Match'": it is there.
		else expect(thrown?.message).toMatch(/^3 prospects have .*\. Choose it 'From List' or 'By ID'$/);
	});

	it('in bulk, one without a number is assigned', async () => {
		prospects({ phone: null, email: 'ana@example.com' });
		await create(by('email', 'ana@example.com'), { applyActionInBulk: true });
		expect(recipients()).toContain(2001);
	});

	it('in bulk, prospects of one address and two phone numbers are not one person', async () => {
		prospects(
			{ email: 'office@example.com', phone: '+15125551234' },
			{ email: 'office@example.com', phone: '+15125559999' },
		);
		const { thrown } = await create(by('email', 'office@example.com'), { applyActionInBulk: true });
		expect(thrown?.message).toContain('2 prospects have the email address');
		expect(recipients()).toEqual([]);
	});
});
