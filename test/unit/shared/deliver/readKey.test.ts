import type { IExecuteFunctions, WorkflowExecuteMode } from 'n8n-workflow';

import { isKeyTelling, readKey } from '../../../../nodes/shared/deliver/input/readKey';

interface Setting {
	mode?: WorkflowExecuteMode;
	items?: number;
	runIndex?: number;
	/** `untold`: n8n 2.0 does not tell it. */
	isTool?: boolean | 'untold';
}

/** Whether a fixed text may be a key there. */
function isTaken({ mode = 'manual', items = 1, runIndex = 0, isTool = false }: Setting): boolean {
	const ctx = {
		getNode: () => ({ type: 'test.node', parameters: { deduplicationKey: 'test-1' } }),
		getMode: () => mode,
		getInputData: () => new Array(items).fill({ json: {} }) as unknown[],
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		...(isTool !== 'untold' && { isToolExecution: () => isTool }),
	} as unknown as IExecuteFunctions;
	return 'key' in readKey(ctx, ctx, 0, { deduplicationKey: 'test-1' });
}

describe('a fixed text as the ID of an event', () => {
	it.each<[string, Setting]>([
		['by hand on a single item', {}],
		['by hand on a single item, where n8n does not tell of tools', { isTool: 'untold' }],
	])('is taken: %s', (_, setting) => expect(isTaken(setting)).toBe(true));

	it.each<[string, Setting]>([
		['by hand on several items', { items: 2 }],
		['as the tool of an agent, which may call it again', { isTool: true }],
		['in a loop', { runIndex: 1 }],
		['in a sub-workflow', { mode: 'integrated' }],
		['by a webhook', { mode: 'webhook' }],
		['by a schedule or a trigger', { mode: 'trigger' }],
		['in an error workflow', { mode: 'error' }],
		['in a retry of such an execution', { mode: 'retry' }],
		['by the command line', { mode: 'cli' }],
		['in an evaluation, row by row', { mode: 'evaluation' }],
		['in a chat', { mode: 'chat' }],
	])('is refused: %s', (_, setting) => expect(isTaken(setting)).toBe(false));
});

/** Whether two keys of this expression mean two events: for any other item of a later run, and for one that comes back. */
function tells(code: string, isTool = false): { isNew: boolean; comesBack: boolean } {
	const ctx = {
		getNode: () => ({ type: 'test.node', parameters: { deduplicationKey: `=call-{{ ${code} }}` } }),
		isToolExecution: () => isTool,
		// Of all codes here, these two alone are another one each time.
		evaluateExpression: (expression: string) => Number(/'1{8}'|0\.1|\b31\b/.test(expression)),
	} as unknown as IExecuteFunctions;
	return {
		isNew: isKeyTelling(ctx, 0, { comesBack: false }),
		comesBack: isKeyTelling(ctx, 0, { comesBack: true }),
	};
}

describe('an event ID in a later run of the node', () => {
	it.each<[string, boolean, boolean]>([
		['$json.event_id', true, true],
		["$('Webhook').first().json.call_id", true, true],
		// The place of an item changes when it comes back.
		['$runIndex', true, false],
		['$itemIndex', true, false],
		// The same event has another one each time.
		['$now.toMillis()', false, false],
		['$execution.id', false, false],
		['Math.random()', false, false],
	])(
		'{{ %s }} tells a new item from an earlier one: %s; one that comes back: %s',
		(code, isNew, comesBack) => {
			expect(tells(code)).toEqual({ isNew, comesBack });
		},
	);

	it.each<[string, boolean]>([
		["$('Webhook').first().json.call_id", true],
		["$('Loop Over Items').item.json.call_id", true],
		["$fromAI('message_id')", false],
		["$fromai('message_id')", false],
		['$json.toolCallId', false],
		['$data.toolCallId', false],
		['$thisItem.json.toolCallId', false],
		['$input.item.json.id', false],
		// An agent calls again: another run, and perhaps the same event.
		['$runIndex', false],
		['$now.toMillis()', false],
	])('of a tool: {{ %s }} tells two calls apart, because the workflow gives it: %s', (code, isTelling) => {
		expect(tells(code, true)).toEqual({ isNew: isTelling, comesBack: isTelling });
	});
});
