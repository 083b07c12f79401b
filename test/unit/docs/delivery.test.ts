import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFaults } from '../../../scripts/docs/faults.ts';

const read = (page: string): string => readFileSync(join(__dirname, '..', '..', '..', 'docs', page), 'utf8');
const page = read('delivery.md');

it('the page shows what the tests of the fault matrix demand (npm run docs)', () => {
	expect(page).toBe(withFaults(page));
});

it('what users read of events that were created twice, before and now, is what was measured', () => {
	const told = read('reliability.md').split('\n');
	const rows = told.filter((line) => /^\|.*\| [^|]*\d of [\d,]+[^|]*\| 0 of [\d,]+[^|]*\|$/.test(line));
	expect(rows).toHaveLength(4);
	const measured = page.replace(/\s+/g, ' ');
	for (const row of rows) {
		const [, , before = ''] = row.split('|');
		// "25 and 34 of 300 in two of six runs"; a rate by itself is "1 of 1,000" or "one of 1,000".
		const [, some = '', all = ''] = /^ (.*?) of ([\d,]+)/.exec(before) ?? [];
		expect(measured).toMatch(new RegExp(`\\b(${some === '1' ? '1|one' : some}) of ${all}\\b`));
	}
});
