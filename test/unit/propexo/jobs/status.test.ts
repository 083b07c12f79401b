import { isFinal, readStatus, unpacked } from '../../../../nodes/Propexo/jobs/status';

describe('The words of a PMS', () => {
	it.each<[string, unknown, string]>([
		['plain text', 'Failed to write: busy.', 'Failed to write: busy.'],
		['JSON in a text', '{"code":"PMS-12","message":"Card is closed."}', 'Card is closed. (PMS-12)'],
		['a wrapped one', '{"response":{"error":{"code":408,"message":"Busy."}}}', 'Busy. (408)'],
		['JSON in JSON', JSON.stringify(JSON.stringify({ message: 'Twice.' })), 'Twice.'],
		['JSON in a field', JSON.stringify({ body: '{"Message":"Inner."}', status: 'x' }), 'Inner.'],
		['a list', '[{"message":"One."},{"message":"Two."}]', 'One.; Two.'],
		['the same said twice', '[{"message":"One."},{"message":"One."}]', 'One.'],
		['a list within', '{"errors":["First.","Second."]}', 'First.; Second.'],
		['an object', { detail: 'Not a text.' }, 'Not a text.'],
		['broken JSON', '{"message": "Cut o', '{"message": "Cut o'],
		['JSON without words', '{"ok":false,"id":7}', '{"ok":false,"id":7}'],
		['nothing', '', ''],
		['null', null, 'null'],
	])('are taken out of %s', (_, error, words) => {
		expect(unpacked(error)).toBe(words);
	});

	it('end somewhere however deep they lie', () => {
		const deep = Array.from({ length: 50 }).reduce<unknown>((inner) => ({ error: inner }), {
			message: 'x',
		});
		expect(unpacked(deep)).toBe(JSON.stringify(deep));
	});
});

describe('The status of a write', () => {
	it('is read with its errors unpacked and without empty ones', () => {
		expect(
			readStatus({
				write_status: 'FAILURE',
				errors: ['{"message":"No."}', ''],
				created_record_id: null,
			}),
		).toEqual({ write_status: 'FAILURE', write_errors: ['No.'], created_record_id: null });
	});

	it.each([undefined, null, [], 'PENDING', {}, { write_status: 7 }, { write_status: '' }])(
		'is none in %j',
		(body) => {
			expect(readStatus(body)).toBeUndefined();
		},
	);

	it('needs neither errors nor an ID, and takes an ID that is a number', () => {
		expect(readStatus({ write_status: 'SUCCESS' })).toEqual({
			write_status: 'SUCCESS',
			write_errors: [],
			created_record_id: null,
		});
		expect(readStatus({ write_status: 'SUCCESS', created_record_id: 12 })?.created_record_id).toBe('12');
	});

	it('is final unless it is pending or unheard of', () => {
		expect(['SUCCESS', 'PARTIAL_SUCCESS', 'FAILURE', 'PENDING', 'LATER', undefined].map(isFinal)).toEqual(
			[true, true, true, false, false, false],
		);
	});
});
