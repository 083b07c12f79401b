import fc from 'fast-check';

import { segment } from '../../../../nodes/shared/http/service';
import { runs } from '../../../support/effort.ts';

describe('a segment of a path', () => {
	it('stays one segment, and below the path it belongs to', () => {
		fc.assert(
			fc.property(
				fc.oneof(
					fc.string({ unit: 'grapheme' }),
					fc.constantFrom('.', '..', '...', '../x', '%2e%2e', 'a/b'),
				),
				(id) => {
					fc.pre(id !== '' && !/\p{Surrogate}/u.test(id));
					const { pathname, origin } = new URL(`https://api.example.com/v1/leads/${segment(id)}`);
					expect(origin).toBe('https://api.example.com');
					expect(pathname).toMatch(/^\/v1\/leads\/[^/]+$/);
					const read = decodeURIComponent(pathname.slice('/v1/leads/'.length));
					expect(read).toBe(['.', '..'].includes(id) ? id.replaceAll('.', '%2E') : id);
				},
			),
			{ ...runs(700), seed: 20_261_120 },
		);
	});

	it('is made of any text', () => {
		for (const id of ['\ud800', 'a\udc00b', '\u0000', '\n']) expect(segment(id)).toMatch(/^[\w%]+$/);
	});
});
