import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Field } from '../../../nodes/shared/fields/field';
import { checkValue } from '../../../nodes/shared/fields/values';
import { allMessages, messagesIn, withMessages } from '../../../scripts/docs/messages.ts';
import { ownKinds } from '../rentEngine/kinds/fields.ts';
import { KINDS } from '../shared/fields/support/kinds.ts';
import type { Forms } from '../shared/fields/times/forms.ts';
import {
	dateFormatForms,
	dateTimeForms,
	timeOfDayForms,
	timeZoneForms,
	ZONE,
} from '../shared/fields/times/forms.ts';
import { declared } from '../shared/fields/support/declared.ts';

const root = join(__dirname, '..', '..', '..');
const { messages, unexplained } = allMessages(root);

it('docs/messages.md holds every message of the nodes with its cause and its cure (npm run docs)', () => {
	const page = readFileSync(join(root, 'docs', 'messages.md'), 'utf8');
	expect(page).toBe(withMessages(page, messages));
	expect(messages.length).toBeGreaterThan(150);
});

it('every text for people in the code has its cause and its cure above it', () => {
	expect(unexplained).toEqual([]);
});

it('a message of a new service has a section of its own, after what all services say', () => {
	const page = '<!-- messages -->\n<!-- /messages -->\n';
	const message = { texts: ['is too blue'], cause: 'It is blue.', cure: 'Paint it.' };
	const filled = withMessages(page, [
		{ ...message, file: 'nodes/Zenith/resources/tour/create.ts' },
		{ ...message, file: 'nodes/Acme/api.ts' },
		{ ...message, file: 'nodes/Acme/trigger/receive.ts' },
	]);
	const headings = [...filled.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
	expect(headings.slice(-3)).toEqual(['Reading', 'Acme', 'Zenith']);
	expect(filled.split('## Acme')[1]).toMatch(/is too blue[^]*## Zenith[^]*is too blue/);
});

it('what services have in common names none of them, but in examples', () => {
	const services = /propexo|rentengine/i;
	const shared = messages.filter(({ file }) => file.startsWith('nodes/shared/'));
	const said = shared.flatMap(({ texts, cause, cure }) => [...texts, cause, cure]);
	expect(said.filter((text) => services.test(text))).toEqual([]);
});

it('a cause and a cure are sentences', () => {
	const said = messages.flatMap(({ cause, cure }) => [cause, cure]);
	expect(said.filter((text) => !/^(?:[^a-z]|n8n).*\.$/.test(text))).toEqual([]);
});

/** What a message may be: its words, with anything in place of "…". */
function patternOf(text: string): RegExp {
	const parts = text.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
	return new RegExp(parts.join('.*').replace(/\s+/g, '\\s+'), 'si');
}

const patterns = messages.flatMap(({ texts }) => texts.map(patternOf));
const isOnThePage = (message: string): boolean => patterns.some((pattern) => pattern.test(message));

it('an example is one of the messages it stands with', () => {
	const examples = messages.filter(({ example }) => example !== undefined);
	const isOne = ({ texts, example = '' }: (typeof messages)[number]) =>
		texts.some((text) => patternOf(text).test(example));
	expect(examples.filter((message) => !isOne(message))).toEqual([]);
	expect(examples.length).toBeGreaterThan(10);
});

const clock = { zone: ZONE, offersFormat: true };

it.each(
	Object.values({ ...KINDS, ...ownKinds }).flatMap(({ title, field, refused }) =>
		refused.map((one) => ({ title, field, ...one })),
	),
)('$title: what is said of $given.value is on the page', ({ field, given }) => {
	const checked = checkValue(field, given.value, clock);
	expect('wrong' in checked && isOnThePage(checked.wrong) ? '' : checked).toBe('');
});

const FORMS: Array<['dateTime' | 'timeOfDay' | 'timeZone' | 'dateFormat', Forms]> = [
	['dateTime', dateTimeForms],
	['timeOfDay', timeOfDayForms],
	['timeZone', timeZoneForms],
	['dateFormat', dateFormatForms],
];

it.each(FORMS)('%s: what is said of each form that is refused is on the page', (kind, { refused }) => {
	const said = refused.map(({ value, format }) =>
		checkValue({ ...declared({ kind: 'dateTime' }), kind } as Field, value, { ...clock, format }),
	);
	expect(said.filter((checked) => !('wrong' in checked) || !isOnThePage(checked.wrong))).toEqual([]);
});

describe('a text in the code', () => {
	const read = (code: string) => messagesIn('nodes/shared/fields/some.ts', code);
	const WRONG = "const problem = { wrong: 'is not as blue as the sky' };";
	const TOLD = '/**\n * @cause It is\n * grey.\n * @cure Paint it.\n */\n';

	it('without a cause and a cure is found', () => {
		expect(read(WRONG).unexplained).toEqual([
			{ file: 'nodes/shared/fields/some.ts', text: 'is not as blue as the sky' },
		]);
		expect(read(`/** @cause It is grey. */\n${WRONG}`).unexplained).toHaveLength(1);
		expect(read(`${TOLD}const other = 1;\n${WRONG}`).unexplained).toHaveLength(1);
	});

	it('is a message with those above it, and with "…" for what is put into it', () => {
		const code = `${TOLD}const say = (color: string) => [\`is not as \${color} as the sky\`, 'is not as blue as the sea'];`;
		expect(read(code)).toEqual({
			unexplained: [],
			messages: [
				{
					file: 'nodes/shared/fields/some.ts',
					texts: ['is not as … as the sky', 'is not as blue as the sea'],
					cause: 'It is grey.',
					cure: 'Paint it.',
				},
			],
		});
	});

	it('is no message if it belongs to the panel, or to a name', () => {
		const panel = [
			"const field = { name: 'color', label: 'Color of the Sky', description: 'How blue the sky is today' };",
			"/** @noMessage */\nconst also = 'which is how blue it is';",
			"const type = 'Move-in Scheduled for Review';",
		];
		expect(read(panel.join('\n'))).toEqual({ messages: [], unexplained: [] });
	});

	it('is a message if it says what to do about one', () => {
		const code =
			"const report = { message: 'The sky is grey', description: 'Paint it in the color of the sea.' };";
		expect(read(code).unexplained.map(({ text }) => text)).toContain('Paint it in the color of the sea.');
	});
});
