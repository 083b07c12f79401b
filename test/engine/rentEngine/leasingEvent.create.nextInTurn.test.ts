import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import type { RunResult } from '../support/engine.ts';
import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { leasingEvent } from './support/run.ts';

// The emulator shows an event in doubt at once.
const services = useServices({ timing: { lookUpAfterMs: [1] } });

const [A = '', B = '', C = '', D = ''] = RENTENGINE_USERS.map(({ id }) => id);

/** The process keeps turns by workflow, so each test has a workflow of its own. */
let workflows = 0;
const freshWorkflow = () => `workflow-${++workflows}`;
let workflowId = '';
beforeEach(() => {
	workflowId = freshWorkflow();
});

const items = (...prospects: number[]): IDataObject[] => prospects.map((id) => ({ id }));
const assign = async (given: IDataObject[], parameters: IDataObject = {}, settings: Settings = {}) =>
	await leasingEvent(
		services,
		{
			prospectId: byId('={{ $json.id }}'),
			assignment: 'nextInTurn',
			assignedToUserIds: `${A}, ${B}, ${C}`,
			...parameters,
		},
		{ items: given, workflowId, ...settings },
	);

const rentEngine = () => services.emulator.rentEngine;
/** Prospect → users it was assigned to, in the order of the events. */
function assignments(): Record<number, string[]> {
	const found: Record<number, string[]> = {};
	for (const { body } of rentEngine().ledger.created) {
		const { prospect_id, context } = body as {
			prospect_id: number;
			context: { assignedToUserIds: string[] };
		};
		(found[prospect_id] ??= []).push(...context.assignedToUserIds);
	}
	return found;
}
const assigned = () => Object.values(assignments()).flat();
/** How many more prospects the busiest user has than the least busy one. */
function spread(users: string[]): number {
	const counts = users.map((user) => assigned().filter((one) => one === user).length);
	return Math.max(...counts) - Math.min(...counts);
}
const ofProspect = (id: number) => (body: unknown) =>
	(body as { events: Array<{ prospect_id: number }> }).events[0]?.prospect_id === id;
const refuse = (id: number) =>
	rentEngine().faults.add({
		match: { method: 'POST', body: ofProspect(id) },
		status: 400,
		body: { error: 'Not now' },
	});

describe('Next in Turn', () => {
	it('assigns the listed users one by one, one to each prospect, in input order', async () => {
		const { success } = await assign(items(1001, 1002, 1003, 1004));
		expect(assignments()).toEqual({ 1001: [A], 1002: [B], 1003: [C], 1004: [A] });
		expect(success.map(({ json }) => (json.context as IDataObject).assignedToUserIds)).toEqual([
			[A],
			[B],
			[C],
			[A],
		]);
	});

	it('keeps to the input order whatever order the answers come in', async () => {
		for (const [index, id] of [1001, 1002, 1003, 1004, 1005, 1006].entries()) {
			const delayMs = 120 - index * 20;
			rentEngine().faults.add({ match: { body: ofProspect(id) }, delayMs });
		}
		await assign(items(1001, 1002, 1003, 1004, 1005, 1006));
		expect(assignments()).toEqual({
			1001: [A],
			1002: [B],
			1003: [C],
			1004: [A],
			1005: [B],
			1006: [C],
		});
	});

	it('goes on where the last execution stopped, by what n8n keeps with the workflow', async () => {
		const first = await assign(items(1001));
		// Another workflow is another process: it knows nothing but the data kept.
		const second = await assign(
			items(1002),
			{},
			{ workflowId: freshWorkflow(), staticData: first.staticData },
		);
		await assign(items(1003, 1004), {}, { workflowId: freshWorkflow(), staticData: second.staticData });
		expect(assignments()).toEqual({ 1001: [A], 1002: [B], 1003: [C], 1004: [A] });
	});

	it('keeps the turns of each workflow apart', async () => {
		await assign(items(1001));
		await assign(items(1002), {}, { workflowId: freshWorkflow() });
		expect(assignments()).toEqual({ 1001: [A], 1002: [A] });
	});

	it('shares the turns among executions at the same time', async () => {
		const prospects = rentEngine().data.prospects.rows.slice(0, 12);
		await Promise.all(
			prospects.map(async ({ id }, index) => {
				const executionId = String(index);
				return await assign(items(id), {}, { executionId, staticData: {} });
			}),
		);
		expect(assigned()).toHaveLength(12);
		expect(spread([A, B, C])).toBe(0);
	});

	it('takes all listed users at once where it is not asked for', async () => {
		await assign(items(1001, 1002), { assignment: 'all' });
		expect(assignments()).toEqual({ 1001: [A, B, C], 1002: [A, B, C] });
	});

	it('judges each item by its own list', async () => {
		const lists = [
			[A, B],
			[C, D],
			[A, B],
			[C, D],
			[A, C],
		];
		const given = lists.map((team, index) => ({ id: 1001 + index, team }));
		await assign(given, { assignedToUserIds: '={{ $json.team }}' });
		expect(assignments()).toEqual({ 1001: [A], 1002: [C], 1003: [B], 1004: [D], 1005: [A] });
	});

	it('lets a user who is new come first, and goes on without one who has left', async () => {
		await assign(items(1001, 1002, 1003));
		await assign(items(1004, 1005), { assignedToUserIds: [A, B, C, D].join() });
		await assign(items(1006, 1007, 1008), { assignedToUserIds: [B, C, D].join() });
		expect(assignments()).toMatchObject({
			1004: [D],
			1005: [A],
			1006: [B],
			1007: [C],
			1008: [D],
		});
	});
});

describe('A turn is used by an item that was created or may have been', () => {
	it('not by one that was refused', async () => {
		refuse(1002);
		const { success, staticData } = await assign(
			items(1001, 1002, 1003),
			{},
			{ onError: 'continueErrorOutput' },
		);
		expect(success).toHaveLength(2);
		await assign(items(1004), {}, { staticData });
		expect(assignments()).toEqual({ 1001: [A], 1003: [C], 1004: [B] });
	});

	it('not by one that was not sent', async () => {
		const stopped = await assign([...items(1001, 1002), { id: 'x' }]);
		expect(stopped.thrown?.message).toContain('Item 3 of 3');
		expect(rentEngine().ledger.requests).toEqual([]);
		await assign(items(1004), {}, { staticData: stopped.staticData });
		expect(assignments()).toEqual({ 1004: [A] });
	});

	it('not by one that is skipped, because it was delivered before', async () => {
		const key = { deduplicationKey: '={{ $json.id }}' };
		await assign(items(1001), key);
		await assign(items(1001), key);
		await assign(items(1001, 1002), key);
		expect(assignments()).toEqual({ 1001: [A], 1002: [B] });
	});

	it('but by one of which nobody knows', async () => {
		rentEngine().faults.add({ match: { method: 'POST' }, status: 500, body: {} });
		const { thrown, staticData } = await assign(items(1001), { options: { outcomeUnknown: 'report' } });
		expect(thrown?.message).toContain('may or may not exist');
		await assign(items(1002), {}, { workflowId: freshWorkflow(), staticData });
		expect(assignments()).toEqual({ 1002: [B] });
	});

	it('and a run that fails keeps the turns of what it did create', async () => {
		refuse(1003);
		const { thrown, staticData } = await assign(items(1001, 1002, 1003));
		expect(thrown?.message).toContain('Item 3 of 3: RentEngine refused it');
		await assign(items(1004), {}, { workflowId: freshWorkflow(), staticData });
		expect(assignments()).toEqual({ 1001: [A], 1002: [B], 1004: [C] });
	});
});

describe('A retry gives each item the user it had', () => {
	it('with Retry On Fail', async () => {
		refuse(1003);
		const { success, staticData } = await assign(
			items(1001, 1002, 1003, 1004),
			{},
			{ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 },
		);
		expect(success).toHaveLength(4);
		await assign(items(1005), {}, { workflowId: freshWorkflow(), staticData });
		expect(assignments()).toEqual({ 1001: [A], 1002: [B], 1003: [C], 1004: [A], 1005: [B] });
	});

	it('with Retry execution, although another execution took turns meanwhile', async () => {
		refuse(1002);
		const failed = await assign(items(1001, 1002, 1003), {}, { executionId: '1' });
		const before = assignments();
		const other = await assign(items(1004), {}, { executionId: '2', staticData: failed.staticData });
		const retried = await services.engine.retry(failed, { staticData: other.staticData });
		expect(retried.success).toHaveLength(3);
		expect(assignments()).toMatchObject({ ...before, 1001: [A], 1002: [B], 1003: [C] });
		expect(assigned()).toHaveLength(4);
	});

	it('of an item whose outcome was unknown, which the look-up then finds', async () => {
		rentEngine().faults.add({
			match: { method: 'POST', body: ofProspect(1001) },
			status: 500,
			write: true,
		});
		const failed = await assign(items(1001, 1002), { options: { outcomeUnknown: 'report' } });
		expect(failed.thrown?.message).toContain('may or may not exist');
		const { success } = await services.engine.retry(failed, {
			parameters: { ...failed.options.parameters, options: {} },
		});
		expect(success).toHaveLength(2);
		expect(assignments()).toEqual({ 1001: [A], 1002: [B] });
	});

	it('and sends it to the same user when the look-up finds nothing', async () => {
		rentEngine().faults.add({ match: { method: 'POST', body: ofProspect(1001) }, status: 500 });
		const { success } = await assign(items(1001, 1002), { options: { outcomeUnknown: 'lookUp' } });
		expect(success).toHaveLength(2);
		expect(assignments()).toEqual({ 1001: [A], 1002: [B] });
	});

	it('keeps the user of a created item when its prospect was corrected for another one', async () => {
		const parameters = { assignment: 'nextInTurn', assignedToUserIds: `${A}, ${B}, ${C}` };
		refuse(1002);
		const failed = await assign(items(1001, 1002));
		const mended = { ...failed.options.parameters, ...parameters, additionalFields: { notes: 'Mended' } };
		const { success } = await services.engine.retry(failed, { parameters: mended });
		expect(success).toHaveLength(2);
		// The first is another event now, and is sent; it stays with its user.
		expect(assignments()).toEqual({ 1001: [A, A], 1002: [B] });
	});
});

describe('A retry for which something was changed', () => {
	it('assigns everybody with the phone number once it is in bulk, also where one was assigned before', async () => {
		refuse(1004);
		const failed = await assign(items(1001, 1004));
		expect(assignments()).toEqual({ 1001: [A] });
		const inBulk = { ...failed.options.parameters, applyActionInBulk: true };
		await services.engine.retry(failed, { parameters: inBulk });
		expect(assignments()).toMatchObject({ 1001: [A, A], 1002: [A], 1003: [A] });
	});
});

describe('An event that an earlier execution began', () => {
	it('keeps its user, and is found by the look-up', async () => {
		const key = { deduplicationKey: '={{ $json.id }}' };
		rentEngine().faults.add({
			match: { method: 'POST', body: ofProspect(1001) },
			status: 500,
			write: true,
		});
		const lost = await assign(items(1001), { ...key, options: { outcomeUnknown: 'report' } });
		expect(lost.thrown?.message).toContain('may or may not exist');
		const { success } = await assign(
			items(1001, 1002),
			{ ...key, options: { outcomeUnknown: 'lookUp' } },
			{ staticData: lost.staticData },
		);
		expect(success).toHaveLength(2);
		expect(assignments()).toEqual({ 1001: [A], 1002: [B] });
	});
});

describe('The most common automation: assign new prospects, again and again', () => {
	it('assigns each prospect once, and users within one of each other', async () => {
		let staticData: IDataObject = {};
		/** Gets the prospects of the last day and assigns each, as the ready-made workflow does. */
		const runOnce = async (settings: Settings = {}) => {
			const found = await services.engine.run({
				node: 'rentEngine',
				parameters: {
					resource: 'prospect',
					operation: 'getAll',
					returnAll: true,
					filters: { createdAfter: '={{ $now.minus({ hours: 24 }) }}' },
				},
				credentials: { rentEngineApi: services.credentials.rentEngineApi },
				workflowId,
			});
			const result = await assign(
				found.success,
				{ deduplicationKey: '={{ $json.id }}' },
				{ staticData, ...settings },
			);
			({ staticData } = result);
			return result;
		};
		const arrive = (count: number) =>
			Array.from({ length: count }, () => rentEngine().rows.addProspect().id);

		const prospects = arrive(4);
		await runOnce();
		prospects.push(...arrive(5));
		refuse(prospects[6] ?? 0);
		await runOnce({ retryOnFail: true, maxTries: 2, waitBetweenTries: 1 });
		prospects.push(...arrive(1));
		await runOnce();
		await runOnce();

		expect(Object.keys(assignments()).map(Number).sort()).toEqual([...prospects].sort());
		expect(assigned()).toHaveLength(10);
		expect(spread([A, B, C])).toBe(1);
	});
});

describe('Preview Only', () => {
	const options = { previewOnly: true };
	const deduplicationKey = '={{ $json.id }}';
	const usersIn = ({ success }: RunResult) =>
		success.map(({ json }) => {
			const { body } = json.request as { body: { events: Array<{ context: IDataObject }> } };
			return body.events[0]?.context.assignedToUserIds;
		});

	it('shows whose turn it would be, and takes no turn', async () => {
		await assign(items(1001));
		for (let times = 0; times < 2; times++) {
			const preview = await assign(items(1002, 1003), { options, deduplicationKey });
			expect(usersIn(preview)).toEqual([[B], [C]]);
			expect(preview.saved.executionData?.contextData).not.toHaveProperty(['node:RentEngine', 'turns']);
		}
		expect(assigned()).toEqual([A]);
		await assign(items(1002, 1003, 1004));
		expect(assigned()).toEqual([A, B, C, A]);
	});

	it('shows the users whom the run after it assigns, also in the same execution', async () => {
		const lists = [`${A}, ${B}`, `${B}, ${C}`, `${A}, ${C}`, `${D}, ${A}`, `${B}`];
		const given = lists.map((users, index) => ({ id: 1001 + index, users }));
		const list = { assignedToUserIds: '={{ $json.users }}' };
		const preview = await assign(given, { ...list, options });
		await assign(given, list);
		expect(usersIn(preview)).toEqual(assigned().map((user) => [user]));
	});
});
