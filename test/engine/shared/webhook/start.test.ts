import type { IDataObject } from 'n8n-workflow';

import { SERVICES } from '../../support/service.ts';
import { STARTS } from '../../support/trigger/host.ts';
import { post, shownBy, useTriggers } from '../../support/trigger/triggers.ts';

const triggers = useTriggers();

const STAYS = 'could not be checked when n8n started, and stays on as it was';

describe.each(SERVICES)(
	'$title Trigger, switched on again when n8n starts',
	({ trigger, door: open, name }) => {
		const [choice] = trigger.description.properties.filter(({ required }) => required === true);
		const parameter = choice?.name ?? '';

		it.each(STARTS)('stays on while a choice finds nothing, and no webhook is lost: %s', async (mode) => {
			const { host, proof, event, eventOf } = await open(triggers);
			const before = host.parameters;
			host.parameters = { ...before, [parameter]: '={{ undefined }}' } as IDataObject;
			await host.activate(mode);
			expect(host.warnings).toEqual([
				expect.stringMatching(
					new RegExp(`${STAYS}. '${choice?.displayName}' is empty: its expression found nothing`),
				),
			]);
			expect((await post(host.url, event(1), proof(event(1)))).status).toBe(503);
			expect(host.runs).toEqual([]);
			host.parameters = before;
			expect((await post(host.url, event(1), proof(event(1)))).status).toBe(200);
			expect(host.runs.map(([item]) => eventOf(item))).toEqual([1]);
		});

		it.each(STARTS)(
			'stays on while its credential cannot be read, and no webhook is lost: %s',
			async (mode) => {
				const { host, proof, event, eventOf } = await open(triggers);
				const before = host.credentials;
				host.credentials = {};
				await host.activate(mode);
				expect(host.warnings).toEqual([expect.stringContaining(STAYS)]);
				host.credentials = before;
				expect((await post(host.url, event(1), proof(event(1)))).status).toBe(200);
				expect(host.runs.map(([item]) => eventOf(item))).toEqual([1]);
			},
		);

		it('is refused for the same reasons when somebody publishes the workflow', async () => {
			const { host } = await open(triggers);
			const before = host.parameters;
			for (const mode of ['activate', 'update'] as const) {
				host.parameters = { ...before, [parameter]: '={{ undefined }}' } as IDataObject;
				expect((await shownBy(host.activate(mode))).message).toContain(
					'its expression found nothing',
				);
				host.parameters = before;
				await host.activate(mode);
				const { credentials } = host;
				host.credentials = {};
				await expect(host.activate(mode)).rejects.toThrow();
				host.credentials = credentials;
				await host.activate(mode);
			}
			expect(host.warnings.join('\n')).not.toContain(STAYS);
		});

		it('says nothing where nothing is wrong', async () => {
			const { host } = await open(triggers);
			triggers.emulator[name].ledger.requests.splice(0);
			for (const mode of STARTS) await host.activate(mode);
			expect(host.warnings).toEqual([]);
			expect(triggers.emulator[name].ledger.requests.filter(({ method }) => method !== 'GET')).toEqual(
				[],
			);
		});
	},
);
