import {
	emailAlike,
	idAlike,
	nameAlike,
	phoneAlike,
	phoneForm,
	unitAlike,
} from '../../../../nodes/shared/find/alike';

describe('Values that mean the same', () => {
	it.each([
		['José Núñez', 'JOSE  NUNEZ'],
		['Walk In', 'WalkIn'],
		['O’Brien', "o'brien"],
		['Straße', 'STRASSE'],
		['Đặng Łukasz Søren', 'DANG LUKASZ SOREN'],
		[' Maple\u00a0Court ', 'maple court'],
		['Agent  1', 'AGENT\u00a01'],
		['Plan A - 2', 'plan a-2'],
		['Ελένη', 'ΕΛΕΝΗ'],
		['مُحَمَّد', 'محمد'],
		['דָּוִד', 'דוד'],
		['ガ\u200bルシア', 'ｶﾞﾙｼｱ'],
		['й', '\u0438\u0306'],
	])('the names %s and %s', (one, other) => expect(nameAlike(one)).toBe(nameAlike(other)));

	it.each([
		['Maple Court', 'Maple Court II'],
		['Agent 1', 'Agent 11'],
		['Müller', 'Mueller'],
		// A space beside a digit counts.
		['12 1st Street', '1 21st Street'],
		['1 12', '11 2'],
		['1 A2', '1A 2'],
		['3²', '32'],
		// Signs that make another letter, or are a vowel.
		['राम', 'रमा'],
		['バス', 'ハス'],
		['Андрей', 'Андреи'],
		['กา', 'กี'],
	])('not the names %s and %s', (one, other) => expect(nameAlike(one)).not.toBe(nameAlike(other)));

	it.each([
		['+1 (512) 555-0100', '5125550100'],
		['tel:+15125550100', '512.555.0100 (mobile)'],
		['whatsapp:+15125550100', '5125550100.0'],
		['442079460000.0', '+44 20 7946 0000'],
		['+15125550100.0', '5125550100'],
		['whatsapp:+442079460000', '+44 20 7946 0000'],
		['+44 20 7946 0000', '0044 20 7946 0000'],
		['+44 20 7946 0000', '011 44 20 7946 0000'],
		['+49 30 1234-56', '0049 30 123456'],
		['+44 20 7946 0000 ext. 7', '+442079460000'],
		['+44 (0)20 7946 0000', '+442079460000'],
		['(+49) (0) 30 1234-56', '+4930123456'],
		['0044 (0)20 7946 0000', '+442079460000'],
		['011 44 (0) 20 7946 0000', '+442079460000'],
		['+1 (0) 512 555 0100', '5125550100'],
		['+1 512-555-0100 cell', '(512) 555-0100 cell'],
		['sip:+15125550100@example.com', '5125550100'],
		['15125550100@c.us', '5125550100'],
		['011 1 512 555 0100', '5125550100'],
	])('the phone numbers %s and %s', (one, other) => expect(phoneAlike(one)).toBe(phoneAlike(other)));

	it.each([
		['+44 20 7946 0000', '020 7946 0000'],
		// In Maine.
		['(0)20 7946 0018', '207 946 0018'],
		['5125550100', '5125550101'],
		['+1 512 555 0100', '+52 512 555 0100'],
		['+1 737 874 2833', '+7378742833'],
		['7378742833', '+7378742833'],
		['(737) 874-2833', '011 7378742833'],
	])('not the phone numbers %s and %s', (one, other) =>
		expect(phoneAlike(one)).not.toBe(phoneAlike(other)),
	);

	it.each([
		...['', 'anonymous', '555-0142', '0', '+1'],
		// Two numbers, and what stands in place of one.
		...[
			'512-555-0100, 737-555-0200',
			'+44 20 7946 0000; +44 20 7946 0001',
			'512-555-0100 or 737-555-0200',
		],
		...['000-000-0000', '(555) 555-5555', '+1 999 999 9999', '123-456-7890', '+266696687', '+7378742833'],
	])('no phone number at all: %j', (text) => {
		expect(phoneAlike(text)).toBe('');
	});

	it.each(['204.0', '#204.0', 'Apt 204.0', ' 204.0 '])(
		'the number of a unit, 204 and, as programs write a column of numbers, %s',
		(number) => expect(unitAlike(number)).toBe(unitAlike('204')),
	);

	it.each(['204.5', '204.00', 'B204.0', '2040', '1.204.0'])(
		'not the number of a unit, 204 and %s',
		(number) => expect(unitAlike(number)).not.toBe(unitAlike('204')),
	);

	it.each([
		['3#12', '312'],
		['1#23', '12#3'],
		['3 Apt 12', '312'],
		['3²', '32'],
	])('not the numbers of units %s and %s', (one, other) =>
		expect(unitAlike(one)).not.toBe(unitAlike(other)),
	);

	it.each(['204b', '#204B', 'Apt 204B', 'apt. 204b', 'Unit #204B', 'Suite204B'])(
		'the number of a unit, 204B and %s',
		(number) => expect(unitAlike(number)).toBe(unitAlike('204B')),
	);

	it.each(['204', '2048', 'Unity 204B', 'B204'])('not the number of a unit, 204B and %s', (number) =>
		expect(unitAlike(number)).not.toBe(unitAlike('204B')),
	);

	it('a number that was sent is the same number, also one that tells nobody from others', () => {
		expect(phoneForm('(555) 555-5555')).toBe(phoneForm('5555555555'));
	});

	it('numbers of other countries have eight to fifteen digits, and keep all of them', () => {
		for (const digits of ['20794600', '123456789012345', '0207946001'])
			expect(phoneForm(digits)).toBe(digits);
		for (const digits of ['2079460', '1234567890123456']) expect(phoneForm(digits)).toBe('');
	});

	it('no address and no ID at all: placeholders', () => {
		expect([emailAlike('noemail@noemail.com'), idAlike('N/A')]).toEqual(['', '']);
		expect(emailAlike('nathan@example.com')).toBe('nathan@example.com');
	});

	it('addresses in any letter case, and IDs as they are', () => {
		expect(emailAlike(' Nathan@Example.com')).toBe(emailAlike('nathan@example.com'));
		expect(idAlike(' L10 ')).toBe('L10');
		expect(idAlike('l10')).not.toBe(idAlike('L10'));
		expect(idAlike('10432.0')).toBe('10432');
		for (const id of ['10432.5', '10432.05', 'v10432.0']) expect(idAlike(id)).toBe(id);
		const uuid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
		expect(idAlike(uuid.toUpperCase())).toBe(uuid);
	});
});
