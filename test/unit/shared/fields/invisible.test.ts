import type { FieldKind } from '../../../../nodes/shared/fields/field';
import { emailAlike, idAlike } from '../../../../nodes/shared/find/alike';
import { check } from './support/check.ts';
import { SIGNS, spoiled } from './support/invisible.ts';

const options = [{ name: 'No Answer', value: 'NO_ANSWER' }];

/** A value of each kind that has a text of one line, and what is sent. */
const ONE_LINE = (
	[
		['text', 'Maria', 'Maria'],
		['text', 'Unit Tour', 'Unit Tour', { searchMethod: 'searchEventNames' }],
		['text', 'abc-1', 'abc-1', { isId: true }],
		['record', 'lead_1', 'lead_1'],
		['ids', 'unit_1', ['unit_1']],
		['email', 'maria@example.com', 'maria@example.com'],
		['phone', '+1 512 555 0100', '+1 512 555 0100'],
		['url', 'https://example.com/1.mp3', 'https://example.com/1.mp3'],
		['choice', 'No Answer', 'NO_ANSWER', { options }],
		['choices', 'No Answer', ['NO_ANSWER'], { options }],
		['boolean', 'true', true],
		['number', '1234.5', 1234.5],
		['wholeNumber', '1234', 1234],
		['dollars', '$1850', 185_000],
		['dateTime', '2026-03-01T14:30:00', '2026-03-01T14:30:00-06:00'],
		['date', '2026-03-01', '2026-03-01'],
		['timeOfDay', '14:30', '14:30:00'],
		['timeZone', 'America/Denver', 'America/Denver'],
		['dateFormat', 'MM/dd/yyyy', 'MM/dd/yyyy'],
	] as Array<[FieldKind, string, unknown, object?]>
).map(([kind, text, value, more = {}]): [FieldKind, string, unknown, object] => [kind, text, value, more]);

describe('Characters that show nothing', () => {
	it.each(ONE_LINE)('do not go out with a %s of one line: %s', (kind, text, value, more) => {
		for (const sign of SIGNS) expect(check(kind, spoiled(text, sign), more)).toEqual({ value });
	});

	it.each(ONE_LINE.filter(([kind]) => ['ids', 'choices'].includes(kind)))(
		'do not go out with a list of %s: %s',
		(kind, text, value, more) => {
			for (const sign of SIGNS) expect(check(kind, [spoiled(text, sign)], more)).toEqual({ value });
		},
	);

	it('do not make two values of one when a record is looked for', () => {
		for (const sign of SIGNS) {
			expect(emailAlike(spoiled('Maria@example.com', sign))).toBe('maria@example.com');
			expect(idAlike(spoiled('10432', sign))).toBe('10432');
		}
	});

	it.each([
		['a family', 'The \u{1f469}\u200d\u{1f469}\u200d\u{1f467} family'],
		['a heart with its colour', 'Love \u2764\ufe0f\u200d\u{1f525}'],
		['the flag of England', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}'],
		['a Persian word', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
		['a name in Sinhala', '\u0dc1\u0dca\u200d\u0dbb\u0dd3'],
	])('stay where a text needs them: %s', (_what, text) => {
		expect(check('text', text)).toEqual({ value: text });
		expect(check('text', text, { rows: 3 })).toEqual({ value: text });
	});

	it('stay in a text of several rows, which goes out as it is', () => {
		const notes = ' Soft\u00adhyphen \u202babc\u202c ';
		expect(check('text', notes, { rows: 3 })).toEqual({ value: notes });
	});

	it('that hide a text behind a word do not go out', () => {
		expect(check('text', 'seen\u{e0068}\u{e0069}\u{e007f}')).toEqual({ value: 'seen' });
	});
});

describe('Blanks around a text of one line', () => {
	it.each(['Show ', ' Show', '\u00a0Show\u00a0', '\tShow\n', '\u200b Show \u200b'])(
		'do not go out: %j',
		(raw) => {
			expect(check('text', raw)).toEqual({ value: 'Show' });
			expect(check('text', raw, { maxLength: 4 })).toEqual({ value: 'Show' });
		},
	);
});
