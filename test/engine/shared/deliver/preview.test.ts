import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { part } from '../../../support/effort.ts';
import { DRIVEN, WRITES } from '../../support/service.ts';
import type { Services, Settings } from '../../support/services.ts';
import { anotherProcess, useServices } from '../../support/services.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, markOf } from '../../support/deliver/driven.ts';

const TIMING = { rate: { requests: 100_000 }, lookUpAfterMs: [1] };
const GO_ON: Settings = { onError: 'continueRegularOutput' };

/** What a run calls the outcomes of a preview. */
const AS_IN_A_RUN: Record<string, string> = {
	would_create: 'created',
	would_update: 'created',
	would_skip: 'skipped',
	not_sent: 'not sent',
};

const good = (index: number, more: IDataObject = {}): IDataObject => ({
	...itemAt(index),
	id: `event ${index}`,
	...more,
});
/** No write takes such a person or such notes. */
const bad = (index: number): IDataObject => ({ ...good(index), person: null, notes: { a: 1 } });

const rowsOf = ({ success }: RunResult): IDataObject[] => success.map(({ json }) => json);
const columnOf = (result: RunResult, name: string): unknown[] => rowsOf(result).map((row) => row[name]);
const hintsOf = ({ hints }: RunResult): string => hints.map(({ message }) => message).join('\n');

let tests = 0;

/** What the tests do with one operation. */
function driving(driven: Driven) {
	const services = useServices({ timing: TIMING });
	const emulated = () => driven.emulated(services.emulator);
	beforeEach(() => void tests++);
	const isRecognized = driven.title.includes('upsert');
	return {
		services,
		emulated,
		/** Its items have keys; those of the others are recognized by themselves. */
		hasKeys: !isRecognized,
		sent: () => emulated().ledger.requests.filter(({ method }) => method !== 'GET'),
		/** The same parameters, with and without *Preview Only*. */
		both: (options: IDataObject = {}) => {
			const keyed = isRecognized ? options : { deduplicationKey: '={{ $json.id }}', ...options };
			const parameters = driven.parameters(keyed);
			const previewing = {
				...parameters,
				options: { ...(parameters.options as IDataObject), previewOnly: true },
			};
			return { parameters, previewing };
		},
		run: async (
			items: IDataObject[],
			parameters: IDataObject,
			settings = GO_ON,
			on: Services = services,
		) => await driven.run(on, parameters, { items, workflowId: `${driven.title} ${tests}`, ...settings }),
		outcomesOf: (result: RunResult, count: number) => accountOf(driven, result, count).outcomes,
	};
}

describe.each(WRITES)('$title: Preview Only', (driven: Driven) => {
	const { both, run, sent, hasKeys, outcomesOf } = driving(driven);

	it('tells of each item what the run after it does, and sends nothing', async () => {
		const { parameters, previewing } = both();
		const earlier = good(50);
		await run([earlier], parameters);
		const others = [good(0), earlier, good(6, { id: 'event 0' })];
		const items = [good(0), bad(1), good(3, { id: undefined }), good(9), ...others];
		const before = sent().length;

		const preview = await run(items, previewing);

		expect(sent()).toHaveLength(before);
		expect(preview.thrown).toBeUndefined();
		expect(preview.success.map(({ pairedItem }) => pairedItem)).toEqual(
			items.map((_, item) => ({ item })),
		);
		for (const row of rowsOf(preview))
			expect(Object.keys(row)).toEqual(['outcome', 'preview', 'request', 'resolved', 'problems']);

		const after = await run(items, parameters);
		const outcomes = outcomesOf(after, items.length);
		const would = columnOf(preview, 'outcome').map((outcome) => AS_IN_A_RUN[String(outcome)]);
		expect(would.slice(0, 4)).toEqual(['created', 'not sent', 'created', 'created']);
		expect(outcomes.slice(0, 4)).toEqual(['created', 'not sent', 'created', 'created']);
		if (hasKeys) {
			expect(would.slice(4)).toEqual(['skipped', 'skipped', 'not sent']);
			expect(outcomes.slice(4)).toEqual(['skipped', 'skipped', 'not sent']);
		}
		const made = sent().slice(before);
		const requests = columnOf(preview, 'request') as Array<IDataObject | null>;
		for (const [index, item] of [0, 3, 9].entries()) {
			const request = made.find(({ body }) => JSON.stringify(body).includes(markOf(item)));
			const told = requests[[0, 2, 3][index] ?? 0];
			expect(told).toEqual({ method: request?.method, path: told?.path, body: request?.body });
			expect(request?.path.endsWith(String(told?.path))).toBe(true);
		}
		expect(requests.map((request) => request !== null)).toEqual(
			columnOf(preview, 'outcome').map((outcome) => /create|update/.test(String(outcome))),
		);
		expect(columnOf(preview, 'problems').map((problems) => (problems as string[]).length > 0)).toEqual(
			would.map((outcome) => outcome === 'not sent'),
		);
	});
});

describe.each(part(DRIVEN, 2))('$title: a preview and what is known of items', (driven: Driven) => {
	const { both, run, sent, services, outcomesOf, emulated } = driving(driven);

	it('tells the problems of all items, and stops at none of them', async () => {
		const { previewing } = both();
		const preview = await run([bad(0), good(3), bad(6)], previewing, {});
		expect(preview.thrown).toBeUndefined();
		expect(columnOf(preview, 'outcome').map((outcome) => outcome === 'not_sent')).toEqual([
			true,
			false,
			true,
		]);
		const [problems] = columnOf(preview, 'problems') as string[][];
		expect(problems?.join()).toMatch(/'[A-Z][^']+' /);
		expect(hintsOf(preview)).toMatch(/a run sends nothing until items 1, 3 are right/);
	});

	it.each([
		['is in doubt', {}, 'unknown', { close: 'after' }],
		['has the ID of another event', { person: 7 }, 'not sent', undefined],
	] as const)(
		'does not say that an item stops the run before it sends, which %s',
		async (_, more, ends, fault) => {
			const { parameters, previewing } = both();
			if (fault) emulated().faults.add(faultFor(3, fault));
			await run([good(3)], parameters);
			const items = [good(0), good(3, more)];
			const preview = await run(items, previewing, {});
			expect(hintsOf(preview)).toMatch(/1 would be created, 1 not sent \(item 2\)\. Nothing was sent/);
			expect(hintsOf(preview)).not.toMatch(/sends nothing/);
			// Only one that was in doubt before surely lets the other one out.
			const first = fault ? 'created' : expect.stringMatching(/created|not sent/);
			expect(outcomesOf(await run(items, parameters, {}), 2)).toEqual([first, ends]);
		},
	);

	it('leaves nothing behind: the run after it sends each item as if there had been none', async () => {
		const { parameters, previewing } = both();
		const preview = await run([good(0), good(3)], previewing);
		for (const kept of Object.values(preview.saved.executionData?.contextData ?? {}))
			expect(kept).toMatchObject({ delivered: {} });
		expect(outcomesOf(await run([good(0), good(3)], parameters), 2)).toEqual(['created', 'created']);
		expect(emulated().ledger.created).toHaveLength(2);
	});

	it('claims no key', async () => {
		const { calls } = services.engine.processedData;
		const from = calls.length;
		await run([good(0, { id: 'unseen 0' }), good(3, { id: 'unseen 3' })], both().previewing);
		const values = calls
			.slice(from)
			.flatMap((call) => (call.method === 'check' ? call.values.map(String) : []))
			.filter((value) => value.includes('unseen'));
		expect(values).toHaveLength(2);
		expect(values.filter((value) => /^(seen|open|busy)/.test(value))).toEqual([]);
		expect(values.filter((value) => services.engine.processedData.holds(value))).toEqual([]);
	});

	it('knows what another n8n process has delivered', async () => {
		const { parameters, previewing } = both();
		const other = anotherProcess(services, TIMING);
		await run([good(0)], parameters, GO_ON, other);
		const preview = await run([good(0), good(3)], previewing);
		expect(columnOf(preview, 'outcome')).toEqual(['would_skip', 'would_create']);
	});

	it('knows that another n8n process has sent the event as one more of its ID', async () => {
		const { parameters, previewing } = both({ sameKeyOtherEvent: 'send' });
		const second = good(3, { id: 'event 0' });
		await run([good(0), second], parameters, GO_ON, anotherProcess(services, TIMING));
		expect(columnOf(await run([second], previewing), 'outcome')).toEqual(['would_skip']);
		expect(outcomesOf(await run([second], parameters), 1)).toEqual(['skipped']);
	});

	it.each(['the same process', 'another process'])(
		'does not disturb a run in %s at the same time',
		async (where) => {
			const { parameters, previewing } = both();
			const on = where === 'another process' ? anotherProcess(services, TIMING) : services;
			const items = Array.from({ length: 30 }, (_, index) => good(index * 3));
			const [preview, result] = await Promise.all([
				run(items, previewing),
				run(items, parameters, GO_ON, on),
			]);
			expect(new Set(outcomesOf(result, 30))).toEqual(new Set(['created']));
			for (const outcome of columnOf(preview, 'outcome'))
				expect(outcome).toMatch(/^would_(create|skip)$/);
			// On a busy machine, two processes may keep each other from seeing a claim: then an item is not sent, and comes again.
			let again: string[];
			do again = outcomesOf(await run(items, parameters, GO_ON), 30);
			while (again.every((outcome) => outcome === 'not sent'));
			for (const outcome of again) expect(['skipped', 'not sent']).toContain(outcome);
			expect(emulated().ledger.created).toHaveLength(30);
		},
	);

	it.each([
		['report', ['not_sent'], ['unknown']],
		['lookUp', ['would_create'], ['created']],
	] as const)(
		'tells of an event that may exist what a run with %s does',
		async (outcomeUnknown, would, did) => {
			const { parameters, previewing } = both({ outcomeUnknown });
			emulated().faults.add(faultFor(0, { close: 'after' }));
			await run([good(0)], both({ outcomeUnknown: 'report' }).parameters);
			const preview = await run([good(0)], previewing);
			expect(columnOf(preview, 'outcome')).toEqual(would);
			expect(String(columnOf(preview, 'problems'))).toMatch(/may or may not exist/);
			const listed = driven.listing([{ id: 77, index: 0, at: Date.now() }]);
			emulated().faults.add({
				match: { method: 'GET', path: driven.listPath },
				status: 200,
				body: listed,
			});
			expect(outcomesOf(await run([good(0)], parameters), 1)).toEqual(did);
		},
	);

	it.each([
		['refuse', ['would_create', 'not_sent', 'not_sent']],
		['skip', ['would_create', 'would_skip', 'would_skip']],
		['send', ['would_create', 'would_create', 'would_skip']],
	])(
		'tells what a run would do with one key for different events: %s',
		async (sameKeyOtherEvent, would) => {
			const { parameters, previewing } = both({ sameKeyOtherEvent });
			const items = [good(0), good(3, { id: 'event 0' }), good(3, { id: 'event 0' })];
			const preview = await run(items, previewing);
			expect(columnOf(preview, 'outcome')).toEqual(would);
			const outcomes = outcomesOf(await run(items, parameters), 3);
			expect(outcomes).toEqual(would.map((outcome) => AS_IN_A_RUN[outcome]));
			const again = await run(items, previewing);
			expect(columnOf(again, 'outcome')).toEqual(
				would.map((outcome) => (outcome === 'would_create' ? 'would_skip' : outcome)),
			);
		},
	);

	it('previews only the items that ask for it', async () => {
		const { parameters } = both({ previewOnly: '={{ $json.look }}' });
		const result = await run([good(0, { look: true }), good(3, { look: false })], parameters);
		expect(columnOf(result, 'outcome')).toEqual(['would_create', 'created']);
		expect(sent()).toHaveLength(1);
	});

	it('sends nothing where the expression of Preview Only finds nothing', async () => {
		const { parameters } = both({ previewOnly: '={{ $json.nothing }}' });
		const { thrown } = await run([good(0), good(3)], parameters, {});
		expect(thrown?.message).toMatch(
			/'Preview Only' is empty and must be filled in.*everything would be sent/,
		);
		expect(sent()).toEqual([]);
	});

	it.each([true, "={{ 'yes' }}"])(
		'tells of each item that the credential cannot be used: %s',
		async (previewOnly) => {
			const credentials = {
				[`${driven.service}Api`]: {
					baseUrl: 'http://api.example.com',
					environment: 'custom',
					token: '',
				},
			};
			const { previewing } = both();
			const options = { ...previewing.options, previewOnly };
			const preview = await run([good(0), good(3)], { ...previewing, options }, { credentials });
			expect(preview.thrown).toBeUndefined();
			expect(columnOf(preview, 'outcome')).toEqual(['not_sent', 'not_sent']);
			expect(String(columnOf(preview, 'problems'))).toMatch(/credential/);
		},
	);

	it('says how many items would be sent, and for how long at the rate of the service', async () => {
		const items = Array.from({ length: 40 }, (_, index) => good(index * 3));
		const preview = await run([...items, bad(1)], both().previewing);
		expect(hintsOf(preview)).toMatch(
			/Preview of 41 items: 40 would be created, 1 not sent \(item 41\)\. Nothing was sent\./,
		);
	});
});
