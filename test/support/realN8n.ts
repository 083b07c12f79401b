import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { credentialsFor, importInto, type WorkflowFile } from '../../demo/example.ts';
import type { N8nHome } from '../../demo/n8n.ts';
import { buildAndPack, installPackage, type Packed } from '../../demo/package.ts';
import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator/index.ts';
import { inTurn } from './inTurn.ts';
import { n8nOf, pinnedVersion, ROOT } from './n8nVersion.ts';

/** Both APIs emulated, and an n8n with the packed package in it; not started yet. */
export interface Stage {
	emulator: Emulator;
	home: N8nHome;
	/** Where everything of this stage is kept until `close`. */
	folder: string;
	/** Replaces workflows of the same ID; they are inactive afterwards. */
	importWorkflows(workflows: WorkflowFile[]): Promise<void>;
	close(): Promise<void>;
}

export interface StageOptions {
	emulator?: EmulatorOptions;
	/** Of n8n; the pinned one if left out. */
	version?: string;
	/** Whether the whole package is built and installed; true if left out. */
	withPackage?: boolean;
	/** Environment of every n8n process, such as that of queue mode. */
	env?: NodeJS.ProcessEnv;
}

/** Jest's environment would make n8n believe that its own tests run: no log, another database. */
const NOT_A_TEST = { NODE_ENV: undefined, JEST_WORKER_ID: undefined };

/** Each version refuses names of modules that it does not know. */
const ANY_VERSION = { N8N_DISABLED_MODULES: undefined };

/** The packed package. It is built once in a run of Jest, whose folder goes when Jest ends. */
async function packedPackage(log: string): Promise<Packed> {
	const folder = join(String(process.env['N8N_USER_FOLDER']), 'packed');
	const about = join(folder, 'packed.json');
	if (existsSync(about)) return JSON.parse(readFileSync(about, 'utf8')) as Packed;
	const packed = await buildAndPack({ root: ROOT, folder, log });
	writeFileSync(about, JSON.stringify(packed));
	return packed;
}

/** Packs the package, and puts it into an n8n with a database of its own. */
export async function setStage(options: StageOptions = {}): Promise<Stage> {
	const folder = mkdtempSync(join(tmpdir(), 'leasing-stage-'));
	const log = join(folder, 'install.log');
	const version = options.version ?? pinnedVersion();
	const { install, packed } = await inTurn('set the stage', async () => ({
		install: await n8nOf(version, log),
		packed: options.withPackage === false ? undefined : await packedPackage(log),
	}));
	const home: N8nHome = {
		install,
		userFolder: join(folder, 'home'),
		log: join(folder, 'n8n.log'),
		env: { ...NOT_A_TEST, ...(version !== pinnedVersion() && ANY_VERSION), ...options.env },
	};
	if (packed) await installPackage(packed, home.userFolder, { log });
	const emulator = await startEmulator(options.emulator);
	return {
		emulator,
		home,
		folder,
		importWorkflows: async (workflows) => await importInto(home, 'workflow', workflows),
		close: async () => {
			await emulator.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Imports credentials that lead to the emulated APIs. */
export async function importCredentials({ emulator, home }: Stage): Promise<void> {
	await importInto(home, 'credentials', credentialsFor(emulator.propexo, emulator.rentEngine));
}
