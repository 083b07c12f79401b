import { parts } from '../../../../scripts/split/parts.ts';
import { renamed } from '../../../../scripts/split/text.ts';

const [propexo] = parts;
if (!propexo) throw new Error('There is no part');

describe('a text in the package of one service', () => {
	it('calls the package by its own name, and the organisation by the name it has', () => {
		const text =
			'n8n-nodes-leasing-events.propexo https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events#readme n8n-nodes-leasing-events@users.example The n8n-nodes-leasing-events authors';
		expect(renamed(text, propexo)).toBe(
			'n8n-nodes-propexo.propexo https://github.com/n8n-nodes-leasing-events/n8n-nodes-propexo#readme n8n-nodes-leasing-events@users.example The n8n-nodes-leasing-events authors',
		);
	});

	it('leads to the pages of the whole package, which are nowhere else', () => {
		const page =
			'https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events/blob/main/docs/propexo.md';
		expect(renamed(page, propexo)).toBe(page);
	});

	it('is left alone where it speaks of neither', () => {
		expect(renamed('const region = 1;\n', propexo)).toBe('const region = 1;\n');
	});
});
