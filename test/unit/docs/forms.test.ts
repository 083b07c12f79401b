import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withForms } from '../../../scripts/docs/forms.ts';

const page = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'dates-and-times.md'), 'utf8');

it('the page shows what the tests of reading demand (npm run docs)', () => {
	expect(page).toBe(withForms(page));
});
