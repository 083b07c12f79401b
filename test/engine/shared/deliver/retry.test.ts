import type { IDataObject } from 'n8n-workflow';

import { triesAll } from '../../../support/effort.ts';
import type { RunResult } from '../../support/engine.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { anotherProcess, useNewServices, useServices } from '../../support/services.ts';
import { accountOf, expectTrue } from '../../support/deliver/account.ts';
import type { Driven, Emulated } from '../../support/deliver/driven.ts';
import { faultFor, itemsOf, markOf } from '../../support/deliver/driven.ts';

describe.each(DRIVEN)('$title: running again', (driven: Driven) => {
	const services = useServices({ timing: { lookUpAfterMs: [20, 120] } });
	let emulated: Emulated;
	beforeAll(() => {
		emulated = driven.emulated(services.emulator);
	});

	const ITEMS = 6;
	const run = async (parameters: IDataObject, settings: Settings = {}): Promise<RunResult> =>
		await driven.run(services, parameters, { items: itemsOf(ITEMS), ...settings });
	const threeTries: Settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
	const timesSent = (index: number) =>
		emulated.ledger.requests.filter(({ body }) => JSON.stringify(body ?? '').includes(markOf(index)))
			.length;

	/** The outcomes of a run, found true. */
	function outcomes(result: RunResult): string[] {
		const account = accountOf(driven, result, ITEMS);
		expectTrue(emulated, account);
		return account.outcomes;
	}

	const all = (outcome: string) => new Array<string>(ITEMS).fill(outcome);
	/** The same item sent at another moment makes another request. */
	const NOW = "={{ $json.notes + ' at ' + $now.toMillis() }}";

	it.each([
		['Retry On Fail', threeTries],
		['Retry execution', {}],
	])('with the time in a field: %s creates nothing twice', async (how, settings) => {
		emulated.faults.add(faultFor(2, { status: 400 }));
		let result = await run(driven.parameters({}, NOW), settings);
		if (how === 'Retry execution') {
			expect(outcomes(result)[2]).toBe('refused');
			result = await services.engine.retry(result);
		}
		expect(outcomes(result)).toEqual(all('created'));
		expect(Array.from({ length: ITEMS }, (_, index) => timesSent(index))).toEqual([1, 1, 2, 1, 1, 1]);
	});

	it('with the time in a field: what is unknown is not sent again', async () => {
		emulated.faults.add(faultFor(2, { close: 'after' }));
		const stopped = await run(driven.parameters({}, NOW), threeTries);
		expect(outcomes(stopped)[2]).toBe('unknown');
		const retried = await services.engine.retry(stopped);
		expect(outcomes(retried)[2]).toBe('unknown');
		expect(timesSent(2)).toBe(1);
	});

	/** A run whose fourth item is refused for its notes, which begin with `WRONG`. */
	async function stoppedByOne(parameters: Parameters<typeof run>[0]) {
		const match = { method: 'POST', bodyIncludes: 'WRONG' };
		emulated.faults.add({ match, status: 422, times: Infinity });
		const items = itemsOf(ITEMS).map((item, index) =>
			index === 3 ? { ...item, notes: `WRONG ${String(item.notes)}` } : item,
		);
		const stopped = await run(parameters, { items });
		expect(outcomes(stopped)[3]).toBe('refused');
		return stopped;
	}

	it('with the currently saved workflow: the mended item is sent, finished ones are not', async () => {
		const stopped = await stoppedByOne(driven.parameters({}));
		const first = outcomes(stopped);
		const mended = driven.parameters({}, "={{ $json.notes.replace('WRONG ', '') }}");
		const before = emulated.ledger.created.length;
		const retried = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...mended },
		});
		expect(outcomes(retried)).toEqual(all('created'));
		expect(emulated.ledger.created.length).toBe(
			before + first.filter((name) => name !== 'created').length,
		);
		expect(Array.from({ length: ITEMS }, (_, index) => timesSent(index))).toEqual([1, 1, 1, 2, 1, 1]);
	});

	it('with the currently saved workflow and the time in a field: only the mended item is sent', async () => {
		const stopped = await stoppedByOne(driven.parameters({}, NOW));
		const mended = driven.parameters({}, NOW.replace('$json.notes', "$json.notes.replace('WRONG ', '')"));
		const retried = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...mended },
		});
		expect(outcomes(retried)).toEqual(all('created'));
		expect(Array.from({ length: ITEMS }, (_, index) => timesSent(index))).toEqual([1, 1, 1, 2, 1, 1]);
	});

	it('with another person and the time in a field: it is another event', async () => {
		emulated.faults.add(faultFor(2, { status: 400 }));
		const stopped = await run(driven.parameters({}, NOW));
		expect(outcomes(stopped).slice(0, 3)).toEqual(['created', 'created', 'refused']);
		const parameters = { ...stopped.options.parameters };
		const person = JSON.stringify(parameters[driven.person.field]).replaceAll('$json.person', '(20)');
		parameters[driven.person.field] = JSON.parse(person);
		await services.engine.retry(stopped, { parameters });
		expect(timesSent(0)).toBe(2);
	});

	it('with other options: neither finished items are sent again nor what is unknown, though the request is another', async () => {
		emulated.faults.add(faultFor(1, { close: 'after' }));
		const stopped = await run(driven.parameters({}, NOW));
		expect(outcomes(stopped)[1]).toBe('unknown');
		const looking = driven.parameters({ outcomeUnknown: 'lookUp', timeout: 20_000 }, NOW);
		const retried = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...looking },
		});
		// What is sent now holds another time: not finding that says nothing of what was sent then.
		expect(outcomes(retried)[1]).toBe('unknown');
		for (const index of [0, 1, 2, 3, 4, 5]) expect(timesSent(index)).toBe(1);
	});

	it('with the look-up switched on: what is unknown is found, and what was not created is sent', async () => {
		emulated.faults.add(faultFor(1, { close: 'after' }));
		emulated.faults.add(faultFor(4, { close: 'before' }));
		const stopped = await run(driven.parameters({}));
		expect(outcomes(stopped)[1]).toBe('unknown');
		const parameters = {
			...stopped.options.parameters,
			...driven.parameters({ outcomeUnknown: 'lookUp' }),
		};
		const retried = await services.engine.retry(stopped, { parameters });
		expect(outcomes(retried)).toEqual(all('created'));
		expect(timesSent(1)).toBe(1);
	});

	let firstTry: Promise<RunResult> | undefined;
	/** The first try of three items, of which one was created, one left in doubt and one refused. */
	async function createdUnknownRefused(): Promise<RunResult> {
		emulated.faults.add(faultFor(1, { close: 'after' }));
		emulated.faults.add(faultFor(2, { status: 400, delayMs: 500 }));
		const first = await run(driven.parameters({}), { items: itemsOf(3) });
		expect(accountOf(driven, first, 3).outcomes).toEqual(['created', 'unknown', 'refused']);
		return first;
	}

	describe.each([
		['there is no credential', undefined],
		['the credential cannot be read', { baseUrl: '={{ $json.nothing.here }}' }],
		['the credential holds no token', { token: '' }],
	])('where %s any more', (_, wrong) => {
		/** What the first try created, left in doubt and refused is told by a second one that can send nothing. */
		const withoutCredential = async (settings: Settings = {}) => {
			const first = await (firstTry ??= createdUnknownRefused());
			const type = `${driven.service}Api` as const;
			const credential = wrong && { ...services.credentials[type], ...wrong };
			const second = await services.engine.retry(first, {
				credentials: credential ? { [type]: credential } : {},
				...settings,
			});
			return accountOf(driven, second, 3).outcomes;
		};

		it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'each item ends as it did before: %s',
			async (onError) => {
				expect(await withoutCredential({ onError })).toEqual(['created', 'unknown', 'not sent']);
			},
		);

		it('the error says how each item ended before', async () => {
			expect(await withoutCredential()).toEqual(['created', 'unknown', 'not sent']);
		});
	});

	/** A second try of an item in doubt, in which something is wrong: what is said of it. */
	const toldAgain = async (changes: Settings, options: IDataObject) => {
		emulated.faults.add(faultFor(0, { close: 'after' }));
		const first = await run(driven.parameters({}), { items: itemsOf(1) });
		expect(outcomesOf(first)).toEqual(['unknown']);
		const parameters = { ...first.options.parameters, ...driven.parameters(options) };
		const { thrown, success, error } = await services.engine.retry(first, { parameters, ...changes });
		const [failed] = [...success, ...error];
		const told = [thrown?.message, thrown?.description, JSON.stringify(failed?.json)].join('\n');
		expect(told).toMatch(/may or may not exist/);
		expect(timesSent(0)).toBe(1);
		return told;
	};
	const outcomesOf = (result: RunResult) => accountOf(driven, result, 1).outcomes;

	const MODES = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;

	describe.each([
		['lookUp', /could not be looked up: /],
		['lookUpOnly', /could not be looked up: /],
		['report', /It was not sent again.*is missing there/],
	])('an item in doubt of which something is wrong by then, with %s', (outcomeUnknown, how) => {
		// Of the others, one mode is enough as a part: what is said depends on the option alone.
		describe.each(triesAll || outcomeUnknown === 'lookUp' ? MODES : MODES.slice(0, 1))(
			'%s',
			(onError) => {
				it.each([
					['the credential is gone', undefined, /credential.*could not be read/i],
					['the token is empty', { token: '' }, /of the credential is empty\. Fill it in/],
					['the token is a placeholder', { token: 'your token here' }, /of the credential/],
				])('says what happened, and that %s', async (_, wrong, words) => {
					const type = `${driven.service}Api` as const;
					const credentials = wrong ? { [type]: { ...services.credentials[type], ...wrong } } : {};
					const told = await toldAgain({ credentials, onError }, { outcomeUnknown });
					expect(told).toMatch(words);
					expect(told).toMatch(how);
				});

				it('says what happened, and which field is wrong', async () => {
					const told = await toldAgain({ onError }, { outcomeUnknown, timeout: 'soon' });
					expect(told).toMatch(/'Timeout \(Seconds\)'/);
					expect(told).toMatch(how);
				});
			},
		);
	});

	it('again and again: each time only what is left is sent', async () => {
		for (const index of [1, 3, 5]) emulated.faults.add(faultFor(index, { status: 409 }));
		let result = await run(driven.parameters({}));
		for (let times = 0; times < 3 && result.thrown; times++) {
			outcomes(result);
			result = await services.engine.retry(result);
		}
		expect(outcomes(result)).toEqual(all('created'));
		expect(Array.from({ length: ITEMS }, (_, index) => timesSent(index))).toEqual([1, 2, 1, 2, 1, 2]);
	});

	it('with an invalid item: nothing was sent, and nothing is until it is mended', async () => {
		const items = itemsOf(ITEMS).map((item, index) => (index === 4 ? { ...item, person: '' } : item));
		const stopped = await run(driven.parameters({}), { items, ...threeTries });
		expect(outcomes(stopped)).toEqual(all('not sent'));
		expect(outcomes(await services.engine.retry(stopped))).toEqual(all('not sent'));
		expect(emulated.ledger.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});
});

describe.each(DRIVEN)('$title: an item in doubt among more than are sent at once', (driven: Driven) => {
	const services = useServices({ timing: { lookUpAfterMs: [20, 120] } });
	const MANY = 40;
	const IN_DOUBT = 12;
	let emulated: Emulated;
	beforeAll(() => {
		emulated = driven.emulated(services.emulator);
	});

	/** In *Stop* mode, one item is left in doubt, and most of those after it are not sent. */
	async function stopped(parameters: IDataObject, settings: Settings = {}): Promise<RunResult> {
		emulated.faults.add(faultFor(IN_DOUBT, { close: 'after' }));
		const result = await driven.run(services, parameters, { items: itemsOf(MANY), ...settings });
		const { outcomes } = accountOf(driven, result, MANY);
		expect(outcomes[IN_DOUBT]).toBe('unknown');
		return result;
	}

	function expectOneInDoubt(result: RunResult, done: string[]): void {
		const { outcomes } = accountOf(driven, result, MANY);
		expect(outcomes[IN_DOUBT]).toBe('unknown');
		expect(done).toEqual(expect.arrayContaining(outcomes.filter((_, index) => index !== IN_DOUBT)));
		expect(emulated.ledger.created).toHaveLength(MANY);
		expect(result.thrown?.message).toContain(`Item ${IN_DOUBT + 1} of ${MANY}`);
	}

	it('does not keep the others from being sent by Retry execution', async () => {
		const first = await stopped(driven.parameters({}));
		expect(accountOf(driven, first, MANY).outcomes).toContain('not sent');
		expectOneInDoubt(await services.engine.retry(first), ['created']);
	});

	it('does not keep the others from being sent by Retry On Fail', async () => {
		const settings = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		expectOneInDoubt(await stopped(driven.parameters({}), settings), ['created']);
	});

	it('does not keep the others from being sent by a new execution with IDs', async () => {
		const keyed = driven.parameters({
			deduplicationKey: `={{ $json.notes }} ${driven.title} one of many`,
		});
		await stopped(keyed);
		const again = await driven.run(services, keyed, { items: itemsOf(MANY) });
		expectOneInDoubt(again, ['created', 'skipped']);
	});
});

describe.each(DRIVEN)('$title: an event in doubt', (driven: Driven) => {
	const looks = [20, 120];
	const timing = { lookUpAfterMs: looks };
	const services = useNewServices({ timing });

	it('is found by the retry, where a look-up had not found it and it could not be sent again', async () => {
		const { faults, ledger } = driven.emulated(services.emulator);
		const onList = { match: { method: 'GET', path: driven.listPath }, status: 200 };
		faults.add(faultFor(0, { close: 'after' }));
		faults.add({ ...onList, body: driven.listing([]), times: looks.length });
		faults.add(faultFor(0, { status: 429, headers: { 'retry-after': '3600' } }));
		const lookUp = driven.parameters({ outcomeUnknown: 'lookUp' });
		const stopped = await driven.run(services, lookUp, { items: itemsOf(1) });
		expect(accountOf(driven, stopped, 1).outcomes).toEqual(['unknown']);
		// Another process does not wait for an hour.
		const retried = await anotherProcess(services, timing).engine.retry(stopped);
		expect(accountOf(driven, retried, 1).outcomes).toEqual(['created']);
		expect(ledger.created).toHaveLength(1);
	});

	it('keeps the status of the reply in each further try', async () => {
		const { faults } = driven.emulated(services.emulator);
		faults.add(faultFor(0, { status: 500 }));
		const stopped = await driven.run(services, driven.parameters({}), { items: itemsOf(1) });
		const retried = await services.engine.retry(stopped);
		const statusOf = ({ thrown }: typeof stopped) =>
			(thrown as { httpCode?: unknown } | undefined)?.httpCode;
		expect([statusOf(stopped), statusOf(retried)]).toEqual(['500', '500']);
	});

	it('is sent three times in all, and each try tells how often', async () => {
		const { faults, ledger } = driven.emulated(services.emulator);
		const posts = () => ledger.requests.filter(({ method }) => method === 'POST').length;
		faults.add(faultFor(0, { status: 503, times: Infinity }));
		const lookUp = driven.parameters({ outcomeUnknown: 'lookUp' });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const stopped = await driven.run(services, lookUp, { items: itemsOf(1), ...settings });
		expect(accountOf(driven, stopped, 1).outcomes).toEqual(['unknown']);
		expect(posts()).toBe(3);
		const reported = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...driven.parameters({}) },
		});
		for (const { thrown } of [stopped, reported])
			expect(thrown?.description).toContain('It was sent 3 times');
		expect(posts()).toBe(3);
	});

	it('has the same cause in the retry, where it could not be sent again', async () => {
		const { faults } = driven.emulated(services.emulator);
		faults.add(faultFor(0, { status: 502 }));
		faults.add(faultFor(0, { status: 429, headers: { 'retry-after': '3600' } }));
		const lookUp = driven.parameters({ outcomeUnknown: 'lookUp' });
		const stopped = await driven.run(services, lookUp, { items: itemsOf(1) });
		const retried = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...driven.parameters({}) },
		});
		for (const { thrown } of [stopped, retried])
			expect(thrown?.message).toMatch(/ answered HTTP 502 \(".+"\), so the .* may or may not exist/);
	});

	it('is found by the retry, though the machine that sent it has a clock that is an hour ahead', async () => {
		const { faults, ledger } = driven.emulated(services.emulator);
		faults.add(faultFor(0, { close: 'before' }));
		const stopped = await driven.run(services, driven.parameters({}), { items: itemsOf(1) });
		const { contextData = {} } = stopped.saved.executionData ?? {};
		for (const { delivered = {} } of Object.values(contextData))
			for (const kept of Object.values(delivered as Record<string, { since: number }>))
				kept.since += 3_600_000;
		const body = driven.listing([{ id: 77, index: 0, at: Date.now() - 60_000 }]);
		faults.add({ match: { method: 'GET', path: driven.listPath }, status: 200, body });
		const lookUp = driven.parameters({ outcomeUnknown: 'lookUp' });
		const retried = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...lookUp },
		});
		expect(accountOf(driven, retried, 1).outcomes).toEqual(['created']);
		expect(ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});
});
