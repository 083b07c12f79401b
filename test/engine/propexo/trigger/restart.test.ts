import type { IDataObject } from 'n8n-workflow';

import { newProcess } from '../../support/trigger/newProcess.ts';
import { useTriggers, post } from '../../support/trigger/triggers.ts';
import { propexoTrigger, registrationsAt, signed } from '../support/trigger.ts';

const triggers = useTriggers();

const loaded = async () => {
	const { PropexoTrigger } = await import('../../../../nodes/Propexo/PropexoTrigger.node');
	return new PropexoTrigger();
};

const event = (n: number) =>
	JSON.stringify({ trigger: 'WRITE_OPERATION_FAILURE', data: { root_job_id: `job_${n}` } });

const jobs = (runs: IDataObject[][]) => runs.map(([item]) => item?.job_id);

/** Two n8n processes, one after the other or side by side, with the same workflow in one database. */
async function processes() {
	const database = { staticData: '{}', active: false };
	const shared = { database, webhookId: 'the-webhook', webhookBaseUrl: 'https://n8n.example.com/' };
	const [first, second] = [
		await propexoTrigger(triggers, {}, { ...shared, nodeType: await newProcess(loaded) }),
		await propexoTrigger(triggers, {}, { ...shared, nodeType: await newProcess(loaded) }),
	];
	await first.activate();
	const [found] = await registrationsAt(triggers.emulator);
	const at = (host: typeof first) => `${host.listensAt}webhook/the-webhook/webhook`;
	return {
		first,
		second,
		deliver: async (host: typeof first, n: number) =>
			await post(at(host), event(n), signed(found?.secret ?? '', event(n))),
	};
}

describe('Propexo Trigger, after n8n was started again', () => {
	it('is still registered once and takes what is signed with its secret', async () => {
		const { first, second, deliver } = await processes();
		const before = await registrationsAt(triggers.emulator);
		await first.close();
		await second.activate('init');
		expect(await registrationsAt(triggers.emulator)).toEqual(before);
		expect((await deliver(second, 1)).status).toBe(200);
		expect(jobs(second.runs)).toEqual(['job_1']);
		await second.deactivate();
		expect(await registrationsAt(triggers.emulator)).toEqual([]);
	});

	it('knows what was delivered before', async () => {
		const { first, second, deliver } = await processes();
		for (const n of [1, 2, 3]) await deliver(first, n);
		await first.close();
		await second.activate('init');
		for (const n of [1, 2, 3, 4]) expect((await deliver(second, n)).status).toBe(200);
		expect(jobs(second.runs)).toEqual(['job_4']);
	});
});

describe('Propexo Trigger, with two processes that take webhooks', () => {
	it('starts one run for what reaches one process and is repeated to the other', async () => {
		const { first, second, deliver } = await processes();
		await Promise.all([1, 2, 3].map(async (n) => await deliver(first, n)));
		await deliver(second, 2);
		await deliver(second, 4);
		await deliver(first, 4);
		expect(jobs(first.runs)).toEqual(['job_1', 'job_2', 'job_3']);
		expect(jobs(second.runs)).toEqual(['job_4']);
	});
});
