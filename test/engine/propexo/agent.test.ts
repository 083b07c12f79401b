import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { useServices } from '../support/services.ts';
import { BOOKING, bookingAt } from './support/appointments.ts';
import { leadEvent, run } from './support/run.ts';

/*
 * What an agent is told of a write that Propexo hands on to a PMS: the PMS may not have answered, or may refuse it.
 */

const services = useServices({
	propexo: { jobMs: 0 },
	timing: { rate: { requests: 100_000 } },
});
const propexo = () => services.emulator.propexo;

/** Calls the tool once, in a new execution. */
const asTool = (item: IDataObject): Settings => ({ node: 'propexoTool', items: [item] }) as Settings;

describe('An agent whose write the PMS has not answered', () => {
	it('is told that nothing is certain yet, and what may be wrong about it', async () => {
		propexo().settings.jobMs = 600_000;
		const options = { waitTimeout: 1, deliveryDetails: true };
		const item = bookingAt(services, 'int_realpage_rpx_1', '2027-07-15T14:30:00');
		const parameters = { for: 'lead', ...BOOKING, options };
		const { success } = await run(services, 'appointment', 'create', parameters, asTool(item));
		expect(success).toHaveLength(1);
		expect(success[0]?.json).toMatchObject({
			write_status: 'PENDING',
			delivery: { outcome: 'pending' },
			remarks: [
				expect.stringContaining('write_status is PENDING'),
				expect.stringMatching(/^'Start' is sent in .*, the workflow's time zone/),
			],
			what_to_do: expect.stringMatching(/^It is not certain yet.*Do not tell anybody that it is done/),
		});
	});

	it('is told what was taken only in part', async () => {
		const parameters = { notes: '[partial]', options: { waitForResult: true } };
		const { success } = await leadEvent(services, parameters, asTool({}));
		expect(success[0]?.json).toMatchObject({
			remarks: [expect.stringMatching(/^The PMS took only a part of it/)],
			what_to_do: expect.stringMatching(/^The remarks say what may be wrong/),
		});
	});
});

describe('An agent whose write nobody waits for', () => {
	const OPEN = /^It is not certain yet.*Do not tell anybody that it is done/;
	const NO_ANSWER = "Propexo accepted it, and did not say how it ended. 'Write Job: Wait' asks again.";

	it('is told that nothing is certain yet: the PMS may refuse it. People are not', async () => {
		const { success, hints } = await leadEvent(services, { notes: '[fail]' }, asTool({}));
		expect(success[0]?.json).toMatchObject({
			remarks: [NO_ANSWER],
			what_to_do: expect.stringMatching(OPEN),
		});
		expect(hints).toEqual([]);
	});

	it('is told so besides what may be wrong about it', async () => {
		const parameters = { notes: 'Call {{first_name}} back' };
		const { success } = await leadEvent(services, parameters, asTool({}));
		expect(success[0]?.json).toMatchObject({
			remarks: expect.arrayContaining([NO_ANSWER, expect.stringContaining("'Notes'")]),
			what_to_do: expect.stringMatching(OPEN),
		});
	});

	it('is told nothing of it where the PMS has taken it', async () => {
		const { success } = await leadEvent(services, { options: { waitForResult: true } }, asTool({}));
		expect(success[0]?.json).toMatchObject({ write_status: 'SUCCESS' });
		expect(success[0]?.json).not.toHaveProperty('what_to_do');
	});
});

describe('An agent whose value no other value can mend', () => {
	it.each([
		['ResMan, whose clock nobody knows for sure', 'int_resman_1'],
		['a property whose time zone nobody knows', 'int_realpage_rpx_1'],
	])('is told to leave it to a person: %s', async (_, integration) => {
		const given = '2027-07-15T14:30:00-08:00';
		const item = { ...bookingAt(services, integration, given), given };
		const parameters = { for: 'lead', ...BOOKING, start: "={{ $fromAI('given') }}" };
		const { success } = await run(services, 'appointment', 'create', parameters, asTool(item));
		expect(success[0]?.json).toMatchObject({
			outcome: 'not sent',
			call_again: false,
			error: expect.stringMatching(/set the option/i),
			problems: [{ field: 'Start' }],
			what_to_do: expect.stringMatching(/^Do not call the tool again.*a person has to/),
		});
		expect(JSON.stringify(success[0]?.json.problems)).not.toContain('arguments');
		expect(propexo().ledger.created).toEqual([]);
	});
});

describe('An agent whose write the PMS has refused', () => {
	const FAIL = { notes: "={{ $fromAI('notes') }}", eventDatetime: '={{ $json.at }}' };
	const [at, later] = ['2026-03-01T14:30:00-06:00', '2026-03-02T14:30:00-06:00'];
	const OF_CONVERSATION = '={{ $json.conversation }}';
	let conversations = 0;
	beforeEach(() => void conversations++);
	const call = async (item: IDataObject, key: string, options: IDataObject = {}): Promise<IDataObject> => {
		const parameters = {
			...FAIL,
			deduplicationKey: key,
			options: { waitForResult: true, deliveryDetails: true, ...options },
		};
		const { success, thrown } = await leadEvent(
			services,
			parameters,
			asTool({ at, conversation: `c-${conversations}`, ...item }),
		);
		expect(thrown).toBeUndefined();
		expect(success).toHaveLength(1);
		return success[0]?.json ?? {};
	};
	const refused = { outcome: 'refused', write_status: 'FAILURE', delivery: { outcome: 'refused' } };

	it('is told that the ID is used up, and never that it is recorded; nothing is sent twice', async () => {
		expect(await call({ notes: '[fail]' }, OF_CONVERSATION)).toMatchObject({
			...refused,
			call_again: false,
			what_to_do: expect.stringMatching(/^It was refused, .*'Event ID in Your System' .* used up/),
		});
		const mended = await call({ notes: 'mended' }, OF_CONVERSATION);
		expect(mended).toMatchObject({
			skipped: true,
			refused_before: true,
			call_again: false,
			what_to_do: expect.stringMatching(/^This was sent before, and it was refused/),
		});
		expect(JSON.stringify(mended)).not.toMatch(/recorded before|Nothing is missing/);
		expect(await call({ notes: 'mended', at: later }, OF_CONVERSATION)).toMatchObject({
			outcome: 'not sent',
			call_again: false,
			error: expect.stringContaining('for another event, which was refused'),
		});
		expect(propexo().ledger.created).toHaveLength(1);
	});

	it('is told to use another ID where the ID is its own', async () => {
		const key = "={{ $fromAI('message') }}";
		expect(await call({ notes: '[fail]', message: 'own 1' }, key)).toMatchObject({
			...refused,
			call_again: true,
			what_to_do: expect.stringContaining('with the right one, and with another value for: message'),
		});
		const mended = await call({ notes: 'mended', message: 'own 2' }, key);
		expect(mended).toMatchObject({ write_status: 'SUCCESS' });
	});

	it('is not told to change the person or the event where the ID is made of them', async () => {
		const key = "={{ $fromAI('notes') }} of a call";
		expect(await call({ notes: '[fail] made of it' }, key)).toMatchObject({
			...refused,
			call_again: false,
			what_to_do: expect.stringContaining('Do not change notes to get through'),
		});
	});

	it('is told to book another time where one ID is of several events', async () => {
		const options = { sameKeyOtherEvent: 'send' };
		expect(await call({ notes: '[fail]' }, OF_CONVERSATION, options)).toMatchObject({
			...refused,
			call_again: true,
			what_to_do: expect.stringContaining('another person, kind or time'),
		});
		expect(await call({ notes: 'again' }, OF_CONVERSATION, options)).toMatchObject({
			refused_before: true,
		});
		const other = await call({ notes: 'fine', at: later }, OF_CONVERSATION, options);
		expect(other).toMatchObject({ write_status: 'SUCCESS' });
		const repeated = await call({ notes: 'fine', at: later }, OF_CONVERSATION, options);
		expect(repeated).toMatchObject({ skipped: true });
		expect(repeated).not.toHaveProperty('refused_before');
	});

	it('may call again where there is no ID', async () => {
		expect(await call({ notes: '[fail]' }, '')).toMatchObject({ ...refused, call_again: true });
	});
});

describe('An agent whose ID is made of its arguments and of what came in', () => {
	const KEY = "={{ ((id, notes) => id && id + ' ' + notes)($json.body?.message_id, $fromAI('notes')) }}";
	const call = async (item: IDataObject, key = KEY): Promise<IDataObject> => {
		const options = { itemsWithoutKey: 'refuse' };
		const parameters = { notes: "={{ $fromAI('notes') }}", deduplicationKey: key, options };
		const { success, thrown } = await leadEvent(services, parameters, asTool(item));
		expect(thrown).toBeUndefined();
		return success[0]?.json ?? {};
	};

	it.each([
		['which has none', KEY, { body: {} }],
		['which has an empty one', KEY, { body: { message_id: '' } }],
		['of which nothing came in', KEY, {}],
		[
			'beside an ID of the model',
			"={{ $json.body?.message_id && $json.body.message_id + $fromAI('own') }}",
			{ own: 'own 1' },
		],
		['in another form', "={{ ($json['body']?.message_id ?? '') && $fromAI('notes') }}", { body: {} }],
		['but an object', KEY, { body: { message_id: { id: 1 } } }],
		[
			'but blanks',
			"={{ ((id) => id && id + $fromAI('notes'))(String($json.body.message_id ?? '').trim()) }}",
			{ body: { message_id: '  ' } },
		],
		[
			'under both names that it may have',
			"={{ ($json.body.message_id ?? $json.body.id) && ($json.body.message_id ?? $json.body.id) + $fromAI('notes') }}",
			{ body: {} },
		],
	])('stops where the message has no ID: %s', async (_, key, item) => {
		expect(await call({ notes: 'Asks for a tour', ...item }, key)).toMatchObject({
			outcome: 'not sent',
			call_again: false,
			error: expect.stringContaining("'Event ID in Your System'"),
			what_to_do: expect.stringMatching(
				/^Your arguments cannot fix this, so do not call the tool again/,
			),
		});
		expect(propexo().ledger.created).toEqual([]);
	});

	it.each(['$json.body.message_id', '$json.body.id ?? $json.body.message_id'])(
		'may call again where the ID of the message is there: %s',
		async (id) => {
			const key = `={{ ((id, day) => id && day && id + ' ' + day)(${id}, ($fromAI('notes').match(/\\d{4}/) ?? [''])[0]) }}`;
			const body = { message_id: `msg of ${id}` };
			expect(await call({ notes: 'Asks for a tour', body }, key)).toMatchObject({ call_again: true });
			expect(await call({ notes: 'Asks for a tour in 2027', body }, key)).toHaveProperty('job_id');
		},
	);
});
