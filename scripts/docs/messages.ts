import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { between } from './between.ts';
import { table } from './markdown.ts';

/*
 * docs/messages.md: every message of the nodes, with its cause and its cure. Both stand above the message in the code:
 *
 *     /**
 *      * @cause The expression gave a word that the field does not take.
 *      * @cure Use a name from the panel.
 *      *\/
 *     wrong: `must be one of: ${names}`,
 *
 * One comment may stand above several messages, with an `@example` of one. A text of the panel is no message, nor is a part
 * of one; where that cannot be seen from the property it is in, its comment has `@noMessage`.
 */

/** Messages with the same cause and the same cure. */
export interface Message {
	/** The path of the code that holds it. */
	file: string;
	/** The words, with "…" for what is put into them. */
	texts: string[];
	/** One of them as a person sees it, where the words alone do not tell much. */
	example?: string;
	cause: string;
	cure: string;
}

/** A text without a cause and a cure. */
export interface Unexplained {
	file: string;
	text: string;
}

/** What is told to models is in docs/agents.md. */
const NO_MESSAGES = ['nodes/shared/report/agent.ts'];

/** Properties of fields, nodes and API facts that hold texts of the panel, or words that messages are made of. */
const OF_THE_PANEL = new Set([
	...[
		'action',
		'alsoTaken',
		'builderHint',
		'disputed',
		'displayName',
		'eventTriggerDescription',
		'finders',
		'format',
		'hint',
		'id',
		'is',
		'label',
		'name',
		'noun',
	],
	...['placeholder', 'plural', 'record', 'subject', 'title', 'withoutIt'],
]);

/** Beside one of these, a description is what to do about a message; elsewhere it is a text of the panel. */
const OF_REPORTS = ['message', 'because', 'details', 'what'];

const nameOf = (property: ts.ObjectLiteralElementLike): string =>
	property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name))
		? property.name.text
		: '';

function isOfPanel(property: ts.PropertyAssignment): boolean {
	const name = nameOf(property);
	if (name !== 'description') return OF_THE_PANEL.has(name);
	const object = property.parent;
	return (
		!ts.isNewExpression(object.parent) &&
		!object.properties.some((one) => OF_REPORTS.includes(nameOf(one)))
	);
}

/** Code that no person reads: other types, regular expressions, and errors of the program itself. */
const isInternal = (node: ts.Node): boolean =>
	ts.isImportDeclaration(node) ||
	ts.isTypeNode(node) ||
	ts.isTaggedTemplateExpression(node) ||
	(ts.isNewExpression(node) &&
		ts.isIdentifier(node.expression) &&
		['RegExp', 'Error'].includes(node.expression.text));

/** Three words or more, one of them small: no name. */
const hasWords = (text: string): boolean =>
	(text.match(/\p{L}+/gu) ?? []).length > 2 && /(?:^|\s)\p{Ll}{2,}(?:[\s,.:;]|$)/u.test(text);

/** Two small words in a row, as no name and no format has them. */
const isPhrase = (text: string): boolean =>
	/(?<![\p{L}_\\])\p{Ll}{2,},? \p{Ll}+(?![\p{L}_])/u.test(text.replace(/[\s…'"()]+/g, ' '));

/** The comment directly above a node. */
function commentAbove(node: ts.Node, code: string): string | undefined {
	const from = node.getFullStart();
	const above = [ts.getTrailingCommentRanges, ts.getLeadingCommentRanges]
		.flatMap((rangesFrom) => rangesFrom(code, from) ?? [])
		.at(-1);
	return above && code.slice(above.pos, above.end);
}

/** The words of a tag, in one line. */
function tagIn(comment: string, tag: string): string | undefined {
	const [, words] = new RegExp(`\\*\\s+@${tag}\\b([^]*?)(?=\\s*\\* @|\\s*\\*/)`).exec(comment) ?? [];
	return words?.replace(/\s*\n\s*\*\s*/g, ' ').trim();
}

interface Note {
	/** Where the comment begins. */
	at: number;
	example?: string;
	cause: string;
	cure: string;
}

/** What the nearest comment above a text says of it; `none` for a text that is no message. */
function noteOf(text: ts.Node, code: string): Note | 'none' | undefined {
	for (let node = text; !ts.isSourceFile(node); node = node.parent) {
		if (isInternal(node) || (ts.isPropertyAssignment(node) && isOfPanel(node))) return 'none';
		const comment = commentAbove(node, code) ?? '';
		if (tagIn(comment, 'noMessage') !== undefined) return 'none';
		const cause = tagIn(comment, 'cause');
		const cure = tagIn(comment, 'cure');
		const example = tagIn(comment, 'example');
		if (cause !== undefined && cure !== undefined)
			return { at: node.getFullStart(), cause, cure, ...(example !== undefined && { example }) };
	}
	return undefined;
}

type Literal = ts.StringLiteralLike | ts.TemplateExpression;

const isLiteral = (node: ts.Node): node is Literal =>
	ts.isStringLiteralLike(node) || ts.isTemplateExpression(node);

/** The literals of a file; those within the holes of a template belong to it. */
function literalsIn(node: ts.Node): Literal[] {
	if (isLiteral(node)) return [node];
	const found: Literal[] = [];
	node.forEachChild((child) => void found.push(...literalsIn(child)));
	return found;
}

/** The constant text that a name stands for, as the nearest block around it declares it. */
function constantOf(name: ts.Expression): Literal | undefined {
	if (!ts.isIdentifier(name)) return undefined;
	for (let node: ts.Node = name; node; node = node.parent) {
		const statements = ts.isBlock(node) || ts.isSourceFile(node) ? node.statements : [];
		const declared = statements
			.flatMap((statement) =>
				ts.isVariableStatement(statement) ? statement.declarationList.declarations : [],
			)
			.find((declaration) => ts.isIdentifier(declaration.name) && declaration.name.text === name.text);
		if (declared)
			return declared.initializer && isLiteral(declared.initializer) ? declared.initializer : undefined;
	}
	return undefined;
}

/** Whether it stands below the message in n8n and says what to do, as the cure on the page does. */
function isAdvice(literal: Literal): boolean {
	const property = ts.findAncestor(
		literal,
		(node) => ts.isPropertyAssignment(node) || ts.isStatement(node),
	);
	return property !== undefined && ts.isPropertyAssignment(property) && nameOf(property) === 'description';
}

/** The words of a literal: constants are filled in, and all else that is put into it is "…". */
function wordsOf(literal: Literal): string {
	if (!ts.isTemplateExpression(literal)) return literal.text;
	const holes = literal.templateSpans.map(({ expression, literal: { text } }) => {
		const constant = constantOf(expression);
		return `${constant ? wordsOf(constant) : '…'}${text}`;
	});
	return [literal.head.text, ...holes].join('').replace(/…+/g, '…');
}

/** The messages of one file, in its order, and the texts that nothing is said of. */
export function messagesIn(file: string, code: string): { messages: Message[]; unexplained: Unexplained[] } {
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
	const literals = literalsIn(source);
	const messages = new Map<number, Message>();
	const unexplained: Unexplained[] = [];
	for (const literal of literals) {
		const text = wordsOf(literal).replace(/\s+/g, ' ').trim();
		const note = hasWords(text) || isPhrase(text) ? noteOf(literal, code) : 'none';
		if (note === 'none') continue;
		if (note === undefined) {
			if (hasWords(text) && isPhrase(text)) unexplained.push({ file, text });
			continue;
		}
		const { at, ...said } = note;
		const message = messages.get(at) ?? { file, texts: [], ...said };
		messages.set(at, message);
		if (!isAdvice(literal) && !message.texts.includes(text)) message.texts.push(text);
	}
	return { messages: [...messages.values()].filter(({ texts }) => texts.length > 0), unexplained };
}

/** The messages of everything that is published. */
export function allMessages(root: string): { messages: Message[]; unexplained: Unexplained[] } {
	const files = ['credentials', 'nodes'].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(
			(file) => `${folder}/${file}`,
		),
	);
	const read = files
		.filter((file) => file.endsWith('.ts') && !NO_MESSAGES.includes(file))
		.sort()
		.map((file) => messagesIn(file, readFileSync(join(root, file), 'utf8')));
	return {
		messages: read.flatMap(({ messages }) => messages),
		unexplained: read.flatMap(({ unexplained }) => unexplained),
	};
}

/** A section of the page, with the code whose messages it holds. */
interface Section {
	heading: string;
	about: string;
	of: RegExp;
}

/** The sections of what services have in common; the first that fits counts. */
const SECTIONS: Section[] = [
	{
		heading: 'Credentials and the connection',
		about: 'When a credential is tested or used, and when a service cannot be reached. Some of them begin with the field: "The \'Base URL\' of the credential is not an address". The address in the credential is _Base URL_; for Propexo it is _Environment_, and _Base URL_ where that is Custom.',
		of: /^credentials\/|\/http\//,
	},
	{
		heading: 'Triggers',
		about: 'When a workflow is published, and in the log of n8n when a webhook comes.',
		of: /\/webhook\/|\/trigger\/|\/triggerFields\.ts$/,
	},
	{
		heading: 'A value that cannot be sent, or may be a mistake',
		about: 'Each begins with the field, by its name in the panel: "\'Call Duration (Seconds)\' must be a whole number from 0 to 86400". Nothing was sent for the item, unless it says "A hint".',
		of: /^nodes\/shared\/fields\//,
	},
	{
		heading: 'A record that is looked for',
		about: 'When a field names a lead, a unit or another record by what people hold, such as an email address.',
		of: /^nodes\/shared\/find\//,
	},
	{
		heading: 'Writing',
		about: 'How an item ended, what a run says of all of them, and what a preview tells.',
		of: /^nodes\/shared\/(?:deliver|report)\/|^nodes\/shared\/operation\.ts$/,
	},
	{
		heading: 'Reading',
		about: 'Of the operations that read, and of the lists in the panel.',
		of: /^nodes\/shared\/read\//,
	},
];

/** A section for each service, which is a folder of nodes/: what no other section holds of it. */
function sectionsOfServices(messages: Message[]): Section[] {
	const folders = messages.flatMap(({ file }) => /^nodes\/(?!shared\/)([^/]+)\//.exec(file)?.[1] ?? []);
	return [...new Set(folders)].sort().map((service) => ({
		heading: service,
		about: `What only the ${service} node says.`,
		of: new RegExp(`^nodes/${service}/`),
	}));
}

/** A text in a cell of a table. */
const cell = (text: string): string =>
	text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');

const cellsOf = ({ texts, example, cause, cure }: Message): string[] => [
	[...texts.map(cell), ...(example === undefined ? [] : [`Such as: _${cell(example)}_`])].join('<br>'),
	cause.replaceAll('|', '\\|'),
	cure.replaceAll('|', '\\|'),
];

function section({ heading, about }: Section, messages: Message[]): string {
	const head = ['The message says', 'It comes when', 'What to do'];
	return [`## ${heading}`, about, table(head, messages.map(cellsOf))].join('\n\n');
}

/**
 * The page with the messages as the code has them now.
 * @throws when a message fits no section
 */
export function withMessages(page: string, messages: Message[]): string {
	const all = [...SECTIONS, ...sectionsOfServices(messages)];
	const sectionOf = ({ file }: Message) => all.findIndex(({ of }) => of.test(file));
	const lost = messages.find((message) => sectionOf(message) < 0);
	if (lost) throw new Error(`No section of docs/messages.md is for ${lost.file}`);
	const sections = all.map((one, index) =>
		section(
			one,
			messages.filter((message) => sectionOf(message) === index),
		),
	);
	return between(page, 'messages', () => sections.join('\n\n'));
}
