import {
	isPlaceholderAddress,
	isPlaceholderId,
	isPlaceholderNumber,
} from '../../../../nodes/shared/find/placeholders';

describe('A number that stands in place of one', () => {
	it.each([
		'0000000000',
		'00000000',
		'5555555555',
		'19999999999',
		'1234567890',
		'11234567890',
		'9876543210',
		'2345678901',
		'5551234567',
		'5559876543',
		'5125551212',
		'5120000000',
		'5121111111',
		'5121234567',
	])('%s is nobody\u2019s', (form) => expect(isPlaceholderNumber(form)).toBe(true));

	it.each(['266696687', '86282452253', '+7378742833'])('so is what Twilio writes: %s', (form) =>
		expect(isPlaceholderNumber(form)).toBe(true),
	);

	it.each([
		'5125550100',
		'7378742833',
		'8005555555',
		'2125551234',
		'2125550000',
		'9810012345',
		'442079460000',
		'495551234567',
		'5550123456789',
	])('%s is not', (form) => expect(isPlaceholderNumber(form)).toBe(false));
});

describe('An email address that stands in place of one', () => {
	it.each([
		...[
			'noemail@noemail.com',
			'no-email@example.com',
			'none@none.com',
			'none@example.org',
			'unknown@example.com',
		],
		...[
			'na@na.com',
			'n.a@na.net',
			'test@test.com',
			'a@a.com',
			'noreply@listings.example',
			'do-not-reply@example.com',
		],
		...[
			'walkin@walkin.com',
			'walk-in@walkin.example',
			'guest@guest.com',
			'123@123.com',
			'noone@noone.com',
		],
		...['notset@example.com', 'nan@nan.com'],
		...['noemailprovided@example.com', 'no.email.given@example.com', 'nope@nope.com', 'asdf@asdf.com'],
		...['no@no.com', 'nobody@nobody.com', 'fake@fake.com', 'xxx@xxx.com'],
	])('%s is nobody\u2019s', (text) => expect(isPlaceholderAddress(text)).toBe(true));

	it.each([
		...[
			'nathan@example.com',
			'na@example.com',
			'test@example.com',
			'a@example.com',
			'nonemaker@example.com',
		],
		...['smith@smith.com', 'private@example.com', 'testa@test.com', 'noe@noe.com', 'nomar@example.com'],
		...[
			'guest@example.com',
			'123@example.com',
			'walkin@example.com',
			'nil@example.com',
			'nan@example.com',
		],
		...['latest@latest.com', 'guesthouse@guesthouse.com'],
	])('%s is not', (text) => expect(isPlaceholderAddress(text)).toBe(false));
});

describe('An ID that stands in place of one', () => {
	it.each([
		'N/A',
		'na',
		'0',
		'000',
		'-',
		'?',
		'none',
		'NULL',
		'Not provided',
		'unknown',
		'nan',
		'(not set)',
	])('%s is nobody\u2019s', (text) => expect(isPlaceholderId(text)).toBe(true));

	it.each(['00123', 'N100', 'NAN7', '1', 'NA1', 't0001', 'Привет'])('%s is not', (text) =>
		expect(isPlaceholderId(text)).toBe(false),
	);
});
