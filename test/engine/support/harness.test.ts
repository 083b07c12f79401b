import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError, sleep } from 'n8n-workflow';

import { testCredential } from './index.ts';
import type { Execute } from './probe.ts';
import { engineWith, probeApi } from './probe.ts';

function eachItem(context: IExecuteFunctions, work: (index: number) => IDataObject): INodeExecutionData[] {
	return context.getInputData().map((_, item) => ({ json: work(item), pairedItem: { item } }));
}

describe('a run', () => {
	it('hands out the items, resolves expressions per item and keeps pairedItem', async () => {
		const engine = engineWith(async (context) => [
			eachItem(context, (i) => ({ text: context.getNodeParameter('text', i) as string })).reverse(),
		]);
		const result = await engine.run({
			node: 'probe',
			parameters: { text: '={{ $json.name }} of {{ $runIndex }}' },
			items: [{ name: 'a' }, { json: { name: 'b' } }],
		});
		expect(result.status).toBe('success');
		expect(result.success).toEqual([
			{ json: { text: 'b of 0' }, pairedItem: { item: 1 } },
			{ json: { text: 'a of 0' }, pairedItem: { item: 0 } },
		]);
	});

	it('uses the time zone of the workflow', async () => {
		const engine = engineWith(async (context) => [
			eachItem(context, () => ({ zone: context.getTimezone() })),
		]);
		const { success } = await engine.run({ node: 'probe', timezone: 'Asia/Kolkata' });
		expect(success[0]?.json).toEqual({ zone: 'Asia/Kolkata' });
	});

	it('refuses to start when a required parameter is empty', async () => {
		let ran = false;
		const engine = engineWith(async () => {
			ran = true;
			return [[]];
		});
		await expect(engine.run({ node: 'probe', parameters: { must: '' } })).rejects.toThrow(/issues/);
		expect(ran).toBe(false);
	});

	it('tries a throwing node as often as Retry On Fail says and reports its error', async () => {
		let tries = 0;
		const engine = engineWith(async (context) => {
			tries += 1;
			throw new NodeOperationError(context.getNode(), `Try ${tries} came to nothing`, { itemIndex: 0 });
		});
		const result = await engine.run({
			node: 'probe',
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 1,
		});
		expect(tries).toBe(3);
		expect(result.status).toBe('error');
		expect(result.thrown?.message).toBe('Try 3 came to nothing');
		expect(result.success).toEqual([]);
	});

	it('routes error items to the error output, with the input merged in', async () => {
		const engine = engineWith(async (context) => [
			eachItem(context, (i) => (i === 1 ? { error: 'refused', details: { code: 400 } } : { ok: i })),
		]);
		const result = await engine.run({
			node: 'probe',
			onError: 'continueErrorOutput',
			items: [{ id: 1 }, { id: 2 }, { id: 3 }],
		});
		expect(result.success.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
			[{ ok: 0 }, { item: 0 }],
			[{ ok: 2 }, { item: 2 }],
		]);
		expect(result.error).toEqual([
			{ json: { id: 2, error: 'refused', details: { code: 400 } }, pairedItem: { item: 1 } },
		]);
	});

	it('collects execution hints', async () => {
		const engine = engineWith(async (context) => {
			context.addExecutionHints({ message: 'slow today', location: 'outputPane' });
			return [[]];
		});
		const { hints } = await engine.run({ node: 'probe', alwaysOutputData: true });
		expect(hints).toEqual([{ message: 'slow today', location: 'outputPane' }]);
	});
});

describe('a cancelled run', () => {
	it('fires the cancel signal and is stored as cancelled', async () => {
		const controller = new AbortController();
		const engine = engineWith(async (context) => {
			const signal = context.getExecutionCancelSignal();
			setImmediate(() => controller.abort());
			await sleep(60_000, signal);
			return [[]];
		});
		const result = await engine.run({ node: 'probe', signal: controller.signal });
		expect(result.status).toBe('canceled');
		expect(result.thrown?.message).toBe('This operation was aborted');
	});
});

describe('retrying an execution', () => {
	const failSecondItemOnce: Execute = async (context) => {
		const memory = context.getContext('node');
		const rows = eachItem(context, (i) => {
			const $runIndex = context.evaluateExpression('{{ $runIndex }}', i) as number;
			const key = `${$runIndex}:${i}`;
			if (memory[key]) return { before: memory[key] as string };
			if (i === 1 && memory.tries === undefined) {
				memory.tries = 1;
				throw new NodeOperationError(context.getNode(), 'Second item', { itemIndex: i });
			}
			memory[key] = `done in ${context.getMode()}`;
			return { now: context.getNodeParameter('text', i) as string };
		});
		return [rows];
	};

	it("keeps the node's context and run index and goes on with the same items", async () => {
		const engine = engineWith(failSecondItemOnce);
		const failed = await engine.run({
			node: 'probe',
			parameters: { text: '={{ $json.name }}' },
			items: [{ name: 'a' }, { name: 'b' }],
		});
		expect(failed.thrown?.message).toBe('Second item');

		const again = await engine.retry(failed);
		expect(again.status).toBe('success');
		expect(again.success).toEqual([
			{ json: { before: 'done in trigger' }, pairedItem: { item: 0 } },
			{ json: { now: 'b' }, pairedItem: { item: 1 } },
		]);
	});

	it('takes the parameters that were saved in the meantime', async () => {
		const engine = engineWith(failSecondItemOnce);
		const failed = await engine.run({ node: 'probe', parameters: { text: 'old' }, items: [{}, {}] });
		const again = await engine.retry(failed, { parameters: { text: 'new' } });
		expect(again.success.map(({ json }) => json)).toEqual([
			{ before: 'done in trigger' },
			{ now: 'new' },
		]);
	});
});

describe('with a service on loopback', () => {
	let server: Server;
	let baseUrl: string;
	let answer: (request: IncomingMessage, response: ServerResponse) => void;
	const seen: Array<{ url?: string; authorization?: string }> = [];

	beforeAll(async () => {
		server = createServer((request, response) => {
			seen.push({ url: request.url, authorization: request.headers.authorization });
			answer(request, response);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	beforeEach(() => {
		seen.length = 0;
		answer = (_request, response) => response.end('{"ok":true}');
	});

	afterAll(async () => {
		await new Promise((resolve) => server.close(resolve));
	});

	it("signs in with the credential class's own authenticate", async () => {
		const engine = engineWith(async (context) => {
			const { baseUrl: base } = await context.getCredentials('probeApi');
			const reply = (await context.helpers.httpRequestWithAuthentication.call(context, 'probeApi', {
				url: `${base as string}/things`,
				json: true,
			})) as IDataObject;
			return [[{ json: reply }]];
		});
		const { success } = await engine.run({
			node: 'probe',
			credentials: { probeApi: { baseUrl, token: 'secret-1' } },
		});
		expect(success[0]?.json).toEqual({ ok: true });
		expect(seen).toEqual([{ url: '/things', authorization: 'Bearer secret-1' }]);
	});

	it('sends the test request of a credential', async () => {
		const result = await testCredential(probeApi, { baseUrl, token: 'secret-2' });
		expect(result.status).toBe('OK');
		expect(seen).toEqual([{ url: '/me', authorization: 'Bearer secret-2' }]);
	});

	it('shows why a credential was refused', async () => {
		answer = (_request, response) => response.writeHead(403, 'Forbidden').end('{}');
		const result = await testCredential(probeApi, { baseUrl, token: 'wrong' });
		expect(result).toEqual({ status: 'Error', message: 'Forbidden', statusCode: 403 });
	});
});
