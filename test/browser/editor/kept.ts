import type { INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import type { Page } from 'playwright-core';
import type { WorkflowFile } from '../../../demo/example.ts';
import { ALL_NODES, OPERATIONS, type TestedOperation } from '../../engine/support/operations.ts';
import { decidersAmong, heldBy } from '../../engine/support/panel.ts';
import { byHand, node, type Editor } from '../support/editor.ts';
import { choose, field, input, item, parameters } from '../support/panel.ts';

/** What the node before gives. */
const ITEM = { id: 'found', deep: { id: 'found' } };

/** The forms in which people write expressions. */
const FORMS = [
	'={{ $json.id }}',
	"={{ $('Before').item.json.id }}",
	'={{ $json.deep.id }}',
	'={{ $json["deep"]["id"] + "" }}',
];

const inner = ({ type, options = [] }: INodeProperties): INodeProperties[] =>
	type === 'collection' ? (options as INodeProperties[]) : [];

const locatorsOf = (properties: INodeProperties[]): INodeProperties[] =>
	[...properties, ...properties.flatMap(inner)].filter(({ type }) => type === 'resourceLocator');

/** Every locator with an expression of one of the forms, those of collections too. */
function filledIn(properties: INodeProperties[]): Record<string, unknown> {
	const filled = properties.flatMap((property, index): Array<[string, unknown]> => {
		const { name, type, modes } = property;
		if (type === 'collection') {
			// One that is shown for some kinds of events alone stands beside the collection for the others.
			const within = filledIn(inner(property).filter(({ displayOptions }) => !displayOptions));
			return Object.keys(within).length > 0 ? [[name, within]] : [];
		}
		if (type !== 'resourceLocator') return [];
		return [[name, { __rl: true, mode: modes?.at(-1)?.name, value: FORMS[index % FORMS.length] }]];
	});
	return Object.fromEntries(filled);
}

/** Operations that together have every locator: a locator is declared once, for all operations. */
function withEveryLocator(): TestedOperation[] {
	const seen = new Set<string>();
	const byCount = [...OPERATIONS].sort(
		(a, b) => locatorsOf(b.properties).length - locatorsOf(a.properties).length,
	);
	return byCount.filter(({ type, properties }) => {
		const names = locatorsOf(properties).map(({ name }) => `${type.description.name} ${name}`);
		const isNew = names.some((name) => !seen.has(name));
		for (const name of names) seen.add(name);
		return isNew;
	});
}

/** How long the editor may take to empty a field, in ms: what it should not do cannot be waited for. */
const WATCHED_MS = 1_000;

/** The node that gives an item to the tested one. */
const before = (item: object) => ({
	...node('n8n-nodes-base.set', 'Before', { mode: 'raw', jsonOutput: JSON.stringify(item) }),
	typeVersion: 3.4,
});

/** Saves the workflow and gives what was saved of a node. */
async function saved({ session }: Editor, page: Page, title: string): Promise<unknown> {
	const id = new URL(page.url()).pathname.split('/')[2] ?? '';
	await page.waitForTimeout(WATCHED_MS);
	await page.getByTestId('ndv-close-button').first().click();
	await page.keyboard.press('Control+s');
	await page.waitForTimeout(WATCHED_MS);
	const { nodes } = await session.get<WorkflowFile>(`/workflows/${id}`);
	return nodes.find(({ name }) => name === title)?.parameters;
}

/** A panel whose fields depend on choices. */
interface Decided {
	title: string;
	type: INodeType;
	properties: INodeProperties[];
	/** What else is set. */
	at: Record<string, unknown>;
	/** It has no node before it, so the expressions hold their values. */
	isTrigger: boolean;
}

/** The panels with choices that decide about other fields; one of those that have the same choices. */
function decided(): Decided[] {
	const operations = OPERATIONS.map(({ type, title, resource, operation, properties }) => ({
		...{ title, properties, type, isTrigger: false },
		at: { resource, operation },
	}));
	const triggers = ALL_NODES.filter(({ type: { description } }) =>
		description.group.includes('trigger'),
	).map(({ type }) => ({
		...{ title: type.description.displayName, type, isTrigger: true },
		...{ properties: type.description.properties, at: {} },
	}));
	const seen = new Set<string>();
	return [...operations, ...triggers].filter(({ properties }) => {
		const names = decidersAmong(properties).map(({ name }) => name);
		const isNew = names.some((name) => !seen.has(name));
		for (const name of names) seen.add(name);
		return isNew;
	});
}

/** A value of a field that is not its default. */
function otherThanDefault({ type, default: usual, options = [] }: INodeProperties): unknown {
	switch (type) {
		case 'boolean':
			return !usual;
		case 'number':
			return 7;
		case 'options':
			return options.flatMap((one) => ('value' in one ? [one.value] : [])).find((one) => one !== usual);
		case 'multiOptions':
			return options.flatMap((one) => ('value' in one ? [one.value] : [])).slice(0, 1);
		case 'json':
			return '{"filled":"in"}';
		case 'dateTime':
			return '2026-03-01T14:30:00';
		case 'resourceLocator':
			return { __rl: true, mode: 'id', value: 'filled in' };
		default:
			return 'filled in';
	}
}

/** Something in every field that depends on another one, beside the deciding ones; those of collections too. */
function everyField(properties: INodeProperties[], deciding: string[]): Record<string, unknown> {
	const depends = ({ name, type, displayOptions: { show = {}, hide = {} } = {} }: INodeProperties) =>
		!['hidden', 'notice', 'collection'].includes(type) &&
		!deciding.includes(name) &&
		[...Object.keys(show), ...Object.keys(hide)].some((one) => deciding.includes(one.replace('/', '')));
	const fill = (some: INodeProperties[]) =>
		Object.fromEntries(some.filter(depends).map((one) => [one.name, otherThanDefault(one)]));
	const collections = properties.flatMap((one): Array<[string, object]> => {
		const within = fill(inner(one));
		return Object.keys(within).length > 0 ? [[one.name, within]] : [];
	});
	return { ...fill(properties), ...Object.fromEntries(collections) };
}

/** What an expression may be for the first item: the first choice or the last one. */
function choicesOf({ type, options = [] }: INodeProperties): unknown[] {
	const values = options.flatMap((one) => ('value' in one ? [one.value] : []));
	const ends = type === 'boolean' ? [true, false] : [values[0], values.at(-1)];
	return type === 'multiOptions' ? ends.map((one) => [one]) : ends;
}

/** A record that is named by its ID, unless another way is chosen. */
const isIdField = ({ type, default: usual }: INodeProperties): boolean =>
	type === 'resourceLocator' && (usual as { mode?: string }).mode === 'id';

/** Whatever is filled in stays filled in when a step runs and its expressions find their values. */
export function kept(editor: () => Editor): void {
	it.each(withEveryLocator().map((one) => [one.title, one] as const))(
		'loses no locator when its expression finds a value: %s',
		async (title, { type, resource, operation, properties }) => {
			// With it the unit of an event is shown.
			const beside = properties.some(({ name }) => name === 'eventKind') ? { eventKind: 'show' } : {};
			const given = filledIn(properties);
			// Without those that another choice hides, such as the other kinds of people.
			const held = heldBy(type, { resource, operation, ...beside, ...given } as INodeParameters);
			const filled = Object.fromEntries(Object.entries(given).filter(([name]) => name in held));
			const page = await editor().open(
				[
					byHand(),
					before(ITEM),
					node(type.description.name, title, { resource, operation, ...beside, ...filled }),
				],
				title,
			);
			await input(page).getByText('Execute previous nodes').click();
			await parameters(page).getByText('found', { exact: true }).first().waitFor();
			expect(await saved(editor(), page, title)).toMatchObject(filled);
		},
	);

	const cases = decided().flatMap((one) =>
		[0, 1].map((at) => [`${one.title}, ${at === 0 ? 'first' : 'last'} choices`, one, at] as const),
	);
	it.each(cases)(
		'loses no field when an expression decides what is shown: %s',
		async (_, { title, type, properties, at, isTrigger }, end) => {
			const deciders = decidersAmong(properties);
			const deciding = deciders.map(({ name }) => name);
			const choices = Object.fromEntries(deciders.map((one) => [one.name, choicesOf(one)[end]]));
			const expression = (name: string) =>
				isTrigger ? `={{ ${JSON.stringify(choices[name])} }}` : `={{ $json.${name} }}`;
			const given = {
				...Object.fromEntries(deciding.map((name) => [name, expression(name)])),
				...everyField(properties, deciding),
			};
			// Without what another, fixed choice hides, such as one of two ways to give the users.
			const held = heldBy(type, { ...at, ...given } as INodeParameters);
			const filled = Object.fromEntries(Object.entries(given).filter(([name]) => name in held));
			const tested = node(type.description.name, title, { ...at, ...filled });
			const all = isTrigger ? [tested] : [byHand(), before(choices), tested];
			const page = await editor().open(all, title);
			if (!isTrigger) {
				await input(page).getByText('Execute previous nodes').click();
				await input(page)
					.getByText(deciding[0] ?? '', { exact: true })
					.first()
					.waitFor();
				await page.waitForTimeout(WATCHED_MS);
			}
			// The editor looks again at what it shows when something is edited.
			const isFree = ({ name }: INodeProperties) => !deciding.includes(name);
			const edited =
				properties.find((one) => isFree(one) && one.type === 'boolean') ??
				properties.find((one) => isFree(one) && one.type === 'string' && one.name in filled) ??
				properties.find((one) => isFree(one) && one.type === 'number') ??
				properties.find((one) => isIdField(one));
			if (!edited) throw new Error('No field to edit');
			const control = field(page, edited.name).first();
			if (edited.type === 'boolean') await control.click();
			else
				await control
					.locator('input:enabled:not([readonly])')
					.first()
					.fill(edited.type === 'number' ? '8' : 'edited');
			const { [edited.name]: __, ...rest } = filled;
			expect(await saved(editor(), page, title)).toMatchObject(rest);
		},
	);

	it('keeps the event types that are chosen when another event is added', async () => {
		const given = { triggerOn: ['leasingEventCreated'], eventTypes: ['Lease Signed', 'Moved In'] };
		const webhookId = '9d3c0000-4444-4a4e-9d3c-000000000001';
		const trigger = node('rentEngineTrigger', 'RentEngine Trigger', given, { webhookId });
		const page = await editor().open([trigger], 'RentEngine Trigger');
		await choose(page, 'triggerOn', 'Prospect Created');
		await page.keyboard.press('Escape');
		expect(await saved(editor(), page, 'RentEngine Trigger')).toMatchObject({
			triggerOn: ['leasingEventCreated', 'prospectCreated'],
			eventTypes: given.eventTypes,
		});
	});

	it('keeps a choice by expression when what decides about it becomes an expression too', async () => {
		const event = { resource: 'residentEvent', eventKind: 'call', callStatus: '={{ $json.status }}' };
		const page = await editor().open([byHand(), node('propexo', 'Propexo', event)], 'Propexo');
		await item(page, 'Event Kind').hover();
		await item(page, 'Event Kind').getByTestId('radio-button-expression').click();
		expect(await saved(editor(), page, 'Propexo')).toMatchObject({
			eventKind: '=call',
			callStatus: event.callStatus,
		});
	});
}
