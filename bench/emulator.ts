import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { LedgerCreation, LedgerRequest } from '../emulator/server/ledger.ts';
import type { PropexoSettings } from '../emulator/types.ts';

/** The emulated Propexo in a process of its own, so that its CPU is not a contestant's. */
export interface EmulatorProcess {
	url: string;
	token: string;
	/** Empties the ledger and the windows, and sets the rate. */
	prepare(settings: Partial<PropexoSettings>): Promise<void>;
	ledger(): Promise<{ requests: LedgerRequest[]; created: LedgerCreation[] }>;
	close(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('../emulator/main.ts', import.meta.url));
const FREE_PORTS = ['propexo', 'rentengine', 'page'].flatMap((name) => [`--${name}-port`, '0']);

/**
 * @param leads how many it holds, instead of a few
 * @throws Error when it ends instead of starting
 */
export async function startEmulatorProcess(leads?: number): Promise<EmulatorProcess> {
	const records = leads === undefined ? [] : ['--leads', String(leads)];
	const child = spawn(process.execPath, [MAIN, ...FREE_PORTS, ...records], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const ended = once(child, 'exit');
	const end = () => child.kill();
	process.once('exit', end);

	const found: { propexo?: RegExpExecArray; page?: string } = {};
	for await (const line of createInterface(child.stdout)) {
		found.propexo ??= /^Propexo\s+(\S+)\s+token (\S+)/.exec(line) ?? undefined;
		found.page ??= /^Ledger\s+(\S+)/.exec(line)?.[1];
		if (found.propexo && found.page) break;
	}
	const [, url, token] = found.propexo ?? [];
	const { page } = found;
	if (!url || !token || !page) throw new Error('The emulator did not start');

	const post = async (path: string, body: unknown) => {
		const reply = await fetch(`${page}${path}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
		});
		if (!reply.ok)
			throw new Error(`The emulator answered ${reply.status} to ${path}: ${await reply.text()}`);
		await reply.arrayBuffer();
	};
	return {
		url,
		token,
		prepare: async (settings) => {
			await post('/api/reset', {});
			await post('/api/settings', { propexo: settings });
		},
		ledger: async () => {
			const reply = await fetch(`${page}/api/ledger`);
			const { propexo } = (await reply.json()) as {
				propexo: Awaited<ReturnType<EmulatorProcess['ledger']>>;
			};
			return propexo;
		},
		close: async () => {
			process.off('exit', end);
			end();
			await ended;
		},
	};
}
