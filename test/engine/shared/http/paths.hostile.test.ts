import type { TestedOperation } from '../../support/operations.ts';
import { ALL_NODES, OPERATIONS, rightParameters, variantsOf } from '../../support/operations.ts';
import type { TestedService } from '../../support/service.ts';
import { byId } from '../../support/services.ts';
import { ACTS, KNOWN_IDS, listsOf, openList } from '../../support/hostile/acts.ts';
import { expectClearError, expectNoHarm, Reach } from '../../support/hostile/expectations.ts';
import { portion } from '../../../support/effort.ts';
import { useStage } from '../../support/hostile/stage.ts';
import { nastyTexts } from '../../support/hostile/values.ts';

const stage = useStage();

/* IDs in the fields of operations: values.hostile.test.ts. */
describe('IDs, searches and places in a list that are paths, addresses and headers', () => {
	const reaches = new Map<TestedService, Reach>();
	beforeAll(async () => {
		for (const act of ACTS.filter(({ way }) => way === undefined)) {
			await stage.fresh();
			await act.perform(stage);
			const reach = reaches.get(act.service) ?? new Reach();
			reach.allow(stage.asked(act.service), new Set(KNOWN_IDS));
			reaches.set(act.service, reach);
		}
	});

	const lists = ALL_NODES.flatMap((node) =>
		listsOf(node).map((list, turn) => ({
			title: `${node.type.description.displayName}, ${list.method}`,
			...{ node, list, turn },
		})),
	);

	it.each(lists)('$title: reaches the paths of lists and no other', async ({ node, list, turn }) => {
		const ids = node.type.description.properties.filter(({ type }) => type === 'resourceLocator');
		const texts = nastyTexts(stage.canary.host);
		for (const text of turn === 0 ? texts : portion(texts, 6, turn)) {
			await stage.fresh();
			const chosen = Object.fromEntries(ids.map(({ name }) => [name, byId(text)]));
			const came = [
				await openList(stage, node, list, chosen),
				await openList(stage, node, list, {}, text, text),
			];
			for (const { error } of came) if (error !== undefined) expectClearError(error, /^\S/);
			reaches.get(node.service)?.expectKept(stage, node.service);
			expectNoHarm(stage);
		}
	});
});

/** The first operation of each service that sends something. */
const SENDING = OPERATIONS.filter(
	({ service, writes }, index) =>
		writes && OPERATIONS.findIndex((other) => other.writes && other.service === service) === index,
);

/** Sends with a credential of which something was changed. */
async function withCredential(operation: TestedOperation, changes: Record<string, string>) {
	await stage.fresh();
	const [first = {}] = variantsOf(operation);
	const [[name, own] = ['', {}]] = Object.entries(stage.credentials(operation.service));
	return await stage.run(operation, rightParameters(operation, first, false), {
		onError: 'stopWorkflow',
		...{ credentials: { [name]: { ...own, ...changes } } },
	});
}

describe.each(SENDING)('$title, with tokens and base URLs that would break out', (operation) => {
	const { service } = operation;

	it.each([
		['a line break', 'token\r\nX-Injected: 1'],
		['a null character', 'token\u0000'],
		['a letter beyond ASCII', 'tökén'],
		['a letter that is written from right to left', 'token\u05d0'],
		['a space', 'Bearer two words'],
	])('a token with %s is refused before anything is sent, and not repeated', async (_what, token) => {
		const { thrown } = await withCredential(operation, { token });
		expect(thrown?.message).toMatch(/^The '(Token|API Key)' of the credential cannot be used$/);
		expect(JSON.stringify(thrown)).not.toContain(token);
		expect(stage.asked(service)).toEqual([]);
	});

	it.each([
		['plain http to another machine', () => 'http://api.example.com'],
		['a user name', () => 'https://user:secret@api.example.com'],
		['a file', () => 'file:///etc/passwd'],
		['another host behind a loopback look-alike', () => `http://127.0.0.1.example.com`],
		['an @ that hides the host', () => `http://127.0.0.1@${stage.canary.host}`],
		['no address', () => 'javascript:alert(1)'],
	])('a base URL with %s is refused before anything is sent', async (_what, baseUrl) => {
		const { thrown } = await withCredential(operation, { baseUrl: baseUrl() });
		expect(thrown?.message).toMatch(
			/^The 'Base URL' of the credential (cannot be used|is not an address)$/,
		);
		expect(stage.asked(service)).toEqual([]);
		expect(stage.canary.visits).toEqual([]);
	});

	it('a base URL with a query or a fragment sends no request elsewhere', async () => {
		await withCredential(operation, {});
		const asked = stage.asked(service).map(({ method, path }) => `${method} ${path}`);
		expect(asked.length).toBeGreaterThan(0);
		const { url } = stage.services.emulator[service.name];
		await withCredential(operation, { baseUrl: `${url}/?x=http://${stage.canary.host}#y` });
		expect(asked).toEqual(
			expect.arrayContaining(stage.asked(service).map(({ method, path }) => `${method} ${path}`)),
		);
		expect(stage.canary.visits).toEqual([]);
	});
});
