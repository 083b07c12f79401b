import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './n8nVersion.ts';

type Row = Record<string, string | number>;

/**
 * Shows a table. With WRITE_DOCS=1 in the environment it also writes the table into the docs, where they have a place for it
 * (`<!-- name -->` … `<!-- /name -->`).
 */
export function table(name: string, rows: Row[]): void {
	const columns = Object.keys(rows[0] ?? {});
	const line = (cells: Array<string | number>) => `| ${cells.join(' | ')} |`;
	const markdown = [
		line(columns),
		line(columns.map(() => '---')),
		...rows.map((row) => line(columns.map((column) => row[column] ?? ''))),
	].join('\n');
	process.stdout.write(`\n${name}\n${markdown}\n\n`);
	if (process.env.WRITE_DOCS !== '1') return;
	for (const file of ['docs/delivery.md', 'docs/scaling.md'].map((path) => join(ROOT, path))) {
		if (!existsSync(file)) continue;
		const text = readFileSync(file, 'utf8');
		const place = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`);
		writeFileSync(file, text.replace(place, `$1\n${markdown}\n\n$2`));
	}
}
