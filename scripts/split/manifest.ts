import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { write } from './files.ts';
import { othersThan, type Part } from './parts.ts';
import { WHOLE } from './text.ts';

interface Manifest {
	version: string;
	keywords: string[];
	homepage: string;
	repository: { type: string; url: string };
	bugs: { url: string };
	n8n: { nodes: string[]; credentials: string[]; [setting: string]: unknown };
	scripts: Record<string, string>;
	devDependencies: Record<string, string>;
	[field: string]: unknown;
}

interface Lock {
	name: string;
	packages: Record<string, { name?: string; devDependencies?: Record<string, string> }>;
	[field: string]: unknown;
}

/** The commands that work without the demo, the benchmarks and a whole n8n. */
const SCRIPTS = ['build', 'prepack', 'lint', 'lint:types', 'scan', 'check', 'test', 'test:long', 'emulator'];

/** What only the whole package uses: for its tests in a browser and for the comparison with Propexo's OpenAPI file. */
const NOT_USED = ['playwright-core', 'yaml'];

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Writes package.json and the lock file, which pins the same tools as that of the whole package. */
export function writeManifest(root: string, target: string, part: Part): void {
	const whole = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
	const address = (url: string): string =>
		url.replace(`/${WHOLE}/${WHOLE}`, `/${WHOLE}/${part.packageName}`);
	const foreign = othersThan(part).flatMap(({ keywords }) => keywords);
	const own = (path: string): boolean => path.includes(`/${part.service}`);
	const manifest: Manifest = {
		...whole,
		name: part.packageName,
		description: part.description,
		keywords: whole.keywords.filter((keyword) => !foreign.includes(keyword)),
		homepage: address(whole.homepage),
		repository: { ...whole.repository, url: address(whole.repository.url) },
		bugs: { url: address(whole.bugs.url) },
		n8n: {
			...whole.n8n,
			credentials: whole.n8n.credentials.filter(own),
			nodes: whole.n8n.nodes.filter(own),
		},
		scripts: Object.fromEntries(Object.entries(whole.scripts).filter(([name]) => SCRIPTS.includes(name))),
	};
	for (const tool of NOT_USED) delete manifest.devDependencies[tool];
	write(target, 'package.json', json(manifest));

	const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
	lock.name = part.packageName;
	const self = lock.packages[''];
	if (self) {
		self.name = part.packageName;
		self.devDependencies = manifest.devDependencies;
	}
	write(target, 'package-lock.json', json(lock));
}
