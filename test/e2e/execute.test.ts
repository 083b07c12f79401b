import type { WorkflowFile } from '../../demo/example.ts';
import { importInto } from '../../demo/example.ts';
import { runCommand } from '../../demo/n8n.ts';
import { samples } from '../../demo/samples.ts';
import { startInstance, type Instance } from './support/instance.ts';
import { manualVariant } from './support/variants.ts';

let instance: Instance;

const events = samples({ now: new Date('2026-03-02T18:00:00Z'), series: 'execute' }).map(({ body }) => body);
const faulty = events.map((event, index) =>
	index === 1 ? { ...event, email: { direction: 'outgoing' } } : event,
);

beforeAll(async () => {
	const workflows: WorkflowFile[] = [
		manualVariant('allSamples', events),
		manualVariant('oneIsFaulty', faulty),
	];
	instance = await startInstance(workflows);
});

afterAll(() => instance?.stop());

afterEach(() => instance.emulator.reset());

interface Item {
	json: Record<string, unknown>;
	pairedItem?: { item: number };
}

interface Executed {
	data: {
		resultData: {
			runData: Record<
				string,
				Array<{ data?: { main: Item[][] }; error?: { message: string; description?: string } }>
			>;
			error?: { message: string };
		};
	};
}

/** Runs `n8n execute`; log lines come before and after the JSON. */
async function execute(id: string): Promise<{ code: number | null; result: Executed }> {
	const { code, stdout } = await runCommand(instance.home, ['execute', `--id=${id}`, '--rawOutput']);
	const [json = ''] = /^\{$.+?^\}$/ms.exec(stdout) ?? [];
	return { code, result: JSON.parse(json) as Executed };
}

test('n8n execute records every sample, each result linked to its item', async () => {
	const { code, result } = await execute('allSamples');

	expect(code).toBe(0);
	const outputOf = (name: string): Item[] => result.data.resultData.runData[name]?.[0]?.data?.main[0] ?? [];
	const { propexo, rentEngine } = instance.emulator;
	const bodyOf = (job: unknown) =>
		propexo.ledger.created.find(({ id }) => id === job)?.body as Record<string, unknown> | undefined;

	// Different leads are served side by side; results come in the order of the items all the same.
	const recorded = outputOf('Propexo').map(({ json }) => bodyOf(json['job_id']));
	expect(recorded.map((body) => body?.['event_type_id'] ?? body?.['event_name'])).toEqual([
		'etype_14',
		'etype_15',
		'etype_16',
		'etype_17',
		'Chat',
	]);
	expect(outputOf('Propexo').map(({ pairedItem }) => pairedItem?.item)).toEqual([0, 1, 2, 3, 4]);
	expect(propexo.ledger.created).toHaveLength(5);
	expect(outputOf('RentEngine').map(({ json }) => String(json['id']))).toEqual(
		rentEngine.ledger.created.map(({ id }) => id),
	);
	expect(rentEngine.ledger.created).toHaveLength(1);
});

test('n8n execute fails and nothing reaches Propexo when one of its items is invalid', async () => {
	const { code, result } = await execute('oneIsFaulty');

	expect(code).toBe(1);
	expect(instance.emulator.propexo.ledger.requests).toEqual([]);
	const error = result.data.resultData.runData['Propexo']?.[0]?.error;
	expect(error?.message).toContain('Item 2 of 5');
	expect(error?.message).toContain("'Email From'");
});

test('a second import of the same credentials and workflow leaves one of each', async () => {
	const { session, home } = instance;
	const count = async (): Promise<number[]> => [
		(await session.get<unknown[]>('/credentials')).length,
		(await session.get<unknown[]>('/workflows')).length,
	];
	const before = await count();
	await importInto(home, 'workflow', [manualVariant('allSamples', events)]);
	expect(await count()).toEqual(before);
});
