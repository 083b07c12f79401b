import type { IDataObject } from 'n8n-workflow';

import { run } from '../support/run.ts';
import { NEW, next, placedIn, rowsOf, stranger, useUpsert } from '../support/upsert.ts';

/* *Lead: Create* adds a person whom *Lead: Create or Update* brings next, before Propexo shows the lead. */

const { madeLeads, propexo, services, test, upsert } = useUpsert();

const whole = () => ({ ...NEW, ...placedIn(propexo(), 'int_entrata_1') });
const create = async (items: IDataObject[], more: IDataObject = {}, workflowId = 'import') =>
	rowsOf(await run(services, 'lead', 'create', { ...whole(), ...more }, { items, workflowId }));

describe.each([20, 300])('A lead that Lead: Create has added, with a job of %i ms', (jobMs) => {
	test.each(['email', 'phone', 'both'])('is the one of Create or Update: by %s', async (by) => {
		propexo().settings.jobMs = jobMs;
		const phone1 = `+1 303 555 ${5100 + next()}`;
		const items = [stranger()];
		const [first] = await create(items, { phone1 });
		const values = {
			...whole(),
			...(by !== 'email' && { phone1 }),
			...(by === 'phone' && { email1: '' }),
		};
		expect(rowsOf(await upsert(values, { items }))).toMatchObject([
			{ action: 'unchanged', job_id: first?.job_id, write_status: 'SUCCESS' },
		]);
		expect(madeLeads()).toHaveLength(1);
	});
});

test('A lead that Lead: Create was refused, at once or by the PMS, is added by Create or Update', async () => {
	propexo().settings.jobMs = 0;
	for (const refuse of [
		() => propexo().faults.add({ match: { method: 'POST' }, status: 422 }),
		() => (propexo().settings.jobResult = 'FAILURE'),
	]) {
		const items = [stranger()];
		refuse();
		await create(items);
		propexo().settings.jobResult = 'SUCCESS';
		for (const action of ['created', 'unchanged'])
			expect(rowsOf(await upsert(whole(), { items }))).toMatchObject([{ action }]);
	}
});

test('Somebody else whom Lead: Create has added with the same number is not taken for the person', async () => {
	const phone1 = `+1 303 555 ${5300 + next()}`;
	await create([stranger()], { phone1, firstName: 'Maria', lastName: 'Lopez' });
	const { thrown } = await upsert({ ...whole(), phone1 }, { items: [stranger()] });
	expect(thrown?.message).toContain('may be a different person');
	expect(madeLeads()).toHaveLength(1);
});

test('A lead that Create or Update has added stays the one of its values when Lead: Create adds somebody with them', async () => {
	const items = [stranger()];
	const [first] = rowsOf(await upsert(whole(), { items, workflowId: 'website' }));
	await create(items, { firstName: 'Maria', lastName: 'Lopez' });
	for (const workflowId of ['website', 'calls'])
		expect(rowsOf(await upsert(whole(), { items, workflowId }))).toMatchObject([
			{ action: 'unchanged', job_id: first?.job_id },
		]);
	expect(madeLeads()).toHaveLength(2);
});

test('A person whom Lead: Create was refused stays unknown where a request of Create or Update before is in doubt', async () => {
	const items = [stranger()];
	propexo().settings.jobMs = 60_000;
	const match = { method: 'POST', bodyIncludes: items[0]?.email ?? '' };
	propexo().faults.add({ match, close: 'after' });
	expect((await upsert(whole(), { items })).thrown?.message).toContain('may or may not exist');
	Object.assign(propexo().settings, { jobMs: 0, jobResult: 'FAILURE' });
	await create(items);
	propexo().settings.jobResult = 'SUCCESS';
	expect((await upsert(whole(), { items })).thrown?.message).toContain('may or may not exist');
	expect(madeLeads()).toHaveLength(2);
});
