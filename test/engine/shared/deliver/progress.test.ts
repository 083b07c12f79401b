import { ExecuteContext } from 'n8n-core';
import type { Logger } from 'n8n-workflow';

import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useNewServices, withTiming } from '../../support/services.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemsOf, until } from '../../support/deliver/driven.ts';

const info = jest.fn<void, [string]>();
const warn = jest.fn<void, [string]>();
/** The log that n8n gives the nodes. */
const logger: Logger = { info, warn, debug: () => {}, error: () => {} };
const log = jest.spyOn(ExecuteContext.prototype, 'logger', 'get').mockReturnValue(logger as never);
afterAll(() => log.mockRestore());

describe.each(DRIVEN)('$title: how far a run is', (driven: Driven) => {
	// Ten requests in 300 ms, and a run tells every 100 ms how far it is.
	const timing = { rate: { requests: 10, windowMs: 300 }, tellEveryMs: 100 };
	const services = useNewServices({ timing });
	beforeEach(() => {
		// The rate that the replies tell is that of the test.
		Object.assign(driven.emulated(services.emulator).settings, { limit: 10, windowMs: 300 });
		info.mockClear();
	});

	const said = () =>
		info.mock.calls.map(([message]) => message).filter((message) => / done[.,] /.test(message));
	const run = async (count: number, options = {}, settings: Settings = {}) =>
		await driven.run(services, driven.parameters(options), { items: itemsOf(count), ...settings });

	it('stands in the log while it goes on, with the end, and in a hint after it', async () => {
		const { hints } = await run(35);
		expect(said()[0]).toMatch(
			/^0 of 35 \w+ events done\. The rest takes less than a minute, until .*\d+:\d\d \(.+\) \(\w+ takes 10 requests in 0\.3 s\)\.$/,
		);
		const done = said().map((message) => Number.parseInt(message, 10));
		expect(done.length).toBeGreaterThan(2);
		expect(done).toEqual([...done].sort((a, b) => a - b));
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^35 of 35 \w+ events done in less than a minute \(\w+ takes 10 requests in 0\.3 s\)\.$/,
			),
		]);
	});

	it('counts as done what ended without an error', async () => {
		const { faults } = driven.emulated(services.emulator);
		faults.add(faultFor(4, { status: 400, body: {} }));
		faults.add(faultFor(7, { status: 502 }));
		const items = [...itemsOf(20), { ...itemsOf(1)[0], person: null }];
		const options = { outcomeUnknown: 'report' };
		const { hints } = await run(20, options, { items, onError: 'continueRegularOutput' });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^18 of 21 /),
			expect.stringMatching(/^Items 5, 8 and 21 of 21 ended with an error: /),
		]);
	});

	it('does not count what was refused as done in the log either', async () => {
		driven.emulated(services.emulator).faults.add(faultFor(0, { status: 400, body: {} }));
		const items = [...itemsOf(35), { ...itemsOf(1)[0], person: null }];
		await run(35, {}, { items, onError: 'continueRegularOutput' });
		expect(said()[0]).toMatch(/^0 of 36 \w+ events done, 1 failed\. The rest takes /);
		expect(said().at(-1)).toMatch(/^\d+ of 36 \w+ events done, 2 failed\. The rest takes /);
		expect(Number.parseInt(said().at(-1)!, 10)).toBeLessThanOrEqual(34);
	});

	it('is promised by a preview for the items that would be sent alone', async () => {
		const slow = withTiming(services, { rate: { requests: 10, windowMs: 60_000 } });
		const refused = Array.from({ length: 60 }, () => ({ ...itemsOf(1)[0], person: null }));
		const promise = async (items: Settings['items']) => {
			const options = { items, onError: 'continueRegularOutput' } as const;
			const { hints } = await driven.run(slow, driven.parameters({ previewOnly: true }), options);
			return hints.map(({ message }) => message).find((message) => /A run takes/.test(message));
		};
		expect(await promise(itemsOf(64))).toMatch(/A run takes about \d+ minutes/);
		expect(await promise([...itemsOf(4), ...refused])).toMatch(/A run takes less than a minute/);
	});

	it('is not told of a short run, and a preview says how long the run takes', async () => {
		const patient = withTiming(services, { ...timing, tellEveryMs: 60_000 });
		expect((await driven.run(patient, driven.parameters({}), { items: itemsOf(3) })).hints).toEqual([]);
		expect(said()).toEqual([]);
		const { hints } = await run(200, { previewOnly: true });
		expect(hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(
				/^Preview of 200 items: 200 would be created\. Nothing was sent\. A run takes less than a minute \(\w+ takes 10 requests in 0\.3 s\)\.$/,
			),
		]);
	});

	/** n8n keeps no output and no error of a node that is stopped while it runs. */
	it.each(['continueRegularOutput', 'stopWorkflow'] as const)(
		'of one that is stopped stands in the log, with how each item ended: %s',
		async (onError) => {
			warn.mockClear();
			const { ledger, faults } = driven.emulated(services.emulator);
			faults.add(faultFor(3, { hang: true }));
			const stop = new AbortController();
			const items = itemsOf(7).map((item) => ({ ...item, person: 1 }));
			const running = run(7, {}, { items, onError, signal: stop.signal, executionId: '4711' });
			await until(() => ledger.requests.filter(({ method }) => method === 'POST').length === 4);
			stop.abort();
			await running;
			await until(() => warn.mock.calls.length > 0);
			expect(warn.mock.calls.map(([message]) => message)).toEqual([
				expect.stringMatching(
					/^Execution 4711 was stopped\. Of 7 \w+ events: 3 created \(items 1–3\), 1 unknown \(item 4\), 3 not sent \(items 5–7\)\.$/,
				),
			]);
		},
	);
});
