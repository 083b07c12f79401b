import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../../../demo/desk.ts';
import { credentialsFor, type WorkflowNode } from '../../../demo/example.ts';
import { deskCredentials, DEMO_PMS, isPublished, shippedFor } from '../../../demo/shipped.ts';
import { guide, triesOf } from '../../../demo/tries.ts';

const root = join(__dirname, '..', '..', '..');
const FILES = join(root, 'demo', 'files');
const N8N = 'http://127.0.0.1:5678';

const service = { url: 'http://127.0.0.1:1', token: 'token' };
const credentials = [
	...credentialsFor(service, service),
	...deskCredentials({ mailPort: 2 } as Pick<Desk, 'mailPort'>),
];
const all = shippedFor(root, { credentials, chat: 'http://127.0.0.1:3' });
const tries = triesOf(FILES, all, N8N);

const files = readdirSync(join(root, 'workflows'))
	.filter((file) => file.endsWith('.json'))
	.map((file) => file.slice(0, -'.json'.length));

const nodesOf = (name: string): WorkflowNode[] =>
	all.filter((one) => one.name === name).flatMap(({ workflow }) => workflow.nodes);

it('no two automations of the demo have one ID, or listen at one address', () => {
	const ids = all.map(({ id }) => id);
	const addresses = all.flatMap(({ doors }) => doors.map(({ kind, path }) => `${kind} ${path}`));
	for (const list of [ids, addresses]) expect([...new Set(list)]).toEqual(list);
	for (const id of ids) expect(id.length).toBeLessThanOrEqual(36);
});

describe.each(files)('workflows/%s.json in the demo', (name) => {
	const own = all.filter((one) => one.name === name);

	it('is imported', () => {
		expect(own.length).toBeGreaterThan(0);
	});

	it('has nothing left to fill in: credentials, integrations, agents, the chat and the mailbox', () => {
		for (const { type, parameters, credentials: chosen } of nodesOf(name)) {
			const text = JSON.stringify(parameters);
			expect(text).not.toMatch(/"integrationId":\{[^}]*"value":""/);
			expect(text).not.toMatch(/"assignedToUserIds":\[\]|chat\.example\.com|"(from|to)Email":""/);
			if (/leasing-events\.|\.emailSend|\.(mcpTrigger|crypto)$/.test(type))
				expect(chosen).toBeDefined();
			if (/\.(webhook|formTrigger)$/.test(type) && parameters['authentication'] !== undefined)
				expect(chosen).toBeDefined();
		}
	});

	it('can be tried with a file of an Entrata and of a Yardi renter, if a file or a request starts it', () => {
		const doors = own.flatMap((one) => (isPublished(one) ? one.doors : []));
		const paths = doors.filter(({ kind }) => kind !== 'mcp').map(({ shippedPath }) => shippedPath);
		const hasPms = nodesOf(name).some(({ type }) => type.endsWith('leasing-events.propexo'));
		for (const path of new Set(paths)) {
			const fitting = tries.filter((one) => one.name === name && one.file.includes(`/${path}.`));
			const expected = hasPms ? [...DEMO_PMS] : [undefined];
			expect([path, fitting.map(({ pms }) => pms)]).toEqual([path, expected]);
		}
	});

	it('is in the list that the terminal shows, with one way to try it at least', () => {
		const lines = guide(all, tries, N8N, (file) => file);
		for (const { workflow } of own) {
			const at = lines.indexOf(workflow.name);
			expect(at).toBeGreaterThanOrEqual(0);
			expect(lines[at + 1]).toMatch(/^ {2}(curl |open |give |needs a model: )/);
		}
	});
});
