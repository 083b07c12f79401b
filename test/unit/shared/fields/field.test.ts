import type { INode, INodeParameters, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { collectionProperty, editorProperties } from '../../../../nodes/shared/fields/editor';
import { type Field } from '../../../../nodes/shared/fields/field';
import { apiName } from '../../../../nodes/shared/fields/names';
import { heldBy, refusedBy, shownBy } from '../../../engine/support/panel.ts';
import { declared } from './support/declared.ts';

const option = (value: string) => ({ name: value.toUpperCase(), value });
type Said = Parameters<typeof declared>[0];
const text = (name: string, more: Partial<Said> = {}): Field =>
	declared({ kind: 'text', ...more } as Said, name);

/** The patterns of conditions that the services use. */
const fields: Field[] = [
	text('kind', { kind: 'choice', default: 'plain', options: ['plain', 'call', 'mail'].map(option) }),
	text('always', { required: true }),
	text('caller', { shownFor: { kind: ['call'] }, required: true }),
	text('direction', {
		kind: 'choice',
		default: 'out',
		options: ['out', 'in'].map(option),
		shownFor: { kind: ['mail'] },
	}),
	text('sender', { shownFor: { kind: ['mail'] }, required: { direction: ['out'] } }),
	text('subject', { shownFor: { kind: ['mail'] } }),
	text('all', { kind: 'boolean' }),
	text('limit', { kind: 'wholeNumber', default: 50, min: 1, max: 9, shownFor: { all: ['false'] } }),
	text('lead', { kind: 'record', record: 'an ID', searchMethod: 'searchLeads', required: true }),
];

const description = { properties: [] } as unknown as INodeTypeDescription;

const show = { resource: ['event'], operation: ['create'] };
const properties: INodeProperties[] = [
	{ displayName: 'Resource', name: 'resource', type: 'options', default: 'event', options: [] },
	{ displayName: 'Operation', name: 'operation', type: 'options', default: 'create', options: [] },
	...fields.flatMap((field) => editorProperties(field, show, fields)),
];

const set = (parameters: INodeParameters): INodeParameters => ({
	resource: 'event',
	operation: 'create',
	kind: 'plain',
	direction: 'out',
	all: false,
	always: 'x',
	lead: { __rl: true, mode: 'id', value: 'lead_1' },
	...parameters,
});

const node = (parameters: INodeParameters): INode => ({
	id: '1',
	name: 'Tested',
	type: 'tested',
	typeVersion: 1,
	position: [0, 0],
	parameters,
});

const type = { description: { name: 'tested', version: 1, properties } } as unknown as INodeType;
const HEAD = ['resource', 'operation', 'kind', 'always', 'all', 'lead'];

/**
 * Names of the properties that the editor shows; a name shown twice is there twice.
 *
 * @param resolved the values that expressions have for the first item
 */
const shown = (parameters: INodeParameters, resolved?: INodeParameters): string[] =>
	shownBy(type, set(parameters), resolved)
		.map(({ name }) => name)
		.filter((name) => !HEAD.includes(name));

/** Names of the fields that the editor marks red, for which n8n refuses to run. */
const refused = (parameters: INodeParameters): string[] => refusedBy(type, set(parameters));

describe('what the editor shows', () => {
	it.each([
		['plain', ['limit']],
		['call', ['caller', 'limit']],
		['mail', ['direction', 'sender', 'subject', 'limit']],
	])('for kind %s: each of its fields once', (kind, names) =>
		expect(shown({ kind }).sort()).toEqual(names.sort()),
	);

	it('for a kind by expression: the fields of every kind, each once', () => {
		const names = shown({ kind: '={{ $json.kind }}' });
		expect(names.sort()).toEqual(['caller', 'direction', 'limit', 'sender', 'subject']);
	});

	it.each([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
		['a text that is no kind', 'Call'],
		['one of the kinds', 'call'],
	])('for a kind whose expression gives %s: the fields of every kind, each once', (_, kind) => {
		const every = ['caller', 'direction', 'limit', 'sender', 'subject'];
		const written = { kind: '={{ $json.kind }}', direction: '={{ $json.direction }}' };
		for (const direction of ['out', 'in', '', undefined]) {
			expect(shown(written, { kind, direction } as INodeParameters).sort()).toEqual(every);
		}
	});

	it.each([undefined, null, '', 'in', 'out'])(
		'for a direction whose expression gives %p: its field once',
		(direction) => {
			const written = { kind: 'mail', direction: '={{ $json.direction }}' };
			const names = shown(written, { direction } as INodeParameters);
			expect(names.sort()).toEqual(['direction', 'limit', 'sender', 'subject']);
		},
	);

	it('for a kind without a direction: nothing, even where a direction by expression was left over', () => {
		expect(shown({ kind: 'call', direction: '={{ $json.direction }}' }).sort()).toEqual([
			'caller',
			'limit',
		]);
	});

	it.each(['out', 'in', '={{ $json.direction }}'])(
		'for direction %s: its dependent field once',
		(direction) => {
			const names = shown({ kind: 'mail', direction });
			expect(names.filter((name) => name === 'sender')).toEqual(['sender']);
		},
	);

	it('for a choice of yes or no', () => {
		expect(shown({ all: false })).toContain('limit');
		expect(shown({ all: true })).not.toContain('limit');
	});

	it('for another operation: nothing, even where a kind by expression was left over', () => {
		expect(shown({ operation: 'get', kind: '={{ $json.kind }}', direction: '={{ 1 }}' })).toEqual([]);
		expect(shown({ resource: 'lead', kind: 'call' })).toEqual([]);
	});
});

describe('what the editor demands', () => {
	it.each([
		['nothing of another kind', { kind: 'plain' }, []],
		['what is always required', { always: '' }, ['always']],
		['a record', { lead: { __rl: true, mode: 'list', value: '' } }, ['lead']],
		['what is required for its kind', { kind: 'call' }, ['caller']],
		['what is required for the choice made', { kind: 'mail', direction: 'out' }, ['sender']],
		['not what is optional for the choice made', { kind: 'mail', direction: 'in' }, []],
		['nothing that was filled in', { kind: 'call', caller: '911' }, []],
		['nothing when the kind is an expression', { kind: '={{ $json.kind }}' }, []],
		[
			'nothing when the choice is an expression',
			{ kind: 'mail', direction: '={{ $json.direction }}' },
			[],
		],
		['nothing when a model fills in the kind', { kind: "={{ $fromAI('kind') }}" }, []],
	] as Array<[string, INodeParameters, string[]]>)('%s', (_, parameters, names) => {
		expect(refused(parameters)).toEqual(names);
	});

	it.each(['={{ $json.kind }}', 'call'])('and keeps what was filled in, with kind %s', (kind) => {
		expect(heldBy(type, set({ kind, caller: '911' }))).toMatchObject({ caller: '911' });
	});

	it('and stores nothing of it that the user did not fill in', () => {
		const held = heldBy(type, set({ kind: '={{ $json.kind }}' }));
		const stored = NodeHelpers.getNodeParameters(properties, held, false, false, node(held), description);
		expect(Object.keys(stored ?? {}).filter((name) => name.endsWith('ByExpression'))).toEqual([]);
	});
});

describe('the name that the API has for a field', () => {
	it('is its name in snake case unless it has one of its own', () => {
		expect(apiName(text('callPhoneNumberFrom'))).toBe('call_phone_number_from');
		expect(apiName(text('notes'))).toBe('notes');
		expect(apiName(text('assignedToUserIds', { api: 'assignedToUserIds' }))).toBe('assignedToUserIds');
	});
});

describe('the control of a field', () => {
	const control = (more: Partial<Said>) => editorProperties(text('x', more), {}, [])[0];

	it('is a list to choose from, and an ID to type, for a record', () => {
		expect(control({ kind: 'record', record: 'an ID', searchMethod: 'searchLeads' })).toMatchObject({
			type: 'resourceLocator',
			default: { mode: 'list', value: '' },
			modes: [
				{ name: 'list', typeOptions: { searchListMethod: 'searchLeads', searchable: true } },
				{ name: 'id', type: 'string' },
			],
		});
		expect(control({ kind: 'record', record: 'an ID' })).toMatchObject({
			default: { mode: 'id', value: '' },
			modes: [{ name: 'id' }],
		});
	});

	it('knows the limits of a number', () => {
		const typeOptions = { minValue: 0, maxValue: 86_400, numberPrecision: 0 };
		expect(control({ kind: 'wholeNumber', min: 0, max: 86_400 })).toMatchObject({
			type: 'number',
			typeOptions,
		});
	});

	it('is empty for a number without a default, so that nobody sends a 0 they did not enter', () => {
		for (const kind of ['number', 'wholeNumber'] as const) {
			expect(control({ kind })).toMatchObject({ type: 'number', default: '' });
			expect(control({ kind, default: 50 })).toMatchObject({ default: 50 });
		}
	});

	it('is typed as a text for a number that must be filled in: the editor marks no empty box for a number', () => {
		expect(control({ kind: 'wholeNumber', required: true })).toMatchObject({
			type: 'string',
			default: '',
		});
		expect(control({ kind: 'wholeNumber', required: true, default: 1 })).toMatchObject({
			type: 'number',
		});
	});

	it.each([
		['dateTime', 'dateTime'],
		['boolean', 'boolean'],
		['choice', 'options'],
		['choices', 'multiOptions'],
		['phone', 'string'],
		['timeZone', 'string'],
	] as const)('is for kind %s of type %s', (kind, type) => {
		expect(control({ kind, options: [] } as Said)).toMatchObject({ type });
	});
});

describe('a collection of fields', () => {
	const collection = collectionProperty(
		{
			name: 'more',
			label: 'More',
			placeholder: 'Add',
			fields: [text('zeta'), text('alpha', { shownFor: { kind: ['plain'] } })],
		},
		show,
	);

	it('offers its fields by the alphabet', () => {
		expect(collection.options?.map(({ name }) => name)).toEqual(['alpha', 'zeta']);
	});

	it('shows a field for the value of a parameter beside the collection', () => {
		const alpha = collection.options?.find(({ name }) => name === 'alpha') as INodeProperties;
		const visible = (kind: string) => {
			const root = set({ kind, more: { alpha: 'x' } });
			return NodeHelpers.displayParameter({ alpha: 'x' }, alpha, node(root), description, root);
		};
		expect([visible('plain'), visible('call'), visible('={{ 1 }}')]).toEqual([true, false, true]);
	});
});
