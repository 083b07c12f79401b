import { tenDigits } from '../../../nodes/Propexo/phone';

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
	])('is the same however it is written: %s', (written) => {
		expect(tenDigits(written)).toBe('5125550100');
	});

	it.each([
		'555-0100',
		'+44 20 7946 0958',
		'1125550100',
		'512555010',
		'51255501000',
		'call me',
		'512-555-010O',
		'',
	])('is none for what is no North American number: %s', (written) => {
		expect(tenDigits(written)).toBeUndefined();
	});
});
