import { runCommand } from '../../../../demo/n8n.ts';
import { byId, packageNode } from '../../../support/workflows.ts';
import { startInstance, type Instance } from '../../support/instance.ts';
import { manualTrigger, oneItem, splitOut, to } from '../../support/variants.ts';

/*
 * *Lead: Create or Update* claims a new person by itself. Here two n8n processes on one SQLite get the same new people at
 * the same moment.
 */
const PEOPLE = 300;

const emailOf = (index: number): string => `person${index}@example.com`;

const upsert = packageNode(
	'propexo',
	'c0a1f6e2-1111-4a4e-9d3c-000000000009',
	'Propexo',
	{
		resource: 'lead',
		operation: 'upsert',
		integrationId: byId('int_any'),
		firstName: 'Nathan',
		lastName: 'Smith',
		email1: '={{ $json.body.email }}',
	},
	{ onError: 'continueRegularOutput' },
);

/** The actions that the node told in the output of a run. */
function actionsIn(stdout: string): string[] {
	const { data } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
		data: {
			resultData: {
				runData: Record<
					string,
					Array<{ data: { main: Array<Array<{ json: { action?: string } }>> } }>
				>;
			};
		};
	};
	const rows = data.resultData.runData['Propexo']?.[0]?.data.main[0] ?? [];
	return rows.map(({ json }) => json.action ?? 'none');
}

let instance: Instance;
beforeAll(async () => {
	const propexo = { limit: 100_000, slowFrom: 2, latencyMs: 20, jobMs: 50 };
	instance = await startInstance([], { propexo });
});
afterAll(async () => await instance?.stop());

test('300 new people, each brought by two n8n processes at the same moment, are 300 leads', async () => {
	const people = Array.from({ length: PEOPLE }, (_, index) => ({ email: emailOf(index) }));
	const id = await instance.save({
		name: 'The same people twice',
		nodes: [manualTrigger('By hand'), oneItem('Input', { people }), splitOut('Each', 'people'), upsert],
		connections: {
			'By hand': { main: [to('Input')] },
			Input: { main: [to('Each')] },
			Each: { main: [to('Propexo')] },
		},
		settings: { executionOrder: 'v1' },
	});
	const runs = await Promise.all(
		[1, 2].map(async () => await runCommand(instance.home, ['execute', `--id=${id}`, '--rawOutput'])),
	);
	expect(runs.map(({ code }) => code)).toEqual([0, 0]);
	const made = instance.emulator.propexo.ledger.created.filter(({ kind }) => kind === 'lead');
	const emails = made.map(({ body }) => (body as { email_1: string }).email_1);
	expect(emails.toSorted()).toEqual(people.map(({ email }) => email).toSorted());
	const told = runs.map(({ stdout }) => actionsIn(stdout));
	const all = told.flat();
	expect(all.filter((action) => action === 'created')).toHaveLength(PEOPLE);
	expect(told.map((actions) => actions.length)).toEqual([PEOPLE, PEOPLE]);
});
