import fc from 'fast-check';

import type { TriggerHost } from '../../support/trigger/host.ts';
import { useTriggers } from '../../support/trigger/triggers.ts';
import { useCanary } from '../../support/hostile/canary.ts';
import { expectClearError, expectNoHarm } from '../../support/hostile/expectations.ts';
import { portion, runs } from '../../../support/effort.ts';
import { complaints, deepened, nastyTexts, spoiled, WRONG_REPLIES } from '../../support/hostile/values.ts';
import { propexoTrigger } from '../support/trigger.ts';

const triggers = useTriggers();
const canary = useCanary();

const WEBHOOK = {
	id: 'wh_1',
	url: 'https://n8n.example.com/webhook/1',
	active: true,
	secret: 's'.repeat(64),
	triggers: [{ id: 't_1', trigger: 'WRITE_OPERATION_FAILURE', model: null }],
};

/** What a trigger does when it is switched on and off, and which of its requests is answered. */
const DOINGS: Array<{
	title: string;
	method: string;
	reply: unknown;
	/** What must have been before. */
	before(host: TriggerHost): Promise<void>;
	perform(host: TriggerHost): Promise<void>;
}> = [
	{
		title: 'being registered',
		method: 'POST',
		reply: { result: WEBHOOK },
		before: async () => undefined,
		perform: async (host) => await host.activate(),
	},
	{
		title: 'being asked for',
		method: 'GET',
		reply: { results: WEBHOOK },
		before: async (host) => await host.activate(),
		perform: async (host) => await host.activate('init'),
	},
	{
		title: 'being changed',
		method: 'PUT',
		reply: { result: WEBHOOK },
		before: async (host) => {
			await host.activate();
			host.parameters = { triggers: ['SYNC_COMPLETE'] };
		},
		perform: async (host) => await host.activate('init'),
	},
	{
		title: 'being taken back',
		method: 'DELETE',
		reply: { success: true },
		before: async (host) => await host.activate(),
		perform: async (host) => await host.deactivate(),
	},
];

describe.each(DOINGS)('Propexo Trigger, $title, answered with', (doing) => {
	const { method, reply, before, perform } = doing;
	async function answered(status: number, body: string): Promise<void> {
		await triggers.reset();
		const host = await propexoTrigger(triggers);
		await before(host);
		const { faults, ledger, token } = triggers.emulator.propexo;
		const asked = ledger.requests.length;
		const headers = { 'content-type': 'application/json', location: `http://${canary.host}/stolen` };
		faults.add({ match: { method }, status, body, headers });
		const error = await perform(host).then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		expect(ledger.requests.slice(asked).some((request) => request.method === method)).toBe(true);
		const secret = (host.saved.production as { secret?: string } | undefined)?.secret ?? token;
		if (error !== undefined) {
			expectClearError(error, /^The webhook's registration: /);
			const { message, description } = error as { message: string; description?: string };
			for (const hidden of [secret, token]) expect(`${message} ${description}`).not.toContain(hidden);
		}
		// What came back is used from now on; it must lead nowhere else.
		faults.clear();
		await host
			.activate('init')
			.catch((later: unknown) => expectClearError(later, /^The webhook's registration: /));
		await host
			.deactivate()
			.catch((later: unknown) => expectClearError(later, /^The webhook's registration: /));
		for (const { method: by, path, authorized } of ledger.requests) {
			expect(`${by} ${path}`).toMatch(
				/^((POST|GET) \/v1\/webhooks\/|(GET|PUT|DELETE) \/v1\/webhooks\/[^/?#]+)$/,
			);
			expect(authorized).toBe(true);
		}
		expectNoHarm({ canary });
	}

	it('any JSON under any status', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(200, 201, 204, 302, 400, 401, 403, 404, 409, 422),
				spoiled(reply, canary.host),
				answered,
			),
			runs(10),
		);
	});

	it('any ID', async () => {
		for (const id of portion(nastyTexts(canary.host), 4, DOINGS.indexOf(doing)))
			await answered(200, JSON.stringify({ result: { ...WEBHOOK, id }, results: { ...WEBHOOK, id } }));
	});

	it('what is no reply at all', async () => {
		for (const body of [...WRONG_REPLIES, complaints(WEBHOOK.secret), deepened(reply)])
			for (const status of [200, 400]) await answered(status, body);
	});
});
