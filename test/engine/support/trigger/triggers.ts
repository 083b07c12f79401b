import { createHmac } from 'node:crypto';
import type { IDataObject } from 'n8n-workflow';

// #region Propexo
import { PropexoApi } from '../../../../credentials/PropexoApi.credentials';
// #endregion
// #region RentEngine
import { RentEngineApi } from '../../../../credentials/RentEngineApi.credentials';
// #endregion
import type { Emulator, EmulatorOptions } from '../../../../emulator/index.ts';
import { startEmulator } from '../../../../emulator/index.ts';
// #region Propexo
import { PropexoTrigger } from '../../../../nodes/Propexo/PropexoTrigger.node';
// #endregion
// #region RentEngine
import { RentEngineTrigger } from '../../../../nodes/RentEngine/RentEngineTrigger.node';
// #endregion
import { TriggerHost } from './host.ts';
import type { HostOptions } from './hostedNode.ts';

export const SECRET = 'a secret shared with RentEngine';

/** A registration as Propexo tells of it. */
export interface Registered {
	id: string;
	url: string;
	active: boolean;
	secret: string;
	triggers: Array<{ trigger: string; model: string | null }>;
}

/** The APIs emulated, and hosts of the triggers; all of them end with `close`. */
export async function createTriggers(options: EmulatorOptions = {}) {
	const emulator = await startEmulator({
		...options,
		propexo: { limit: 100_000, slowFrom: 2, jobMs: 20, ...options.propexo },
	});
	const hosts: TriggerHost[] = [];

	async function host(settings: HostOptions): Promise<TriggerHost> {
		const created = new TriggerHost(settings);
		hosts.push(created);
		await created.open();
		return created;
	}

	const credentials = {
		propexoApi: {
			environment: 'custom',
			baseUrl: emulator.propexo.url,
			token: emulator.propexo.token,
		},
		rentEngineApi: {
			baseUrl: emulator.rentEngine.url,
			token: emulator.rentEngine.token,
			webhookSecret: SECRET,
		},
	};

	return {
		emulator,
		credentials,
		secret: SECRET,
		// #region Propexo
		propexo: async (parameters: IDataObject = {}, settings: Partial<HostOptions> = {}) =>
			await host({
				nodeType: new PropexoTrigger(),
				credentialTypes: [new PropexoApi()],
				credentials: { propexoApi: credentials.propexoApi },
				parameters,
				...settings,
			}),
		// #endregion
		// #region RentEngine
		rentEngine: async (parameters: IDataObject = {}, webhookSecret = SECRET) =>
			await host({
				nodeType: new RentEngineTrigger(),
				credentialTypes: [new RentEngineApi()],
				credentials: { rentEngineApi: { ...credentials.rentEngineApi, webhookSecret } },
				parameters,
			}),
		// #endregion
		registrations: async () => await registrationsAt(emulator),
		/** Between two tests. */
		async reset() {
			await Promise.all(hosts.splice(0).map(async (each) => await each.close()));
			emulator.reset();
		},
		async close() {
			await Promise.all(hosts.splice(0).map(async (each) => await each.close()));
			await emulator.close();
		},
	};
}

export type Triggers = Awaited<ReturnType<typeof createTriggers>>;

/** All registrations that the emulated Propexo holds, those switched off included, oldest first. */
export async function registrationsAt({ propexo }: Emulator): Promise<Registered[]> {
	const found: Registered[] = [];
	for (const active of [true, false]) {
		const reply = await fetch(`${propexo.url}/v1/webhooks/?active=${active}`, {
			headers: { authorization: `Bearer ${propexo.token}` },
		});
		found.push(...((await reply.json()) as { results: Registered[] }).results);
	}
	return found.sort((a, b) => a.id.localeCompare(b.id));
}

export const signed = (secret: string, text: string) => ({
	'propexo-signature': createHmac('sha256', secret).update(text).digest('hex'),
});

/** Posts text as it is. */
export async function post(
	url: string,
	text: string,
	headers: Record<string, string> = {},
	signal?: AbortSignal,
) {
	const reply = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: text,
		signal,
	});
	return { status: reply.status, text: await reply.text() };
}

/** What n8n shows of a refusal. */
export interface Shown extends Error {
	description?: string;
}

/** What n8n shows the user when the trigger cannot be switched on or off. */
export async function shownBy(work: Promise<unknown>): Promise<Shown> {
	return await work.then(
		() => {
			throw new Error('Nothing was refused');
		},
		(error: Shown) => error,
	);
}

/** The triggers for the tests of a file: empty before each of them, with the time and all else as it is. */
export function useTriggers(): Triggers {
	const triggers = {} as Triggers;
	beforeAll(async () => {
		Object.assign(triggers, await createTriggers());
	});
	afterAll(async () => await triggers.close());
	afterEach(async () => {
		jest.restoreAllMocks();
		await triggers.reset();
	});
	return triggers;
}
