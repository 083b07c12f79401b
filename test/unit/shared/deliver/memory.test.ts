import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

import { Memory } from '../../../../nodes/shared/deliver/memory';
import type { ServiceRequest } from '../../../../nodes/shared/http/service';

/** The node's context as n8n keeps it with the execution: JSON between two tries. */
class Execution {
	context: IDataObject = {};

	memory(
		parameters: IDataObject = {},
		runIndex = 0,
		{ isTool = false, address = 'https://api' }: { isTool?: boolean | 'untold'; address?: string } = {},
	): Memory {
		this.context = JSON.parse(JSON.stringify(this.context)) as IDataObject;
		const ctx = {
			getContext: () => this.context,
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
			...(isTool !== 'untold' && { isToolExecution: () => isTool }),
		} as unknown as IExecuteFunctions;
		return new Memory(ctx, { parameters } as unknown as INode, address);
	}
}

const request = (notes: string): ServiceRequest => ({ method: 'POST', path: '/events', body: { notes } });
const input = { call: 1 };
const rows = [{ id: 7 }];

describe('what an item came to', () => {
	it('is remembered also where n8n does not tell whether the node is a tool, as in 2.0', () => {
		const execution = new Execution();
		const of = () => execution.memory({}, 0, { isTool: 'untold' }).of(3, request('a'), input);
		of().keep({ state: 'created', rows });
		expect(of().found).toMatchObject({ state: 'created', rows });
	});

	it('is known again in the next try', () => {
		const execution = new Execution();
		execution.memory().of(3, request('a'), input).keep({ state: 'created', rows });
		expect(execution.memory().of(3, request('a'), input).found).toMatchObject({ state: 'created', rows });
	});

	it('is not that of another item, another run or another execution', () => {
		const execution = new Execution();
		execution.memory().of(3, request('a'), input).keep({ state: 'created', rows });
		expect(execution.memory().of(2, request('a'), input).found).toBeUndefined();
		expect(execution.memory({}, 1).of(3, request('a'), input).found).toBeUndefined();
		expect(new Execution().memory().of(3, request('a'), input).found).toBeUndefined();
	});

	it('is known by the request when parameters or the input changed', () => {
		const execution = new Execution();
		execution.memory({ notes: 'a' }).of(0, request('a'), input).keep({ state: 'created', rows });
		expect(
			execution.memory({ notes: "={{ 'a' }}" }).of(0, request('a'), { call: 2 }).found,
		).toBeDefined();
	});

	it('is known by parameters and input when the request is another one each time', () => {
		const execution = new Execution();
		execution
			.memory({ at: '={{ $now }}' })
			.of(0, request('12:00:00'), input)
			.keep({ state: 'begun', since: 5 });
		const { found } = execution.memory({ at: '={{ $now }}' }).of(0, request('12:00:09'), input);
		expect(found).toMatchObject({ state: 'begun', since: 5 });
	});

	it('is not that of an item that was mended', () => {
		const execution = new Execution();
		execution.memory({ notes: 'a' }).of(0, request('a'), input).keep({ state: 'created', rows });
		expect(execution.memory({ notes: 'b' }).of(0, request('b'), input).found).toBeUndefined();
	});

	it('stays known when only the options changed', () => {
		const execution = new Execution();
		const before = { at: '={{ $now }}', options: { timeout: 1_000 } };
		execution.memory(before).of(0, request('1'), input).keep({ state: 'begun', since: 5 });
		const after = { at: '={{ $now }}', options: { outcomeUnknown: 'lookUp' } };
		expect(execution.memory(after).of(0, request('2'), input).found).toBeDefined();
	});

	it('is forgotten when told so, and replaced by what came after', () => {
		const execution = new Execution();
		const item = () => execution.memory().of(0, request('a'), input);
		item().keep({ state: 'begun', since: 5 });
		item().forget();
		expect(item().found).toBeUndefined();
		item().keep({ state: 'begun', since: 6 });
		item().keep({ state: 'created', rows });
		expect(item().found).toMatchObject({ state: 'created' });
	});

	it('is known by its input, whatever of that lies too deep for JSON, or in itself', () => {
		let deep: IDataObject = {};
		for (let level = 0; level < 100_000; level++) deep = { deep };
		const loop: IDataObject = {};
		loop.loop = [loop, loop];
		const execution = new Execution();
		const item = (call: number) =>
			execution.memory().of(0, request(`at ${Math.random()}`), { call, deep, loop });
		item(1).keep({ state: 'begun', since: 5 });
		expect(item(1).found).toMatchObject({ state: 'begun', since: 5 });
		expect(item(2).found).toBeUndefined();
	});

	it('is kept without the request and the input', () => {
		const execution = new Execution();
		execution
			.memory()
			.of(0, request('Nathan Fletcher'), { name: 'Fletcher' })
			.keep({ state: 'begun', since: 5 });
		expect(JSON.stringify(execution.context)).not.toContain('Fletcher');
	});

	it('is not that of an item of another address: what was sent to the sandbox is not in production', () => {
		const execution = new Execution();
		execution.memory().of(0, request('a'), input).keep({ state: 'created', rows });
		const production = execution.memory({}, 0, { address: 'https://production' });
		expect(production.of(0, request('a'), input).found).toBeUndefined();
	});

	it("in doubt is that of the next try of an agent's tool, which is a run of its own for n8n", () => {
		const execution = new Execution();
		const tool = (runIndex: number) => execution.memory({}, runIndex, { isTool: true });
		tool(0).of(0, request('a'), input).keep({ state: 'begun', since: 5 });
		expect(tool(1).of(0, request('a'), input).found).toMatchObject({ state: 'begun', since: 5 });
		expect(tool(1).of(0, request('b'), { call: 2 }).found).toBeUndefined();
	});

	it("created by an agent's tool is created again when the agent calls it again", () => {
		const execution = new Execution();
		const tool = (runIndex: number) => execution.memory({}, runIndex, { isTool: true });
		tool(0).of(0, request('a'), input).keep({ state: 'created', rows });
		expect(tool(1).of(0, request('a'), input).found).toBeUndefined();
	});
});
