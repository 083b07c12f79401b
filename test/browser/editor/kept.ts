import type { INodeProperties } from 'n8n-workflow';
import type { WorkflowFile } from '../../../demo/example.ts';
import { OPERATIONS, type TestedOperation } from '../../engine/support/operations.ts';
import { byHand, node, type Editor } from '../support/editor.ts';
import { input, parameters } from '../support/panel.ts';

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

/** Whatever is filled in stays filled in when a step runs and its expressions find their values. */
export function kept(editor: () => Editor): void {
	it.each(withEveryLocator().map((one) => [one.title, one] as const))(
		'loses no locator when its expression finds a value: %s',
		async (title, { type, resource, operation, properties }) => {
			const filled = filledIn(properties);
			// With it the unit of an event is shown.
			const beside = properties.some(({ name }) => name === 'eventKind') ? { eventKind: 'show' } : {};
			const before = {
				...node('n8n-nodes-base.set', 'Before', { mode: 'raw', jsonOutput: JSON.stringify(ITEM) }),
				typeVersion: 3.4,
			};
			const page = await editor().open(
				[
					byHand(),
					before,
					node(type.description.name, title, { resource, operation, ...beside, ...filled }),
				],
				title,
			);
			const id = new URL(page.url()).pathname.split('/')[2] ?? '';
			await input(page).getByText('Execute previous nodes').click();
			await parameters(page).getByText('found', { exact: true }).first().waitFor();
			await page.waitForTimeout(WATCHED_MS);
			await page.getByTestId('ndv-close-button').first().click();
			await page.keyboard.press('Control+s');
			await page.waitForTimeout(WATCHED_MS);
			const { nodes } = await editor().session.get<WorkflowFile>(`/workflows/${id}`);
			expect(nodes.find(({ name }) => name === title)?.parameters).toMatchObject(filled);
		},
	);
}
