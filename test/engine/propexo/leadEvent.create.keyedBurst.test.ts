import type { IDataObject } from 'n8n-workflow';

import { SILENCE_MS } from '../../../nodes/shared/deliver/keys/silence';
import { triesAll } from '../../support/effort.ts';
import { withKey } from '../support/withKey.ts';
import { until } from '../support/deliver/driven.ts';
import { byId, useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';

const services = useServices({
	propexo: { limit: 1_000_000, checkReferences: false, latencyMs: 5 },
	timing: { lookUpAfterMs: [500], claimSilenceMs: SILENCE_MS },
});

const parameters = (options: IDataObject = { deduplicationKey: '={{ $json.key }}' }) => ({
	leadId: byId('={{ $json.lead }}'),
	notes: '={{ $json.key }}',
	...withKey(options),
});
/** Events of as many leads. */
const eventsOf = (series: string, count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({
		key: `${series} ${index}`,
		lead: `lead_${index + 1}`,
	}));
/** How often each event was created, by its key. */
const created = (): Map<string, number> => {
	const counts = new Map<string, number>();
	for (const { body } of services.emulator.propexo.ledger.created) {
		const { notes } = body as { notes: string };
		counts.set(notes, (counts.get(notes) ?? 0) + 1);
	}
	return counts;
};

describe('many events with an ID at once', () => {
	const many = triesAll ? 1_000 : 250;
	it(`in one run of ${many} items claim their keys in batches, and each is created once`, async () => {
		const items = eventsOf('batch', many);
		const result = await leadEvent(services, parameters(), { items });
		expect(result.thrown).toBeUndefined();
		expect([...created().values()]).toEqual(items.map(() => 1));
		const { calls } = services.engine.processedData;
		const claims = calls.filter(
			({ method, values }) =>
				method === 'check' && values.some((value) => String(value).startsWith('nonce\n')),
		);
		// Each claim is asked for twice: it is made, and looked at. Both would be two calls an item, one item at a time.
		expect(claims.length).toBeLessThanOrEqual(many / 25);
		expect(calls.length).toBeLessThanOrEqual(many / 10);
	});

	it('give their claims back while the service asks for a pause, and have them again afterwards', async () => {
		const { faults, ledger } = services.emulator.propexo;
		// Far longer than a claim is kept while its item waits.
		faults.add({ match: { method: 'POST' }, status: 429, headers: { 'retry-after': '8' } });
		const items = eventsOf('paused', 40);
		const running = leadEvent(services, parameters(), { items });
		const isPaused = () => ledger.requests.some(({ status }) => status === 429);
		await until(isPaused);
		const { processedData } = services.engine;
		const keys = items.map(({ key }) => `seen\n${String(key)}`);
		await until(() => processedData.count(keys) === created().size);
		expect(created().size).toBeLessThan(40);
		expect((await running).success).toHaveLength(40);
		expect([...created().values()]).toEqual(items.map(() => 1));
	});
});

describe('a service that is not well', () => {
	it('gets few events before it is known what came of the first', async () => {
		const { faults, ledger } = services.emulator.propexo;
		faults.add({ match: { method: 'POST' }, status: 502, times: Infinity });
		const items = eventsOf('bad', 80);
		const running = leadEvent(services, parameters({ outcomeUnknown: 'lookUp' }), {
			items,
			onError: 'continueRegularOutput',
		});
		const isLookedUp = () => ledger.requests.some(({ method }) => method === 'GET');
		await until(isLookedUp);
		const sent = ledger.requests.filter(({ method }) => method === 'POST').length;
		expect(sent).toBeGreaterThanOrEqual(10);
		expect(sent).toBeLessThanOrEqual(20);
		faults.clear();
		await running;
		expect([...created().values()]).toEqual(items.map(() => 1));
	});
});
