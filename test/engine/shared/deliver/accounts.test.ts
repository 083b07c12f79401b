import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useServices } from '../../support/services.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven, Emulated } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, markOf } from '../../support/deliver/driven.ts';

/* One credential whose base URL and token are expressions: each item has its own account. */
describe.each(DRIVEN)('$title: items of two accounts', (driven: Driven) => {
	const timing = { lookUpAfterMs: [50] };
	const tokens = ['token-of-a', 'token-of-b'];
	const services = tokens.map((token) => useServices({ timing, [`${driven.service}Tokens`]: [token] }));
	let emulated: Emulated[];
	beforeAll(() => {
		emulated = services.map(({ emulator }) => driven.emulated(emulator));
	});

	const of = (account: number, index: number): IDataObject => ({
		...itemAt(index),
		url: emulated[account]?.url,
		token: tokens[account],
	});
	const credentials = (token = '={{ $json.token }}'): IDataObject =>
		Object.fromEntries(
			Object.entries(driven.at('={{ $json.url }}').credentials).map(([name, one]) => [
				name,
				{ ...one, token },
			]),
		);
	async function run(
		items: IDataObject[],
		options: IDataObject = {},
		settings: Settings = {},
	): Promise<RunResult> {
		const all = { items, credentials: credentials(), ...settings } as Settings;
		return await driven.run(services[0]!, driven.parameters(options), all);
	}
	const goOn: Settings = { onError: 'continueRegularOutput' };
	/** The items whose events an account holds. */
	const held = (account: number, count: number) => {
		const bodies = emulated[account]!.ledger.created.map(({ body }) => JSON.stringify(body));
		return Array.from({ length: count }, (_, index) => index).filter((index) =>
			bodies.some((body) => body.includes(markOf(index))),
		);
	};
	const outcomes = (result: RunResult, count: number) => accountOf(driven, result, count).outcomes;

	it('go out with the token of their own item, each once, in the order of the output', async () => {
		const items = Array.from({ length: 12 }, (_, index) => of(index % 2, index));
		const { success } = await run(items);
		expect([held(0, 12), held(1, 12)]).toEqual([
			[0, 2, 4, 6, 8, 10],
			[1, 3, 5, 7, 9, 11],
		]);
		expect(emulated.map(({ ledger }) => ledger.created.length)).toEqual([6, 6]);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual(items.map((_, item) => ({ item })));
		expect(emulated.every(({ ledger }) => ledger.requests.every(({ authorized }) => authorized))).toBe(
			true,
		);
	});

	it('are not sent after an item of the other account that failed, when the run stops on errors', async () => {
		emulated[1]!.faults.add(faultFor(0, { status: 400 }));
		emulated[0]!.settings.latencyMs = 200;
		const items = [of(1, 0), ...Array.from({ length: 30 }, (_, index) => of(0, index + 1))];
		const result = await run(items);
		expect(outcomes(result, 31)[0]).toBe('refused');
		expect(held(0, 31).length).toBeLessThan(30);
		expect(outcomes(result, 31).filter((outcome) => outcome === 'not sent').length).toBeGreaterThan(0);
	});

	it('are looked up in their own account', async () => {
		emulated[1]!.faults.add(faultFor(1, { close: 'after' }));
		const result = await run([of(0, 0), of(1, 1)], { outcomeUnknown: 'lookUp' });
		expect(outcomes(result, 2)).toEqual(['created', 'created']);
		expect([held(0, 2), held(1, 2)]).toEqual([[0], [1]]);
		const looks = emulated.map(
			({ ledger }) =>
				ledger.requests.filter(
					({ method, path }) => method === 'GET' && path.endsWith(driven.listPath),
				).length,
		);
		expect(looks).toEqual([0, 1]);
	});

	it('each come to an outcome of their own in a retry of the execution', async () => {
		emulated[1]!.faults.add(faultFor(1, { status: 400 }));
		const stopped = await run([of(0, 0), of(1, 1), of(0, 2)]);
		const retried = await services[0]!.engine.retry(stopped);
		expect(outcomes(retried, 3)).toEqual(['created', 'created', 'created']);
		expect([held(0, 3), held(1, 3)]).toEqual([[0, 2], [1]]);
		expect(emulated.map(({ ledger }) => ledger.created.length)).toEqual([2, 1]);
	});

	it('are told as created in a retry that has no token for them any more', async () => {
		emulated[1]!.faults.add({ ...faultFor(1, { status: 400 }), delayMs: 200 });
		const stopped = await run([of(0, 0), of(1, 1)]);
		expect(outcomes(stopped, 2)).toEqual(['created', 'refused']);
		const withoutFirst = credentials('={{ $itemIndex === 0 ? "" : $json.token }}');
		const changes = { credentials: withoutFirst, ...goOn } as Settings;
		const retried = await services[0]!.engine.retry(stopped, changes);
		expect(outcomes(retried, 2)).toEqual(['created', 'created']);
		expect([held(0, 2), held(1, 2)]).toEqual([[0], [1]]);
	});

	it('are not sent when the token of one item is missing; the others go out where the run goes on', async () => {
		const items = [of(0, 0), { ...of(1, 1), token: undefined }, of(1, 2)];
		const stopped = await run(items);
		expect(stopped.thrown?.message).toMatch(/^Item 2 of 3: '(Token|API Key)' of the credential is empty/);
		expect(emulated.flatMap(({ ledger }) => ledger.created)).toEqual([]);
		expect(outcomes(await run(items, {}, goOn), 3)).toEqual(['created', 'not sent', 'created']);
		expect([held(0, 3), held(1, 3)]).toEqual([[0], [2]]);
	});

	it('with a wrong token fail by themselves, and no message shows a token', async () => {
		const result = await run([of(0, 0), { ...of(0, 1), token: 'revoked-token' }, of(0, 2)], {}, goOn);
		expect(outcomes(result, 3)).toEqual(['created', 'refused', 'created']);
		expect(result.success[1]?.json.details).toMatchObject({ http_status: 401 });
		const { error, details } = result.success[1]?.json ?? {};
		expect(JSON.stringify([error, details])).not.toContain('revoked-token');
	});

	it('get the token that the credential holds for a word of the item, such as the manager', async () => {
		const [north, south] = tokens;
		const held = credentials(`={{ ({ north: '${north}', south: '${south}' })[$json.manager] }}`);
		const managers = ['north', 'south', 'nobody'];
		const items = managers.map((manager, index) => {
			const { token: _, ...item } = of(index % 2, index);
			return { ...item, manager };
		});
		const result = await run(items, {}, { ...goOn, credentials: held } as Settings);
		expect(outcomes(result, 3)).toEqual(['created', 'created', 'not sent']);
		expect(result.success[2]?.json.error).toMatch(/'(Token|API Key)' of the credential is empty/);
	});

	it('are not taken for one event that comes again: what was sent to the sandbox is not in production', async () => {
		const key = { deduplicationKey: '={{ $json.event_id }}' };
		const tryAt = async (account: number, options: IDataObject = {}) => {
			const item = { ...of(account, 0), event_id: `${driven.service} tried first` };
			return await run([item], { ...key, ...options }, goOn);
		};
		expect(outcomes(await tryAt(0), 1)).toEqual(['created']);
		const moved = await tryAt(1);
		expect(outcomes(moved, 1)).toEqual(['not sent']);
		expect((moved.success[0]?.json.details as IDataObject).what_to_do).toMatch(
			/you tested at another address/,
		);
		const send = { sameKeyOtherEvent: 'send' };
		expect(outcomes(await tryAt(1, send), 1)).toEqual(['created']);
		for (const account of [0, 1]) expect(outcomes(await tryAt(account, send), 1)).toEqual(['skipped']);
		expect([held(0, 1), held(1, 1)]).toEqual([[0], [0]]);
	});

	// Last: its limiter stays closed for an hour.
	it('do not wait for an account whose rate is used up', async () => {
		emulated[0]!.faults.add({
			match: { method: 'POST' },
			status: 429,
			headers: { 'retry-after': '3600' },
			times: Infinity,
		});
		const result = await run([of(0, 0), of(1, 1), of(0, 2), of(1, 3)], {}, goOn);
		expect(outcomes(result, 4)).toEqual(['not sent', 'created', 'not sent', 'created']);
		expect(held(1, 4)).toEqual([1, 3]);
	});
});
