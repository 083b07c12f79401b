import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../support/index.ts';
import { useStage } from './stage.ts';
import { nastyJson, nested, UNREADABLE } from './values.ts';

const stage = useStage();

const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';
const PRIVATE = 'Zaphod Beeblebrox-4242';

/** The same test on each service: what is posted, and what it comes to. */
const both = [
	{
		service: 'propexo',
		create: async (): Promise<RunResult> =>
			await stage.services.leadEvent({ notes: PRIVATE }, { onError: 'continueRegularOutput' }),
	},
	{
		service: 'rentEngine',
		create: async (): Promise<RunResult> =>
			await stage.services.leasingEvent(
				{ assignedToUserIds: USER, additionalFields: { notes: PRIVATE } },
				{ onError: 'continueRegularOutput' },
			),
	},
] as const;

const STATUSES = [
	200, 201, 202, 204, 206, 300, 302, 307, 400, 401, 403, 404, 409, 413, 418, 422, 451, 500, 503, 599,
];

/** Whatever came back: one outcome, told in readable words without secrets, after exactly one request. */
function expectOneOutcome(service: 'propexo' | 'rentEngine', { success, thrown }: RunResult): string {
	expect(thrown).toBeUndefined();
	expect(success.length).toBeGreaterThan(0);
	const { ledger, token } = stage.services.emulator[service];
	expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	expect(stage.canary.visits).toEqual([]);
	expect(({} as IDataObject).polluted).toBeUndefined();
	const json = success[0]?.json ?? {};
	// A top-level `error` that is no report would make n8n run the node again.
	if (!('error' in json)) return 'created';
	const { error, details } = json as { error: string; details: IDataObject };
	expect(error).toMatch(/^Item 1: .{10}/);
	expect(error.length).toBeLessThan(9_000);
	const told = JSON.stringify(success);
	expect(error + String(details.what_to_do)).not.toMatch(UNREADABLE);
	expect(told).not.toContain(PRIVATE);
	expect(told).not.toContain(token);
	return String(details.outcome);
}

describe.each(both)('$service answers a create with', ({ service, create }) => {
	async function answered(fault: object): Promise<string> {
		const { faults, reset } = stage.services.emulator[service];
		reset();
		faults.add({ match: { method: 'POST' }, ...fault });
		return expectOneOutcome(service, await create());
	}

	it('any JSON under any status: created only after a 2xx, refused only after a definite no', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(...STATUSES),
				nastyJson(stage.canary.host),
				fc.constantFrom('as it is', 'as its error', 'as its IDs'),
				async (status, value, place) => {
					const body =
						place === 'as it is'
							? JSON.stringify(value)
							: place === 'as its error'
								? JSON.stringify({
										error: value,
										message: value,
										details: [value],
										issues: value,
									})
								: JSON.stringify({
										id: value,
										job_id: value,
										data: value,
										meta: { job_id: value },
									});
					const headers = {
						'content-type': 'application/json',
						location: `http://${stage.canary.host}/stolen`,
					};
					const outcome = await answered({ status, headers, body });
					if (status >= 500) expect(outcome).toBe('unknown');
					else if (status >= 300) expect(outcome).toBe('refused');
					else expect(['created', 'unknown']).toContain(outcome);
				},
			),
			{ numRuns: 150 },
		);
	});

	it.each([
		['nothing', '', 200],
		['a lone surrogate and control characters', '{"error":"\\ud800 \\u0007\\u202egnp"}', 400],
		[
			'its own prototype',
			'{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
			400,
		],
		['a value nested 100,000 deep', nested(100_000), 400],
		['an error nested 100,000 deep', `{"error":${nested(100_000)}}`, 400],
		[
			'details nested 100,000 deep',
			`{"error":{"details":${nested(100_000)}},"details":[${nested(100_000)}]}`,
			400,
		],
		['a refusal of a megabyte', JSON.stringify({ error: 'x'.repeat(1_000_000) }), 400],
		[
			'ten thousand complaints',
			JSON.stringify({
				error: {
					message: 'no',
					details: {
						details: { issues: Array(10_000).fill({ path: ['notes'], message: PRIVATE }) },
					},
				},
				details: Array(10_000).fill({ dataPath: '.events[0].notes', message: PRIVATE }),
			}),
			400,
		],
		['bytes that are no text', '\u0000\u0001\ufffd', 400],
		['half a document', '{"job_id":"job_1","da', 201],
		['a web page', '<!doctype html><title>Gateway</title>', 200],
	])('%s: one outcome, one message', async (_what, body, status) => {
		const outcome = await answered({ status, headers: { 'content-type': 'application/json' }, body });
		expect(outcome).toBe(status >= 400 ? 'refused' : 'unknown');
	});

	it.each(['1e999', '9'.repeat(400), '12345678901234567890', '-0', '{}', '[]', 'null', '"\\u0000"'])(
		'the ID %s: created, or unknown, but never refused',
		async (id) => {
			const body = `{"job_id":${id},"id":${id},"data":{}}`;
			expect(['created', 'unknown']).toContain(await answered({ status: 201, body, write: true }));
		},
	);

	it('a created record nested 3,000 deep: created, or unknown, but never lost without a word', async () => {
		const body = `{"job_id":"job_deep","id":7,"data":${nested(3_000)}}`;
		expect(['created', 'unknown']).toContain(await answered({ status: 201, body, write: true }));
	});

	it('a reply without end: unknown, and not read beyond its limit', async () => {
		expect(await answered({ hugeBytes: 60_000_000 })).toBe('unknown');
	});

	it('headers of another world: rates, dates and redirects', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.constantFrom(
					'x-ratelimit-limit',
					'x-ratelimit-remaining',
					'ratelimit-remaining',
					'date',
					'content-type',
				),
				fc.constantFrom('-1', 'NaN', 'Infinity', 'abc', '99999999999999999999', ' ', '1,2', '[]'),
				async (name, value) => {
					expect(
						await answered({ status: 422, headers: { [name]: value }, body: { error: 'no' } }),
					).toBe('refused');
				},
			),
			{ numRuns: 25 },
		);
	});
});
