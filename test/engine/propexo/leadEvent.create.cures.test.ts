import { CALL } from './support/samples.ts';
import { useValues } from './support/values.ts';

const { outcome } = useValues();

describe('The expressions of messages', () => {
	it.each([
		['alone', 'notes', (code: string) => code],
		['a part of a text', 'notes', (code: string) => `'Tour with ' + (${code})`],
		['a part of a number', 'callPhoneNumberFrom', (code: string) => `'client:' + (${code})`],
	] as const)('leave out what stands for nothing: %s', async (where, field, put) => {
		const withCode = (code: string) => ({ ...CALL, [field]: `={{ ${put(code)} }}` });
		for (const name of [...(where === 'alone' ? [] : [null]), 'null', 'NULL', '\\N']) {
			const refused = await outcome(withCode('$json.name'), { name });
			const [, cure = ''] = /as in \{\{ (\[null.*?) \}\}/.exec(refused as string) ?? [];
			expect([refused, cure]).toEqual([
				expect.stringContaining(`'${field === 'notes' ? 'Notes' : 'Caller Phone Number'}' `),
				expect.stringContaining('.includes($json.name)'),
			]);
			expect(await outcome(withCode(cure), { name })).toMatchObject({ call_status: 'ANSWER' });
		}
	});

	it('work in n8n', async () => {
		const values = {
			emailSend: '({ Agreed: true, Refused: false })[$json.value]',
			notes: "/^ *false *$/i.test($json.empty) ? '' : $json.empty",
		};
		const parameters = Object.fromEntries(
			Object.entries(values).map(([name, code]) => [name, `={{ ${code} }}`]),
		);
		for (const [value, sent] of [
			['Agreed', true],
			['Refused', false],
		] as const)
			for (const empty of [false, 'False'])
				expect(
					await outcome(
						{
							eventKind: 'email',
							emailDirection: 'incoming',
							emailFrom: 'a@example.com',
							emailTo: 'maria.alvarez1@example.com',
							emailSubject: 'Tour',
							emailBody: 'Hi',
							...parameters,
						},
						{ value, empty },
					),
				).toMatchObject({
					email_send: sent,
				});
	});
});
