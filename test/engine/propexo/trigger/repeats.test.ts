import { remembered } from '../../support/trigger/doors.ts';
import { useTriggers, post } from '../../support/trigger/triggers.ts';
import { propexoTrigger, registrationsAt, signed, propexoDoor } from '../support/trigger.ts';

const triggers = useTriggers();

const seconds = 1_000;
const minutes = 60 * seconds;

const synced = (successful_job_count: number) => ({
	integration_id: 'int_any',
	successful_job_count,
	failed_job_count: 0,
	is_sync_finished: true,
});
const changed = (previous: string, now: string) => ({
	meta: { object: 'leads', integration_id: 'int_any' },
	record_id: 'lead_1',
	diff: { previous: { status: previous }, new: { status: now } },
});

describe('Propexo Trigger, repeats over time', () => {
	it('are known for the two and a half hours in which Propexo repeats', async () => {
		const { host, proof, event } = await propexoDoor(triggers);
		const begun = Date.now();
		for (let attempt = 0; attempt <= 10; attempt++) {
			jest.spyOn(Date, 'now').mockReturnValue(begun + attempt * 15 * minutes + attempt * 30 * seconds);
			await post(host.url, event(1), proof(event(1)));
		}
		expect(host.runs).toHaveLength(1);
	});

	it.each<[string, string, object[], number[]]>([
		[
			'a sync that ends with the same numbers again, an hour later or a day',
			'SYNC_COMPLETE',
			[synced(14), synced(14), synced(14)],
			[0, 60, 25 * 60],
		],
		[
			'a sync that ends with the same numbers as the last but one, however soon',
			'SYNC_COMPLETE',
			[synced(14), synced(13), synced(14)],
			[0, 16, 32],
		],
		[
			'a record that is changed back and forth',
			'DATA_UPDATE',
			[changed('ACTIVE', 'LEASED'), changed('LEASED', 'ACTIVE'), changed('ACTIVE', 'LEASED')],
			[0, 30, 60],
		],
	])('are told from what really happens again: %s', async (_, trigger, told, times) => {
		const host = await propexoTrigger(triggers, { triggers: [trigger], model: '' });
		await host.activate();
		const [found] = await registrationsAt(triggers.emulator);
		const begun = Date.now();
		for (const [n, data] of told.entries()) {
			const text = JSON.stringify({ trigger, data });
			// Once as it happens, and once more as Propexo's next attempt.
			for (const later of [0, 15.5]) {
				jest.spyOn(Date, 'now').mockReturnValue(begun + ((times[n] ?? 0) + later) * minutes);
				expect((await post(host.url, text, signed(found?.secret ?? '', text))).status).toBe(200);
			}
		}
		expect(host.runs).toHaveLength(told.length);
		expect(remembered(host)).toHaveLength(1);
	});
});
