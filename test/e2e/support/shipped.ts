import { readWorkflow, type WorkflowFile, type WorkflowNode } from '../../../demo/example.ts';
import { CHAT_OF_NOBODY } from '../../../demo/shipped.ts';
import { ROOT } from '../../support/n8nVersion.ts';
import { startInstance, type Instance } from './instance.ts';
import { startChat, type Stub } from './stubs.ts';

/** Parameters that a user fills in, by the name of the node. */
export type Filling = Record<string, Record<string, unknown>>;

/** One n8n for all automations of workflows/, both emulated APIs, and a stand-in for a team's chat. */
export interface Shipped {
	instance: Instance;
	/** What the chat was told. */
	chat: Stub & { said(): string[] };
	/** What was created in a system since the last `reset`, as it was sent. */
	created(system: 'propexo' | 'rentEngine'): Array<Record<string, unknown>>;
	/**
	 * Saves and activates a workflow whose webhook gets a path that no other has. Of several, the others have their own path
	 * behind it: `…-book-tour`.
	 */
	publish(file: string, filling?: Filling): Promise<{ id: string; webhook: string }>;
	/** The same for a workflow that has been filled in already. */
	publishFilled(workflow: WorkflowFile): Promise<{ id: string; webhook: string }>;
	/** Saves and activates a workflow that has no webhook. */
	activate(file: string, filling?: Filling): Promise<string>;
	deactivate(id: string): Promise<void>;
	/** Switches on again what was deactivated. */
	reactivate(id: string): Promise<void>;
	/** Empties the emulator and the chat. */
	reset(): void;
	stop(): Promise<void>;
}

/** Gives what `startShipped` gave, once the tests run. */
export type Shop = () => Shipped;

/**
 * How long a node waits for a write job, in s, where its workflow does not say it. The emulator's jobs take 50 ms, and a node
 * asks for five in two seconds. Only a redelivery at the same moment waits to the end, which by default is a minute.
 */
const WAIT_S = 10;

/** The options of a node, with a shorter wait for its write job. */
function inAHurry({ options }: Record<string, unknown>): { options?: object } {
	if (typeof options !== 'object' || options === null || !('waitForResult' in options)) return {};
	return { options: { waitTimeout: WAIT_S, ...options } };
}

/** A shipped workflow as it is, with what a user fills in. */
export function filledIn(file: string, filling: Filling = {}): WorkflowFile {
	const shipped = readWorkflow(ROOT, file);
	for (const name of Object.keys(filling)) {
		if (!shipped.nodes.some((node) => node.name === name))
			throw new Error(`${file} has no node "${name}"`);
	}
	const nodes = shipped.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...inAHurry(node.parameters), ...filling[node.name] },
	}));
	return { ...shipped, nodes };
}

/** Starts everything on free ports. */
export async function startShipped(): Promise<Shipped> {
	const chat = await startChat();
	const instance = await startInstance([], {
		propexo: { limit: 100_000, slowFrom: 2, jobMs: 50 },
		rentEngine: { limit: 100_000 },
	}).catch(async (error: unknown) => {
		await chat.close();
		throw error;
	});
	let paths = 0;
	const withChat = (node: WorkflowNode): WorkflowNode =>
		String(node.parameters['url']).startsWith(CHAT_OF_NOBODY)
			? { ...node, parameters: { ...node.parameters, url: chat.url } }
			: node;
	const publishFilled: Shipped['publishFilled'] = async (workflow) => {
		const path = `shipped-${++paths}`;
		const [first] = workflow.nodes.filter(({ type }) => type.endsWith('.webhook'));
		const nodes = workflow.nodes.map(withChat).map((node) => {
			if (!node.type.endsWith('.webhook')) return node;
			const own = node === first ? path : `${path}-${String(node.parameters['path'])}`;
			return { ...node, parameters: { ...node.parameters, path: own } };
		});
		return await instance.publish({ ...workflow, nodes }, path);
	};
	const switchOn = async (id: string) => {
		const { versionId } = await instance.session.get<{ versionId: string }>(`/workflows/${id}`);
		await instance.session.post(`/workflows/${id}/activate`, { versionId });
	};
	return {
		instance,
		chat: { ...chat, said: () => chat.bodies.map((body) => (body as { text: string }).text) },
		created: (system) =>
			instance.emulator[system].ledger.created.map(({ body }) => body as Record<string, unknown>),
		publish: async (file, filling) => await publishFilled(filledIn(file, filling)),
		publishFilled,
		activate: async (file, filling) => {
			const { nodes, ...workflow } = filledIn(file, filling);
			const id = await instance.save({ ...workflow, nodes: nodes.map(withChat) });
			await switchOn(id);
			return id;
		},
		deactivate: async (id) => {
			await instance.session.post(`/workflows/${id}/deactivate`, {});
		},
		reactivate: switchOn,
		reset: () => {
			instance.emulator.reset();
			chat.bodies.length = 0;
		},
		stop: async () => {
			await instance.stop();
			await chat.close();
		},
	};
}
