import { emailSpellings } from '../../../../nodes/shared/find/alike.ts';

describe('Other spellings of an email address', () => {
	it.each([
		[
			'nathan.smith77@example.com',
			['Nathan.Smith77@example.com', 'Nathan.Smith77@Example.com', 'NATHAN.SMITH77@EXAMPLE.COM'],
		],
		[
			"o'brien_7x@mail.co.uk",
			["O'Brien_7X@mail.co.uk", "O'Brien_7X@Mail.co.uk", "O'BRIEN_7X@MAIL.CO.UK"],
		],
		['1@2.de', ['1@2.de', '1@2.DE']],
	])('of %s are as its owner may be written', (key, spellings) => {
		expect(emailSpellings(key)).toEqual(spellings);
	});
});
