import { timeoutMs, writeOptions } from '../../../../nodes/shared/deliver/options';

describe('The timeout of a request', () => {
	it.each([
		[undefined, 30_000],
		[1, 1_000],
		[30, 30_000],
		[300, 300_000],
		[301, 300_000],
		[1_000, 1_000],
		[60_000, 60_000],
	])('%p means %p ms', (timeout, ms) => expect(timeoutMs({ timeout })).toBe(ms));

	it('says so when it is cut', () => {
		const field = writeOptions.find(({ name }) => name === 'timeout');
		expect(field?.remark?.(301)).toContain('300 seconds');
		for (const right of [30, 300, 60_000]) expect(field?.remark?.(right)).toBeUndefined();
	});
});
