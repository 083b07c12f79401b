import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { triesAll } from '../../../support/effort.ts';
import { useStage } from '../../support/hostile/stage.ts';
import type { TestedOperation } from '../../support/operations.ts';
import { OPERATIONS, rightParameters, variantsOf } from '../../support/operations.ts';
import type { Settings } from '../../support/services.ts';

/*
 * What an agent is told when it calls a node as its tool. Newer agents have n8n run the node like any other, as here; how
 * older ones and n8n's MCP server do it, test/e2e/workflows.test.ts shows.
 */

const stage = useStage();

/** Runs an operation as the tool of an agent whose model gave these arguments. */
const call = async (
	{ service }: TestedOperation,
	parameters: IDataObject,
	given: IDataObject = {},
	settings: Settings = {},
) =>
	await stage.services.engine.run({
		node: `${service.name}Tool`,
		parameters,
		credentials: stage.credentials(service),
		items: [given],
		...settings,
	});

const right = (operation: TestedOperation, filled = false): IDataObject =>
	rightParameters(operation, variantsOf(operation)[0] ?? {}, filled);

const fromAi = (key: string): string => `={{ $fromAI('${key}', '', 'string') }}`;

/** Kinds of parameters that no such text fits. */
const STRICT = ['options', 'multiOptions', 'number', 'dateTime'];
const ILL_FITTING = 'neither this nor that';

interface Filled {
	label: string;
	key: string;
	choices: string[];
}

/** Lets the model fill in every parameter of a strict kind, at the top and in collections. */
function filledByModel(operation: TestedOperation): { parameters: IDataObject; filled: Filled[] } {
	const parameters = right(operation, true);
	const [variant = {}] = variantsOf(operation);
	const filled: Filled[] = [];
	const fill = (place: IDataObject, properties: INodeProperties[], prefix: string) => {
		for (const { name, type, displayName, options = [], typeOptions } of properties) {
			if (!(name in place) || !STRICT.includes(type)) continue;
			if (name in variant || name === 'resource' || name === 'operation') continue;
			// Whatever is chosen there comes from the service, so any text may be one of them.
			if (
				typeOptions?.loadOptionsMethod !== undefined ||
				filled.some((one) => one.label === displayName)
			)
				continue;
			const key = `${prefix}${name}`;
			place[name] = fromAi(key);
			const choices = type.toLowerCase().includes('options') ? options : [];
			filled.push({ label: displayName, key, choices: choices.map((choice) => choice.name) });
		}
	};
	fill(parameters, operation.properties, '');
	for (const { name, type, options = [] } of operation.properties) {
		const place = parameters[name];
		if (type !== 'collection' || typeof place !== 'object') continue;
		fill(place as IDataObject, options as INodeProperties[], `${name}_`);
	}
	return { parameters, filled };
}

/** What models write where they know no value. */
const NO_VALUES = ['null', 'undefined', '{{ $json.name }}', '03/04/2026 2:30 PM', 'last Tuesday'];

/** All of them for the first operation of each service and among the long tests; for each other operation the next one. */
function noValuesFor(operation: TestedOperation): string[] {
	const isFirst = OPERATIONS.find(({ service }) => service === operation.service) === operation;
	const turn = OPERATIONS.indexOf(operation) % NO_VALUES.length;
	return NO_VALUES.filter((_, index) => triesAll || isFirst || index === turn);
}

describe.each(OPERATIONS)('As the tool of an agent, $title', (operation) => {
	const { parameters, filled } = filledByModel(operation);

	it('answers ill-fitting arguments with what is wrong with each, and the values that are allowed', async () => {
		if (filled.length === 0) return expect(filled).toEqual([]);
		const given = Object.fromEntries(filled.map(({ key }) => [key, ILL_FITTING]));
		const { success, thrown } = await call(operation, parameters, given);
		expect(thrown).toBeUndefined();
		expect(success).toHaveLength(1);
		const { problems, ...answer } = success[0]?.json ?? {};
		expect(answer).toMatchObject({ outcome: 'not sent', call_again: true });
		for (const { label, key, choices } of filled) {
			expect(problems).toContainEqual({
				field: label,
				arguments: [key],
			});
			// Each thing is said once: what is wrong, and which values there are, stands in the error.
			for (const said of [label, ...choices]) expect(answer.error).toContain(said);
			expect(answer.what_to_do).toContain(key);
		}
		expect(JSON.stringify(success)).not.toMatch(/\$json\.body/);
		expect(stage.asked(operation.service)).toEqual([]);
	});

	it.each(noValuesFor(operation))(
		'does not tell a model that wrote %s how to correct a workflow',
		async (value) => {
			const given = Object.fromEntries(filled.map(({ key }) => [key, value]));
			const { success } = await call(operation, parameters, given);
			expect(success.length).toBeGreaterThan(0);
			const told = JSON.stringify(success.map(({ json: { error, problems } }) => [error, problems]));
			expect(told).not.toMatch(/\{\{|\$json|\$fromAI|set the option|'Expression'|in the expression/);
		},
	);

	it('says that no argument can mend a credential without a token', async () => {
		const credentials = stage.credentials(operation.service);
		const empty = Object.fromEntries(
			Object.entries(credentials).map(([name, data]) => [name, { ...data, token: '' }]),
		);
		const { success, thrown } = await call(operation, right(operation), {}, { credentials: empty });
		expect(thrown).toBeUndefined();
		expect(success.map(({ json }) => json)).toEqual([
			expect.objectContaining({
				outcome: 'not sent',
				call_again: false,
				what_to_do: expect.stringContaining('Tell the user: '),
			}),
		]);
	});

	it('ends the run when the user has set On Error to Stop Workflow', async () => {
		const credentials = { [`${operation.service.name}Api`]: {} };
		const { success, status } = await call(
			operation,
			right(operation),
			{},
			{
				credentials,
				onError: 'stopWorkflow',
			},
		);
		expect([success, status]).toEqual([[], 'error']);
	});
});

const LISTS = OPERATIONS.filter(({ properties }) => properties.some(({ name }) => name === 'limit'));

describe.each(LISTS)('As the tool of an agent, $title', (operation) => {
	const found = async (more: IDataObject) =>
		(await call(operation, { ...right(operation), ...more })).success.map(({ json }) => json);

	it('says that there may be more than the limit lets through, and nothing where all were found', async () => {
		const all = await found({ returnAll: true });
		expect(all.length).toBeGreaterThan(0);
		expect(all[0]).not.toHaveProperty('remarks');
		expect((await found({ returnAll: false, limit: all.length + 1 }))[0]).toEqual(all[0]);
		// What stands in a field that is not shown limits nothing.
		expect((await found({ returnAll: true, limit: all.length }))[0]).toEqual(all[0]);
		expect((await found({ returnAll: false, limit: 1 }))[0]).toMatchObject({
			remarks: [expect.stringContaining('There may be more')],
			what_to_do: expect.stringContaining('Tell the user'),
		});
	});
});

const offersPreview = ({ properties }: TestedOperation): boolean =>
	properties.some(({ options = [] }) => options.some(({ name }) => name === 'previewOnly'));

const PREVIEWED = OPERATIONS.filter((one) => offersPreview(one) && filledByModel(one).filled.length > 0);

describe.each(PREVIEWED)('As the tool of an agent, a preview of $title', (operation) => {
	const { parameters, filled } = filledByModel(operation);

	it('answers ill-fitting arguments as a run does, and that it was a preview', async () => {
		const given = Object.fromEntries(filled.map(({ key }) => [key, ILL_FITTING]));
		const answer = async (previewOnly: boolean) => {
			const options = { ...(parameters.options as IDataObject), previewOnly };
			const { success } = await call(operation, { ...parameters, options }, given);
			return success[0]?.json ?? {};
		};
		const { error, problems } = await answer(false);
		const preview = await answer(true);
		expect(preview).toMatchObject({ outcome: 'not_sent', error, problems, call_again: true });
		expect(preview.what_to_do).toMatch(/^This was a preview: /);
		expect(preview.what_to_do).toContain(filled[0]!.key);
		expect(stage.asked(operation.service)).toEqual([]);
	});
});
