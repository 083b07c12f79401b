import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { ICredentialType } from 'n8n-workflow';
import { PAGES } from '../../../scripts/docs/pages.ts';

/* Where *Docs* in the panel of a node leads, and *Read our docs* in its credential. */

const root = join(__dirname, '..', '..', '..');
const HOME = 'https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events/blob/main/';

const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
	n8n: { nodes: string[]; credentials: string[] };
};
const sourceOf = (path: string): string => path.replace(/^dist\//, '').replace(/\.js$/, '');

interface Codex {
	resources: Record<'primaryDocumentation' | 'credentialDocumentation', Array<{ url: string }>>;
}

it.each(n8n.nodes.map(sourceOf))('%s opens its own page', (node) => {
	const { resources } = JSON.parse(readFileSync(join(root, `${node}.json`), 'utf8')) as Codex;
	const [page] = Object.entries(PAGES).find(([, one]) => node === `nodes/${one.node}`) ?? [];
	expect(resources.primaryDocumentation).toEqual([{ url: `${HOME}docs/${page}` }]);
	expect(existsSync(join(root, 'docs', page ?? ''))).toBe(true);
	// n8n puts words of its own behind the address, so a heading would not be found.
	expect(resources.credentialDocumentation).toEqual([{ url: `${HOME}docs/getting-tokens.md` }]);
});

it.each(n8n.credentials.map(sourceOf))('%s opens how to get its token', (credential) => {
	const name = basename(credential, '.credentials');
	const module = jest.requireActual<Record<string, new () => ICredentialType>>(
		join(root, `${credential}.ts`),
	);
	const Credential = module[name];
	if (!Credential) throw new Error(`${credential}.ts does not export ${name}`);
	const { documentationUrl = '', displayName } = new Credential();
	const service = displayName.replace(/ API$/, '');
	expect(documentationUrl).toBe(`${HOME}docs/getting-tokens.md#${service.toLowerCase()}`);
	expect(readFileSync(join(root, 'docs', 'getting-tokens.md'), 'utf8')).toContain(`\n## ${service}\n`);
});
