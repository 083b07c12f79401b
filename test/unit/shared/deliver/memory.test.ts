import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { Memory } from '../../../../nodes/shared/deliver/memory/memory';
import type { Connection } from '../../../../nodes/shared/http/connection';
import type { ServiceRequest } from '../../../../nodes/shared/http/service';

interface Where {
	address?: string;
	token?: string;
	/** ID of the credential in n8n. */
	credential?: string;
	/** Further tokens that items of the run have. */
	otherTokens?: string[];
}

/** The node's context as n8n keeps it with the execution: JSON between two tries. */
class Execution {
	context: IDataObject = {};

	memory(parameters: IDataObject = {}, runIndex = 0, where: Where = {}) {
		const { address = 'https://api', token = 'first', credential = 'c1', otherTokens = [] } = where;
		this.context = JSON.parse(JSON.stringify(this.context)) as IDataObject;
		const ctx = {
			getContext: () => this.context,
			getNode: () => ({
				type: 'desk',
				parameters,
				credentials: { deskApi: { id: credential, name: 'Desk' } },
			}),
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		} as unknown as IExecuteFunctions;
		const to = (one: string) =>
			({ baseUrl: address, token: one, service: { credential: 'deskApi' } }) as unknown as Connection;
		const own = to(token);
		const memory = new Memory(ctx, [own, ...otherTokens.map(to)]);
		return {
			of: (itemIndex: number, sent: ServiceRequest | undefined, item: IDataObject) =>
				memory.of({ itemIndex, request: sent, input: item, connection: own }),
			wasSent: (itemIndex: number, item: IDataObject) =>
				memory.wasSent({ itemIndex, input: item, connection: own }),
		};
	}
}

const request = (notes: string): ServiceRequest => ({ method: 'POST', path: '/events', body: { notes } });
const input = { call: 1 };
const rows = [{ id: 7 }];

describe('what an item came to', () => {
	it('is known again in the next try', () => {
		const execution = new Execution();
		execution.memory().of(3, request('a'), input).keep({ state: 'created', rows });
		expect(execution.memory().of(3, request('a'), input).found).toMatchObject({ state: 'created', rows });
	});

	it('is told without a look at the input where nothing is known, as in a first try', () => {
		let looks = 0;
		const watched = {
			get call() {
				looks++;
				return 1;
			},
		};
		const execution = new Execution();
		expect(execution.memory().wasSent(0, watched)).toBe(false);
		expect(looks).toBe(0);
		execution.memory().of(0, request('a'), input).keep({ state: 'created', rows });
		expect(execution.memory().wasSent(0, watched)).toBe(true);
		expect(execution.memory().wasSent(0, { call: 2 })).toBe(false);
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

	it('is known by its request after a try in which its fields could not be read', () => {
		const execution = new Execution();
		execution.memory({ notes: 'a' }).of(0, request('a'), input).keep({ state: 'created', rows });
		const unread = execution.memory({ notes: 'a' }).of(0, undefined, input);
		expect(unread.found).toBeDefined();
		unread.keep({ state: 'created', rows });
		expect(execution.memory({ notes: "={{ 'a' }}" }).of(0, request('a'), input).found).toBeDefined();
		const other = execution.memory({ notes: 'b' });
		expect(other.of(0, undefined, { call: 2 }).found).toBeUndefined();
		expect(other.of(0, request('b'), { call: 2 }).found).toBeUndefined();
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

	it('is known by its input, also where a part lies too deep for JSON, or within itself', () => {
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

	describe('of another account', () => {
		const after = (first: Where, second: Where, runIndex = 0) => {
			const execution = new Execution();
			execution.memory({}, 0, first).of(0, request('a'), input).keep({ state: 'begun', since: 5 });
			return execution.memory({}, runIndex, second).of(0, request('a'), input).found;
		};

		it('is not that of the item, though request and input are equal', () => {
			const tokens = { otherTokens: ['second'] };
			expect(after({ token: 'first', ...tokens }, { token: 'second', otherTokens: ['first'] })).toBe(
				undefined,
			);
			expect(after({}, { token: 'second', credential: 'c2' })).toBeUndefined();
			expect(after({}, { token: 'second' }, 1)).toBeUndefined();
		});

		it('is not what a new token of the same credential stands for, nor the same token elsewhere', () => {
			expect(after({}, { token: 'renewed' })).toMatchObject({ state: 'begun' });
			expect(after({}, { credential: 'c2' })).toMatchObject({ state: 'begun' });
		});

		it('is that of an item whose token is new, though other items of the run have another token of the credential', () => {
			const otherTokens = ['of another manager'];
			const found = after({ token: 'first', otherTokens }, { token: 'renewed', otherTokens });
			expect(found).toMatchObject({ state: 'begun' });
		});

		it('is not that of an item where all of several tokens are new: the credential leads elsewhere', () => {
			const [first, second] = [
				{ token: 'a', otherTokens: ['b'] },
				{ token: 'c', otherTokens: ['d'] },
			];
			const execution = new Execution();
			for (const token of ['a', 'b'])
				execution
					.memory({}, 0, { ...first, token })
					.of(token === 'a' ? 0 : 1, request('a'), input)
					.keep({ state: 'created', rows });
			expect(execution.memory({}, 0, second).of(0, request('a'), input).found).toBeUndefined();
			const oneStayed = { token: 'c', otherTokens: ['b'] };
			expect(execution.memory({}, 0, oneStayed).of(0, request('a'), input).found).toBeDefined();
		});

		it('is that of an item whose credential has a new token, though another credential had the old one, too', () => {
			const execution = new Execution();
			for (const [item, credential] of ['c1', 'c2'].entries())
				execution
					.memory({}, 0, { credential })
					.of(item, request('a'), input)
					.keep({ state: 'begun', since: 5 });
			const renewed = execution.memory({}, 0, { credential: 'c2', token: 'renewed' });
			expect(renewed.of(1, request('a'), input).found).toMatchObject({ state: 'begun' });
		});
	});

	describe('in doubt in an earlier run of the node, as in a loop or an agent that calls its tool again', () => {
		const doubt = { state: 'begun', since: 5 } as const;

		it('is known again by its request', () => {
			const execution = new Execution();
			execution.memory().of(0, request('a'), input).keep(doubt);
			const later = execution.memory({}, 1);
			expect(later.of(0, request('b'), { call: 2 }).found).toBeUndefined();
			expect(later.of(3, request('a'), { call: 2 }).found).toMatchObject(doubt);
		});

		it('is known again when it failed and its error output leads back, though its request is another one', () => {
			const execution = new Execution();
			execution.memory().of(0, request('12:00'), input).keep(doubt);
			const led = { ...input, error: 'Item 1: …', details: { outcome: 'unknown', item: 1 } };
			expect(execution.memory({}, 1).of(0, request('12:01'), led)).toMatchObject({
				found: doubt,
				differs: true,
			});
		});

		it('is, of several that it may be, the one with its request', () => {
			const execution = new Execution();
			for (const [item, notes] of ['12:00', '13:00'].entries())
				execution.memory().of(item, request(notes), input).keep(doubt);
			const led = { ...input, error: 'Item 2: …', details: { outcome: 'unknown', item: 2 } };
			const later = execution.memory({}, 1);
			for (const [item, notes] of ['13:00', '12:00'].entries())
				expect(later.of(item, request(notes), led)).toMatchObject({ found: doubt, differs: false });
		});

		it('is one item: of two with the same request the second is new', () => {
			const execution = new Execution();
			execution.memory().of(0, request('a'), input).keep(doubt);
			const later = execution.memory({}, 1);
			expect(later.of(0, request('a'), input).found).toMatchObject(doubt);
			expect(later.of(1, request('a'), input).found).toBeUndefined();
		});

		it('stays known in the tries of the later run, also when it was found to be created', () => {
			const execution = new Execution();
			execution.memory().of(0, request('a'), input).keep(doubt);
			execution.memory({}, 1).of(0, request('a'), input).keep({ state: 'created', rows });
			expect(execution.memory({}, 1).of(0, request('a'), input).found).toMatchObject({ rows });
		});

		it('is over once a later run knows what came of it: an equal item of the next run is new', () => {
			const execution = new Execution();
			execution.memory().of(0, request('a'), input).keep(doubt);
			execution.memory({}, 1).of(0, request('a'), input).keep({ state: 'created', rows });
			expect(execution.memory({}, 2).of(0, request('a'), input).found).toBeUndefined();
		});

		it('of another item does not take the place of what a try before has created', () => {
			const execution = new Execution();
			for (const item of [0, 1]) execution.memory().of(item, request('a'), input).keep(doubt);
			execution.memory({}, 1).of(0, request('a'), input).keep({ state: 'created', rows });
			expect(execution.memory({}, 1).of(0, request('a'), input).found).toMatchObject({ rows });
		});

		it('is not that of an equal item of the same run', () => {
			const execution = new Execution();
			execution.memory().of(0, request('a'), input).keep(doubt);
			expect(execution.memory().of(1, request('a'), input).found).toBeUndefined();
		});
	});

	it('created in an earlier run is created again: a loop or an agent that comes again means it', () => {
		const execution = new Execution();
		execution.memory().of(0, request('a'), input).keep({ state: 'created', rows });
		expect(execution.memory({}, 1).of(0, request('a'), input).found).toBeUndefined();
	});
});
