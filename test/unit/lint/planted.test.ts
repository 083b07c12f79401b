import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

/** A text in a file that does not exist. */
interface Planted {
	title: string;
	path: string;
	text: string;
	/** What lint says of it; without it, lint says nothing of rooms, network and texts. */
	says?: RegExp;
}

/** The rooms of nodes/shared/, each with one that it may import from, if there is any, and one that it may not. */
const ROOMS: Array<[room: string, known: string | undefined, other: string]> = [
	['json', undefined, 'process'],
	['process', 'json', 'http'],
	['http', 'process', 'webhook'],
	['webhook', 'process', 'http'],
	['fields', 'http', 'webhook'],
	['report', 'fields', 'process'],
	['find', 'report', 'deliver'],
	['deliver', 'find', 'read'],
	['read', 'find', 'deliver'],
];
const SERVICES = readdirSync(join(root, 'nodes')).filter((name) => name !== 'shared');
const [service = ''] = SERVICES;

const ROOM = /^no-restricted-imports: .*may import from/;
const APART = /^no-restricted-imports: .*must be able to ship as a package of its own/;
const KNOWS_NONE = /^no-restricted-imports: .*knows n8n and HTTP, no service/;
const NAMES_NONE = /^no-restricted-syntax: .*knows n8n and HTTP, no service/;
const NOT_PUBLISHED = /^no-restricted-imports: .*nothing that is not published/;
const DOOR = /^no-restricted-syntax: Only nodes\/shared\/http\/network\.ts may open a connection/;
const STRING = /^no-restricted-syntax: String\(\) throws/;
const SLOW = /^regexp\/no-super-linear/;
const EMULATOR = /^no-restricted-imports: .*The emulator is written from the APIs/;

const imports = (from: string) => `import { it } from '${from}';\nexport const its = it;\n`;

const order: Planted[] = ROOMS.flatMap(([room, known, other]) => [
	...[
		...(known ? [{ from: `../${known}/planted`, says: undefined }] : []),
		...[`../${other}/planted`, `../../shared/${other}/planted`, `../${other}`].map((from) => ({
			from,
			says: ROOM,
		})),
	].map(({ from, says }) => ({
		title: `an import of '${from}' in the room ${room}`,
		path: `nodes/shared/${room}/planted.ts`,
		text: imports(from),
		says,
	})),
	...['../operation', `../../${service}/api`, '../../../credentials/planted'].map((from) => ({
		title: `an import of '${from}' in the room ${room}`,
		path: `nodes/shared/${room}/planted.ts`,
		text: imports(from),
		says: KNOWS_NONE,
	})),
]);

const apart: Planted[] = SERVICES.flatMap((one) =>
	SERVICES.filter((other) => other !== one).flatMap((other) =>
		[
			{ path: `nodes/${one}/planted.ts`, from: `../${other}/api` },
			{ path: `nodes/${one}/resources/planted/create.ts`, from: `../../../${other}/resources` },
			{ path: `nodes/${one}/planted.ts`, from: `../../credentials/${other}Api.credentials` },
			{ path: `credentials/${one}Api.credentials.ts`, from: `../nodes/${other}/hosts` },
		].map(({ path, from }) => ({
			title: `an import of '${from}' in ${path}`,
			path,
			text: imports(from),
			says: APART,
		})),
	),
);

const published: Planted[] = ['emulator/index', 'test/engine/support/engine', 'demo/ports']
	.flatMap((tool) => [
		{ path: `nodes/${service}/planted.ts`, from: `../../${tool}` },
		{ path: 'nodes/shared/json/planted.ts', from: `../../../${tool}` },
		{ path: 'nodes/shared/planted.ts', from: `../../${tool}` },
	])
	.map(({ path, from }) => ({
		title: `an import of '${from}' in ${path}`,
		path,
		text: imports(from),
		says: NOT_PUBLISHED,
	}));

/** Ways to the network. */
const CONNECTIONS = [
	'ctx.helpers.httpRequest(options)',
	"ctx.helpers.httpRequestWithAuthentication.call(ctx, 'api', options)",
	"ctx.helpers.requestWithAuthentication.call(ctx, 'api', options)",
	"ctx.helpers.requestOAuth2.call(ctx, 'api', options)",
	'ctx.helpers.request(options)',
	"ctx.helpers['httpRequest'](options)",
	'(({ httpRequest }) => httpRequest(options))(ctx.helpers)',
	"fetch('https://api.example.com')",
	"globalThis.fetch('https://api.example.com')",
	"import('undici')",
];
const network: Planted[] = [
	...CONNECTIONS.map((call) => ({ call, text: `export const came = (ctx, options) => ${call};\n` })),
	...[
		'node:https',
		'http',
		'node:net',
		'tls',
		'node:http2',
		'dgram',
		'node:dns/promises',
		'undici',
		'axios',
	].map((module) => ({ call: `import '${module}'`, text: imports(module) })),
].flatMap(({ call, text }) => [
	...['nodes/shared/http/planted.ts', 'nodes/shared/read/planted.ts', `nodes/${service}/planted.ts`].map(
		(path) => ({ title: `${call} in ${path}`, path, text, says: DOOR }),
	),
]);
const door: Planted = {
	title: 'a request in the one door',
	path: 'nodes/shared/http/network.ts',
	text: `export const came = (ctx, options) => ctx.helpers.httpRequest(options);\n`,
};

const emulator: Planted[] = [
	'../nodes/shared/json/hash',
	'../../credentials/planted',
	'../dist/nodes/planted',
].map((from) => ({
	title: `an import of '${from}' in the emulator`,
	path: from.startsWith('../../') ? 'emulator/page/planted.ts' : 'emulator/planted.ts',
	text: imports(from),
	says: EMULATOR,
}));

const texts: Planted[] = [
	'String(value)',
	'value.map(String)',
	'value.map(String, value)',
	'({ alike: String })',
].flatMap((call) =>
	['nodes/shared/json/planted.ts', 'nodes/shared/http/network.ts', `nodes/${service}/planted.ts`].map(
		(path) => ({
			title: `${call} in ${path}`,
			path,
			text: `export const text = (value) => ${call};\n`,
			says: STRING,
		}),
	),
);

const patterns: Planted[] = ['/(?<=\\d\\D*)x/', '/\\s+$/', '/^\\w*\\d\\w*$/', '/^(?:a+b*)+$/'].flatMap(
	(pattern) =>
		['nodes/shared/json/planted.ts', `nodes/${service}/planted.ts`, `credentials/planted.ts`].map(
			(path) => ({
				title: `${pattern} in ${path}, which takes far too long for a long text`,
				path,
				text: `export const pattern = ${pattern};\n`,
				says: SLOW,
			}),
		),
);

const named: Planted[] = SERVICES.flatMap((one) =>
	[`'Check the ${one} credential'`, `\`Check the ${one} credential\``, `${one.toLowerCase()}Rules`].flatMap(
		(value) =>
			[
				{ path: 'nodes/shared/find/planted.ts', says: NAMES_NONE },
				{ path: 'nodes/shared/http/network.ts', says: NAMES_NONE },
				{ path: `nodes/${one}/planted.ts`, says: undefined },
			].map(({ path, says }) => ({
				title: `${value} in ${path}`,
				path,
				text: `export const own = (rules) => rules[${value}];\n`,
				says,
			})),
	),
);

const PLANTED = [
	...order,
	...apart,
	...published,
	...network,
	door,
	...emulator,
	...texts,
	...patterns,
	...named,
];

let said: string[][];
beforeAll(() => {
	const input = JSON.stringify(PLANTED.map(({ path, text }) => ({ path, text })));
	const program = join(__dirname, 'support', 'lint.mjs');
	said = JSON.parse(execFileSync(process.execPath, [program], { input, encoding: 'utf8' })) as string[][];
});

const asCases = (refused: boolean) =>
	PLANTED.flatMap((planted, index) =>
		(planted.says !== undefined) === refused ? [{ ...planted, index }] : [],
	);

it('every room of nodes/shared/ is planted in', () => {
	const rooms = readdirSync(join(root, 'nodes', 'shared')).filter((name) => !name.endsWith('.ts'));
	expect(rooms.sort()).toEqual(ROOMS.map(([room]) => room).sort());
});

it.each(asCases(true))('lint refuses $title', ({ index, says }) => {
	expect(said[index]).toContainEqual(expect.stringMatching(says ?? /./));
});

it.each(asCases(false))('lint allows $title', ({ index }) => {
	expect(said[index]?.filter((message) => /^no-restricted/.test(message))).toEqual([]);
});
