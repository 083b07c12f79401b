import { credentialsFor, EXAMPLE, NODE_TYPES, prepare, readWorkflow } from '../../demo/example.ts';
import { deliver, isHeld, type Delivery } from '../../demo/post.ts';
import { activate, needNodeTypes, signIn, type Session } from '../../demo/rest.ts';
import { samples } from '../../demo/samples.ts';
import { startEmulator, type Emulator } from '../../emulator/index.ts';

/** One thing that was looked at, and what is wrong with it. */
export interface Finding {
	what: string;
	wrong?: string;
}

/** What came of the package in a running n8n. */
export interface Checked {
	/** Of n8n. */
	version: string;
	findings: Finding[];
}

/** Makes the credentials and the example workflow as the editor does, and publishes it; gives its webhook. */
async function bringIn(url: string, session: Session, root: string, emulator: Emulator): Promise<string> {
	const credentials = credentialsFor(emulator.propexo, emulator.rentEngine);
	for (const credential of credentials) {
		const { name, type, data } = credential;
		credential.id = (await session.post<{ id: string }>('/credentials', { name, type, data })).id;
	}
	const { id: _, ...workflow } = prepare(readWorkflow(root, EXAMPLE.file), EXAMPLE.id, credentials);
	const { id } = await session.post<{ id: string }>('/workflows', workflow);
	await activate(url, session, id, EXAMPLE.webhook);
	return `${url}/webhook/${EXAMPLE.webhook}`;
}

/** That an event which was recorded comes again, and is not recorded again. */
async function again(webhook: string, { sample }: Delivery, emulator: Emulator): Promise<string | undefined> {
	const count = () => emulator.propexo.ledger.created.length + emulator.rentEngine.ledger.created.length;
	const before = count();
	const { status, answer } = await deliver(webhook, sample);
	const isSkipped = status === 200 && /"skipped":\s*true/.test(answer);
	return isSkipped && count() === before ? undefined : `n8n answered ${status}: ${answer.slice(0, 300)}`;
}

/**
 * Tries the package in a running n8n that has it installed and that reaches this process on loopback: all nodes are
 * loaded, the example workflow records one event of each kind with the emulated services, and records none twice.
 *
 * @param url of n8n
 * @param root the checkout
 */
export async function checkIn(url: string, root: string): Promise<Checked> {
	const emulator = await startEmulator();
	try {
		const session = await signIn(url);
		const { versionCli: version } = await session.get<{ versionCli: string }>('/settings');
		const types = NODE_TYPES.flatMap((type) => [type, `${type}Trigger`]);
		await needNodeTypes(session, types, { output: '' });
		const webhook = await bringIn(url, session, root, emulator);
		const ledgers = { Propexo: emulator.propexo.ledger, RentEngine: emulator.rentEngine.ledger };
		const findings: Finding[] = [{ what: 'all nodes are loaded' }];
		for (const sample of samples({ now: new Date(), series: 'container' })) {
			const delivery = await deliver(webhook, sample);
			const wrong = isHeld(delivery, ledgers)
				? await again(webhook, delivery, emulator)
				: `n8n answered ${delivery.status}: ${delivery.answer.slice(0, 300)}`;
			const what = `${sample.system}: "${sample.title}" is recorded, and recorded once`;
			findings.push({ what, ...(wrong !== undefined && { wrong }) });
		}
		return { version, findings };
	} finally {
		await emulator.close();
	}
}
