import { cellsOf, COLUMNS, FAULT_ROWS } from '../../test/engine/support/deliver/faults.ts';

/*
 * The table of faults in docs/delivery.md, between `<!-- faults -->` and `<!-- /faults -->`: what the tests of the
 * fault matrix demand.
 */

const BLOCK = /(<!-- faults -->)[^]*?(<!-- \/faults -->)/;

/** A Markdown table whose columns line up, as Prettier writes it. */
function table(): string {
	const lines = [COLUMNS, ...FAULT_ROWS.map(cellsOf)];
	const widths = COLUMNS.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
	const written = lines.map(
		(line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
	);
	const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
	return [written[0], rule, ...written.slice(1)].join('\n');
}

/**
 * The page with the table as it is now.
 * @throws when the page has no place for it
 */
export function withFaults(page: string): string {
	if (!BLOCK.test(page)) throw new Error('The page has no place for the table of faults');
	return page.replace(BLOCK, (_, begin: string, end: string) => `${begin}\n\n${table()}\n\n${end}`);
}
