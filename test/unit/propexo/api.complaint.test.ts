import { propexo } from '../../../nodes/Propexo/api';

describe("Propexo's refusals", () => {
	it.each([
		'The integration is not active',
		'Property 12 (Elm Court) of this integration has been DISABLED',
		'integration int_1: not enabled',
	])('say where to switch on what is off: %s', (message) => {
		expect(propexo.complaint({ error: { message } }).advice).toMatch(/^Switch it on/);
	});

	it('tell the values that a field takes', () => {
		const issue = {
			code: 'invalid_enum_value',
			path: ['status'],
			options: ['Active', 'Completed'],
			message: "Invalid enum value. Expected 'Active' | 'Completed', received 'WON'",
		};
		const { fields } = propexo.complaint({ error: { details: { issues: [issue] } } });
		expect(fields).toEqual([{ field: 'status', message: issue.message, takes: ['Active', 'Completed'] }]);
	});

	it.each([
		['is no list', 'Active'],
		['is empty', []],
		['holds something other than words', ['Active', { a: 1 }]],
		['holds an address', ['nathan@example.com']],
		['holds a number of somebody', ['512 555-01000']],
		['is too long for a message', Array.from({ length: 500 }, (_, index) => `value ${index}`)],
	])('do not tell them where what they give %s', (_, options) => {
		const issue = { code: 'invalid_enum_value', path: ['status'], options, message: 'Invalid' };
		const { fields } = propexo.complaint({ error: { details: { issues: [issue] } } });
		expect(fields).toEqual([{ field: 'status', message: 'Invalid' }]);
	});

	it('say nothing of Write Job: Retry, of which only that operation itself speaks', () => {
		const message = 'The PMS was busy, and this was retried in vain';
		expect(propexo.complaint({ error: { message } }).advice).toBeUndefined();
	});

	describe('in a form that is not documented', () => {
		const refused = (details: unknown) => ({
			error: { code: 'invalid_request', message: 'invalid request', details },
		});
		const tooLong = { path: ['notes'], message: 'Too long' };

		it.each<[string, unknown]>([
			['a list of issues', [tooLong]],
			['a list of errors', { errors: [{ field: 'notes', message: 'Too long' }] }],
			['the flat form of Zod', { details: { fieldErrors: { notes: ['Too long'] }, formErrors: [] } }],
			[
				'a union',
				{
					issues: [
						{
							code: 'invalid_union',
							path: [],
							message: 'Invalid input',
							unionErrors: [{ issues: [tooLong] }],
						},
					],
				},
			],
			[
				'a union of the newer Zod',
				{ issues: [{ code: 'invalid_union', message: 'Invalid input', errors: [[tooLong]] }] },
			],
		])('tell the field and the reason: %s', (_, details) => {
			expect(propexo.complaint(refused(details)).fields).toEqual([
				{ field: 'notes', message: 'Too long' },
			]);
		});

		it.each<[string, unknown]>([
			['an object with a message', { message: 'Lead is archived' }],
			['deeper', { details: { detail: 'Lead is archived' } }],
			['a text', 'Lead is archived'],
			['a list of texts', ['Lead is archived']],
			['issues that are texts', { issues: ['Lead is archived'] }],
		])('tell the reason: %s', (_, details) => {
			expect(propexo.complaint(refused(details)).message).toBe('invalid request: Lead is archived');
		});

		it.each<[string, unknown]>([
			['errors', { errors: [{ message: 'Lead is archived' }] }],
			['a problem of RFC 9457', { title: 'Bad Request', detail: 'Lead is archived' }],
			['a list of messages', { error: { message: ['Lead is archived'] } }],
			['a text', { error: 'Lead is archived' }],
		])('never say that no reason was given: %s', (_, body) => {
			const { message = '', fields } = propexo.complaint(body);
			expect([message, ...fields.map((field) => field.message)].join()).toContain('Lead is archived');
		});
	});

	it('are read in no time, whatever they repeat', () => {
		const message = 'property '.repeat(20_000);
		const before = process.cpuUsage();
		expect(propexo.complaint({ error: { message } }).advice).toBeUndefined();
		expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
	});
});
