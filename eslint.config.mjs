import { readdirSync } from 'node:fs';

import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import regexp from 'eslint-plugin-regexp';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const published = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const tools = ['emulator', 'demo', 'bench', 'test', 'scripts'];

/** Refuses imports from a room of the house that the importing room must not know. */
const notFrom = (places, message) => ({
	'no-restricted-imports': ['error', { patterns: [{ regex: places.join('|'), message }] }],
});

/** Every folder of nodes/ but shared/ is a service; a new one is kept apart from the day it is there. */
const services = readdirSync(`${import.meta.dirname}/nodes`, { withFileTypes: true })
	.filter((entry) => entry.isDirectory() && entry.name !== 'shared')
	.map(({ name }) => name);
const ofServices = (names) => names.map((name) => `(^|/)${name}(/|Api\\b|$)`);

/** The rooms of nodes/shared/, each with those it may import from: every arrow points to the left. */
const rooms = [
	{ room: 'json', knows: [] },
	{ room: 'process', knows: ['json'] },
	{ room: 'http', knows: ['json', 'process'] },
	{ room: 'webhook', knows: ['json', 'process'] },
	{ room: 'fields', knows: ['json', 'process', 'http'] },
	{ room: 'report', knows: ['json', 'http', 'fields'] },
	{ room: 'find', knows: ['json', 'process', 'http', 'fields', 'report'] },
	{ room: 'deliver', knows: ['json', 'process', 'http', 'fields', 'report', 'find'] },
	{ room: 'read', knows: ['json', 'process', 'http', 'fields', 'report', 'find'] },
];
const allRooms = rooms.map(({ room }) => room);
const inRoom = (room) => `^\\..*/${room}(/|$)`;

const toolFolders = `(^|/)(${tools.join('|')})(/|$)`;
const eachService = 'Each service must be able to ship as a package of its own.';
const sharedKnowsNone = 'nodes/shared knows n8n and HTTP, no service.';
const noTools = 'Published code imports nothing that is not published.';

const noString = [
	"CallExpression[callee.name='String']",
	"CallExpression > Identifier.arguments[name='String']",
	"Property[value.name='String']",
].map((selector) => ({
	selector,
	message: 'String() throws at some objects that an API can answer: use textOf of shared/json/text.',
}));
/** How n8n's helpers for requests are named; the oldest is `request`, as other things are, too. */
const REQUESTS = '/^(httpRequest|requestWith|requestOAuth)/';
const MODULES = '/^(node:)?(https?|http2|net|tls|dns|dgram|undici|axios|ws)(\\u002F|$)/';
const noNetwork = [
	`MemberExpression[property.name=${REQUESTS}]`,
	`MemberExpression[property.value=${REQUESTS}]`,
	`ObjectPattern > Property[key.name=${REQUESTS}]`,
	"MemberExpression[object.property.name='helpers'][property.name='request']",
	"Identifier[name='fetch']",
	'NewExpression[callee.name=/^(WebSocket|XMLHttpRequest|EventSource)$/]',
	`ImportDeclaration[source.value=${MODULES}]`,
	// Where it may lead to is not known before it runs.
	'ImportExpression',
].map((selector) => ({
	selector,
	message: 'Only nodes/shared/http/network.ts may open a connection.',
}));

const serviceNames = `/${services.join('|')}/i`;
const noService = [
	`Literal[value=${serviceNames}]`,
	`TemplateElement[value.raw=${serviceNames}]`,
	`Identifier[name=${serviceNames}]`,
].map((selector) => ({
	selector,
	message: `${sharedKnowsNone} What is a service's own comes from its folder.`,
}));

export default defineConfig(
	{ ignores: ['**/node_modules/', 'dist/', 'build/', 'coverage/', '**/.demo/', '**/.cache/'] },

	// Comments can switch nothing off: n8n's scanner ignores them too.
	{ linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },

	// TypeScript everywhere.
	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommended],
		languageOptions: {
			parserOptions: {
				project: 'tsconfig.tools.json',
				tsconfigRootDir: import.meta.dirname,
			},
		},
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			// `_` says "not needed here"; `{ token, ...rest }` is how a field is left out.
			'@typescript-eslint/no-unused-vars': [
				'error',
				{
					argsIgnorePattern: '^_',
					varsIgnorePattern: '^_',
					destructuredArrayIgnorePattern: '^_',
					caughtErrors: 'all',
					ignoreRestSiblings: true,
				},
			],
			// A promise nobody waits for is an outcome nobody reports.
			'@typescript-eslint/no-floating-promises': 'error',
			'@typescript-eslint/no-misused-promises': 'error',
			// Node strips types without looking at other files, so a type import must say that it is one.
			'@typescript-eslint/consistent-type-imports': 'error',
		},
	},
	// Node runs these as they stand: nothing but types may have to be taken away.
	{
		files: tools.map((folder) => `${folder}/**/*.ts`),
		ignores: ['**/*.d.ts'],
		rules: {
			'@typescript-eslint/parameter-properties': ['error', { prefer: 'class-property' }],
			'no-restricted-syntax': [
				'error',
				...[
					'TSEnumDeclaration',
					'TSModuleDeclaration[declare!=true]',
					'TSImportEqualsDeclaration',
					'TSExportAssignment',
				].map((selector) => ({ selector, message: 'Node cannot strip this syntax away.' })),
			],
		},
	},
	{
		files: ['**/*.mjs', '**/*.js'],
		extends: [tseslint.configs.recommended],
	},
	{
		files: ['**/*.js'],
		languageOptions: { sourceType: 'commonjs' },
		// These files are CommonJS (gulp and jest load them so), which has no other way to import.
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},

	// What is published answers to n8n's rules, wired as in @n8n/scan-community-package.
	{
		files: [...published, 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		plugins: { 'n8n-nodes-base': n8nNodesBase },
		rules: { 'no-console': 'error' },
	},
	{
		files: published,
		plugins: { regexp },
		rules: {
			// A text may have any length: twice as long, it takes twice the time, and not four times or more.
			'regexp/no-super-linear-backtracking': 'error',
			'regexp/no-super-linear-move': 'error',
			// What n8n's typings call deprecated goes with one of its next main versions.
			'@typescript-eslint/no-deprecated': 'error',
			// What goes on together is one object, whose parts have names.
			'@typescript-eslint/max-params': ['error', { max: 4 }],
			// As n8n's own lint has it: no name is left unused, whatever it begins with.
			'@typescript-eslint/no-unused-vars': ['error', { caughtErrors: 'all' }],
		},
	},
	{
		files: ['package.json'],
		languageOptions: { parser: tseslint.parser },
		rules: n8nNodesBase.configs.community.rules,
	},
	{
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// For n8n's own repository, where the URL is a documentation slug; the scanner switches it off too.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// Goes by names alone; community-nodes' credential-password-field does the same job precisely.
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// These two demand the string 'main'; community-nodes' node-connection-type-literal demands the enum.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// The APIs have real upper limits (a call of 86400 s); the scanner switches it off too.
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
			'no-restricted-syntax': ['error', ...noString, ...noNetwork],
		},
	},
	{
		files: ['nodes/shared/**/*.ts'],
		rules: { 'no-restricted-syntax': ['error', ...noString, ...noNetwork, ...noService] },
	},
	{
		// The one door to the network.
		files: ['nodes/shared/http/network.ts'],
		rules: { 'no-restricted-syntax': ['error', ...noString, ...noService] },
	},

	// The rooms of the house: who may import from whom.
	...services.map((service) => ({
		files: [`nodes/${service}/**/*.ts`, `credentials/${service}*.ts`],
		rules: notFrom(
			[...ofServices(services.filter((other) => other !== service)), toolFolders],
			`${eachService} ${noTools}`,
		),
	})),
	...rooms.map(({ room, knows }) => ({
		files: [`nodes/shared/${room}/**/*.ts`],
		rules: notFrom(
			[
				...ofServices(services),
				'(^|/)credentials/',
				toolFolders,
				...allRooms.filter((other) => other !== room && !knows.includes(other)).map(inRoom),
				'(^|/)operation$',
			],
			`${sharedKnowsNone} ${noTools} ${room}/ may import from: ${knows.join(', ') || 'no other room'}.`,
		),
	})),
	{
		files: ['nodes/shared/*.ts'],
		rules: notFrom(
			[...ofServices(services), '(^|/)credentials/', toolFolders],
			`${sharedKnowsNone} ${noTools}`,
		),
	},
	{
		files: ['emulator/**/*.ts'],
		rules: notFrom(
			['(^|/)(nodes|credentials|dist)(/|$)'],
			'The emulator is written from the APIs; code shared with the nodes would share their faults.',
		),
	},
);
