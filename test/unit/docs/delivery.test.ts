import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resources as propexo } from '../../../nodes/Propexo/resources';
import { resources as rentEngine } from '../../../nodes/RentEngine/resources';
import { KEPT_ENTRIES, KEPT_KEYS } from '../../../nodes/shared/deliver/keys/n8nStore';
import type { Write } from '../../../nodes/shared/deliver/write';
import { proofOfStatus } from '../../../nodes/shared/http/whatReplyProves';
import type { Resource } from '../../../nodes/shared/operation';
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

/** The rows of the tables below a heading: their cells. */
const rowsBelow = (heading: string): string[][] =>
	(page.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '')
		.split('\n')
		.filter((line) => line.startsWith('| '))
		.map((line) =>
			line
				.split('|')
				.slice(1, -1)
				.map((cell) => cell.trim()),
		);

const OUTCOME = {
	done: '_created_',
	refused: '_refused_',
	didNotHappen: '(sent again)',
	unknown: '_unknown_',
};

/** Whether "4xx except 408, 429 and 499; a redirect other than 302 and 303" holds a status. */
const holds = (cell: string, status: number): boolean =>
	cell.split(';').some((part) => {
		const [all = '', except = ''] = part.split(/except|other than/);
		const kind = `${Math.floor(status / 100)}xx`;
		const isOfKind = all.replace('a redirect', '3xx').includes(kind);
		const named = (text: string) => text.match(/\b\d{3}\b/g)?.includes(String(status)) === true;
		return (isOfKind || named(all)) && !named(except);
	});

it('what a reply proves is what the table of the code says', () => {
	const rows = rowsBelow('What a reply proves');
	const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);
	const told = statuses.map((status) => {
		const row = rows.find(([cell = '']) => holds(cell, status));
		const [, , outcome] = row ?? rows.find(([cell]) => cell?.includes('every other status')) ?? [];
		return [status, outcome];
	});
	const decided = statuses.map((status) => {
		const { shows, uncertain } = proofOfStatus(status);
		return [status, OUTCOME[uncertain ? 'unknown' : shows]];
	});
	expect(told).toEqual(decided);
});

it('the look-ups of every write come when the page says', () => {
	const [, ofRentEngine = '', ofPropexo = ''] =
		rowsBelow('The look-up').find(([is]) => is === 'When') ?? [];
	const timesOf = (resources: Resource[]) => {
		const operations = resources.flatMap(({ operations: own }) => own as Array<{ write?: Write }>);
		return operations.flatMap(({ write }) => {
			if (!write) return [];
			let at = 0;
			return [write.lookUpAfterMs.map((pause) => (at += pause) / 1_000)];
		});
	};
	for (const [cell, resources] of [
		[ofRentEngine, rentEngine],
		[ofPropexo, propexo],
	] as const) {
		const told = cell.match(/\d+/g)?.map(Number);
		const all = timesOf(resources);
		expect(all.length).toBeGreaterThan(1);
		for (const times of all) expect(times).toEqual(told);
	}
});

it('the row of the store holds as much as the page says', () => {
	const said = page.replace(/\s+/g, ' ');
	const thousands = (count: number) => count.toLocaleString('en-US');
	expect(said).toContain(
		`the row holds ${thousands(KEPT_ENTRIES)}, which are the last **${thousands(KEPT_KEYS)} done keys**`,
	);
	const others = [...said.matchAll(/the row of ([\d,]+)/g)].map(([, count]) => count);
	expect(others).toEqual([thousands(KEPT_ENTRIES)]);
});
