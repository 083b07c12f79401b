import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../../emulator/index.ts';
import { DRIVEN } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import type { AgentType } from '../../support/workflow.ts';
import { byId, useServices } from '../../support/services.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, markOf } from '../../support/deliver/driven.ts';

const SUMMARY = "={{ $fromAI('summary', 'What it is about', 'string') }}";

describe.each(DRIVEN)('$title: what an agent is told of its call', (driven: Driven) => {
	const services = useServices({ timing: { lookUpAfterMs: [1] } });
	let tests = 0;
	beforeEach(() => void tests++);

	/** Calls the tool once for the first person, in a new execution; the notes are the model's argument. */
	async function call(options: IDataObject = {}, notes = SUMMARY): Promise<IDataObject> {
		const { notes: summary, ...item } = itemAt(0);
		const given = { ...item, summary, event_id: `${driven.service} agent ${tests}` };
		const tool = { node: `${driven.service}Tool`, items: [given] } as Settings;
		const { success, thrown } = await driven.run(services, driven.parameters(options, notes), tool);
		expect(thrown).toBeUndefined();
		expect(success).toHaveLength(1);
		return success[0]!.json;
	}
	const faulty = (fault: Fault) =>
		driven.emulated(services.emulator).faults.add({ match: { method: 'POST' }, ...fault });
	const created = () => driven.emulated(services.emulator).ledger.created;
	const keyed = { deduplicationKey: '={{ $json.event_id }}' };

	it('the record, as everybody else', async () => {
		const json = await call();
		expect(driven.idIn(json)).toBe(created()[0]?.id);
	});

	it('that it may correct its arguments when the service refuses them', async () => {
		faulty({ status: 400, body: {} });
		expect(await call()).toMatchObject({
			outcome: 'refused',
			call_again: true,
			http_status: 400,
			what_to_do: expect.stringMatching(/^If one of your arguments is wrong, call the tool again/),
		});
		expect(created()).toEqual([]);
	});

	it('that a preview has recorded nothing', async () => {
		expect(await call({ previewOnly: true })).toMatchObject({
			outcome: 'would_create',
			call_again: false,
			what_to_do: expect.stringMatching(/^This was a preview: nothing was recorded/),
		});
		expect(created()).toEqual([]);
	});

	it.each([
		['comes from the model', "={{ [$fromAI('summary', 'What it is about', 'string')] }}", true],
		['does not come from the model', '={{ [1] }}', false],
	])('by a preview what a run would answer when what is wrong %s', async (_, notes, callAgain) => {
		const { error, problems, what_to_do: advice } = await call({}, notes);
		expect(error).toMatch(/Notes/);
		const previewed = await call({ previewOnly: true }, notes);
		expect(previewed).toMatchObject({ outcome: 'not_sent', error, problems, call_again: callAgain });
		expect(previewed.what_to_do).toMatch(/^This was a preview: nothing was recorded or changed/);
		expect(previewed.what_to_do).toContain(advice);
		expect(created()).toEqual([]);
	});

	it('by a preview that an outcome is unknown, so that it does not try another way', async () => {
		faulty({ status: 502, write: true });
		await call({ ...keyed, outcomeUnknown: 'report' });
		expect(await call({ ...keyed, outcomeUnknown: 'report', previewOnly: true })).toMatchObject({
			outcome: 'not_sent',
			error: expect.stringContaining('may or may not exist'),
			call_again: false,
			what_to_do: expect.stringMatching(
				/^This was a preview: .* It may exist already: do not call the tool again for it, /,
			),
		});
		expect(created()).toHaveLength(1);
	});

	it('how the delivery went, when that is asked for', async () => {
		faulty({ status: 400, body: {} });
		const { outcome, delivery } = await call({ deliveryDetails: true });
		expect(delivery).toMatchObject({ outcome, attempts: 1 });
	});

	it.each([
		['the service does not know the token', { status: 401 }, SUMMARY],
		['nothing that is refused comes from the model', { status: 400, body: {} }, 'fixed'],
	])('that another call is of no use when %s', async (_, fault, notes) => {
		faulty(fault);
		expect(await call({}, notes)).toMatchObject({
			outcome: 'refused',
			call_again: false,
			what_to_do: expect.stringMatching(/^Your arguments cannot fix this, .*Tell the user: /),
		});
		expect(created()).toEqual([]);
	});

	it('that it must not call again when the outcome is unknown', async () => {
		faulty({ status: 502, write: true });
		const answer = await call({ outcomeUnknown: 'report' });
		expect(answer).toMatchObject({
			outcome: 'unknown',
			call_again: false,
			what_to_do: expect.stringMatching(
				/^It may exist already: do not call the tool again for it, .* Tell the user /,
			),
		});
		expect(`${answer.what_to_do as string}`).not.toMatch(/send it again in a new execution/);
		expect(JSON.stringify(answer)).not.toContain(markOf(0));
	});

	it('that an event was recorded before, and what it gave now was not, when it calls with the same key: one record', async () => {
		const first = await call(keyed);
		// What was taken as a job may be refused later.
		const said =
			first.job_id === undefined
				? /^An event with this ID was recorded before; the values given now were not, .*not known\. Do not call the tool again .*differ, or it was cancelled since, tell the user/
				: /^An event with this ID was sent before and accepted; the values given now were not sent, .*Do not call the tool again .*differ, or it was cancelled since, tell the user/;
		expect(await call(keyed)).toMatchObject({
			outcome: 'skipped',
			skipped: true,
			call_again: false,
			deduplication_key: `${driven.service} agent ${tests}`,
			what_to_do: expect.stringMatching(said),
		});
		expect(created()).toHaveLength(1);
	});

	describe('whose ID is that of an event with another person', () => {
		const OF_MODEL = "={{ $fromAI('event_id') }}";
		const again = async (key: string, options: IDataObject = {}) => {
			await call({ deduplicationKey: key });
			const [{ notes: summary, ...item }, event_id] = [itemAt(3), `${driven.service} agent ${tests}`];
			const parameters = driven.parameters({ deduplicationKey: key, ...options }, SUMMARY);
			const given = { ...item, summary, event_id };
			const tool = { node: `${driven.service}Tool`, items: [given] } as Settings;
			const { success } = await driven.run(services, parameters, tool);
			expect(created()).toHaveLength(1);
			return success[0]?.json;
		};

		it('that a person corrects the recorded one, and only the user can say that it is another', async () => {
			expect(await again(OF_MODEL)).toMatchObject({
				...{ outcome: 'not sent', call_again: false },
				what_to_do: expect.stringMatching(
					/^An event with this ID is recorded, .* a person has to correct .* Only if the user says .* its own in: event_id/,
				),
			});
		});

		it.each([OF_MODEL, keyed.deduplicationKey])(
			'that its values are not recorded, where such an event is skipped: %s',
			async (key) => {
				const answer = await again(key, { sameKeyOtherEvent: 'skip' });
				expect(answer).toMatchObject({
					...{ outcome: 'skipped', other_event: true, call_again: false },
					what_to_do: expect.stringMatching(/with another person, .* given now are not recorded/),
				});
				expect(JSON.stringify(answer)).not.toMatch(/nothing is missing|was recorded before/);
			},
		);
	});

	it('that the outcome of the same key is still unknown: nothing is sent', async () => {
		faulty({ status: 502, write: true });
		await call({ ...keyed, outcomeUnknown: 'report' });
		expect(await call({ ...keyed, outcomeUnknown: 'report' })).toMatchObject({
			outcome: 'unknown',
			call_again: false,
		});
		expect(created()).toHaveLength(1);
	});

	const recorded = () => created().map(({ body }) => /mark-\d+\./.exec(JSON.stringify(body))?.[0]);
	const whose = (value: unknown) => ({ [driven.person.field]: byId(value as string) });
	/** Has an agent call the tool once for each item, whose notes are the argument of the model. */
	async function calls(ofAgent: AgentType, count: number, parameters: IDataObject, more: IDataObject = {}) {
		const items = Array.from({ length: count }, (_, index) => ({
			...{ person: driven.person.first, given: { summary: markOf(index), ...more } },
		}));
		const { success } = await driven.run(services, { ...driven.parameters({}, SUMMARY), ...parameters }, {
			node: `${driven.service}Tool`,
			ofAgent,
			items,
		} as Settings);
		return success.map(({ json }) => json);
	}
	const notSent = (error: RegExp, advice: string) =>
		expect.objectContaining({
			...{ outcome: 'not sent', call_again: false },
			error: expect.stringMatching(error),
			what_to_do: expect.stringContaining(advice),
		});

	describe('of an older version', () => {
		const MIXED_UP = notSent(/this call would get the values of another item/, 'one item at a time');

		it('the record', async () => {
			const [json] = await calls('older', 1, whose('={{ $json.person }}'));
			expect(driven.idIn(json ?? {})).toBe(created()[0]?.id);
		});

		it('that a call that n8n gives the arguments of another one is not sent', async () => {
			const [first, second] = await calls('older', 2, whose(driven.person.first));
			expect(driven.idIn(first ?? {})).toBe(created()[0]?.id);
			expect(second).toEqual(MIXED_UP);
			expect(recorded()).toEqual([markOf(0)]);
		});

		it('that nothing is sent where n8n knows only the first of several items', async () => {
			expect(await calls('older', 2, whose('={{ $json.person }}'))).toEqual([MIXED_UP, MIXED_UP]);
			expect(recorded()).toEqual([]);
		});
	});

	describe('of a newer version', () => {
		it('the record of each item', async () => {
			const answers = await calls('newer', 2, whose('={{ $json.person }}'), { tone: 'friendly' });
			expect(answers.map((json) => driven.idIn(json))).toEqual(created().map(({ id }) => id));
			expect(recorded()).toEqual([markOf(0), markOf(1)]);
		});

		it.each([
			'$json.person',
			'$json["person"]',
			"$json?.['person']",
			'$input.item.json.person',
			'((person) => { ({ person } = $json); return person; })()',
			'(({ person }) => person)($json)',
			'[$input.item.json].map(({ person }) => person)[0]',
		])('that the model cannot choose another person than the item names: %s', async (code) => {
			expect(await calls('newer', 1, whose(`={{ ${code} }}`), { person: 7 })).toEqual([
				notSent(/'person' would replace a value of the item/, "$('Webhook').item.json.person"),
			]);
			expect(recorded()).toEqual([]);
		});

		const whoseOfInput = (): IDataObject => {
			const { field } = driven.person;
			const person = JSON.stringify(driven.parameters({})[field]);
			const ofInput = person.replaceAll('$json.person', "$('Input').item.json.person");
			return { [field]: JSON.parse(ofInput) as IDataObject };
		};
		const given = (index: number) => ({ ...itemAt(index), given: { summary: markOf(index) } });

		it.each([
			['of several items', [given(0), given(2)], [], []],
			['in a later round of a loop', [given(0)], [[given(2)]], [markOf(0)]],
		])(
			'that a call is not sent for which n8n would take the person of the first item: %s',
			async (_, items, rounds, sent) => {
				const { success } = await driven.run(
					services,
					{ ...driven.parameters({}, SUMMARY), ...whoseOfInput() },
					{ node: `${driven.service}Tool`, ofAgent: 'newer', items, rounds } as Settings,
				);
				expect(success.map(({ json }) => json)).toEqual(
					success.map(() => notSent(/would get the values of another item/, 'from $json')),
				);
				expect(recorded()).toEqual(sent);
			},
		);

		it('the record of a call that a person has approved', async () => {
			const [json] = await calls('approved', 1, whose('={{ $json.person }}'));
			expect(driven.idIn(json ?? {})).toBe(created()[0]?.id);
			expect(recorded()).toEqual([markOf(0)]);
		});

		it('that approved calls are not sent of several items: n8n makes them all with the first one', async () => {
			const { success } = await driven.run(services, driven.parameters({}, SUMMARY), {
				...{ node: `${driven.service}Tool`, ofAgent: 'approved', items: [given(0), given(2)] },
			} as Settings);
			const refused = notSent(/would get the values of another item/, 'one item at a time');
			expect(success.map(({ json }) => json)).toEqual([refused, refused]);
			expect(recorded()).toEqual([]);
		});

		it('the record for the person that another node names, whatever the model gives', async () => {
			await calls('newer', 1, whose("={{ $('Input').item.json.person }}"), { person: 7 });
			expect(JSON.stringify(created()[0]?.body)).toContain(String(driven.person.first));
		});
	});
});
