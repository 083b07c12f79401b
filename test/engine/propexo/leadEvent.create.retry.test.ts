import { accountOf } from '../support/deliver/account.ts';
import { faultFor, itemAt, markOf, NOTES } from '../support/deliver/driven.ts';
import { by } from '../support/locator.ts';
import { anotherProcess, byId, useServices } from '../support/services.ts';
import { driven } from './support/driven.ts';
import { addLead, INTEGRATION, leadsIn, recipients } from './support/finding.ts';
import { leadEvent } from './support/run.ts';

const services = useServices();

it('a retry in which the integration cannot be found says of each item how it ended before', async () => {
	const { propexo } = services.emulator;
	propexo.faults.add(faultFor(2, { close: 'after' }));
	propexo.faults.add(faultFor(5, { status: 422, delayMs: 500 }));
	const first = await driven.run(services, driven.parameters({}), {
		items: [itemAt(0), itemAt(2), itemAt(5)],
	});
	expect(accountOf(driven, first, 3).outcomes).toEqual(['created', 'unknown', 'refused']);

	propexo.faults.add({ match: { method: 'GET', path: /integrations/ }, status: 404, times: Infinity });
	// Another process does not remember what it knew of the integration.
	const retried = await anotherProcess(services, {}).engine.retry(first, {
		onError: 'continueRegularOutput',
	});
	expect(accountOf(driven, retried, 3).outcomes).toEqual(['created', 'unknown', 'not sent']);
	expect(driven.idIn(retried.success[0]?.json ?? {})).toBe(propexo.ledger.created[0]?.id);
	expect(propexo.ledger.created).toHaveLength(2);
});

it('a mended field after a retry in which the integration could not be found sends what was created to nobody again', async () => {
	const { propexo } = services.emulator;
	propexo.faults.add(faultFor(2, { status: 422, delayMs: 500 }));
	const first = await driven.run(services, driven.parameters({}), { items: [itemAt(0), itemAt(2)] });
	expect(accountOf(driven, first, 2).outcomes).toEqual(['created', 'refused']);
	propexo.faults.add({ match: { method: 'GET', path: /integrations/ }, status: 404, times: Infinity });
	const second = await anotherProcess(services, {}).engine.retry(first);
	expect(accountOf(driven, second, 2).outcomes).toEqual(['created', 'not sent']);
	propexo.faults.clear();
	const notes = `={{ $json.notes + ($itemIndex === 1 ? ' mended' : '') }}`;
	const third = await anotherProcess(services, {}).engine.retry(second, {
		parameters: { ...first.options.parameters, notes },
	});
	expect(accountOf(driven, third, 2).outcomes).toEqual(['created', 'created']);
	expect(propexo.ledger.created).toHaveLength(2);
});

it('a retry with a mended field says how each item ended before whose lead is gone by now', async () => {
	const { propexo } = services.emulator;
	const leads = leadsIn(services).slice(0, 3);
	const items = leads.map(({ email_1 }, index) => ({ email: String(email_1), notes: markOf(index) }));
	propexo.faults.add(faultFor(1, { close: 'after' }));
	propexo.faults.add(faultFor(2, { status: 422, delayMs: 500 }));
	const parameters = {
		...{ integrationId: byId(INTEGRATION), leadId: by('email', '={{ $json.email }}') },
		...{ eventName: 'NOTE', notes: NOTES },
	};
	const first = await leadEvent(services, parameters, { items });
	expect(accountOf(driven, first, 3).outcomes).toEqual(['created', 'unknown', 'refused']);
	for (const { id } of leads.slice(0, 2)) propexo.data.leads.delete(String(id));
	const notes = `={{ $json.notes + ($itemIndex === 2 ? ' mended' : '') }}`;
	// Another process does not remember what it has read.
	const retried = await anotherProcess(services, {}).engine.retry(first, {
		parameters: { ...first.options.parameters, notes },
		onError: 'continueRegularOutput',
	});
	expect(accountOf(driven, retried, 3).outcomes).toEqual(['created', 'unknown', 'created']);
	expect(recipients(services)).toEqual(leads.map(({ id }) => id));
});

const WAYS = {
	ID: byId('={{ $json.id }}'),
	'email address': by('email', '={{ $json.email }}'),
	'PMS ID': by('pmsId', '={{ $json.pmsId }}'),
};
type Way = keyof typeof WAYS;

it.each<[Way, Way]>([
	['email address', 'PMS ID'],
	['email address', 'ID'],
	['ID', 'email address'],
])(
	'a retry that names the leads first by %s and then by %s, with the time in a field, sends what was created to nobody again',
	async (before, after) => {
		const { propexo } = services.emulator;
		const leads = leadsIn(services).slice(0, 3);
		const items = leads.map(({ id, email_1, x_id }, index) => ({
			...{ id: String(id), email: String(email_1), pmsId: String(x_id), notes: markOf(index) },
		}));
		propexo.faults.add(faultFor(2, { status: 422, delayMs: 500 }));
		const parameters = {
			...{ integrationId: byId(INTEGRATION), leadId: WAYS[before], eventName: 'NOTE' },
			notes: "={{ $json.notes + ' at ' + $now.toMillis() }}",
		};
		const first = await leadEvent(services, parameters, { items });
		expect(accountOf(driven, first, 3).outcomes).toEqual(['created', 'created', 'refused']);
		const retried = await services.engine.retry(first, {
			parameters: { ...first.options.parameters, leadId: WAYS[after] },
		});
		expect(accountOf(driven, retried, 3).outcomes).toEqual(['created', 'created', 'created']);
		expect(recipients(services)).toEqual(leads.map(({ id }) => id));
	},
);

describe('in Stop mode, a retry in which the one item that was created is not right any more', () => {
	let tries = 0;

	/** Only the first item is created; the first try stops at one of the others. */
	async function firstTry() {
		tries++;
		const { faults } = services.emulator.propexo;
		const leads = leadsIn(services).slice(0, 3);
		const items = leads.map(({ email_1 }, index) => ({
			email: String(email_1),
			notes: markOf(index),
			...(index > 0 && { event_id: `retry ${tries} ${index}` }),
		}));
		for (const index of [1, 2]) faults.add(faultFor(index, { status: 422, delayMs: 200 }));
		const result = await leadEvent(
			services,
			{
				...{ integrationId: byId(INTEGRATION), leadId: by('email', '={{ $json.email }}') },
				...{ eventName: 'NOTE', notes: NOTES, deduplicationKey: '={{ $json.event_id }}' },
			},
			{ items },
		);
		expect(recipients(services)).toEqual([leads[0]?.id]);
		expect(result.thrown).toBeDefined();
		return { result, ids: leads.map(({ id }) => id), email: items[0]?.email };
	}

	it('finds the leads of all others and sends them: its lead is one of two by now', async () => {
		const { result, ids, email } = await firstTry();
		addLead(services, 'lead_twin', { email_1: email });
		// Another process does not remember what it has read.
		const retried = await anotherProcess(services, {}).engine.retry(result);
		expect(retried.thrown).toBeUndefined();
		expect(accountOf(driven, retried, 3).outcomes).toEqual(new Array(3).fill('created'));
		expect(recipients(services).sort()).toEqual([...ids].sort());
	});

	it('finds the leads of all others and sends them: an option refuses it now', async () => {
		const { result, ids } = await firstTry();
		const parameters = { ...result.options.parameters, options: { itemsWithoutKey: 'refuse' } };
		const retried = await anotherProcess(services, {}).engine.retry(result, { parameters });
		expect(retried.thrown).toBeUndefined();
		expect(accountOf(driven, retried, 3).outcomes).toEqual(new Array(3).fill('created'));
		expect(recipients(services).sort()).toEqual([...ids].sort());
	});

	it('sends nothing if another item is not right either', async () => {
		const { result, email } = await firstTry();
		addLead(services, 'lead_twin', { email_1: email });
		addLead(services, 'lead_other_twin', { email_1: String(leadsIn(services)[2]?.email_1) });
		const retried = await anotherProcess(services, {}).engine.retry(result);
		expect(retried.thrown?.message).toMatch(/^Item 3 of 3: 2 leads/);
		expect(recipients(services)).toHaveLength(1);
	});
});

describe('a retry in which an item in doubt cannot be read', () => {
	const finding = {
		...{ integrationId: byId(INTEGRATION), leadId: by('email', '={{ $json.email }}') },
		...{ eventName: 'NOTE', notes: NOTES, deduplicationKey: '={{ $json.id }}' },
	};

	/** The first item is in doubt, the others are not sent; in the retry, something is wrong with the first. */
	it.each([
		[
			'its lead is one of two by now',
			() => void addLead(services, 'lead_twin', { email_1: first() }),
			{},
		],
		['items without an ID are refused', () => {}, { options: { itemsWithoutKey: 'refuse' } }],
	])('finds the leads of the others all the same: %s', async (_, changed, more) => {
		const { propexo } = services.emulator;
		const leads = leadsIn(services).slice(0, 3);
		const items = leads.map(({ email_1 }, index) => ({
			...{ email: String(email_1), notes: `${markOf(index)} ${Math.random()}` },
			...(index > 0 && { id: `keyed ${index} ${Math.random()}` }),
		}));
		propexo.faults.add(faultFor(0, { close: 'after' }));
		const stopped = await leadEvent(services, finding, { items });
		expect(accountOf(driven, stopped, 3).outcomes[0]).toBe('unknown');
		changed();
		// Another process does not remember the leads.
		const retried = await anotherProcess(services, {}).engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...more },
		});
		expect(accountOf(driven, retried, 3).outcomes).toEqual(['unknown', 'created', 'created']);
		expect(recipients(services)).toEqual(leads.map(({ id }) => id));
	});

	const first = () => leadsIn(services)[0]?.email_1;
});
