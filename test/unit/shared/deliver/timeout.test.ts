import { timeoutMs, writeOptions } from '../../../../nodes/shared/deliver/options';

describe('The timeout of a request', () => {
	it.each([
		[undefined, 30_000],
		[1, 1_000],
		[30, 30_000],
		[300, 300_000],
		[301, 300_000],
		[999, 300_000],
		[1_000, 1_000],
		[60_000, 60_000],
	])('%p means %p ms', (timeout, ms) => expect(timeoutMs({ timeout })).toBe(ms));

	it('says so when it is not waited so many seconds', () => {
		const remark = (timeout: number) =>
			writeOptions.find(({ name }) => name === 'timeout')?.remark?.(timeout);
		expect(remark(301)).toContain('is 301, and the node waits 300 seconds');
		expect(remark(3_600)).toContain('is 3600, and the node waits 3.6 seconds');
		for (const right of [30, 300, 10_000, 60_000]) expect(remark(right)).toBeUndefined();
	});
});
