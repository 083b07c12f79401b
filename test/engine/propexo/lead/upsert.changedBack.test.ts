import type { IDataObject } from 'n8n-workflow';

import type { JobResult } from '../../../../emulator/types.ts';
import type { Fault } from '../../../../emulator/index.ts';
import { NEW, rowsOf, useUpsert } from '../support/upsert.ts';

/* A value of a lead is changed and changed back, and Propexo shows neither yet. */

const { bodies, known, propexo, test, upsert } = useUpsert();

/** Values of all kinds: as parameters, and as Propexo holds the first of the two. */
const VALUES: Array<[name: string, of: (value: 0 | 1) => IDataObject]> = [
	['notes', (value) => ({ stateFields: { notes: ['one', 'two'][value] } })],
	['middle_name', (value) => ({ personFields: { middleName: ['Paul', 'Quentin'][value] } })],
	['phone_1', (value) => ({ phone1: ['303 555 7722', '303 555 7733'][value] })],
	['phone_2', (value) => ({ personFields: { phone2: ['303 555 7722', '303 555 7733'][value] } })],
	[
		'target_move_in_date',
		(value) => ({ wishFields: { targetMoveInDate: ['2027-05-01', '2027-06-01'][value] } }),
	],
	['desired_unit_type', (value) => ({ wishFields: { desiredUnitType: ['Studio', 'Loft'][value] } })],
];

/** Lets the last job end without Propexo showing what it has changed. */
const end = (result: JobResult) =>
	Object.assign(propexo().jobs.list.at(-1) ?? {}, {
		...(result !== 'PENDING' && { doneAt: 0 }),
		...{ result, settle: () => undefined },
	});
const asked = () => propexo().ledger.requests.filter(({ path }) => path.includes('/write-status/')).length;

/** Changes a value, which the PMS takes, and changes it back. @returns the item that has changed it back */
async function changedBack(name: string, of: (value: 0 | 1) => IDataObject, result: JobResult) {
	const lead = known(1) as unknown as IDataObject;
	Object.assign(lead, { phone_1: null, phone_2: null });
	const item = (value: 0 | 1) => ({ ...NEW, email1: lead.email_1, ...of(value) });
	await upsert(item(0));
	Object.assign(lead, { [name]: bodies()[0]?.[name], first_name: 'Nathan' });
	end('SUCCESS');
	propexo().settings.jobMs = 60_000;
	for (const value of [1, 0] as const) {
		expect(rowsOf(await upsert(item(value)))).toMatchObject([{ action: 'updated' }]);
		end(value === 1 ? 'SUCCESS' : result);
	}
	return item(0);
}

describe.each(VALUES)('A value that was changed back: %s', (name, of) => {
	test.each(['SUCCESS', 'PARTIAL_SUCCESS'] as const)(
		'is as the item says once the PMS has taken that; Propexo is asked once: %s',
		async (result) => {
			const item = await changedBack(name, of, result);
			const before = asked();
			for (let again = 1; again <= 3; again++)
				expect(rowsOf(await upsert(item))).toMatchObject([{ action: 'unchanged' }]);
			expect(asked() - before).toBe(1);
			expect(bodies()).toHaveLength(3);
		},
	);

	test.each(['FAILURE', 'PENDING'] as const)(
		'is written again where the PMS has not surely taken that: %s',
		async (result) => {
			const item = await changedBack(name, of, result);
			const before = asked();
			expect(rowsOf(await upsert(item))).toMatchObject([{ action: 'updated' }]);
			expect(asked() - before).toBe(1);
			expect(bodies()[3]).toEqual(bodies()[2]);
			end('SUCCESS');
			expect(rowsOf(await upsert(item))).toMatchObject([{ action: 'unchanged' }]);
		},
	);

	test.each<Fault>([{ status: 403 }, { status: 500 }, { status: 200, body: '<html>' }])(
		'is written again where Propexo does not tell: %j',
		async (fault) => {
			const item = await changedBack(name, of, 'SUCCESS');
			propexo().faults.add({ match: { path: /write-status/ }, times: Infinity, ...fault });
			expect(rowsOf(await upsert(item))).toMatchObject([{ action: 'updated' }]);
		},
	);
});

test('A value that was changed on and on is asked about one job once, and none while it is another each time', async () => {
	const lead = known(1) as unknown as IDataObject;
	propexo().settings.jobMs = 0;
	for (const [notes, most] of [
		['one', 0],
		['two', 0],
		['three', 0],
		['three', 1],
		['three', 1],
	] as const) {
		await upsert({ ...NEW, email1: lead.email_1, stateFields: { notes } });
		expect(asked()).toBeLessThanOrEqual(most);
	}
	expect(bodies().map(({ notes }) => notes)).toEqual(['one', 'two', 'three']);
});
