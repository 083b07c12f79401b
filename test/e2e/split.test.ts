import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { importInto, type WorkflowFile } from '../../demo/example.ts';
import { startN8n, type N8n } from '../../demo/n8n.ts';
import { buildAndPack, installPackage } from '../../demo/package.ts';
import { freePort } from '../../demo/ports.ts';
import { activate, signIn } from '../../demo/rest.ts';
import { parts } from '../../scripts/split/parts.ts';
import { split } from '../../scripts/split/split.ts';
import { ROOT } from '../support/n8nVersion.ts';
import { importCredentials, setStage, type Stage } from '../support/realN8n.ts';
import { propexoCreate, rentEngineCreate, webhookWorkflow } from '../support/workflows.ts';

const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';

let stage: Stage;
let n8n: N8n;

/** The workflow with the nodes of the package of one service. */
function of(packageName: string, workflow: WorkflowFile): WorkflowFile {
	const nodes = workflow.nodes.map((node) => ({
		...node,
		type: node.type.replace(/^n8n-nodes-leasing-events\./, `${packageName}.`),
	}));
	return { ...workflow, nodes };
}

beforeAll(async () => {
	stage = await setStage({ withPackage: false });
	const log = join(stage.folder, 'install.log');
	for (const part of parts) {
		const source = join(stage.folder, part.packageName);
		split(ROOT, source, part, []);
		symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
		const packed = await buildAndPack({ root: source, folder: stage.folder, log });
		await installPackage(packed, stage.home.userFolder, { log });
	}
	await importCredentials(stage);
	await importInto(stage.home, 'workflow', [
		of('n8n-nodes-propexo', webhookWorkflow(stage.emulator, 'propexo', propexoCreate())),
		of('n8n-nodes-rentengine', webhookWorkflow(stage.emulator, 'rentengine', rentEngineCreate())),
	]);
	n8n = await startN8n(stage.home, await freePort());
	const session = await signIn(n8n.url);
	for (const id of ['propexo', 'rentengine']) await activate(n8n.url, session, id, id);
});

afterAll(async () => {
	await n8n?.stop();
	await stage?.close();
});

it.each([
	['n8n-nodes-propexo', 'propexo', { event_id: '1', lead_id: 'lead_1', notes: 'Asked for parking' }],
	[
		'n8n-nodes-rentengine',
		'rentengine',
		{ event_id: '1', prospect_id: 1001, user_id: USER, notes: 'Hello' },
	],
] as const)('the packed %s records an event in a real n8n', async (_name, path, body) => {
	const response = await fetch(`${n8n.url}/webhook/${path}`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(body),
	});
	expect(response.status).toBe(200);
	await response.arrayBuffer();
	const { created } = stage.emulator[path === 'propexo' ? 'propexo' : 'rentEngine'].ledger;
	expect(created).toEqual([
		expect.objectContaining({ body: expect.objectContaining({ notes: body.notes }) }),
	]);
});
