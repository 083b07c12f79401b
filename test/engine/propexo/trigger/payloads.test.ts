import type { IDataObject } from 'n8n-workflow';

import { PropexoApi } from '../../../../credentials/PropexoApi.credentials';
import { INTEGRATIONS } from '../../../../emulator/index.ts';
import { WEBHOOK_MODELS } from '../../../../emulator/propexo/webhooks/models.ts';
import { PropexoTrigger } from '../../../../nodes/Propexo/PropexoTrigger.node';
import { until } from '../../support/deliver/driven.ts';
import { createEditor } from '../../support/editor.ts';
import { useTriggers } from '../../support/trigger/triggers.ts';
import { active, changedRecord, deliver, failedRead, failedWrite, newRecord } from '../support/deliveries.ts';

const triggers = useTriggers();

const EVERYTHING = [
	'WRITE_OPERATION_FAILURE',
	'DATA_NEW',
	'DATA_UPDATE',
	'JOB_FAILURE',
	'SYNC_COMPLETE',
	'FIRST_SYNC_COMPLETE',
];

const sync = {
	integration_id: 'int_entrata_1',
	vendor: 'ENTRATA',
	successful_job_count: 12,
	failed_job_count: 0,
	is_sync_finished: true,
};

const wrapped = (trigger: string, data: object) => ({ trigger, data });

/** With `meta` in `data`, and beside it. */
const besides = (trigger: string, { meta, ...data }: IDataObject) => [
	wrapped(trigger, { ...data, meta }),
	{ ...wrapped(trigger, data), meta },
];

const SAMPLES: Record<string, IDataObject> = {
	WRITE_OPERATION_FAILURE: failedWrite,
	JOB_FAILURE: failedRead,
	DATA_NEW: newRecord,
	DATA_UPDATE: changedRecord,
};

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
		['a new record', [newRecord, ...besides('DATA_NEW', newRecord)], newRecord],
		[
			'a changed record',
			[
				changedRecord,
				...besides('DATA_UPDATE', changedRecord),
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
			const [host, registered] = await active(triggers, {
				triggers: EVERYTHING,
				model: '',
				simplify: false,
			});
			expect((await deliver(registered, body)).status).toBe(200);
			expect(host.runs).toEqual([[output]]);
		}
	});

	it('come out as they are where a text says that they are not simplified', async () => {
		for (const text of ['false', 'No', '0']) {
			const [host, registered] = await active(triggers, {
				triggers: EVERYTHING,
				model: '',
				simplify: `={{ '${text}' }}`,
			});
			await deliver(registered, changedRecord);
			expect([text, host.runs]).toEqual([text, [[expect.objectContaining(changedRecord)]]]);
		}
	});

	it('give a first sync its name when that is the only one asked for', async () => {
		const [host, registered] = await active(triggers, { triggers: ['FIRST_SYNC_COMPLETE'] });
		await deliver(registered, sync);
		expect(host.runs).toEqual([[{ event: 'FIRST_SYNC_COMPLETE', ...sync }]]);
	});

	it('are read with the letters and numbers they hold', async () => {
		const [host, registered] = await active(triggers, {});
		const errors = ['Ünit „12“ \u0000 漢字 🏢', '{"code":"E\\n1"}'];
		await deliver(registered, { ...failedWrite, errors, __proto__: { polluted: true } });
		expect(host.runs[0]?.[0]?.errors).toEqual(errors);
	});
});

describe('Propexo Trigger, the events that start a run', () => {
	it('are the chosen ones alone', async () => {
		const [host, registered] = await active(triggers, { triggers: ['JOB_FAILURE'] });
		expect((await deliver(registered, failedWrite)).status).toBe(200);
		expect((await deliver(registered, { ...sync, event: 'JOB_SUCCESS' })).status).toBe(200);
		expect(host.runs).toEqual([]);
		await deliver(registered, failedRead);
		expect(host.runs).toHaveLength(1);
	});

	it.each([[['int_yardi_1', 'int_entrata_1']], ['int_yardi_1, int_entrata_1']])(
		'are those of the chosen integrations (%j)',
		async (integrationIds) => {
			const [host, registered] = await active(triggers, { integrationIds });
			await deliver(registered, { ...failedWrite, integration_id: 'int_mri_1' });
			expect(host.runs).toEqual([]);
			await deliver(registered, failedWrite);
			expect(host.runs).toHaveLength(1);
		},
	);

	it('are those of the integration that stands in meta alone, in or beside the data', async () => {
		const [host, registered] = await active(triggers, {
			...{ triggers: ['DATA_UPDATE'], model: '', integrationIds: ['int_entrata_1'] },
		});
		for (const integration_id of ['int_mri_1', 'int_entrata_1']) {
			const meta = { object: 'leads', integration_id };
			const bodies = [
				{ ...changedRecord, meta },
				...besides('DATA_UPDATE', { ...changedRecord, meta }),
				{ ...wrapped('DATA_UPDATE', { ...changedRecord, meta: null }), meta },
			];
			for (const [record_id, body] of bodies.entries())
				await deliver(registered, {
					...body,
					...('data' in body ? { data: { ...body.data, record_id } } : { record_id }),
				});
		}
		expect(host.runs.map(([item]) => item?.integration_id)).toEqual(Array(4).fill('int_entrata_1'));
		expect(host.warnings).toEqual([]);
	});

	it.each(EVERYTHING)(
		'are also those that do not tell their integration, which the log says once: %s',
		async (event) => {
			const [host, registered] = await active(triggers, {
				...{ triggers: EVERYTHING, model: '', integrationIds: ['int_entrata_1'] },
			});
			const told = SAMPLES[event] ?? sync;
			for (const [n, integration_id] of [undefined, null, ''].entries())
				await deliver(registered, {
					trigger: event,
					data: { ...told, meta: { object: 'leads' }, integration_id, n },
				});
			expect(host.runs).toHaveLength(3);
			expect(host.warnings).toEqual([
				expect.stringMatching(
					/does not tell what 'Integration Names or IDs' goes by.+start the workflow/,
				),
			]);
		},
	);

	it('start none without their integration if they are not the chosen events', async () => {
		const [host, registered] = await active(triggers, { integrationIds: ['int_entrata_1'] });
		await deliver(registered, { event: 'JOB_FAILURE', job_id: 'j' });
		expect([host.runs, host.warnings]).toEqual([[], []]);
	});

	it('are those of the chosen model', async () => {
		const [host, registered] = await active(triggers, {
			triggers: ['DATA_NEW', 'DATA_UPDATE'],
			model: 'events',
		});
		await deliver(registered, changedRecord);
		expect(host.runs).toEqual([]);
		await deliver(registered, newRecord);
		expect(host.runs).toHaveLength(1);
	});

	it('are those of the chosen model, in whatever spelling', async () => {
		for (const [index, model] of WEBHOOK_MODELS.entries()) {
			const [host, registered] = await active(triggers, {
				...{ triggers: ['DATA_NEW', 'DATA_UPDATE'], model },
			});
			const bodies = (object: string, record_id: string) => [
				{ ...newRecord, object, record_id },
				{ trigger: 'DATA_UPDATE', data: { record_id, diff: {} }, meta: { object } },
			];
			const hyphens = model.replaceAll('_', '-');
			const others = [model, hyphens.toUpperCase(), ` ${hyphens} `];
			const spellings = [hyphens, others[index % others.length] ?? ''];
			for (const [n, object] of spellings.entries())
				for (const body of bodies(object, `record ${n}`))
					expect((await deliver(registered, body)).status).toBe(200);
			for (const body of bodies(`${hyphens}-2`, 'other')) await deliver(registered, body);
			expect(host.runs.map(([item]) => item?.object)).toEqual(Array(4).fill(model));
			expect(host.warnings).toEqual([]);
		}
	});

	it.each([{ object: null }, { object: '' }, {}])(
		'are those of no named model, too, which the log says once: %j',
		async (named) => {
			const [host, registered] = await active(triggers, { triggers: ['DATA_NEW'], model: 'events' });
			const { object: _, meta: __, ...nameless } = newRecord;
			for (const record_id of ['1', '2'])
				await deliver(registered, { ...nameless, ...named, record_id });
			expect(host.runs).toHaveLength(2);
			expect(host.warnings).toEqual([
				expect.stringContaining("does not tell what 'Record Type' goes by"),
			]);
		},
	);
});

describe("Propexo Trigger, Propexo's own deliveries", () => {
	it.each(['wrapped', 'flat'] as const)(
		'of a write that fails, %s, start a run with its job ID',
		async (shape) => {
			const { propexo } = triggers.emulator;
			propexo.settings.webhookShape = shape;
			const [host] = await active(triggers, {});
			const reply = await fetch(`${propexo.url}/v1/events/leads`, {
				method: 'POST',
				headers: { authorization: `Bearer ${propexo.token}`, 'content-type': 'application/json' },
				body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes: '[fail]' }),
			});
			const { job_id } = (await reply.json()) as { job_id: string };
			await until(() => propexo.webhooks.deliveries.length > 0);
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

	it.each(['wrapped', 'flat'] as const)('of models of several words reach it, %s', async (shape) => {
		const [host] = await active(triggers, { triggers: ['DATA_NEW'], model: 'leads_to_events' });
		const { webhooks } = triggers.emulator.propexo;
		for (const object of ['leads-to-events', 'leads']) {
			const data = { ...newRecord, object, meta: { object, integration_id: 'int_entrata_1' } };
			await webhooks.deliver({ trigger: 'DATA_NEW', data, shape });
		}
		expect(host.runs).toMatchObject([[{ object: 'leads_to_events' }]]);
	});

	it('of every kind are understood', async () => {
		const [host] = await active(triggers, { triggers: EVERYTHING, model: '' });
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
