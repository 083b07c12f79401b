import { DateTime, Settings } from 'luxon';

import { readDateTime } from '../../../../nodes/shared/fields/times/dateTime.ts';
import { dateTimeForms, ZONE } from '../../shared/fields/times/forms.ts';
import type { Shipped, WorkflowNode } from '../support/shippedFiles.ts';
import { codesIn, given, shipped } from '../support/shippedFiles.ts';

/*
 * The times that a model gives the tools of the shipped workflows, in all ways in which the field takes them: the same moment has
 * the same *Event ID in Your System*, or none, and a person who is asked sees the moment that would be sent.
 */

/** A time as a model writes it, and the option *Date Format* of the tool. */
interface Spelling {
	text: string;
	format?: string;
}

const COMMON = [
	...['2026-12-12T10:00:00-06:00', '2026-12-12T10:00:00', '2026-12-12 10:00', '2026-12-12 10:00 AM'],
	...['2026-12-12T10:00:00 -06:00', '2026-12-12 16:00 UTC', '2026-12-12T16:00:00.000Z', '1797091200'],
	...['1797091200000', 'Sat, 12 Dec 2026 10:00:00 -0600', '20261212T160000Z', ' 2026-12-12  10:00:00 '],
];
const RARE = ['2026-12-12T10:00 a.m.', '2026-12-12, 10:00:00', "'2026-12-12 10:00", '2026-12-12 16:00 GMT'];
const SPELLINGS: Spelling[] = [
	...[...COMMON, ...RARE].map((text) => ({ text })),
	...dateTimeForms.taken
		.filter(({ value }) => typeof value !== 'object')
		.map(({ value, format }) => ({ text: String(value), ...(format !== undefined && { format }) })),
	{ text: '46082.604166667' },
	{ text: 'tomorrow at noon' },
];

const asked = /\$fromAI\('(start|when)'/;

interface Tool extends Pick<Shipped, 'file' | 'connections'> {
	node: WorkflowNode;
	/** The parameter that holds the time. */
	field: string;
	/** The node that asks a person first. */
	approval?: WorkflowNode | undefined;
}

const TOOLS: Tool[] = shipped.flatMap(({ file, nodes, connections }) =>
	nodes.flatMap((node) => {
		const field = Object.keys(node.parameters).find(
			(name) => name !== 'deduplicationKey' && asked.test(String(node.parameters[name])),
		);
		const next = connections[node.name]?.['ai_tool']?.flat()[0]?.node;
		const approval = nodes.find(({ name, type }) => name === next && type.endsWith('HitlTool'));
		return field === undefined ? [] : [{ file, connections, node, field, approval }];
	}),
);

/** What an expression of a tool, or of what asks before it, gives for a time. */
function valueOf(code: string, { text, format }: Spelling): string {
	const args: Record<string, string> = { start: text, when: text, unit_id: '7', lead_id: 'lead_1' };
	const $fromAI = (name: string) => args[name] ?? '512 555 0100';
	const json = { body: { message_id: 'msg-1', from: 'renter@example.com', property: 'Maple Court' } };
	return String(
		given(code, {
			$: () => ({ first: () => ({ json }), item: { json } }),
			...{ $fromAI, DateTime },
			$parameter: { options: { dateFormat: format } },
			$tool: { parameters: { start: text, when: text, notes: 'Asks for a tour' } },
		}),
	);
}

const only = (parameter: unknown): string => codesIn(String(parameter))[0] ?? '';

/** The moment that goes out for a time; undefined if the field takes none. */
function sent({ node, field }: Tool, spelling: Spelling): string | undefined {
	const raw = valueOf(only(node.parameters[field]), spelling);
	const clock = { zone: ZONE, offersFormat: true, ...(spelling.format && { format: spelling.format }) };
	const read = readDateTime(raw, clock);
	return 'wrong' in read ? undefined : String(read.value);
}

const keyOf = ({ node }: Tool, spelling: Spelling): string =>
	valueOf(only(node.parameters['deduplicationKey']), spelling);

let before: typeof Settings.defaultZone;
beforeAll(() => {
	before = Settings.defaultZone;
	// As n8n does with the time zone of the workflow.
	Settings.defaultZone = ZONE;
});
afterAll(() => {
	Settings.defaultZone = before;
});

it('are taken by five tools, each in a workflow of its service', () => {
	const all = [
		'propexo-agent-asks-first.json Log event',
		'propexo-book-a-tour-agent.json Book tour',
		'propexo-mcp-server.json Book tour',
		'propexo-mcp-server.json Log event',
		'rentengine-mcp-server.json Plan showing',
	];
	const isHere = (one: string) => shipped.some(({ file }) => one.startsWith(file));
	expect(TOOLS.map(({ file, node }) => `${file} ${node.name}`)).toEqual(all.filter(isHere));
});

describe.each(TOOLS)('A time that a model gives $node.name of $file', (tool) => {
	it('makes the same ID in all ways of writing it that the field takes, or none', () => {
		const unlike = SPELLINGS.flatMap((spelling) => {
			const moment = sent(tool, spelling);
			const key = keyOf(tool, spelling);
			if (moment === undefined || key === '') return [];
			const same = keyOf(tool, { text: moment });
			return key === same ? [] : [{ ...spelling, moment, key, same }];
		});
		expect(unlike).toEqual([]);
	});

	it('makes an ID in its common ways', () => {
		const wanted = COMMON.filter((text) => sent(tool, { text }) !== undefined);
		expect(wanted.length).toBeGreaterThanOrEqual(tool.file.includes('book-a-tour') ? 2 : COMMON.length);
		const keys = new Set(wanted.map((text) => keyOf(tool, { text })));
		expect([...keys]).toEqual([expect.stringMatching(/\S/)]);
	});

	it('makes another ID where it is another moment, unless the ID is that of the message', () => {
		const [one, other] = ['2026-12-12T10:00:00-06:00', '2026-12-12T10:30:00-06:00'].map((text) =>
			keyOf(tool, { text }),
		);
		expect(one === other).toBe(tool.file.includes('asks-first'));
	});
});

// The package of one service has no such tool.
for (const tool of TOOLS.filter(({ approval }) => approval)) {
	describe(`Who is asked whether ${tool.node.name} of ${tool.file} may be called`, () => {
		const message = String(tool.approval?.parameters['message']);
		/** The line with the time, as the person sees it. */
		const line = (spelling: Spelling) =>
			valueOf(
				codesIn(message).find((code) => /\$tool\.parameters\.(start|when)/.test(code)) ?? '',
				spelling,
			);

		it('sees the moment that would be sent', () => {
			const unlike = SPELLINGS.filter(({ format }) => format === undefined).flatMap((spelling) => {
				const moment = sent(tool, spelling);
				if (moment === undefined) return [];
				const shown = line(spelling);
				const read = readDateTime(shown, { zone: ZONE });
				const isSame =
					('value' in read && Date.parse(String(read.value)) === Date.parse(moment)) ||
					shown ===
						DateTime.fromISO(moment, { setZone: true }).toFormat(
							'cccc, LLLL d, yyyy, h:mm a ZZZZ',
						);
				return isSame ? [] : [{ ...spelling, moment, shown }];
			});
			expect(unlike).toEqual([]);
		});

		it('never sees an invalid date', () => {
			expect(SPELLINGS.map(line).filter((shown) => /invalid/i.test(shown))).toEqual([]);
		});
	});
}
