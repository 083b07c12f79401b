import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const page = readFileSync(join(root, 'docs', 'troubleshooting.md'), 'utf8');

/** The code of the nodes, with a "…" for whatever is put into a text; one line, as its texts are shown. */
const code = ['nodes']
	.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
			join(folder, file),
		),
	)
	.filter((file) => file.endsWith('.ts'))
	.map((file) => readFileSync(join(root, file), 'utf8'))
	.join('\n')
	.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '…')
	.replaceAll("\\'", "'");

/** The messages that a section of the page names, in the first cells of its table. */
function messagesIn(heading: string): string[] {
	const [, after = ''] = page.split(`## ${heading}\n`);
	const [section = ''] = after.split('\n## ');
	const rows = section.split('\n').filter((line) => line.startsWith('| '));
	return rows.slice(2).map((line) => line.split(' | ')[0]?.slice(2).trim() ?? '');
}

const messages = ['Nothing was sent', 'It was refused', 'Nothing was read'].flatMap(messagesIn);

it('the page names messages', () => {
	expect(messages.length).toBeGreaterThan(20);
});

it.each(messages)('"%s" is a message of the nodes', (message) => {
	const parts = message
		.replace(/\([A-Z][^)]*, …\)/, '…')
		.split(/…|:|\(HTTP \d{3}\)|'…'|'Integration'|Entrata|Propexo/)
		.map((part) => part.trim())
		.filter((part) => part.length > 2);
	expect(parts.length).toBeGreaterThan(0);
	expect(parts.filter((part) => !code.includes(part))).toEqual([]);
});
