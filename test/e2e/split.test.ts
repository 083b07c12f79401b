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
import { parts, type Part } from '../../scripts/split/parts.ts';
import { split } from '../../scripts/split/split.ts';
import { ROOT } from '../support/n8nVersion.ts';
import { setStage, type Stage } from '../support/realN8n.ts';
import { propexoCreate, rentEngineCreate } from '../support/workflows.ts';
import { post } from './support/instance.ts';
import { byId, eventually } from './workflows/shipped.ts';
import { BOTH_USERS, USERS } from './workflows/users.ts';

const SECRET = 'a secret shared with RentEngine';
const FROM_TRIGGER = 'A trigger was here';

/** What is particular to a service, in the same test of each. */
interface Tried {
	system: 'propexo' | 'rentEngine';
	/** Makes the delivery of the worked example one that the emulator knows the renter of. */
	prepareExample(): object;
	/** What a user fills in, by the name of the node. */
	filling: Record<string, object>;
	trigger: { name: string; parameters: Record<string, unknown> };
	/** A node that records an event of which the notes tell where it comes from. */
	behind: WorkflowNode;
	/** Makes the service deliver to the trigger. */
	happens(webhook: string): Promise<unknown>;
}

const TRIED: Record<string, Tried> = {
	Propexo: {
		system: 'propexo',
		prepareExample() {
			const { leads } = stage.emulator.propexo.data;
			const lead = leads.get('lead_2');
			if (!lead) throw new Error('The emulator has no lead_2');
			leads.add({ ...lead, id: 'lead_there', integration_id: 'int_any', phone_1: '5125550123' });
			return { integration_id: 'int_any' };
		},
		filling: {},
		trigger: { name: 'propexoTrigger', parameters: { triggers: ['WRITE_OPERATION_FAILURE'] } },
		behind: propexoCreate(),
		async happens(webhook) {
			const { url, token } = stage.emulator.propexo;
			const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
			// n8n registers a trigger a moment after it has said so.
			await eventually(async () => {
				const { results } = (await (await fetch(`${url}/v1/webhooks/`, { headers })).json()) as {
					results: Array<{ url: string }>;
				};
				expect(results.map((registered) => registered.url)).toContain(webhook);
			});
			await fetch(`${url}/v1/events/leads`, {
				method: 'POST',
				headers,
				body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes: '[fail]' }),
			});
		},
	},
	RentEngine: {
		system: 'rentEngine',
		prepareExample() {
			stage.emulator.rentEngine.rows.addProspect({
				phone: '+15125550123',
				created_at: new Date().toISOString(),
			});
			return {};
		},
		filling: { 'Assign the next agent': BOTH_USERS },
		trigger: { name: 'rentEngineTrigger', parameters: { tables: ['prospects'], actions: ['INSERT'] } },
		behind: rentEngineCreate(),
		async happens(webhook) {
			const text = { type: 'INSERT', table: 'prospects', record: { id: 1 }, old_record: null };
			await fetch(webhook, {
				method: 'POST',
				headers: { 'x-api-key': SECRET, 'content-type': 'application/json' },
				body: JSON.stringify(text),
			});
		},
	},
};

let stage: Stage;
let n8n: N8n;
let session: Session;

const exampleId = ({ service }: Part) => `${service}Example`;
const triggerId = ({ service }: Part) => `${service}TriggerTried`;
const triedOf = ({ service }: Part): Tried => {
	const tried = TRIED[service];
	if (!tried) throw new Error(`Nothing is tried of ${service}`);
	return tried;
};
const sourceOf = ({ packageName }: Part) => join(stage.folder, packageName);

/** The notes of what was created in a system, an assignment's too. */
const created = ({ system }: Tried) =>
	stage.emulator[system].ledger.created.map(({ body }) => (body as { notes?: string }).notes);

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
	const { parameters } = behind;
	const ids = { leadId: byId('lead_1'), prospectId: byId('1001'), assignedToUserIds: USERS[0] };
	const own = Object.fromEntries(Object.entries(ids).filter(([name]) => name in parameters));
	const notes =
		'notes' in parameters ? { notes: FROM_TRIGGER } : { additionalFields: { notes: FROM_TRIGGER } };
	const nodes: WorkflowNode[] = [
		{
			id: randomUUID(),
			name: 'Trigger',
			type: `${part.packageName}.${trigger.name}`,
			typeVersion: 1,
			position: [0, 0],
			webhookId: triggerId(part),
			parameters: trigger.parameters,
		},
		{
			...behind,
			type: behind.type.replace(/^[^.]+/, part.packageName),
			parameters: { ...parameters, ...own, ...notes, options: {} },
		},
	];
	return {
		name: triggerId(part),
		nodes,
		connections: { Trigger: { main: [[{ node: behind.name, type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
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
		data: { ...one.data, ...(one.type === 'rentEngineApi' && { webhookSecret: SECRET }) },
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
		const delivery = { ...body, ...tried.prepareExample() };
		await activate(n8n.url, session, exampleId(part), path);
		const webhook = `${n8n.url}/webhook/${path}`;
		const { status, answer } = await post(webhook, delivery);
		expect(status).toBe(200);
		await eventually(() => expect(created(tried)).toHaveLength(1));
		if (part.service === 'Propexo') {
			expect(answer).toMatchObject({ recorded: true, repeated: false, record_id: expect.any(String) });
			const again = await post(webhook, delivery);
			expect(again).toMatchObject({ status: 200, answer: { repeated: true } });
			expect(created(tried)).toEqual([body['notes']]);
		}
	});

	it('starts a workflow by its trigger', async () => {
		const tried = triedOf(part);
		const path = `${triggerId(part)}/webhook`;
		await activate(n8n.url, session, triggerId(part), path);
		await tried.happens(`${n8n.url}/webhook/${path}`);
		await eventually(() => expect(created(tried)).toContain(FROM_TRIGGER));
	});
});
