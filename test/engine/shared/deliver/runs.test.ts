import type { IDataObject } from 'n8n-workflow';

import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useServices } from '../../support/services.ts';
import type { Driven, Emulated } from '../../support/deliver/driven.ts';
import { faultFor, itemAt, itemsOf, markOf, NOTES } from '../../support/deliver/driven.ts';

describe.each(DRIVEN)('$title: the error output leads back to the node', (driven: Driven) => {
	// The second look comes when the service has surely done what it was sent.
	const services = useServices({ timing: { lookUpAfterMs: [20, 120] } });
	let emulated: Emulated;
	beforeAll(() => {
		emulated = driven.emulated(services.emulator);
	});

	const ledBack: Settings = { onError: 'continueErrorOutput', leadsBack: 3 };
	const timesCreated = (index: number) =>
		emulated.ledger.created.filter(({ body }) => JSON.stringify(body).includes(markOf(index))).length;
	const timesSent = (index: number) =>
		emulated.ledger.requests.filter(
			({ method, body }) => method === 'POST' && JSON.stringify(body ?? '').includes(markOf(index)),
		).length;
	const run = async (items: IDataObject[], options: IDataObject = {}, notes?: string) =>
		await driven.run(services, driven.parameters(options, notes), { ...ledBack, items });

	it('an event in doubt stays unknown and is not sent again', async () => {
		emulated.faults.add(faultFor(1, { close: 'after' }));
		const { runs } = await run(itemsOf(3));
		expect(runs.map(({ success }) => success.length)).toEqual([2, 0, 0, 0]);
		expect(runs.map(({ error }) => error.map(({ json }) => json.details))).toEqual(
			runs.map(() => [expect.objectContaining({ outcome: 'unknown' })]),
		);
		expect([0, 1, 2].map(timesCreated)).toEqual([1, 1, 1]);
		expect(timesSent(1)).toBe(1);
	});

	it.each([
		{},
		{ details: { unit: 4 } },
		{ error: 'of its own' },
		{ delivery: { by: 'post' } },
		{ error: '', details: 'x', delivery: null },
	])('so does one whose fields would be others by now, with %j of its own', async (own) => {
		emulated.faults.add(faultFor(0, { close: 'after' }));
		const item = { ...itemAt(0), ...own };
		const { runs } = await run([item], {}, "={{ $json.notes + ' at ' + $now.toMillis() }}");
		expect(runs).toHaveLength(4);
		expect(timesSent(0)).toBe(1);
	});

	it.each(['$json.person', '$runIndex', '$now.toMillis()', "$itemIndex + '-' + $execution.id"])(
		'so does one with an event ID: {{ %s }}',
		async (code) => {
			emulated.faults.add(faultFor(1, { close: 'after' }));
			const deduplicationKey = `=${driven.title} led back {{ ${code} }} {{ $json.notes }}`;
			const { runs } = await run(itemsOf(2), { deduplicationKey });
			expect(runs).toHaveLength(4);
			expect(timesSent(1)).toBe(1);
		},
	);

	it('an event in doubt is looked up in the next run, where the option says so', async () => {
		emulated.faults.add(faultFor(0, { close: 'after' }));
		emulated.faults.add({
			match: { method: 'GET', path: driven.listPath },
			status: 400,
			// Both looks of the first run.
			times: 2,
		});
		const { runs } = await run(itemsOf(1), { outcomeUnknown: 'lookUp' });
		expect(runs.map(({ success }) => success.length)).toEqual([0, 1]);
		expect(timesCreated(0)).toBe(1);
		expect(timesSent(0)).toBe(1);
	});

	it('an event that was refused is sent again', async () => {
		emulated.faults.add(faultFor(0, { status: 400 }));
		const { runs } = await run([itemAt(0)]);
		expect(runs.map(({ success }) => success.length)).toEqual([0, 1]);
		expect(timesCreated(0)).toBe(1);
	});

	it('each of two equal events in doubt is known again as one', async () => {
		emulated.faults.add(faultFor(0, { close: 'after', times: 2 }));
		const { runs } = await run([itemAt(0), itemAt(0)]);
		expect(runs.at(-1)?.error).toHaveLength(2);
		expect(timesSent(0)).toBe(2);
	});
});

describe.each(DRIVEN)('$title: in a sub-workflow', (driven: Driven) => {
	const services = useServices();

	const hints = async (options: IDataObject, settings: Settings) => {
		const items = [{ ...itemAt(0), event_id: `${driven.service} sub` }];
		const result = await driven.run(services, driven.parameters(options), { items, ...settings });
		return result.hints.map(({ message }) => message);
	};

	it('a hint asks for the ID of the event where there is none', async () => {
		expect(await hints({}, { mode: 'integrated' })).toEqual([
			expect.stringMatching(/^This is a sub-workflow: .*'Event ID in Your System'/),
		]);
		expect(await hints({ deduplicationKey: '={{ $json.event_id }}' }, { mode: 'integrated' })).toEqual(
			[],
		);
		expect(await hints({}, { mode: 'webhook' })).toEqual([]);
	});

	it.each([1, 3])(
		'an error promises nothing of a retry of the workflow that calls it: %d items',
		async (count) => {
			const { faults } = driven.emulated(services.emulator);
			const items = itemsOf(count).map((item, index) => ({
				...item,
				event_id: `sub ${count} ${index}`,
			}));
			const failed = async (options: IDataObject) => {
				faults.add(faultFor(count - 1, { status: 400 }));
				const settings = { items, mode: 'integrated' } as const;
				return (await driven.run(services, driven.parameters(options), settings)).thrown?.description;
			};
			const keyless = await failed({});
			expect(keyless).toMatch(/when its caller is tried again, everything is created again/);
			expect(keyless).not.toMatch(/'Retry'/);
			expect(await failed({ deduplicationKey: '={{ $json.event_id }}' })).not.toMatch(/sub-workflow/);
		},
	);
});

describe.each(DRIVEN)('$title: an event in doubt comes again, with the time in a field', (driven: Driven) => {
	const services = useServices();
	const NOW = "={{ $json.notes + ' at ' + $now.toMillis() }}";
	const sent = (mark: string) =>
		driven
			.emulated(services.emulator)
			.ledger.requests.filter(({ body }) => JSON.stringify(body ?? '').includes(mark)).length;
	const twice = async (parameters: IDataObject, item: IDataObject, settings: object = {}) => {
		driven.emulated(services.emulator).faults.add(faultFor(0, { close: 'after' }));
		return await driven.run(
			services,
			{ ...driven.parameters({}, NOW), ...parameters },
			{ items: [itemAt(0)], rounds: [[item]], onError: 'continueRegularOutput', ...settings },
		);
	};

	/** The input of a tool when an agent calls it. n8n adds a toolCallId, which is new for each call. */
	const call = (toolCallId: string) => ({ ...itemAt(0), toolCallId });

	it.each([
		['in a loop', itemAt(0), {}],
		['from an agent', call('second'), { node: `${driven.service}Tool`, items: [call('first')] }],
	])('%s: it stays unknown and is not sent again', async (_, item, settings) => {
		const { runs } = await twice({}, item, settings);
		for (const { success } of runs) {
			const { outcome, details } = success[0]?.json ?? {};
			expect(outcome ?? (details as IDataObject).outcome).toBe('unknown');
		}
		expect([runs.length, sent(markOf(0))]).toEqual([2, 1]);
	});

	interface Another {
		nth?: string;
		first?: IDataObject;
	}
	const NTH: Another = { nth: '(3 + $runIndex)' };
	const failed = (outcome: string) => ({ error: 'No lead has it', details: { outcome } });
	const FAILED = { ...itemAt(0), ...failed('not sent') };

	it.each<[string, Another, IDataObject]>([
		['another person, by its input', {}, { ...itemAt(0), person: 7 }],
		['another person, by the number of the round', NTH, itemAt(0)],
		// With Continue, all that the next node gets of an item is why it failed: of each the same.
		['another person, behind a node where both failed', { ...NTH, first: FAILED }, FAILED],
	])('%s: it is another event, and is sent', async (_, { nth, first }: Another, item) => {
		const { field } = driven.person;
		const whose = JSON.stringify(driven.parameters({})[field]);
		const person = JSON.parse(nth ? whose.replaceAll('$json.person', nth) : whose) as IDataObject;
		const { success } = await twice({ [field]: person }, item, first && { items: [first] });
		expect(success[0]?.json.outcome).toBe('created');
		expect(sent(markOf(0))).toBe(2);
	});

	it('behind a node that goes on, where all bring nothing but an unknown outcome: another person is another event', async () => {
		const { field } = driven.person;
		const whose = JSON.stringify(driven.parameters({})[field]);
		const person = JSON.parse(whose.replaceAll('$json.person', '(3 + $runIndex)')) as IDataObject;
		const notes = `=${markOf(0)} at {{ $now.toMillis() }}`;
		const parameters = { ...driven.parameters({}, notes), [field]: person };
		const { success } = await twice(parameters, failed('unknown'), { items: [failed('unknown')] });
		expect(success[0]?.json.outcome).toBe('created');
		expect(sent(markOf(0))).toBe(2);
	});

	it.each([
		[{ details: 'Called' }, { details: 'Left voicemail' }],
		[{ details: { outcome: 'Called' } }, { details: { outcome: 'Left voicemail' } }],
		[{ error: 'The door is stuck' }, { error: 'The lift is out of order' }],
		[{ delivery: { parcel: 1 } }, { delivery: { parcel: 2 } }],
		[{}, { details: 'Called' }],
	])('an item with %j, and one with %j: it is another event, and is sent', async (one, other) => {
		const { success } = await twice(
			{},
			{ ...itemAt(0), ...other },
			{ items: [{ ...itemAt(0), ...one }] },
		);
		expect(success[0]?.json.outcome).toBe('created');
		expect(sent(markOf(0))).toBe(2);
	});

	/** An expression for the ID of the event. No other test and no other service has such a one. */
	const idOf = (name: string, code: string) => `=${driven.title} ${name} {{ ${code} }}`;

	it.each([
		['the same fields', 'fields', NOW],
		['the same request', 'request', NOTES],
	])('%s with another event ID: it is another event, and is sent', async (_, name, notes) => {
		const deduplicationKey = idOf(name, "'call-' + $runIndex");
		const parameters = driven.parameters({ deduplicationKey }, notes);
		const { success } = await twice(parameters, itemAt(0));
		expect(success[0]?.json.outcome).toBe('created');
		expect(sent(markOf(0))).toBe(2);
	});

	it.each([
		['that of its call', '$json.toolCallId', NOW],
		['one that it makes up', '$json.id', NOTES],
	])(
		'an agent that calls again with another event ID, %s, does not record it twice',
		async (name, code, notes) => {
			const made = (id: string) => ({ ...call(id), ...(notes === NOTES && { id }) });
			const { runs } = await twice(
				driven.parameters({ deduplicationKey: idOf(name, code) }, notes),
				made('second'),
				{ node: `${driven.service}Tool`, items: [made('first')] },
			);
			expect([runs.length, sent(markOf(0))]).toEqual([2, 1]);
		},
	);

	it('an agent whose calls get their event ID from the workflow: two IDs are two events', async () => {
		const { runs } = await twice(
			{ deduplicationKey: idOf('of the workflow', "'call-' + $prevNode.outputIndex") },
			call('second'),
			{ node: `${driven.service}Tool`, items: [call('first')] },
		);
		expect([runs.length, sent(markOf(0))]).toEqual([2, 2]);
	});

	it.each(
		['$json.person', '$now.toMillis()', 'Math.random()'].flatMap((code) => [
			[code, 'fields', NOW],
			[code, 'request', NOTES],
		]),
	)('the event ID {{ %s }} tells no other event where the %s are the same', async (code, name, notes) => {
		const deduplicationKey = idOf(`no other ${name}`, code);
		await twice(driven.parameters({ deduplicationKey }, notes), itemAt(0));
		expect(sent(markOf(0))).toBe(1);
	});
});

describe.each(DRIVEN)('$title: in a loop that stops', (driven: Driven) => {
	const services = useServices({ timing: { lookUpAfterMs: [20, 120] } });

	it.each([
		['a single item', [itemAt(2)]],
		['the first of two items', [itemAt(2), itemAt(5)]],
	])('the error tells what earlier rounds did: %s', async (_, last) => {
		const emulated = driven.emulated(services.emulator);
		emulated.faults.add(faultFor(2, { status: 400, times: Infinity }));
		const settings: Settings = { items: [itemAt(0)], rounds: [[itemAt(1)], last] };
		const stopped = await driven.run(services, driven.parameters({}), settings);
		const told =
			/Earlier rounds of this execution did 2 more\. 'Retry' of .* A new execution would send again what has no/;
		expect(stopped.thrown?.description).toMatch(told);
		const retried = await services.engine.retry(stopped);
		expect(retried.thrown?.description).toMatch(told);
		const sent = JSON.stringify(emulated.ledger.created.map(({ body }) => body));
		for (const index of [0, 1]) expect(sent.split(markOf(index))).toHaveLength(2);
	});

	it.each([1, 2])(
		'a look-up does not take the event of an earlier round for an equal one: %d before it',
		async (count) => {
			const emulated = driven.emulated(services.emulator);
			emulated.faults.add({ ...faultFor(0, { close: 'before' }), after: count });
			const equal = Array.from({ length: count }, () => [itemAt(0)]);
			const { runs } = await driven.run(services, driven.parameters({ outcomeUnknown: 'lookUp' }), {
				items: [itemAt(0)],
				rounds: equal,
			});
			const told = runs.flatMap(({ success }) => success.map(({ json }) => driven.idIn(json)));
			expect(told).toHaveLength(count + 1);
			expect(told).toEqual(emulated.ledger.created.map(({ id }) => id));
		},
	);

	it.each([
		['report', /they skip what was done; what is unknown stays so\./],
		['lookUpOnly', /they skip what was done, and first look up what is unknown\./],
	])(
		'the error says what a retry does about what is unknown, as the option has it: %s',
		async (outcomeUnknown, told) => {
			const { faults } = driven.emulated(services.emulator);
			faults.add(faultFor(0, { close: 'before' }));
			const { thrown } = await driven.run(services, driven.parameters({ outcomeUnknown }), {
				items: itemsOf(2),
			});
			expect(thrown?.description).toMatch(/1 unknown \(item 1\)/);
			expect(thrown?.description).toMatch(told);
		},
	);

	it('the error says nothing of what is unknown where nothing is', async () => {
		driven.emulated(services.emulator).faults.add(faultFor(1, { status: 400 }));
		const { thrown } = await driven.run(services, driven.parameters({}), { items: itemsOf(3) });
		expect(thrown?.description).toMatch(/they skip what was done\./);
		expect(thrown?.description).not.toContain('unknown');
	});

	it('nothing is said of other rounds in the first one', async () => {
		driven.emulated(services.emulator).faults.add(faultFor(0, { status: 400 }));
		const { thrown } = await driven.run(services, driven.parameters({}), { items: [itemAt(0)] });
		expect(thrown?.description).not.toMatch(/round|execution/);
	});
});

describe.each(DRIVEN)(
	'$title: a run that goes on after an error, and is a success for n8n',
	(driven: Driven) => {
		const services = useServices();
		const wrong = (index: number): IDataObject => ({ ...itemAt(index), person: null });
		const hints = async (items: IDataObject[], options: IDataObject = {}, settings: Settings = {}) => {
			const go: Settings = { onError: 'continueRegularOutput', ...settings, items };
			const result = await driven.run(services, driven.parameters(options), go);
			return result.hints.map(({ message }) => message);
		};
		// Both services share n8n's store of keys.
		const keyed = { deduplicationKey: `={{ '${driven.title} ' + $json.notes }}` };

		it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
			'names what failed, and warns of running everything again without IDs (%s)',
			async (onError) => {
				expect(await hints([itemAt(0), wrong(1), itemAt(2)], {}, { onError })).toEqual([
					"Item 2 of 3 ended with an error: 'error' says why, 'details' what to do. Running all items again would send again what has no 'Event ID in Your System'.",
				]);
			},
		);

		it('says that all can be run again where everything that is done has an ID', async () => {
			expect(await hints([itemAt(0), wrong(1), wrong(2)], keyed)).toEqual([
				"Items 2 and 3 of 3 ended with an error: 'error' says why, 'details' what to do. Running all items again skips the others.",
			]);
		});

		it('does not say that the others are skipped where their ID is another one each time', async () => {
			const told = await hints([itemAt(0), wrong(1), wrong(2)], {
				deduplicationKey: `={{ $execution.id }} {{ $itemIndex }} ${driven.title}`,
			});
			expect(told).toEqual([
				"Items 2 and 3 of 3 ended with an error: 'error' says why, 'details' what to do.",
				expect.stringMatching(/changes with each run.*created again/),
			]);
		});

		it('warns where one of those that are done has no ID', async () => {
			const items = [{ ...itemAt(0), event_id: `${driven.title} mixed` }, wrong(1), itemAt(2)];
			expect(await hints(items, { deduplicationKey: '={{ $json.event_id }}' })).toEqual([
				"Item 2 of 3 ended with an error: 'error' says why, 'details' what to do. Running all items again would send again what has no 'Event ID in Your System'.",
				expect.stringMatching(/^1 of 3 items had no 'Event ID in Your System'/),
			]);
		});

		it('says nothing where nothing failed, or there is only one item, whose error is seen', async () => {
			expect(await hints([itemAt(0), itemAt(1)])).toEqual([]);
			expect(await hints([wrong(0)])).toEqual([]);
		});

		it('speaks of no others where all failed', async () => {
			expect(await hints([wrong(0), wrong(1)])).toEqual([
				"Items 1 and 2 of 2 ended with an error: 'error' says why, 'details' what to do.",
			]);
		});
	},
);
