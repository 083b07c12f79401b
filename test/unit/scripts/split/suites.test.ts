import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { filesBelow, folderOf } from '../../../../scripts/split/files.ts';
import { othersThan, parts, type Part } from '../../../../scripts/split/parts.ts';
import { split } from '../../../../scripts/split/split.ts';
import { WHOLE_ONLY } from '../../../../scripts/split/tests.ts';

const root = join(__dirname, '..', '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'split-suites-'));
const targetOf = (part: Part) => join(folder, part.packageName);

/** What each package must prove by itself, since each contains it. */
const EVERYWHERE = [
	...['keys', 'retry', 'sequences'].map((name) => `test/engine/shared/deliver/${name}.test.ts`),
	'test/engine/shared/report/secrets.test.ts',
	'test/engine/shared/fields/values.hostile.test.ts',
	...['paths', 'replies'].map((name) => `test/engine/shared/http/${name}.hostile.test.ts`),
	...['deliveries', 'requests'].map((name) => `test/engine/shared/webhook/${name}.test.ts`),
	'test/unit/shared/json/compare.canonical.test.ts',
	...['addresses', 'limiter'].map((name) => `test/unit/shared/http/${name}.test.ts`),
	...['errors', 'redact'].map((name) => `test/unit/shared/report/${name}.test.ts`),
	'test/unit/shared/deliver/keys/keys.test.ts',
	'test/unit/shared/fields/values.test.ts',
	...['server/ledger', 'page/page', 'propexo/webhooks', 'rentengine/webhooks'].map(
		(name) => `test/unit/emulator/${name}.test.ts`,
	),
	'test/unit/workflows/shipped.test.ts',
];

/** What each must prove of its own service. */
const OF_SERVICE = {
	Propexo: [
		'test/engine/propexo/leadEvent.create.test.ts',
		...['faults', 'lookUp', 'matrix'].map((name) => `test/engine/propexo/writes.${name}.test.ts`),
		...['lifecycle', 'signature'].map((name) => `test/engine/propexo/trigger/${name}.test.ts`),
		'test/unit/propexo/resources/contract.test.ts',
		'test/unit/propexo/trigger/signature.test.ts',
	],
	RentEngine: [
		...['', '.lookUp', '.matrix'].map(
			(name) => `test/engine/rentEngine/leasingEvent.create${name}.test.ts`,
		),
		'test/engine/rentEngine/trigger/payloads.test.ts',
		'test/unit/rentEngine/assignment/rota.test.ts',
	],
} as Record<string, string[] | undefined>;

const splitTests = new Map<Part, string[]>();
beforeAll(() => {
	for (const part of parts) splitTests.set(part, split(root, targetOf(part), part, []));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const testsBelow = (suite: string) => filesBelow(root, suite).filter((path) => path.endsWith('.test.ts'));
const all = ['test/unit', 'test/engine'].flatMap(testsBelow);

describe.each(parts)('the package $packageName', (part) => {
	const tests = () => splitTests.get(part) ?? [];

	it('has the suites that prove what it contains', () => {
		expect(tests()).toEqual(expect.arrayContaining([...EVERYWHERE, ...(OF_SERVICE[part.service] ?? [])]));
	});

	it('has tests of its own operations', () => {
		const own = `test/engine/${folderOf(part.service)}/`;
		expect(tests().some((path) => path.startsWith(own))).toBe(true);
	});

	it('lacks no test but those of other services and of what only the whole package has', () => {
		const rooms = othersThan(part).flatMap(({ service }) =>
			['unit', 'engine'].map((suite) => `test/${suite}/${folderOf(service)}/`),
		);
		const left = [...rooms, ...WHOLE_ONLY];
		expect(tests()).toEqual(all.filter((path) => !left.some((room) => path.startsWith(room))));
	});

	it('has what makes the tests of all services run for its own, and for no other', () => {
		const services = parts.filter(({ service }) =>
			existsSync(join(targetOf(part), `test/engine/${folderOf(service)}/support/service.ts`)),
		);
		expect(services).toEqual([part]);
	});

	it('has in it every test that it lists, and says in its texts nothing of files it lacks', () => {
		for (const path of tests()) expect(existsSync(join(targetOf(part), path))).toBe(true);
		const texts = readdirSync(targetOf(part)).filter((path) => path.endsWith('.md'));
		expect(texts.sort()).toEqual(['CHANGELOG.md', 'README.md', 'SECURITY.md', 'WORKFLOWS.md']);
		expect(texts.flatMap((text) => missingIn(targetOf(part), text))).toEqual([]);
	});
});

it('no text of the whole package names a file that is not there', () => {
	const texts = readdirSync(root).filter((path) => path.endsWith('.md'));
	expect(texts).toContain('SECURITY.md');
	expect(texts.flatMap((text) => missingIn(root, text))).toEqual([]);
});

/** Paths in a text, in links and in `code`, that lead nowhere. Acme is a service that is made up. */
function missingIn(base: string, text: string): string[] {
	const content = readFileSync(join(base, text), 'utf8');
	const links = [...content.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, to]) => to ?? '');
	const quoted = [...content.matchAll(/`((?:[\w.-]+\/)+[\w.-]*)`/g)].map(([, to]) => to ?? '');
	const rooms = new Set(readdirSync(root));
	const paths = quoted.filter((path) => rooms.has(path.split('/')[0] ?? '') && !/\/Acme/i.test(path));
	return [...links, ...paths]
		.filter((path) => !existsSync(join(base, dirname(text), path)))
		.map((path) => `${text}: ${path}`);
}
