import { emailSpellings, idSpellings } from '../../../../nodes/shared/find/alike.ts';

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

it('Another spelling of an ID is that of a UUID in capitals', () => {
	const uuid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
	expect(idSpellings(uuid)).toEqual([uuid.toUpperCase()]);
	expect(idSpellings('l10')).toEqual([]);
});
