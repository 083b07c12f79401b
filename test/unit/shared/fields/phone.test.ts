import { isNameOfField, numberIn, tenDigits, withoutLabel } from '../../../../nodes/shared/fields/phone';
import { check } from './support/check.ts';

describe('A phone number in ten digits', () => {
	it.each([
		'5125550100',
		'(512) 555-0100',
		'512.555.0100',
		'512-555-0100',
		'512 555 0100',
		'+1 512 555 0100',
		'+15125550100',
		'1-512-555-0100',
		'001 512 555 0100',
		'+1 (512) 555-0100 ext. 7',
		'(512) 555-0100 x12',
		'512–555–0100',
		' 5125550100 ',
		'tel:+15125550100',
		'TEL:+1-512-555-0100;ext=12',
		'whatsapp:+15125550100',
		'sms:+15125550100',
		'512-555-0100 EXT 7',
		'512-555-0100 #7',
		'(mobile) 512 555 0100 (work)',
		'5125550100.0',
		'15125550100.0',
		'+1 (512) 555\u20110100',
		'512\u2212555\u22120100',
		'\u202a+1\u00a0512\u00a0555\u00a00100\u202c',
		'+1 512 555 0100 (mobile)',
		'(512) 555-0100 [cell]',
		'512-555-0100 cell',
		'512-555-0100 cell phone',
		'Cell Phone: (512) 555-0100',
		'Home Phone: 512-555-0100',
		'work-phone: 512-555-0100',
		'home: 5125550100',
		'Mobile: (512) 555-0100',
		'c: 512-555-0100',
		'callto:+15125550100',
		'Mobile Number: 512-555-0100',
		'Mobile No. 512-555-0100',
		'Phone # 512-555-0100',
		'Phone 2: 512-555-0100',
		'Phone 2 512-555-0100',
		'Cell #2 - (512) 555-0100',
		'Phone (cell): 512 555 0100',
		'Cell/Home: 512 555 0100',
		'Tel. 512-555-0100',
		'Cell - 512-555-0100',
		'M 512.555.0100',
		'o: 512.555.0100',
		'512-555-0100 (c)',
		'512-555-0100 - work',
		'+1 512 555 0100x12',
		'512-555-0100 extension 12',
		'512-555-0100,,123456',
	])('is the same however it is written: %s', (written) => {
		expect(tenDigits(written)).toBe('5125550100');
	});

	it.each([
		'555-0100',
		'+44 20 7946 0958',
		'512-555-0100 Ann',
		// Other countries' numbers of ten digits; the first is what Twilio writes for RESTRICTED.
		'+7378742833',
		'+49 30 123456',
		'(+49) 30 123456',
		'tel:+4930123456',
		'+5125550100',
		// What Twilio writes for ANONYMOUS, UNAVAILABLE and BLOCKED.
		'+266696687',
		'+86282452253',
		'+2562533',
		'1125550100',
		'512555010',
		'51255501000',
		'51255501000.0',
		'messenger:5125550100',
		'call me',
		'512-555-010O',
		'512 555 0100 (or 512 555 0199)',
		'name: 5125550100',
		// Two numbers: nobody knows which one is meant.
		'512-555-0100, 737-555-0200',
		'512-555-0100; 737-555-0200',
		'512-555-0100 x 737-555-0200',
		'512-555-0100 # 737-555-0200',
		'512-555-0100 ext 737-555-0200',
		'512-555-0100, 555-0200',
		'512 555 0100 (mobile), 737 555 0200 (work)',
		'512-555-0100\n737-555-0200',
		'512-555-0100 / 737-555-0200',
		'Home: 512-555-0100 Work: 737-555-0200',
		'W: 512-555-0100 C: 737-555-0200',
		'Work Phone: 512-555-0100 Cell Phone: 737-555-0200',
		'Mobile: 512-555-0100, Home: 737-555-0200',
		'',
	])('is none for what is no North American number: %s', (written) => {
		expect(tenDigits(written)).toBeUndefined();
	});
});

describe('A number with its label', () => {
	it.each([
		['Mobile: (512) 555-0100', '(512) 555-0100'],
		['Mobile Number: +1 512 555 0100', '+1 512 555 0100'],
		['Mobile No 512-555-0100', '512-555-0100'],
		['Phone (cell): 512 555 0100', '512 555 0100'],
		['Phone 1: 1 512 555 0100', '1 512 555 0100'],
		['Phone 2 512-555-0100', '512-555-0100'],
		['Phone 2 - 512-555-0101', '512-555-0101'],
		['Cell #2 512-555-0100', '512-555-0100'],
		['Phone no. 3 (512) 555-0100', '(512) 555-0100'],
		['Phone (2) 1-512-555-0100 x7', '1-512-555-0100 x7'],
		['Phone 2 +44 20 7946 0000', '+44 20 7946 0000'],
		// The codes of countries, and a zero that is dialed at home.
		['Phone 1 512-555-0100', '1 512-555-0100'],
		['Tel 7 495 123-45-67', '7 495 123-45-67'],
		['Tel 0 207 946 0958', '0 207 946 0958'],
		['Tel 5 551 2345', '5 551 2345'],
		['Tel. 512-555-0100', '512-555-0100'],
		['Telephone: +44 20 7946 0000', '+44 20 7946 0000'],
		['Cell - 512-555-0100', '512-555-0100'],
		['h: 512-555-0100', '512-555-0100'],
		['w: 5125550100', '5125550100'],
		['work phone 512-555-0100 ext. 7', '512-555-0100 ext. 7'],
		['512-555-0100 (mobile)', '512-555-0100'],
		['512-555-0100 cell phone', '512-555-0100'],
		['(home) 512-555-0100', '512-555-0100'],
		['whatsapp:+15125550100', '+15125550100'],
		['sms:+15125550100', '+15125550100'],
		['tel:911', '911'],
		['101 (work)', '101'],
		['555-0100 cell', '555-0100'],
		['555-0100, cell', '555-0100'],
		['5550100 work phone', '5550100'],
		['12 34 56 78 mobile', '12 34 56 78'],
		['+47 12 34 567 mobile', '+47 12 34 567'],
		['512-555-0100 ext. 7 (cell)', '512-555-0100 ext. 7'],
		['+44 20 7946 0958 mobile', '+44 20 7946 0958'],
	])('loses it: %s', (written, number) => expect(withoutLabel(written)).toBe(number));

	it.each([
		...['Mobile: 512-555-0100, Home: 737-555-0200', 'W: 512-555-0100 C: 737-555-0200'],
		...['Home: 512-555-0100 / 737-555-0200', 'Fax: 512-555-0100', 'Work Fax: 512-555-0100'],
		...['Cell: ask Maria', 'Home 2', 'mobile', 'tel:', '(512) 555-0100', 'client:agent_7'],
		...['sip:5125550100@example.com', '512-555-0100 (ask for Maria)', 'home5125550100'],
		// Dialed with the letters, and names.
		...['512-444-HOME', '(512) 444-HOME', '1-800-462-HOME', '+1 888 444 HOME', '1-888-926-WORK'],
		...['1-800-555-CELL', 'user-512-home', 'queue 100 sms', '444-HOME'],
	])('stays as it is where it holds anything else: %s', (written) =>
		expect(withoutLabel(written)).toBe(written),
	);
});

it('A number of any country ends where its extension begins; two numbers are none', () => {
	expect(numberIn('+44 20 7946 0000 ext. 7')?.trim()).toBe('+44 20 7946 0000');
	expect(numberIn('Fax: +44 20 7946 0000')).toBe('Fax: +44 20 7946 0000');
	expect(numberIn('+44 20 7946 0000, +44 20 7946 0001')).toBeUndefined();
});

it.each(['#', 'x', ',', ' ', '1', '(', '1#', '.0 ', 'h ', 'cell-', '1 c', 'no.'])(
	'A number followed by any length of %j is read at once',
	(sign) => {
		expect(tenDigits(`512-555-0100 x${sign.repeat(300_000)}!`)).toBe(
			/\d/.test(sign) ? undefined : '5125550100',
		);
		expect(tenDigits(sign.repeat(300_000))).toBeUndefined();
	},
);

describe('The name of a field in place of a phone number', () => {
	const NAMES = [
		'[Caller Phone Number]',
		'[Phone Number]',
		'<phone>',
		'{phone number}',
		'{Phone:4}',
		'$phone',
	];
	it.each([...NAMES, '[from_number]', '$mobile_phone'])('is refused: %s', (name) => {
		expect(isNameOfField(name)).toBe(true);
		expect(check('phone', name)).toEqual({ wrong: expect.stringContaining('was not filled in') });
	});

	it.each([
		'[Private]',
		'<anonymous>',
		'phone',
		'(mobile)',
		'[512-555-0100]',
		'<+15125550100>',
		'Unknown',
		'$',
	])('is no other text, which the service may take: %s', (text) => {
		expect(isNameOfField(text)).toBe(false);
		expect(check('phone', text)).not.toHaveProperty('wrong');
	});
});
