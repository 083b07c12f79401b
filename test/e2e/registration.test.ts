import { startInstance, type Instance } from './support/instance.ts';

let instance: Instance;

beforeAll(async () => {
	instance = await startInstance();
});

afterAll(() => instance?.stop());

interface NodeType {
	name: string;
	displayName: string;
	outputs: unknown;
	iconUrl?: string | { light: string; dark: string };
	codex?: { categories?: string[] };
}

const PACKAGE = 'n8n-nodes-leasing-events';

async function nodeTypes(): Promise<NodeType[]> {
	const response = await instance.session.download('/types/nodes.json');
	const types = (await response.json()) as NodeType[];
	return types.filter(({ name }) => name.startsWith(`${PACKAGE}.`));
}

test('both nodes are there, and each once more as a tool of AI agents', async () => {
	const names = (await nodeTypes()).map(({ name }) => name);

	expect(names).toEqual(
		expect.arrayContaining([
			`${PACKAGE}.propexo`,
			`${PACKAGE}.propexoTool`,
			`${PACKAGE}.rentEngine`,
			`${PACKAGE}.rentEngineTool`,
		]),
	);
	const tools = (await nodeTypes()).filter(({ name }) => name.endsWith('Tool'));
	expect(tools.every(({ outputs }) => JSON.stringify(outputs).includes('ai_tool'))).toBe(true);
});

test('icons and codex files are in the package', async () => {
	for (const name of ['propexo', 'rentEngine']) {
		const type = (await nodeTypes()).find((one) => one.name === `${PACKAGE}.${name}`);
		expect(type?.codex?.categories?.length).toBeGreaterThan(0);
		const { light, dark } = type?.iconUrl as { light: string; dark: string };
		for (const icon of [light, dark]) {
			const response = await instance.session.download(`/${icon}`);
			expect(response.headers.get('content-type')).toContain('image/svg+xml');
			expect(await response.text()).toContain('<svg');
		}
	}
});

describe('the test of a credential', () => {
	/** What n8n does when the user saves a credential. */
	const testCredential = async (
		type: string,
		data: Record<string, string>,
	): Promise<{ status: string; message: string }> =>
		await instance.session.post('/credentials/test', {
			credentials: { id: '', name: 'Tried', type, data },
		});

	const propexo = (over: Record<string, string> = {}) => {
		const { url, token } = instance.emulator.propexo;
		return testCredential('propexoApi', { environment: 'custom', baseUrl: url, token, ...over });
	};
	const rentEngine = (over: Record<string, string> = {}) => {
		const { url, token } = instance.emulator.rentEngine;
		return testCredential('rentEngineApi', { baseUrl: url, token, webhookSecret: '', ...over });
	};

	test('passes with the right token', async () => {
		expect(await propexo()).toMatchObject({ status: 'OK' });
		expect(await rentEngine()).toMatchObject({ status: 'OK' });
	});

	test('passes with a slash at the end of the base URL', async () => {
		expect(await propexo({ baseUrl: `${instance.emulator.propexo.url}/` })).toMatchObject({
			status: 'OK',
		});
		expect(await rentEngine({ baseUrl: `${instance.emulator.rentEngine.url}/` })).toMatchObject({
			status: 'OK',
		});
	});

	test('fails with a wrong token', async () => {
		expect(await propexo({ token: 'wrong' })).toMatchObject({ status: 'Error' });
		expect(await rentEngine({ token: 'wrong' })).toMatchObject({ status: 'Error' });
	});

	test('fails when nobody answers', async () => {
		await instance.emulator.propexo.down();
		await instance.emulator.rentEngine.down();
		try {
			expect(await propexo()).toMatchObject({ status: 'Error' });
			expect(await rentEngine()).toMatchObject({ status: 'Error' });
		} finally {
			await instance.emulator.propexo.up();
			await instance.emulator.rentEngine.up();
		}
	});

	test('sends no token to a base URL that is neither https nor on this machine', async () => {
		const { ledger } = instance.emulator.propexo;
		const before = ledger.requests.length;

		expect(await propexo({ baseUrl: 'http://propexo.example.com' })).toMatchObject({ status: 'Error' });
		expect(await rentEngine({ baseUrl: 'ftp://127.0.0.1' })).toMatchObject({ status: 'Error' });

		expect(ledger.requests).toHaveLength(before);
	});
});
