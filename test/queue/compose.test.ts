import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { n8nOf, pinnedVersion, ROOT } from '../support/n8nVersion.ts';

/*
 * docker-compose.yml needs a Docker to be run. What can be held against n8n itself without one is held here; that this
 * shape works is what the other tests of this folder show.
 */
interface Service {
	image: string;
	command?: string;
	environment?: Record<string, string>;
	depends_on?: Record<string, { condition: string }>;
	healthcheck?: object;
	volumes?: string[];
	stop_grace_period?: string;
}

const file = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(file, { merge: true }) as {
	services: Record<string, Service>;
	volumes: Record<string, null>;
};
const ofN8n = Object.entries(services).filter(([, { image }]) => image.includes('n8nio'));
const settings = [...new Set(ofN8n.flatMap(([, { environment }]) => Object.keys(environment ?? {})))];

/** All that n8n's own code calls by a name in capitals. */
let known: Set<string>;
beforeAll(async () => {
	const { command } = await n8nOf(pinnedVersion(), join(tmpdir(), 'leasing-install.log'));
	const n8n = dirname(dirname(command));
	known = new Set();
	for (const folder of [join(n8n, 'dist'), join(dirname(n8n), '@n8n', 'config', 'dist')]) {
		for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
			if (!path.endsWith('.js')) continue;
			const code = readFileSync(join(folder, path), 'utf8');
			for (const [, name] of code.matchAll(/\b([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)\b/g))
				known.add(String(name));
		}
	}
});

describe('docker-compose.yml', () => {
	it('runs the n8n that everything is tested with, in each process', () => {
		expect(ofN8n.map(([name]) => name)).toEqual(['main', 'webhook', 'worker']);
		for (const [, { image }] of ofN8n) expect(image.split(':').at(-1)).toBe(pinnedVersion());
		expect(services['webhook']?.command).toBe('webhook');
		expect(services['worker']?.command).toMatch(/^worker --concurrency=\d+$/);
	});

	it.each(settings)('sets %s, which n8n knows', (setting) => {
		expect(known).toContain(setting);
	});

	it('leads all processes to the same database, queue and key', () => {
		const shared = [
			'EXECUTIONS_MODE',
			'N8N_ENCRYPTION_KEY',
			'DB_POSTGRESDB_HOST',
			'QUEUE_BULL_REDIS_HOST',
		];
		for (const [, { environment }] of ofN8n) {
			for (const setting of shared)
				expect(environment?.[setting]).toBe(services['main']?.environment?.[setting]);
		}
		expect(services['main']?.environment).toMatchObject({
			EXECUTIONS_MODE: 'queue',
			DB_POSTGRESDB_HOST: 'postgres',
			QUEUE_BULL_REDIS_HOST: 'redis',
		});
	});

	it('waits only for services that it has and that say when they are healthy', () => {
		for (const [, { depends_on }] of ofN8n) {
			for (const [name, { condition }] of Object.entries(depends_on ?? {})) {
				expect(condition).toBe('service_healthy');
				expect(services[name]).toHaveProperty('healthcheck');
			}
		}
	});

	it('gives no folder to two processes: each installs the packages of the editor into its own', () => {
		const used = Object.values(services).flatMap((service) => service.volumes ?? []);
		const names = used.map((volume) => volume.split(':')[0]);
		expect([...names].sort()).toEqual(Object.keys(volumes).sort());
	});

	it('lets a worker end what it is at before it is killed', () => {
		const worker = services['worker'];
		const patience = Number(worker?.environment?.['N8N_GRACEFUL_SHUTDOWN_TIMEOUT']);
		expect(Number.parseInt(worker?.stop_grace_period ?? '', 10)).toBeGreaterThan(patience);
	});
});
