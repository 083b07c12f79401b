import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FromAIArgument, INodeProperties, INodeType } from 'n8n-workflow';
import { traverseNodeParametersWithParamNames } from 'n8n-workflow';

const root = join(__dirname, '..', '..', '..');
const files = readdirSync(join(root, 'workflows')).filter((file) => file.endsWith('.json'));

const ownPage = join(root, 'WORKFLOWS.md');
const list = existsSync(ownPage) ? ownPage : join(root, 'README.md');

const PACKAGE = 'n8n-nodes-leasing-events.';
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
const NODES = n8n.nodes.map((path) => {
	const source = join(root, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));
	const Node = jest.requireActual<Record<string, new () => INodeType>>(source)[basename(path, '.node.js')];
	if (!Node) throw new Error(`${path} does not export its node`);
	return new Node().description;
});

interface WorkflowNode {
	id: string;
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	position: number[];
	credentials?: object;
}

interface WorkflowFile {
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }>>>>;
	settings: object;
}

const read = (file: string) =>
	JSON.parse(readFileSync(join(root, 'workflows', file), 'utf8')) as WorkflowFile;

const createsEvent = ({ type, parameters: { resource, operation } }: WorkflowNode): boolean =>
	type.startsWith(PACKAGE) && resource === 'leadEvent' && operation === 'create';

const isNote = ({ type }: WorkflowNode): boolean => type.endsWith('.stickyNote');

/** The parameters that a node of this package has by its description, those of its collections included. */
function parametersOf(type: string): Set<string> {
	// As a tool of an agent a node has the same parameters.
	const name = type.slice(PACKAGE.length).replace(/Tool$/, '');
	const description = NODES.find((node) => node.name === name);
	if (!description) throw new Error(`There is no node ${name}`);
	const all = description.properties.flatMap((property) => {
		const inner = (property.options ?? []).flatMap((option) =>
			'type' in option ? [`${property.name}.${option.name}`] : [],
		);
		return [property.name, ...inner];
	});
	// n8n adds these to the node of a tool.
	const ofTools = type.endsWith('Tool') ? ['descriptionType', 'toolDescription'] : [];
	return new Set([...all, ...ofTools]);
}

/** What a model fills in, by the path of the parameter: `filters.email1`, `leadId.value`. */
function argumentsIn(parameters: object): Array<{ path: string; description?: string }> {
	const found = new Map<string, FromAIArgument>();
	traverseNodeParametersWithParamNames(parameters, found);
	// The key of an event repeats what other fields ask for.
	return [...found]
		.filter(([path]) => path !== 'deduplicationKey')
		.map(([path, { description }]) => ({ path, description }));
}

/** What the description of a parameter says of its form and limits: all behind its first sentence. */
function limitsOf({ type, parameters }: WorkflowNode, path: string): string {
	const description = NODES.find(({ name }) => `${PACKAGE}${name}Tool` === type);
	const [top = '', inner] = path.split('.');
	const isOfOperation = ({ displayOptions: { show = {} } = {} }: INodeProperties) =>
		['resource', 'operation'].every((rule) => show[rule]?.includes(String(parameters[rule])) ?? true);
	const of = (properties: INodeProperties[], name: string) =>
		properties.find((one) => one.name === name && isOfOperation(one));
	const outer = of(description?.properties ?? [], top);
	const property =
		outer?.type === 'collection' ? of(outer.options as INodeProperties[], inner ?? '') : outer;
	const said = property?.description ?? '';
	return property?.type === 'resourceLocator' ? '' : said.split('. ').slice(1).join('. ');
}

/** What is set in a node: parameters, and those of its collections. */
const setIn = ({ parameters }: WorkflowNode): string[] =>
	Object.entries(parameters).flatMap(([name, value]) => {
		const isCollection = ['additionalFields', 'filters', 'options', 'sourceFields'].includes(name);
		const inner = isCollection ? Object.keys(value as object) : [];
		return [name, ...inner.map((one) => `${name}.${one}`)];
	});

/** Whether the service of a node may show any write late: none of its operations looks up by itself what is in doubt. */
function showsLate(type: string): boolean {
	const own = NODES.find(({ name }) => [name, `${name}Tool`].includes(type.slice(PACKAGE.length)));
	const defaults = (own?.properties ?? []).flatMap(({ options = [] }) =>
		options.flatMap((one) => ('type' in one && one.name === 'outcomeUnknown' ? [one.default] : [])),
	);
	return defaults.length > 0 && defaults.every((one) => one === 'report');
}

describe.each(files)('workflows/%s', (file) => {
	const { nodes, connections, settings } = read(file);

	it('explains itself in notes', () => {
		expect(nodes.filter(isNote).length).toBeGreaterThanOrEqual(2);
	});

	it('cuts off no line of the code in its notes', () => {
		// As n8n draws them: what stands left and right of the text, and the width of a character.
		const room = (width: number) => Math.floor((width - 48) / 9.5);
		const cutOff = ({ parameters: { content, width = 240 } }: WorkflowNode) => {
			const blocks = [...String(content).matchAll(/```\w*\n([^`]*)```/g)].map(([, code = '']) => code);
			return blocks
				.flatMap((code) => code.split('\n'))
				.filter((line) => line.length > room(Number(width)));
		};
		expect(nodes.filter(isNote).flatMap(cutOff)).toEqual([]);
	});

	it('holds no credential and nothing of the n8n it was made in', () => {
		expect(nodes.filter(({ credentials }) => credentials !== undefined)).toEqual([]);
		const own = Object.keys(read(file));
		expect(own.sort()).toEqual(['connections', 'name', 'nodes', 'settings']);
		expect(settings).toHaveProperty('executionOrder', 'v1');
	});

	it('connects all its nodes, and no others', () => {
		const named = new Set(nodes.filter((node) => !isNote(node)).map(({ name }) => name));
		const ends = Object.values(connections)
			.flatMap((outputs) => Object.values(outputs))
			.flat(2)
			.map(({ node }) => node);
		expect(new Set([...Object.keys(connections), ...ends])).toEqual(named);
	});

	it('gives every node an ID and a place of its own', () => {
		const unlike = (what: (node: WorkflowNode) => unknown) => new Set(nodes.map(what)).size;
		expect(unlike(({ id }) => id)).toBe(nodes.length);
		expect(unlike(({ position }) => String(position))).toBe(nodes.length);
	});

	it("sets nothing that this package's nodes do not have", () => {
		const own = nodes.filter(({ type }) => type.startsWith(PACKAGE));
		// One tells of the runs of all others.
		if (file !== 'run-failed.json') expect(own.length).toBeGreaterThan(0);
		for (const node of own) {
			const known = parametersOf(node.type);
			expect(setIn(node).filter((name) => !known.has(name))).toEqual([]);
		}
	});

	// A slow PMS may show an appointment only after it was looked up; sent again, it would be booked twice.
	// A prescreening may begin long after the request, and would begin twice.
	// One service may show any write late. Where a person or a model is told what nobody knows, it is not sent again.
	it('writes nothing twice and nothing without an ID of the event; looks up all but tours', () => {
		const tours = ['appointment', 'showing'];
		const isTold = nodes.some(
			({ name, type }) => name === 'Tell a person' || (type.endsWith('Tool') && showsLate(type)),
		);
		const wanted = ({ type, parameters }: WorkflowNode): string[] => {
			if (tours.includes(String(parameters['resource']))) return ['report'];
			return showsLate(type) && isTold ? ['lookUpOnly'] : ['lookUp', 'lookUpOnly'];
		};
		const writes = nodes.filter(
			({ type, parameters }) =>
				type.startsWith(PACKAGE) &&
				['create', 'retry', 'update', 'cancel'].includes(String(parameters['operation'])),
		);
		for (const node of writes) {
			const { deduplicationKey, options } = node.parameters;
			expect(deduplicationKey).toMatch(/^=\{\{ .*\$.+ \}\}$/);
			expect(options).toMatchObject({ itemsWithoutKey: 'refuse' });
			expect(wanted(node)).toContain((options as { outcomeUnknown?: string }).outcomeUnknown);
		}
	});

	// Most PMSs keep the time and the notes of an event. Of an appointment that would lose what it is about.
	it('records a call, an email or a tour also where the PMS keeps less of it', () => {
		for (const { parameters } of nodes.filter(createsEvent)) {
			if (['general', 'appointment'].includes(String(parameters['eventKind']))) continue;
			const isExpression = String(parameters['eventKind']).startsWith('=');
			expect(parameters['options']).toMatchObject({
				ignoreUnknownFields: isExpression ? expect.stringContaining("!== 'appointment'") : true,
			});
		}
	});

	// Every PMS requires one of the two: the name of the event, or its type.
	it('says on its canvas to choose what the PMS calls an event, where that is left to the user', () => {
		const said = nodes.filter(isNote).map(({ parameters }) => String(parameters['content']));
		for (const { parameters } of nodes.filter(createsEvent)) {
			const { eventName, eventTypeId } = parameters as {
				eventName?: string;
				eventTypeId?: { value?: string };
			};
			if (eventName || eventTypeId?.value) continue;
			expect(said.join()).toContain('*Event Name*');
			expect(said.join()).toContain('*Event Type*');
		}
	});

	it('makes no event of now out of one without a time', () => {
		for (const { parameters } of nodes.filter(createsEvent))
			expect(parameters['eventDatetime']).toContain("'no time given'");
	});

	// A user is rarely in the time zone in which the workflow was made.
	it('says on its canvas which time zone it comes with, unless all its times come with an offset', () => {
		const { timezone } = settings as { timezone?: string };
		if (timezone === undefined || /(callrail|twilio|hubspot|calendly|showmojo)-/.test(file)) return;
		const said = nodes.filter(isNote).map(({ parameters }) => String(parameters['content']));
		expect(said.join()).toContain('set *Timezone* to');
		expect(said.join()).toContain(`as imported it is ${timezone}`);
	});

	it('gives nobody who is there the source and the agent that are chosen for new people', () => {
		for (const { parameters } of nodes.filter(({ parameters: { operation } }) => operation === 'upsert'))
			expect(parameters['sourceFields']).toMatchObject({ keepSourceAndAgent: true });
	});

	it('takes none of several people with one phone number', () => {
		const own = nodes.filter(({ type, parameters }) => type.startsWith(PACKAGE) && parameters['options']);
		for (const { parameters } of own) {
			const { ifSeveralMatch } = parameters['options'] as Record<string, unknown>;
			const found = Object.values(parameters).flatMap((value) => {
				const { mode } = (value ?? {}) as { mode?: unknown };
				return String(mode).includes('phone') ? [mode] : [];
			});
			if (found.includes('phone')) expect(ifSeveralMatch).toBeUndefined();
			else if (found.length > 0)
				expect([undefined, expect.stringMatching(/ : 'refuse' \}\}$/)]).toContainEqual(
					ifSeveralMatch,
				);
		}
	});

	it('lets nobody in as it is imported: what starts it asks for a password, or checks a signature', () => {
		const doors = nodes.filter(({ type }) => /\.(webhook|formTrigger|mcpTrigger)$/.test(type));
		for (const { name, parameters } of doors) {
			const [next] = connections[name]?.['main']?.[0] ?? [];
			const isSigned = nodes.some(
				({ name: one, type }) => one === next?.node && type.endsWith('.crypto'),
			);
			const asksBy = isSigned ? 'a signature' : parameters['authentication'];
			expect(['headerAuth', 'basicAuth', 'bearerAuth', 'a signature']).toContain(asksBy);
		}
	});

	it('reads files so that a broken one is not read in part, and its fault reaches the report', () => {
		const readers = nodes.filter(({ type }) => type.endsWith('.extractFromFile'));
		for (const reader of readers)
			expect(reader).toMatchObject({ typeVersion: 1.1, onError: 'continueRegularOutput' });
	});

	it('tells a model how the values are written that it fills in, in the words of the field', () => {
		for (const node of nodes.filter(({ type }) => type.startsWith(`${PACKAGE}`))) {
			for (const { path, description = '' } of argumentsIn(node.parameters)) {
				const said = limitsOf(node, path);
				expect([path, description]).toEqual([path, expect.stringContaining(said)]);
			}
		}
	});

	// Asked to move a tour, a model with no other tool would book a second one.
	it('tells a model that books tours not to book another one where one is to be moved', () => {
		for (const { type, parameters } of nodes) {
			const { resource, operation, toolDescription } = parameters;
			const isTour = ['appointment', 'showing'].includes(String(resource)) && operation === 'create';
			if (isTour && type.startsWith(PACKAGE) && type.endsWith('Tool'))
				expect(toolDescription).toMatch(/To move or cancel a \w+, do not (book|plan) another one/);
		}
	});

	it("keeps no history of n8n's own, which ends every run once it is full", () => {
		expect(nodes.filter(({ type }) => type.endsWith('.removeDuplicates'))).toEqual([]);
	});

	it('is listed in the README, or on the page to which the README of a package of one service leads', () => {
		expect(readFileSync(list, 'utf8')).toContain(`(workflows/${file})`);
	});
});

it('no two workflows listen at the same address', () => {
	const paths = files.flatMap((file) =>
		read(file).nodes.flatMap(({ type, parameters }) =>
			/\.(webhook|formTrigger)$/.test(type)
				? [String(parameters['path'] ?? (parameters['options'] as { path?: string }).path)]
				: [],
		),
	);
	expect(new Set(paths).size).toBe(paths.length);
});
