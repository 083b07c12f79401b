/** `npm run demo`: sends CRM webhooks to a real n8n and shows what Propexo and RentEngine (emulated) hold afterwards. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { startEmulator, type Emulator } from '../emulator/index.ts';
import { whenNpmEnds } from '../emulator/whenNpmEnds.ts';
import { readArguments, USAGE, type DemoArguments } from './arguments.ts';
import { openDesk } from './desk.ts';
import { credentialsFor, EXAMPLE, importInto, NODE_TYPES } from './example.ts';
import { Failure, messageOf } from './failure.ts';
import { installN8n } from './install.ts';
import { describe, OWNER, startN8n, type N8n, type N8nHome } from './n8n.ts';
import { buildAndPack, installPackage } from './package.ts';
import { needPort } from './ports.ts';
import { deliver, isHeld, rows, type Delivery } from './post.ts';
import { killAll } from './programs.ts';
import { createProgress, type Progress } from './progress.ts';
import { activate, needNodeTypes, publish, signIn, type Session } from './rest.ts';
import { samples } from './samples.ts';
import { deskCredentials, isPublished, shippedFor, type Shipped } from './shipped.ts';
import { table } from './table.ts';
import { guide, triesOf } from './tries.ts';

const root = join(import.meta.dirname, '..');
const folder = process.env['LEASING_EVENTS_DEMO_DIR'] ?? join(root, '.demo');
const logs = join(folder, 'logs');
const here = (path: string): string => relative(process.cwd(), path) || '.';

/** As a user would enter it in RentEngine and in the credential, so that a RentEngine Trigger can be tried. */
const WEBHOOK_SECRET = 'rentengine-demo-secret';

/** Everything that runs and has to be ended. */
interface Running {
	emulator: Emulator;
	n8n: N8n;
	/** The automations that were imported. */
	shipped: Shipped[];
}

/** Ends everything that was started, in reverse order; one that fails does not stop the rest. */
const endings: Array<() => Promise<void>> = [];

async function bringUp(
	{ ports, fresh, once }: DemoArguments,
	progress: Progress,
	signal: AbortSignal,
): Promise<Running> {
	await needPort(ports.n8n, 'n8n', '--n8n-port');
	await needPort(ports.propexo, 'the emulated Propexo', '--propexo-port');
	await needPort(ports.rentEngine, 'the emulated RentEngine', '--rentengine-port');
	await needPort(ports.page, 'the ledger page', '--page-port');
	const emulator = await startEmulator({
		propexoPort: ports.propexo,
		rentEnginePort: ports.rentEngine,
		pagePort: ports.page,
		rentEngine: { webhookSecret: WEBHOOK_SECRET },
	});
	endings.push(() => emulator.close());
	addNewProspects(emulator);
	const desk = await openDesk(join(folder, 'mail'), (line) => console.log(line));
	endings.push(() => desk.close());
	const credentials = [
		...credentialsFor(emulator.propexo, emulator.rentEngine, WEBHOOK_SECRET),
		...deskCredentials(desk),
	];
	const shipped = shippedFor(root, { credentials, chat: desk.chat });

	const packed = await progress.step(
		'Building and packing the package',
		() => buildAndPack({ root, folder: join(folder, 'package'), log: join(logs, 'build.log'), signal }),
		({ name, version, bytes }) => `${name} ${version}, ${Math.ceil(bytes / 1_000)} kB`,
	);
	const install = await installN8n({
		manifest: import.meta.dirname,
		folder: process.env['LEASING_EVENTS_N8N_DIR'] ?? join(folder, 'n8n'),
		log: join(logs, 'install.log'),
		progress,
		signal,
	});
	const userFolder = join(folder, `home-${ports.n8n}`);
	const isUsed = join(userFolder, 'used');
	// A database that was not finished is useless.
	if (fresh || !existsSync(isUsed)) rmSync(userFolder, { recursive: true, force: true });
	const home: N8nHome = { install, userFolder, log: join(logs, 'n8n.log'), signal };
	await progress.step('Installing the package into n8n', () =>
		installPackage(packed, userFolder, { log: join(logs, 'install.log'), signal }),
	);
	await progress.step(
		'Importing credentials and all automations of workflows/',
		async () => {
			await importInto(home, 'credentials', credentials);
			await importInto(
				home,
				'workflow',
				shipped.map(({ workflow }) => workflow),
			);
		},
		() => `${shipped.length} of them`,
	);
	const n8n = await progress.step(`Starting n8n ${install.version}`, async () => {
		const started = await startN8n(home, ports.n8n);
		endings.push(() => started.stop());
		const session = await signIn(started.url);
		await needNodeTypes(session, NODE_TYPES, started.program);
		await activate(started.url, session, EXAMPLE.id, EXAMPLE.webhook);
		if (!once) await publishAll(session, shipped);
		return started;
	});
	writeFileSync(isUsed, '');
	return { emulator, n8n, shipped };
}

/** Renters who have just written in, so that those who look for new prospects find some. */
function addNewProspects({ rentEngine }: Emulator): void {
	const people = [
		{ name: 'Nadia Singh', email: 'nadia.singh@example.com', phone: '+15125550142' },
		{ name: 'Owen Hale', email: 'owen.hale@example.com', phone: '+13035550143' },
		{ name: 'Amara Petrov', email: 'amara.petrov@example.com', phone: '+14045550144' },
	];
	for (const person of people) rentEngine.rows.addProspect(person);
}

/** One that n8n does not publish says why, and the others are published all the same. */
async function publishAll(session: Session, shipped: Shipped[]): Promise<void> {
	for (const one of shipped.filter((other) => isPublished(other) && other.id !== EXAMPLE.id)) {
		try {
			await publish(session, one.id);
		} catch (error) {
			one.needs = `a look: n8n did not publish it (${messageOf(error)})`;
		}
	}
}

async function postSamples(
	{ emulator, n8n }: Running,
	progress: Progress,
	signal: AbortSignal,
): Promise<void> {
	const now = new Date();
	const series = `crm-${Math.floor(now.getTime() / 1_000)}`;
	const ledgers = { Propexo: emulator.propexo.ledger, RentEngine: emulator.rentEngine.ledger };
	const deliveries: Delivery[] = [];
	await progress.step(
		'Posting one webhook of each kind',
		async () => {
			for (const sample of samples({ now, series })) {
				deliveries.push(await deliver(`${n8n.url}/webhook/${EXAMPLE.webhook}`, sample, signal));
			}
		},
		() => `${deliveries.filter((one) => isHeld(one, ledgers)).length} of ${deliveries.length} recorded`,
	);
	console.log(`\n${table(rows(deliveries, ledgers), process.stdout.columns ?? 140)}\n`);
	const missing = deliveries.filter((one) => !isHeld(one, ledgers));
	if (missing.length === 0) return;
	const titles = missing.map(({ sample }) => `${sample.system}'s "${sample.title}"`).join(', ');
	throw new Failure(
		`Missing: ${titles}. See the executions in the editor and ${here(join(logs, 'n8n.log'))}`,
	);
}

function showTries({ n8n, shipped }: Running): void {
	const tries = triesOf(join(root, 'demo', 'files'), shipped, n8n.url);
	console.log(
		'All automations of workflows/ are in the editor, set up for the emulated APIs. To try one:\n',
	);
	for (const line of guide(shipped, tries, n8n.url, here)) console.log(line);
	console.log('');
}

function showAddresses({ emulator, n8n }: Running): void {
	console.log(`Editor       ${n8n.url}  (sign in as ${OWNER.email}, password ${OWNER.password})`);
	console.log(`Workflow     ${n8n.url}/workflow/${EXAMPLE.id}`);
	console.log(`Webhook      POST ${n8n.url}/webhook/${EXAMPLE.webhook}`);
	console.log(`Ledger page  ${emulator.page.url}`);
	console.log(`Logs         ${here(logs)}`);
}

/** Waits for Ctrl-C, or for an n8n that ends by itself. */
async function stayUp({ n8n }: Running, signal: AbortSignal): Promise<void> {
	console.log('\nCtrl-C ends everything.');
	const interrupted = new Promise<undefined>((resolve) => {
		if (signal.aborted) resolve(undefined);
		signal.addEventListener('abort', () => resolve(undefined), { once: true });
	});
	const ending = await Promise.race([interrupted, n8n.program.ended]);
	if (ending && !signal.aborted)
		throw new Failure(
			`n8n has ended by itself (${describe(ending)}). See ${here(join(logs, 'n8n.log'))}`,
		);
}

/** @returns the exit code */
async function main(signal: AbortSignal): Promise<number> {
	const args = readArguments(process.argv.slice(2));
	if (args.help) return (console.log(USAGE), 0);
	rmSync(logs, { recursive: true, force: true });
	mkdirSync(logs, { recursive: true });
	const progress = createProgress(process.stdout);
	const running = await bringUp(args, progress, signal);
	let missing: unknown;
	await postSamples(running, progress, signal).catch((error: unknown) => (missing = error));
	signal.throwIfAborted();
	// They are published only where n8n stays up.
	if (!args.once) showTries(running);
	showAddresses(running);
	if (missing !== undefined) console.error(`\n${messageOf(missing)}.`);
	if (!args.once) await stayUp(running, signal);
	return missing === undefined ? 0 : 1;
}

/** One line; an unexpected error is kept in full beside the other logs. */
function report(error: unknown): void {
	console.error(`\n${messageOf(error)}`);
	if (error instanceof Failure || !(error instanceof Error)) return;
	const log = join(logs, 'demo.log');
	writeFileSync(log, `${error.stack}\n`);
	console.error(`More about it is in ${here(log)}`);
}

async function endAll(): Promise<void> {
	for (const end of endings.splice(0).reverse()) await end().catch(() => undefined);
	killAll();
}

const interrupting = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.on(name, () => {
		// A second Ctrl-C does not wait.
		if (interrupting.signal.aborted) process.exit(130);
		interrupting.abort();
	});
}
whenNpmEnds(() => interrupting.abort());
process.on('exit', killAll);
// The terminal, or the program that read the output, is gone.
process.stdout.on('error', () => interrupting.abort());

let stayedUp = false;
try {
	process.exitCode = await main(interrupting.signal);
	stayedUp = true;
} catch (error) {
	process.exitCode = interrupting.signal.aborted ? 130 : 1;
	if (!interrupting.signal.aborted) report(error);
} finally {
	if (interrupting.signal.aborted)
		console.log(stayedUp ? '\nEnding n8n and the emulator …' : '\nInterrupted.');
	await endAll();
}
