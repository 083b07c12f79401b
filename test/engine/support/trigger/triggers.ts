import type { Emulator } from '../../../../emulator/index.ts';
import type { TestedService } from '../service.ts';
import type { Credentials } from '../services.ts';
import { useServices } from '../services.ts';
import { TriggerHost } from './host.ts';
import type { HostOptions } from './hostedNode.ts';

/** The APIs emulated, and hosts of the triggers. */
export interface Triggers {
	emulator: Emulator;
	credentials: Credentials;
	/** A trigger in an n8n that listens, and is closed after the test. */
	host(
		service: Pick<TestedService, 'name' | 'trigger' | 'credentialType'>,
		settings?: Partial<HostOptions>,
	): Promise<TriggerHost>;
	/** Back to the state between two tests. */
	reset(): Promise<void>;
}

/** The triggers for the tests of a file: each test gets new hosts and an emulator in its first state. */
export function useTriggers(): Triggers {
	const services = useServices();
	const hosts: TriggerHost[] = [];
	const close = async () =>
		void (await Promise.all(hosts.splice(0).map(async (each) => await each.close())));
	afterEach(async () => {
		jest.restoreAllMocks();
		await close();
	});
	return {
		get emulator() {
			return services.emulator;
		},
		get credentials() {
			return services.credentials;
		},
		async host({ name, trigger: nodeType, credentialType }, settings) {
			const type = `${name}Api` as const;
			const created = new TriggerHost({
				nodeType,
				credentialTypes: [credentialType],
				credentials: { [type]: services.credentials[type] },
				...settings,
			});
			hosts.push(created);
			await created.open();
			return created;
		},
		async reset() {
			await close();
			services.emulator.reset();
		},
	};
}

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
