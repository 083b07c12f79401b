import { randomUUID } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import {
	credentialsFor,
	importInto,
	prepare,
	readWorkflow,
	type WorkflowFile,
	type WorkflowNode,
} from '../../demo/example.ts';
import { startN8n, type N8n } from '../../demo/n8n.ts';
import { buildAndPack, installPackage } from '../../demo/package.ts';
import { freePort } from '../../demo/ports.ts';
import { activate, needNodeTypes, signIn, type Session } from '../../demo/rest.ts';
import { folderOf } from '../../scripts/split/files.ts';
import { parts, type Part } from '../../scripts/split/parts.ts';
import { split } from '../../scripts/split/split.ts';
import { ROOT } from '../support/n8nVersion.ts';
import { setStage, type Stage } from '../support/realN8n.ts';
import { post } from './support/instance.ts';
import { eventually } from '../support/until.ts';
import { chain, packageNode } from '../support/workflows.ts';
import type { Tried } from './support/tried.ts';

const FROM_TRIGGER = 'A trigger was here';

let stage: Stage;
let n8n: N8n;
let session: Session;

const exampleId = ({ service }: Part) => `${service}Example`;
const triggerId = ({ service }: Part) => `${service}TriggerTried`;
const triedOf = ({ service }: Part): Tried =>
	jest.requireActual<{ tried: Tried }>(join(__dirname, folderOf(service), 'support', 'tried.ts')).tried;
const sourceOf = ({ packageName }: Part) => join(stage.folder, packageName);

/** The notes of what was created in a system, an assignment's too. */
const created = ({ system }: Tried) =>
	stage.emulator[system].ledger.created.map(({ body }) => (body as { notes?: string }).notes);

/** What a service needs in its credential beside address and token, by the credential's type. */
const credentialOf = (type: string) =>
	parts.map(triedOf).find(({ system }) => type === `${system}Api`)?.credential;

/** The workflow of the worked example as it lies in the package, filled in. */
function example(part: Part): WorkflowFile {
	const { filling } = triedOf(part);
	const shipped = readWorkflow(sourceOf(part), part.example.file);
	const nodes = shipped.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...filling[node.name] },
	}));
	return { ...shipped, nodes };
}

/** The package's trigger, and behind it its node. */
function triggered(part: Part): WorkflowFile {
	const { trigger, behind } = triedOf(part);
	const first = packageNode(trigger.name, randomUUID(), 'Trigger', trigger.parameters, {
		webhookId: triggerId(part),
	});
	const ofPart = (node: WorkflowNode) => ({ ...node, type: node.type.replace(/^[^.]+/, part.packageName) });
	return chain(triggerId(part), ofPart(first), ofPart(behind(FROM_TRIGGER)));
}

beforeAll(async () => {
	stage = await setStage({ withPackage: false });
	const log = join(stage.folder, 'install.log');
	for (const part of parts) {
		split(ROOT, sourceOf(part), part, []);
		symlinkSync(join(ROOT, 'node_modules'), join(sourceOf(part), 'node_modules'));
		const packed = await buildAndPack({ root: sourceOf(part), folder: stage.folder, log });
		await installPackage(packed, stage.home.userFolder, { log });
	}
	const credentials = credentialsFor(stage.emulator.propexo, stage.emulator.rentEngine).map((one) => ({
		...one,
		data: { ...one.data, ...credentialOf(one.type) },
	}));
	await importInto(stage.home, 'credentials', credentials);
	await stage.importWorkflows(
		parts.flatMap((part) => {
			const prefix = `${part.packageName}.`;
			return [
				prepare(example(part), exampleId(part), credentials, prefix),
				prepare(triggered(part), triggerId(part), credentials, prefix),
			];
		}),
	);
	n8n = await startN8n(stage.home, await freePort());
	session = await signIn(n8n.url);
});

afterAll(async () => {
	await n8n?.stop();
	await stage?.close();
});

describe.each(parts)('the packed $packageName in a real n8n', (part) => {
	it('has all its nodes there', async () => {
		const { system, trigger } = triedOf(part);
		const types = [system, trigger.name].map((name) => `${part.packageName}.${name}`);
		await needNodeTypes(session, types, n8n.program);
		const all = (await (await session.download('/types/nodes.json')).json()) as Array<{ name: string }>;
		const own = all.map(({ name }) => name).filter((name) => name.startsWith(`${part.packageName}.`));
		expect(own).toEqual(expect.arrayContaining([...types, `${types[0]}Tool`]));
		expect(own).toHaveLength(3);
	});

	it('does what the example of its README says', async () => {
		const tried = triedOf(part);
		const { body, path } = part.example;
		const delivery = { ...body, ...tried.prepareExample(stage.emulator) };
		await activate(n8n.url, session, exampleId(part), path);
		const webhook = `${n8n.url}/webhook/${path}`;
		const { status, answer } = await post(webhook, delivery);
		expect(status).toBe(200);
		await eventually(() => expect(created(tried)).toHaveLength(1));
		if (!tried.answers) return;
		expect(answer).toMatchObject(tried.answers.first);
		const again = await post(webhook, delivery);
		expect(again).toMatchObject({ status: 200, answer: tried.answers.again });
		expect(created(tried)).toEqual([body['notes']]);
	});

	it('starts a workflow by its trigger', async () => {
		const tried = triedOf(part);
		const path = `${triggerId(part)}/webhook`;
		await activate(n8n.url, session, triggerId(part), path);
		await tried.happens(stage.emulator, `${n8n.url}/webhook/${path}`);
		await eventually(() => expect(created(tried)).toContain(FROM_TRIGGER));
	});
});
