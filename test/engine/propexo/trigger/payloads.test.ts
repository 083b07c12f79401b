import type { IDataObject } from 'n8n-workflow';

import { PropexoApi } from '../../../../credentials/PropexoApi.credentials';
import { INTEGRATIONS } from '../../../../emulator/index.ts';
import { PropexoTrigger } from '../../../../nodes/Propexo/PropexoTrigger.node';
import { createEditor } from '../../support/editor.ts';
import type { TriggerHost } from '../../support/trigger/host.ts';
import { useTriggers, post } from '../../support/trigger/triggers.ts';
import type { Registered } from '../support/trigger.ts';
import { propexoTrigger, registrationsAt, signed } from '../support/trigger.ts';

const triggers = useTriggers();

const EVERYTHING = [
	'WRITE_OPERATION_FAILURE',
	'DATA_NEW',
	'DATA_UPDATE',
	'JOB_FAILURE',
	'SYNC_COMPLETE',
	'FIRST_SYNC_COMPLETE',
];

/** A trigger that is switched on, and its registration. */
async function active(parameters: IDataObject): Promise<[TriggerHost, Registered]> {
	const host = await propexoTrigger(triggers, parameters);
	await host.activate();
	const registered = (await registrationsAt(triggers.emulator)).find(({ url }) => url === host.url);
	if (!registered) throw new Error('Not registered');
	return [host, registered];
}

async function deliver({ url, secret }: Registered, body: unknown) {
	const text = JSON.stringify(body);
	return await post(url, text, signed(secret, text));
}

const failedWrite = {
	event: 'WRITE_OPERATION_FAILURE',
	integration_id: 'int_entrata_1',
	vendor: 'ENTRATA',
	root_job_id: 'job_1',
	write_status: 'FAILURE',
	errors: ['Failed to write lead event: unit is not available'],
};
const failedRead = {
	event: 'JOB_FAILURE',
	integration_id: 'int_entrata_1',
	job_id: 'job_3',
	job_type: 'READ_LEADS',
	root_job_id: 'job_2',
	vendor: 'ENTRATA',
};
const newRecord = {
	context: { property_id: 'prop_1' },
	event: 'DATA_NEW',
	integration_id: 'int_entrata_1',
	job_id: 'job_5',
	job_type: 'READ_LEAD_EVENTS',
	meta: { integration_id: 'int_entrata_1', object: 'events' },
	object: 'events',
	payload: { id: 'event_1', event_name: 'Appointment', notes: null },
	record_id: 'event_1',
	root_job_id: 'job_4',
	vendor: 'ENTRATA',
};
const changedRecord = {
	meta: { object: 'leads', integration_id: 'int_entrata_1' },
	record_id: 'lead_1',
	diff: { previous: { status: 'ACTIVE' }, new: { status: 'LEASED' } },
};
const sync = {
	integration_id: 'int_entrata_1',
	vendor: 'ENTRATA',
	successful_job_count: 12,
	failed_job_count: 0,
	is_sync_finished: true,
};

const wrapped = (trigger: string, data: object) => ({ trigger, data });

describe('Propexo Trigger, the forms a webhook comes in', () => {
	it.each<[string, unknown[], IDataObject]>([
		[
			'a failed write',
			[wrapped('WRITE_OPERATION_FAILURE', failedWrite), failedWrite],
			{ ...failedWrite, job_id: 'job_1' },
		],
		[
			'a partly failed write',
			[
				wrapped('WRITE_OPERATION_FAILURE', { ...failedWrite, write_status: 'PARTIAL_SUCCESS' }),
				{ ...failedWrite, write_status: 'PARTIAL_SUCCESS' },
			],
			{ ...failedWrite, write_status: 'PARTIAL_SUCCESS', job_id: 'job_1' },
		],
		['a failed read', [failedRead, wrapped('JOB_FAILURE', failedRead)], failedRead],
		['a new record', [newRecord, wrapped('DATA_NEW', newRecord)], newRecord],
		[
			'a changed record',
			[
				changedRecord,
				wrapped('DATA_UPDATE', changedRecord),
				{ data: { ...changedRecord, event: 'DATA_UPDATE', object: 'leads' } },
			],
			{ event: 'DATA_UPDATE', integration_id: 'int_entrata_1', object: 'leads', ...changedRecord },
		],
		[
			'a sync',
			[wrapped('SYNC_COMPLETE', sync), { ...sync, event: 'SYNC_COMPLETE' }, sync],
			{ event: 'SYNC_COMPLETE', ...sync },
		],
		[
			'a first sync',
			[wrapped('FIRST_SYNC_COMPLETE', sync), { event: 'FIRST_SYNC_COMPLETE', ...sync }],
			{ event: 'FIRST_SYNC_COMPLETE', ...sync },
		],
	])('come out as one: %s', async (_, bodies, output) => {
		for (const body of bodies) {
			const [host, registered] = await active({ triggers: EVERYTHING, model: '' });
			expect((await deliver(registered, body)).status).toBe(200);
			expect(host.runs).toEqual([[output]]);
		}
	});

	it('give a first sync its name when that is the only one asked for', async () => {
		const [host, registered] = await active({ triggers: ['FIRST_SYNC_COMPLETE'] });
		await deliver(registered, sync);
		expect(host.runs).toEqual([[{ event: 'FIRST_SYNC_COMPLETE', ...sync }]]);
	});

	it('are read with the letters and numbers they hold', async () => {
		const [host, registered] = await active({});
		const errors = ['Ünit „12“ \u0000 漢字 🏢', '{"code":"E\\n1"}'];
		await deliver(registered, { ...failedWrite, errors, __proto__: { polluted: true } });
		expect(host.runs[0]?.[0]?.errors).toEqual(errors);
	});
});

describe('Propexo Trigger, the events that start a run', () => {
	it('are the chosen ones alone', async () => {
		const [host, registered] = await active({ triggers: ['JOB_FAILURE'] });
		expect((await deliver(registered, failedWrite)).status).toBe(200);
		expect((await deliver(registered, { ...sync, event: 'JOB_SUCCESS' })).status).toBe(200);
		expect(host.runs).toEqual([]);
		await deliver(registered, failedRead);
		expect(host.runs).toHaveLength(1);
	});

	it.each([[['int_yardi_1', 'int_entrata_1']], ['int_yardi_1, int_entrata_1']])(
		'are those of the chosen integrations (%j)',
		async (integrationIds) => {
			const [host, registered] = await active({ integrationIds });
			await deliver(registered, { ...failedWrite, integration_id: 'int_mri_1' });
			const { integration_id: _, ...nameless } = failedWrite;
			await deliver(registered, nameless);
			expect(host.runs).toEqual([]);
			await deliver(registered, failedWrite);
			expect(host.runs).toHaveLength(1);
		},
	);

	it('are those of the chosen model', async () => {
		const [host, registered] = await active({ triggers: ['DATA_NEW', 'DATA_UPDATE'], model: 'events' });
		await deliver(registered, changedRecord);
		expect(host.runs).toEqual([]);
		await deliver(registered, newRecord);
		expect(host.runs).toHaveLength(1);
	});
});

describe("Propexo Trigger, Propexo's own deliveries", () => {
	it.each(['wrapped', 'flat'] as const)(
		'of a write that fails, %s, start a run with its job ID',
		async (shape) => {
			const { propexo } = triggers.emulator;
			propexo.settings.webhookShape = shape;
			const [host] = await active({});
			const reply = await fetch(`${propexo.url}/v1/events/leads`, {
				method: 'POST',
				headers: { authorization: `Bearer ${propexo.token}`, 'content-type': 'application/json' },
				body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes: '[fail]' }),
			});
			const { job_id } = (await reply.json()) as { job_id: string };
			await new Promise((resolve) => setTimeout(resolve, 100));
			await propexo.webhooks.idle();
			expect(host.runs).toMatchObject([
				[
					{
						event: 'WRITE_OPERATION_FAILURE',
						job_id,
						write_status: 'FAILURE',
						integration_id: 'int_any',
					},
				],
			]);
		},
	);

	it('of every kind are understood', async () => {
		const [host] = await active({ triggers: EVERYTHING, model: '' });
		for (const trigger of EVERYTHING) {
			const [delivery] = await triggers.emulator.propexo.webhooks.deliver({ trigger });
			expect(delivery?.status).toBe(200);
		}
		expect(host.runs.map(([item]) => item?.event)).toEqual(EVERYTHING);
	});
});

describe('Propexo Trigger, its list of integrations', () => {
	const editor = () =>
		createEditor(new PropexoTrigger(), [new PropexoApi()], {
			propexoApi: triggers.credentials.propexoApi,
		});

	it('shows the names and vendors of all', async () => {
		const options = await editor().options('listIntegrations');
		expect(options.map(({ value }) => value).sort()).toEqual(INTEGRATIONS.map(({ id }) => id).sort());
		expect(options.find(({ value }) => value === 'int_entrata_1')?.name).toMatch(/\(Entrata\)$/);
	});

	it("shows Propexo's words instead of an empty list", async () => {
		triggers.emulator.propexo.faults.add({ status: 403, body: { error: 'not for you' } });
		await expect(editor().options('listIntegrations')).rejects.toThrow('not for you');
	});
});
