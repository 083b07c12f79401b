import { parts } from '../../../../scripts/split/parts.ts';
import { forPart } from '../../../../scripts/split/text.ts';

const [propexo, rentEngine] = parts;
if (!propexo || !rentEngine) throw new Error('Two services are expected');

const regions = `before
	// #region Propexo
	one
	// #endregion
	// #region RentEngine
	two
	// #endregion
# #region Whole
three
# #endregion
after
`;

describe('a text in the package of one service', () => {
	it('keeps the lines of its own regions and loses those of others', () => {
		expect(forPart(regions, propexo)).toBe('before\n\tone\nafter\n');
		expect(forPart(regions, rentEngine)).toBe('before\n\ttwo\nafter\n');
	});

	it('calls the package by its own name, and the organisation by the name it has', () => {
		const text =
			'n8n-nodes-leasing-events.propexo https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events#readme n8n-nodes-leasing-events@users.example The n8n-nodes-leasing-events authors';
		expect(forPart(text, propexo)).toBe(
			'n8n-nodes-propexo.propexo https://github.com/n8n-nodes-leasing-events/n8n-nodes-propexo#readme n8n-nodes-leasing-events@users.example The n8n-nodes-leasing-events authors',
		);
	});

	it('is left alone where it speaks of neither', () => {
		expect(forPart('const region = 1;\n', propexo)).toBe('const region = 1;\n');
	});
});
