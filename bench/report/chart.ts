import type { Case, Row } from '../cases/case.ts';
import { itemsOf } from '../cases/case.ts';
import { median, whole } from '../numbers.ts';

const WIDTH = 960;
const LABELS = 400;
const BARS = 370;
const ROW = 22;
const BAR = 14;
const TITLE = 40;
const LEGEND = 56;

/** The outcomes of events, from left to right. */
const PARTS = [
	{ name: 'created once', colour: '#2e7d32' },
	{ name: 'created more than once', colour: '#c62828' },
	{ name: 'not created', colour: '#bdbdbd' },
] as const;

const escaped = (text: string): string =>
	text.replaceAll('*', '').replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function text(x: number, y: number, content: string, more = ''): string {
	return `<text x="${x}" y="${y}"${more}>${escaped(content)}</text>`;
}

function bar(row: Row, y: number): string[] {
	const count = (figure: 'created' | 'twice' | 'missing') =>
		median(row.runs.map((run) => run.tally[figure]));
	const twice = count('twice');
	const counts = [count('created') - twice, twice, count('missing')];
	const total = itemsOf(row.task);
	let x = LABELS;
	const rects = counts.map((value, index) => {
		const width = (value / total) * BARS;
		const rect = `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" fill="${PARTS[index]?.colour}"/>`;
		x += width;
		return value > 0 ? rect : '';
	});
	const weight = row.contestant === 'node' ? ' font-weight="bold"' : '';
	const told = PARTS.flatMap(({ name }, index) => {
		const value = counts[index] ?? 0;
		return value > 0 ? [`${whole(value)} ${name.replace('created more than once', 'repeated')}`] : [];
	});
	return [
		text(LABELS - 12, y + BAR - 3, row.label, ` text-anchor="end"${weight}`),
		...rects.filter((rect) => rect !== ''),
		text(
			LABELS + BARS + 8,
			y + BAR - 3,
			told.join(', ').replace('created once', 'once').replace('not created', 'missing'),
		),
	];
}

/** Bars of the outcomes of events, for the cases with a limit. Readable on light and dark pages. */
export function chartOf(cases: Case[]): string {
	const shapes: string[] = [];
	let y = LEGEND;
	PARTS.forEach(({ name, colour }, index) => {
		const x = LABELS + index * 190;
		shapes.push(
			`<rect x="${x}" y="18" width="${BAR}" height="${BAR}" fill="${colour}"/>`,
			text(x + 20, 29, name),
		);
	});
	for (const one of cases) {
		shapes.push(text(16, y + 16, `(${one.letter}) ${one.title}`, ' font-weight="bold" font-size="14"'));
		y += TITLE - 12;
		for (const row of one.rows) {
			shapes.push(...bar(row, y));
			y += ROW;
		}
		y += 18;
	}
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" font-family="sans-serif" font-size="12" fill="#212121">`,
		'<title>What became of the events, by the ledger of the emulator</title>',
		`<rect width="${WIDTH}" height="${y}" fill="#ffffff"/>`,
		...shapes,
		'</svg>',
		'',
	].join('\n');
}
