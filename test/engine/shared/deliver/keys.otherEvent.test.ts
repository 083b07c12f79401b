import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { part } from '../../../support/effort.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useOwnServices } from '../../support/ownServices.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, markOf } from '../../support/deliver/driven.ts';

describe.each(part(DRIVEN, 2))('$title: a key that comes with another event', (driven: Driven) => {
	const { services, test, ownNumber } = useOwnServices({ timing: { lookUpAfterMs: [20] } });
	const emulated = () => driven.emulated(services.emulator);

	/** An item of this test's one key; each index is of another person. */
	const keyed = (index: number, changes: IDataObject = {}): IDataObject => ({
		...itemAt(3 * index),
		event_id: `${driven.service} other ${ownNumber()}`,
		...changes,
	});
	const goOn: Settings = { onError: 'continueRegularOutput' };
	async function run(items: IDataObject[], options: IDataObject = {}, settings = goOn) {
		const key = { deduplicationKey: '={{ $json.event_id }}', timeout: 3_000 };
		return await driven.run(services, driven.parameters({ ...key, ...options }), { items, ...settings });
	}
	const outcomes = (result: RunResult) =>
		accountOf(driven, result, result.options.items?.length ?? 0).outcomes;
	const previewed = async (items: IDataObject[], options: IDataObject) =>
		(await run(items, { ...options, previewOnly: true })).success.map(({ json }) => json.outcome);
	const created = (index: number) =>
		emulated().ledger.created.filter(({ body }) => JSON.stringify(body).includes(markOf(3 * index)))
			.length;
	const told = ({ success }: RunResult) => String(success[0]?.json.error);

	test('is not skipped: the item is not sent, and says why and what to do', async () => {
		expect(outcomes(await run([keyed(0)]))).toEqual(['created']);
		const result = await run([keyed(1)]);
		expect(outcomes(result)).toEqual(['not sent']);
		expect(told(result)).toMatch(/[Ii]ts 'Event ID in Your System' was already used for another event/);
		expect((result.success[0]?.json.details as IDataObject).what_to_do).toMatch(/'Same ID, Other Event'/);
		expect([created(0), created(1)]).toEqual([1, 0]);
	});

	test('stays a redelivery when only the notes have changed', async () => {
		await run([keyed(0)]);
		const again = await run([keyed(0, { notes: `${markOf(0)} received at 10:05` })]);
		expect(outcomes(again)).toEqual(['skipped']);
		expect(created(0)).toBe(1);
	});

	test('stays a redelivery of the first event after the second was refused', async () => {
		await run([keyed(0)]);
		await run([keyed(1)]);
		expect(outcomes(await run([keyed(0)]))).toEqual(['skipped']);
		expect(outcomes(await run([keyed(1)]))).toEqual(['not sent']);
	});

	test('is skipped where the option says so', async () => {
		await run([keyed(0)]);
		const skip = { sameKeyOtherEvent: 'skip' };
		const result = await run([keyed(1)], skip);
		expect(outcomes(result)).toEqual(['skipped']);
		expect(created(1)).toBe(0);
		// Nothing of the item is said to be recorded.
		const { deduplication_key } = result.success[0]?.json ?? {};
		expect(result.success[0]?.json).toEqual({
			...{ outcome: 'skipped', skipped: true, deduplication_key, other_event: true },
		});
		const [same] = (await run([keyed(0)], skip)).success;
		expect(same?.json).not.toHaveProperty('other_event');
		expect(Object.keys(same?.json ?? {}).length).toBeGreaterThan(3);
		const [preview] = (await run([keyed(1)], { ...skip, previewOnly: true })).success;
		expect(preview?.json).toMatchObject({
			...{ outcome: 'would_skip', problems: [expect.stringMatching(/would not be recorded$/)] },
		});
	});

	test('is sent once where the option says so, and each event is known again', async () => {
		const send = { sameKeyOtherEvent: 'send' };
		for (const index of [0, 1, 2]) expect(outcomes(await run([keyed(index)], send))).toEqual(['created']);
		const again = await run([keyed(2), keyed(0), keyed(1)], send);
		expect(outcomes(again)).toEqual(['skipped', 'skipped', 'skipped']);
		expect([0, 1, 2].map(created)).toEqual([1, 1, 1]);
	});

	test('within one run is refused before anything is sent', async () => {
		const stopped = await run([keyed(0), keyed(1), keyed(0)], {}, {});
		expect(stopped.thrown?.message).toMatch(
			/^Item 2 of 3: 'Event ID in Your System' was already used by Item 1 of 3, which is another event/,
		);
		expect(emulated().ledger.created).toEqual([]);
		expect(outcomes(await run([keyed(0), keyed(1), keyed(0)]))).toEqual([
			'created',
			'not sent',
			'skipped',
		]);
	});

	test.each([
		['send', ['created', 'created', 'skipped']],
		['skip', ['created', 'skipped', 'skipped']],
	])('within one run goes by the option: %s', async (sameKeyOtherEvent, wanted) => {
		const result = await run([keyed(0), keyed(1), keyed(0)], { sameKeyOtherEvent });
		expect(outcomes(result)).toEqual(wanted);
	});

	test('is previewed as it is sent, whatever comes before it', async () => {
		const send = { sameKeyOtherEvent: 'send' };
		await run([keyed(0), keyed(1)], send);
		const items = [keyed(2), keyed(0), keyed(1), keyed(2)];
		expect(await previewed(items, send)).toEqual(['would_create', ...Array(3).fill('would_skip')]);
		expect(outcomes(await run(items, send))).toEqual(['created', ...Array(3).fill('skipped')]);
	});

	test('is skipped in favour of the one that comes first, also if that has to wait for another item', async () => {
		const skip = { sameKeyOtherEvent: 'skip' };
		const first = keyed(0, { event_id: `${driven.service} first ${ownNumber()}` });
		const items = [first, keyed(0), keyed(1)];
		expect(await previewed(items, skip)).toEqual(['would_create', 'would_create', 'would_skip']);
		expect(outcomes(await run(items, skip))).toEqual(['created', 'created', 'skipped']);
		expect([created(0), created(1)]).toEqual([2, 0]);
	});

	test('whose first event is in doubt is not sent', async () => {
		emulated().faults.add(faultFor(0, { close: 'after' }));
		expect(outcomes(await run([keyed(0)]))).toEqual(['unknown']);
		const result = await run([keyed(1)]);
		expect(outcomes(result)).toEqual(['not sent']);
		expect(told(result)).toMatch(/already used for another event, which may or may not exist/);
		expect(outcomes(await run([keyed(1)], { sameKeyOtherEvent: 'send' }))).toEqual(['created']);
		expect(outcomes(await run([keyed(0)]))).toEqual(['unknown']);
		expect([created(0), created(1)]).toEqual([1, 1]);
	});

	test('whose first event was refused is free for the other', async () => {
		emulated().faults.add(faultFor(0, { status: 400 }));
		expect(outcomes(await run([keyed(0)]))).toEqual(['refused']);
		expect(outcomes(await run([keyed(1)]))).toEqual(['created']);
	});

	test('of an event sent under it that is in doubt is looked up', async () => {
		const send = { sameKeyOtherEvent: 'send' };
		await run([keyed(0)], send);
		emulated().faults.add(faultFor(3, { close: 'after' }));
		expect(outcomes(await run([keyed(1)], send))).toEqual(['unknown']);
		expect(outcomes(await run([keyed(1)], { ...send, outcomeUnknown: 'lookUp' }))).toEqual(['created']);
		expect([created(0), created(1)]).toEqual([1, 1]);
	});

	test('of an event sent under it stays known when the first event is refused in the end', async () => {
		const send = { sameKeyOtherEvent: 'send' };
		emulated().faults.add(faultFor(0, { close: 'before' }));
		expect(outcomes(await run([keyed(0)], send))).toEqual(['unknown']);
		expect(outcomes(await run([keyed(1)], send))).toEqual(['created']);
		emulated().faults.add(faultFor(0, driven.wrongForm));
		const lookUp = { ...send, outcomeUnknown: 'lookUp' };
		expect(outcomes(await run([keyed(0)], lookUp))).toEqual(['refused']);
		expect(outcomes(await run([keyed(1)], send))).toEqual(['skipped']);
		expect(created(1)).toBe(1);
	});

	test('of an event sent under it that never arrived is sent when the first event is refused in the end', async () => {
		const send = { sameKeyOtherEvent: 'send' };
		emulated().faults.add(faultFor(0, { close: 'before' }));
		emulated().faults.add(faultFor(3, { close: 'before' }));
		for (const index of [0, 1]) expect(outcomes(await run([keyed(index)], send))).toEqual(['unknown']);
		emulated().faults.add(faultFor(0, driven.wrongForm));
		const lookUp = { ...send, outcomeUnknown: 'lookUp' };
		expect(outcomes(await run([keyed(0)], lookUp))).toEqual(['refused']);
		expect(outcomes(await run([keyed(1)], lookUp))).toEqual(['created']);
		expect(outcomes(await run([keyed(1)], send))).toEqual(['skipped']);
		expect(created(1)).toBe(1);
	});
});
