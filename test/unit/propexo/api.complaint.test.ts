import { propexo } from '../../../nodes/Propexo/api';

describe("Propexo's refusals", () => {
	it.each([
		'The integration is not active',
		'Property 12 (Elm Court) of this integration has been DISABLED',
		'integration int_1: not enabled',
	])('say where to switch on what is off: %s', (message) => {
		expect(propexo.complaint({ error: { message } }).advice).toMatch(/^Switch it on/);
	});

	it('are read in no time, whatever they repeat', () => {
		const message = 'property '.repeat(20_000);
		const before = process.cpuUsage();
		expect(propexo.complaint({ error: { message } }).advice).toBeUndefined();
		expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
	});
});
