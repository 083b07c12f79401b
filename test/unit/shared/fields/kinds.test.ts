import { check } from './support/check.ts';
import { holdTo } from './support/holdTo.ts';
import { KINDS } from './support/kinds.ts';

holdTo(KINDS);

it.each(['number', 'wholeNumber', 'dollars'] as const)('A message about a %s does not repeat it', (kind) => {
	for (const raw of ['$7.431', '7,431', '-7.431', '7431 EUR', '7.431,00', '7431.005', '74 31', 7431.005])
		for (const more of [{}, { min: 8_000, max: 9_000 }]) {
			const read = check(kind, raw, more);
			if ('wrong' in read) expect(read.wrong).not.toMatch(/7.?4/);
		}
	expect(check(kind, '7.431')).toEqual({ wrong: expect.stringMatching('thousands or a fraction') });
});
