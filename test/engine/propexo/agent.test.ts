import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { IN_A_HURRY, useServices } from '../support/services.ts';
import { BOOKING, bookingAt } from './support/appointments.ts';
import { leadEvent, run } from './support/run.ts';

/*
 * What an agent is told of a write that Propexo hands on to a PMS: the PMS may not have answered, or may refuse it.
 */

const services = useServices({
	propexo: { jobMs: 0 },
	timing: { ...IN_A_HURRY, rate: { requests: 100_000 } },
});
const propexo = () => services.emulator.propexo;

/** One call of a tool, in an execution of its own. */
const asTool = (item: IDataObject): Settings => ({ node: 'propexoTool', items: [item] }) as Settings;

describe('An agent whose write the PMS has not answered', () => {
	it('is told that nothing is certain yet, and what may be wrong about it', async () => {
		propexo().settings.jobMs = 600_000;
		const options = { waitTimeout: 1, deliveryDetails: true };
		const item = bookingAt(services, 'int_realpage_rpx_1', '2027-07-15T14:30:00');
		const parameters = { for: 'lead', ...BOOKING, options };
		const { success } = await run(services, 'appointment', 'create', parameters, asTool(item));
		expect(success).toHaveLength(1);
		expect(success[0]?.json).toMatchObject({
			write_status: 'PENDING',
			delivery: { outcome: 'pending' },
			remarks: [
				expect.stringContaining('write_status is PENDING'),
				expect.stringMatching(/^'Start' was told by the clocks of .*, the workflow's time zone/),
			],
			what_to_do: expect.stringMatching(/^It is not certain yet.*Do not tell anybody that it is done/),
		});
	});

	it('is told what was taken only in part', async () => {
		const parameters = { notes: '[partial]', options: { waitForResult: true } };
		const { success } = await leadEvent(services, parameters, asTool({}));
		expect(success[0]?.json).toMatchObject({
			remarks: [expect.stringMatching(/^The PMS took only a part of it/)],
			what_to_do: expect.stringMatching(/^The remarks say what may be wrong/),
		});
	});
});
