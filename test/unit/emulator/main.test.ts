import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startEmulator } from '../../../emulator/index.ts';
import { call } from './support/client.ts';
import { until } from './support/receiver.ts';

const MAIN = join(process.cwd(), 'emulator', 'main.ts');
const PORTS = ['--propexo-port', '0', '--rentengine-port', '0', '--page-port', '0'];

/** What the first process compiles, the others load. */
const env = { ...process.env, NODE_COMPILE_CACHE: join(process.env.N8N_USER_FOLDER ?? '', 'compiled') };

const start = (...args: string[]) => {
	const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [MAIN, ...args], { env });
	const said = { out: '', err: '' };
	child.stdout.on('data', (part: Buffer) => (said.out += part.toString()));
	child.stderr.on('data', (part: Buffer) => (said.err += part.toString()));
	return { child, said, ended: once(child, 'close') };
};

it.each(['SIGINT', 'SIGTERM'] as const)('tells addresses and tokens, and ends well on %s', async (signal) => {
	const { child, said, ended } = start(...PORTS, '--propexo-token', 'my-token');
	await until(() => said.out.includes('Ctrl-C'));
	const [propexo, rentEngine, page] = said.out.match(/http:\S+/g) ?? [];
	expect(said.out).toContain('token my-token');
	expect((await call(`${propexo}/v1/units/?limit=1`, { token: 'my-token' })).status).toBe(200);
	expect((await call(`${rentEngine}/units?limit=1`, { token: 'rentengine-demo-token' })).status).toBe(200);
	expect((await call(`${page}/`)).status).toBe(200);
	child.kill(signal);
	expect(await ended).toEqual([0, null]);
});

it('ends with the npm that runs it, although npm gives it no signal', async () => {
	const command = `"${process.execPath}" "${MAIN}" ${PORTS.join(' ')} & wait`;
	// npm runs a script by a shell, and ends that alone.
	const shell = spawn('sh', ['-c', command], { env: { ...env, npm_lifecycle_event: 'emulator' } });
	let said = '';
	shell.stdout.on('data', (part: Buffer) => (said += part.toString()));
	const isOver = once(shell.stdout, 'close');
	await until(() => said.includes('Ctrl-C'));
	const [propexo] = said.match(/http:\S+/g) ?? [];
	shell.kill('SIGTERM');
	await isOver;
	await expect(call(`${propexo}/v1/leads/`)).rejects.toThrow('ECONNREFUSED');
});

it('holds as many leads as it is told to', async () => {
	const { child, said, ended } = start(...PORTS, '--leads', '300');
	await until(() => said.out.includes('Ctrl-C'));
	const [propexo] = said.out.match(/http:\S+/g) ?? [];
	const reply = await call(`${propexo}/v1/leads/?limit=1`, { token: 'propexo-demo-token' });
	child.kill('SIGTERM');
	await ended;
	expect(reply.json).toMatchObject({ meta: { total: 300 } });
});

it('says in one line what is wrong, and fails', async () => {
	const emulator = await startEmulator();
	const taken = new URL(emulator.propexo.url).port;
	const inUse = start(...PORTS, '--propexo-port', taken);
	const unknown = start('--seed', 'huge');
	const tooMany = start('--leads', 'many');
	expect(await inUse.ended).toEqual([1, null]);
	expect(inUse.said.err).toMatch(new RegExp(`^A port is in use: .*${taken}.*\n$`));
	expect(await unknown.ended).toEqual([1, null]);
	expect(unknown.said.err).toMatch(/^.*"huge".*\n$/);
	expect(await tooMany.ended).toEqual([1, null]);
	expect(tooMany.said.err).toMatch(/^--leads: "many".*\n$/);
	await emulator.close();
});
