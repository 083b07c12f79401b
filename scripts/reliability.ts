/**
 * `node scripts/reliability.ts`: writes what the last run of the fault matrix came to into docs/reliability.md, between
 * `<!-- matrix Propexo -->` and `<!-- /matrix Propexo -->`. Run before it: `npx jest matrix`.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What test/engine/support/deliver/matrix.ts leaves behind. */
interface MatrixTable {
	title: string;
	columns: string[];
	rows: string[][];
}

const root = join(import.meta.dirname, '..');
const page = join(root, 'docs/reliability.md');
const results = join(root, 'coverage');

/** A Markdown table whose columns line up. */
function table({ columns, rows }: MatrixTable): string {
	const lines = [columns, ...rows];
	const widths = columns.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
	const written = lines.map(
		(line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
	);
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [written[0], rule, ...written.slice(1)].join('\n');
}

let text = readFileSync(page, 'utf8');
for (const file of readdirSync(results).filter((name) => /^fault-matrix\..+\.json$/.test(name))) {
	const matrix = JSON.parse(readFileSync(join(results, file), 'utf8')) as MatrixTable;
	const between = new RegExp(
		`(<!-- matrix ${matrix.title} -->)[\\s\\S]*?(<!-- /matrix ${matrix.title} -->)`,
	);
	if (!between.test(text))
		throw new Error(`docs/reliability.md has no place for the matrix of ${matrix.title}`);
	text = text.replace(between, (_, begin: string, end: string) => `${begin}\n\n${table(matrix)}\n\n${end}`);
	console.log(`${matrix.title}: ${matrix.rows.length} faults`);
}
writeFileSync(page, text);
