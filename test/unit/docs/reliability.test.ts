import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withFaults } from '../../../scripts/docs/faults.ts';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'reliability.md'), 'utf8');

it('the page shows what the tests of the fault matrix demand (npm run docs)', () => {
	expect(page).toBe(withFaults(page));
});
