import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../index.ts';
import { createEditor } from '../index.ts';
import type { TestedNode, TestedOperation } from '../operations.ts';
import { ALL_NODES, OPERATIONS, rightParameters, variantsOf } from '../operations.ts';
import type { TestedService } from '../service.ts';
import { SERVICES } from '../service.ts';
import type { Stage } from './stage.ts';

/** The result of an act: a run of the node, a list of the editor, or the error that n8n shows instead of one. */
export interface Came {
	run?: RunResult;
	list?: Array<{ name: string; value: unknown }>;
	error?: unknown;
}

/** Something that asks a service and reads its answers. */
export interface Act {
	title: string;
	service: TestedService;
	/** What reads the answers: an operation in its way, or a list whatever was chosen before. */
	reader: string;
	/** Acts of one kind read their answers with the same code. */
	kind: string;
	/** What an operation that sends something does after the answer. */
	way?: 'sends' | 'waits' | 'looks up';
	perform(stage: Stage): Promise<Came>;
}

/** Private text of the renter, which no message may repeat. */
export const PRIVATE = 'Zaphod Beeblebrox-4242';

const WAYS = [
	['sends', {}],
	['waits', { waitForResult: true, waitTimeout: 1 }],
	['looks up', { outcomeUnknown: 'lookUp' }],
] as const;

const REPORTED = { outcomeUnknown: 'report' };
/** Some writes wait for a minute by themselves. */
const AT_ONCE = { waitForResult: false };

/** Whether an operation has all these options. */
function takes({ properties }: TestedOperation, given: IDataObject): boolean {
	const { options = [] } = properties.find(({ name }) => name === 'options') ?? {};
	const names = options.map(({ name }) => name);
	return Object.keys(given).every((name) => names.includes(name));
}

/** An operation with its required fields and, where it has them, notes. */
function parametersOf(operation: TestedOperation, options: IDataObject): IDataObject {
	const [first = {}] = variantsOf(operation);
	const found = rightParameters(operation, first, false);
	for (const { name, options: inside = [] } of operation.properties) {
		if (name === 'notes') found.notes = PRIVATE;
		const isBeside = name === 'additionalFields' && inside.some((field) => field.name === 'notes');
		if (isBeside && !('notes' in found)) found.additionalFields = { notes: PRIVATE };
	}
	return operation.writes ? { ...found, options } : found;
}

function actsOf(operation: TestedOperation): Act[] {
	const act = (options: IDataObject, way?: Act['way']): Act => ({
		title: `${operation.title}${way ? `, ${way}` : ''}`,
		reader: `${operation.title} ${way}`,
		kind: `${operation.service.name} ${operation.operation} ${way}`,
		service: operation.service,
		way,
		perform: async (stage) => ({ run: await stage.run(operation, parametersOf(operation, options)) }),
	});
	if (!operation.writes) return [act({})];
	// Some writes are looked up by themselves.
	const given = [REPORTED, AT_ONCE].filter((options) => takes(operation, options));
	const usual: IDataObject = Object.assign({}, ...given);
	return WAYS.filter(([, options]) => takes(operation, options)).map(([way, options]) =>
		act({ ...usual, ...options }, way),
	);
}

/** The ID in a resource locator. */
const idIn = (value: unknown) => (value as { value?: string | number } | undefined)?.value;

/** Every ID that stands in a path when all is well. */
export const KNOWN_IDS = SERVICES.flatMap(({ samples }) => [
	...Object.values(samples.ids),
	...samples.chosen.flatMap(([, chosen]) => Object.values(chosen).flatMap((value) => idIn(value) ?? [])),
]).map(String);

/** The lists that a node fills in the editor. */
export function listsOf({ type }: TestedNode): Array<{ method: string; kind: 'search' | 'options' }> {
	const { listSearch = {}, loadOptions = {} } = type.methods ?? {};
	return [
		...Object.keys(listSearch).map((method) => ({ method, kind: 'search' as const })),
		...Object.keys(loadOptions).map((method) => ({ method, kind: 'options' as const })),
	];
}

/** Opens a list of the editor. */
export async function openList(
	stage: Stage,
	{ service, type }: TestedNode,
	{ method, kind }: ReturnType<typeof listsOf>[number],
	chosen: IDataObject,
	filter?: string,
	token?: string,
): Promise<Came> {
	const editor = createEditor(type, [service.credentialType], stage.credentials(service), chosen);
	try {
		if (kind === 'options') return { list: await editor.options(method) };
		return { list: (await editor.search(method, filter, token)).results };
	} catch (error) {
		return { error };
	}
}

const lists = ALL_NODES.flatMap((node) =>
	listsOf(node).flatMap((list) =>
		node.service.samples.chosen.map(([what, chosen]): Act => ({
			title: `${node.type.description.displayName}, the list ${list.method} with ${what} chosen`,
			service: node.service,
			reader: `${node.type.description.name} ${list.method}`,
			kind: `${node.type.description.name} ${list.kind}`,
			perform: async (stage) => await openList(stage, node, list, chosen),
		})),
	),
);

/** Everything that reads answers, of all operations and all lists. */
export const ACTS: Act[] = [...OPERATIONS.flatMap(actsOf), ...lists];
