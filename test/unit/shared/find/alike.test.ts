import { emailAlike, idAlike, nameAlike, phoneAlike } from '../../../../nodes/shared/find/alike';

describe('Values that mean the same', () => {
	it.each([
		['José Núñez', 'JOSE  NUNEZ'],
		['Walk In', 'WalkIn'],
		['O’Brien', "o'brien"],
		['Straße', 'STRASSE'],
		[' Maple\u00a0Court ', 'maple court'],
	])('the names %s and %s', (one, other) => expect(nameAlike(one)).toBe(nameAlike(other)));

	it.each([
		['Maple Court', 'Maple Court II'],
		['Agent 1', 'Agent 11'],
		['Müller', 'Mueller'],
	])('not the names %s and %s', (one, other) => expect(nameAlike(one)).not.toBe(nameAlike(other)));

	it.each([
		['+1 (512) 555-0100', '5125550100'],
		['tel:+15125550100', '512.555.0100 (mobile)'],
		['+44 20 7946 0000', '0044 20 7946 0000'],
		['+44 20 7946 0000', '011 44 20 7946 0000'],
		['+49 30 1234-56', '0049 30 123456'],
	])('the phone numbers %s and %s', (one, other) => expect(phoneAlike(one)).toBe(phoneAlike(other)));

	it.each([
		['+44 20 7946 0000', '020 7946 0000'],
		['5125550100', '5125550101'],
		['+1 512 555 0100', '+52 512 555 0100'],
		['+1 737 874 2833', '+7378742833'],
		['7378742833', '+7378742833'],
		['(737) 874-2833', '011 7378742833'],
	])('not the phone numbers %s and %s', (one, other) =>
		expect(phoneAlike(one)).not.toBe(phoneAlike(other)),
	);

	it.each(['', 'anonymous', '555-0142', '0', '+1'])('no phone number at all: %j', (text) => {
		expect(phoneAlike(text)).toBe('');
	});

	it('addresses in any letter case, and IDs as they are', () => {
		expect(emailAlike(' Nathan@Example.com')).toBe(emailAlike('nathan@example.com'));
		expect(idAlike(' L10 ')).toBe('L10');
		expect(idAlike('l10')).not.toBe(idAlike('L10'));
	});
});
