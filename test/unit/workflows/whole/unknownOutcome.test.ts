import { DateTime } from 'luxon';

import type { WorkflowNode } from '../support/shippedFiles.ts';
import { codesIn, given, shipped } from '../support/shippedFiles.ts';

/*
 * What the shipped workflows tell people and programs of a write whose outcome is unknown. Who is told that it was not recorded
 * does it by hand, and it may be there twice.
 */

type Json = Record<string, unknown>;

const WRITES = ['create', 'upsert', 'update', 'cancel', 'retry'];
const WHAT_TO_DO = 'Look it up before you do anything';
const ERROR = 'The service did not answer, so it may or may not exist';

/** The item of a write that failed so; an agent has it from its tool. */
const UNKNOWN: Json = {
	error: ERROR,
	details: { outcome: 'unknown', what_to_do: WHAT_TO_DO, item: 1 },
	intermediateSteps: [{ observation: JSON.stringify([{ outcome: 'unknown', error: ERROR, item: 1 }]) }],
	output: 'Done.',
};
const MADE: Json = { action: 'created', lead_id: 'lead_1', write_status: 'SUCCESS', created_record_id: 'x' };
/** What any other node gave. */
const OTHER: Json = {
	id: 7,
	lead: { events: { event: {} } },
	body: { from: 'renter@example.com', event: {} },
};

interface Told {
	file: string;
	/** The write whose outcome is unknown. */
	write: string;
	/** The node that tells of it, and where the expression stands in it. */
	node: string;
	at: string;
	told: string;
}

const isWrite = ({ type, parameters: { operation } }: WorkflowNode) =>
	type.startsWith('n8n-nodes-leasing-events.') && WRITES.includes(String(operation));

/** All expressions in the parameters of a node that judge how an item ended, by where they stand. */
function judgementsOf(value: unknown, at = ''): Array<{ at: string; code: string }> {
	if (typeof value === 'object' && value !== null)
		return Object.entries(value).flatMap(([name, one]) => judgementsOf(one, at ? `${at}.${name}` : name));
	if (typeof value !== 'string' || !value.startsWith('=')) return [];
	return codesIn(value)
		.filter((code) => /details|error|intermediateSteps/.test(code))
		.map((code) => ({ at, code }));
}

/** The value of an expression for the item of a write whose outcome is unknown. */
function valueOf(code: string, nodes: WorkflowNode[], write: string): unknown {
	const $ = (name: string) => {
		const node = nodes.find((one) => one.name === name);
		const json = name === write ? UNKNOWN : node && isWrite(node) ? MADE : OTHER;
		const binary = { data: { data: { base64Decode: () => '' } } };
		const item = { json, binary };
		return {
			// What is asked after a write that was done did not run.
			isExecuted: !node?.type.endsWith('.if'),
			item,
			first: () => item,
			all: (output = 0) => (output === 0 ? [item] : []),
		};
	};
	const values = { $json: UNKNOWN, $, $input: { all: () => [{ json: UNKNOWN }] }, $itemIndex: 0, DateTime };
	return given(code, values);
}

const TELLS = /\.(respondToWebhook|httpRequest|stopAndError|set|emailSend|form)$/;

const all: Told[] = shipped.flatMap(({ file, nodes }) => {
	const telling = nodes.filter(({ type }) => TELLS.test(type));
	return nodes.filter(isWrite).flatMap(({ name: write }) =>
		telling.flatMap(({ name: node, parameters }) =>
			judgementsOf(parameters).map(({ at, code }) => ({
				...{ file, write, node, at },
				told: String(valueOf(code, nodes, write)),
			})),
		),
	);
});

const isTold = ({ at }: Told) => /jsonBody|errorMessage/.test(at);
const isAnswer = ({ at, told }: Told) => at.endsWith('responseBody') && told.startsWith('{');

describe('A write of which nobody knows whether it was recorded', () => {
	it('is told by every workflow that tells of writes', () => {
		const silent = ['propexo-agent-asks-first.json', 'propexo-book-a-tour-agent.json'];
		const files = shipped
			.map(({ file }) => file)
			.filter((file) => /^(propexo|rentengine|crm)-/.test(file));
		const served = files.filter((file) => !/mcp-server/.test(file) && !silent.includes(file));
		expect([...new Set(all.map(({ file }) => file))].sort()).toEqual(served.sort());
	});

	it('is never called one that was not recorded', () => {
		const no =
			/\bnot (?:recorded|logged|booked|sent|assigned)\b|\bno agent\b|Without an agent: [1-9]|"(?:recorded|booked)":false/i;
		expect(all.filter(({ told }) => no.test(told))).toEqual([]);
	});

	it('is told to people as one, with what to do', () => {
		const summary = all.filter(({ file, at }) => /every-morning/.test(file) && at.includes('value'));
		const people = [...all.filter(isTold), ...summary];
		expect(people.length).toBeGreaterThan(0);
		const known = ({ told }: Told) => !/nobody knows|may or may not exist|Not known: 1/i.test(told);
		expect(people.filter(known)).toEqual([]);
		const vague = ({ told }: Told) => !(told.includes(WHAT_TO_DO) || /look in the PMS/i.test(told));
		expect(people.filter(vague)).toEqual([]);
	});

	it('is null in the answer that a program gets', () => {
		// Free times are read, before anything is booked.
		const answers = all.filter((one) => isAnswer(one) && one.node !== 'Answer with times');
		expect(answers.filter(({ told }) => !/"(?:recorded|booked)":null/.test(told))).toEqual([]);
	});
});
