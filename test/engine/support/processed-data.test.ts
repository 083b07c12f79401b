import { ProcessedDataStore } from './index.ts';
import type { Execute } from './probe.ts';
import { engineWith } from './probe.ts';

describe('the deduplication store', () => {
	const options = { mode: 'entries' as const, maxEntries: 3 };
	const record =
		(keys: string[]): Execute =>
		async (context) => {
			const { new: fresh } = await context.helpers.checkProcessedAndRecord(keys, 'node', options);
			return [fresh.map((key) => ({ json: { key } }))];
		};

	it('remembers across executions and lets the oldest entries go', async () => {
		const store = new ProcessedDataStore();
		const run = async (keys: string[]) =>
			(await engineWith(record(keys), store).run({ node: 'probe' })).success.map(
				({ json }) => json.key,
			);
		expect(await run(['a', 'b'])).toEqual(['a', 'b']);
		expect(await run(['a', 'c', 'd'])).toEqual(['c', 'd']);
		expect(store.holds('a')).toBe(false);
		expect(await run(['b', 'a'])).toEqual(['a']);
	});

	it('loses records to concurrent writers', async () => {
		const store = new ProcessedDataStore();
		await engineWith(record(['first']), store).run({ node: 'probe' });
		const keys = Array.from({ length: 20 }, (_, i) => `k${i}`);
		const recordOne =
			(key: string): Execute =>
			async (context) => {
				const room = { mode: 'entries' as const, maxEntries: 100 };
				await context.helpers.checkProcessedAndRecord([key], 'node', room);
				return [[]];
			};
		await Promise.all(
			keys.map(async (key) => await engineWith(recordOne(key), store).run({ node: 'probe' })),
		);
		expect(keys.filter((key) => store.holds(key)).length).toBeLessThan(keys.length);
	});

	it('refuses a workflow that was never saved', async () => {
		const result = await engineWith(record(['a'])).run({ node: 'probe', workflowId: null });
		expect(result.status).toBe('error');
		expect(result.thrown?.message).toMatch(/workflow\.id/);
	});
});
