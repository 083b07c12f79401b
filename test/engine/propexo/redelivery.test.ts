import type { IDataObject } from 'n8n-workflow';

import type { SyncedRecord } from '../../../emulator/propexo/world.ts';
import { hasTime } from '../../support/effort.ts';
import { by } from '../support/locator.ts';
import type { Services, Settings } from '../support/services.ts';
import { anotherProcess, byId, useServices } from '../support/services.ts';
import { CASES, addRecords, recordsOf, runCase, valueFor } from './support/everyField.ts';
import { addLead, recipients } from './support/finding.ts';
import { leadEvent } from './support/run.ts';
import { samples } from './support/samples.ts';

/*
 * An event that was delivered before, and comes again when what it names is gone: the lead has moved out, was merged, or has
 * another email address now. Another n8n process gets it, which knows nothing but the store.
 */

const timing = { lookUpAfterMs: [1], rate: { requests: 100_000 } };
const services = useServices({
	timing,
	propexo: { ...samples.settings, checkReferences: false, limit: 100_000 },
});
let other: Services;
beforeAll(() => {
	other = anotherProcess(services, timing);
});

const propexo = () => services.emulator.propexo;
/** The requests of both processes since it was called. */
const requestsFromNow = () => {
	const { requests } = propexo().ledger;
	const from = requests.length;
	return () => requests.slice(from).map(({ method, path }) => `${method} ${path}`);
};

const byOperation = new Set<string>();
/** A field of each write; at night, all of them. */
const FIELDS = CASES.filter(({ operation: { properties, title } }) => {
	const hasKey = properties.some(({ name }) => name === 'deduplicationKey');
	const isFirst = byOperation.size < byOperation.add(title).size;
	return hasKey && (hasTime || isFirst);
});

describe.each(FIELDS)('$title: delivered again when the record is gone', (one) => {
	const { title, findable } = one;
	const located = findable.modes.map((finder) => by(finder.mode, valueFor(finder, 'one')));
	const keyed = { deduplicationKey: `={{ $json.located.mode + ' of ${title.replace(/'/g, '')}' }}` };
	const outcomes = (rows: IDataObject[]) => rows.map(({ outcome, error }) => error ?? outcome);

	it('is skipped, and nothing is asked for it', async () => {
		await addRecords(services, one);
		const made = await runCase(services, one, located, keyed);
		expect(outcomes(made)).toEqual(located.map(() => expect.stringMatching(/^(creat|updat|cancell)ed$/)));
		recordsOf(services, findable).delete('found');
		const requests = requestsFromNow();
		const again = await runCase(other, one, located, keyed);
		expect(outcomes(again)).toEqual(located.map(() => 'skipped'));
		expect(again.map(({ deduplication_key }) => deduplication_key)).toEqual(
			findable.modes.map(({ mode }) => expect.stringContaining(`${mode} of`)),
		);
		const previewing = { ...keyed, options: { previewOnly: true } };
		const would = await runCase(other, one, located, previewing);
		expect(outcomes(would)).toEqual(located.map(() => 'would_skip'));
		expect(requests()).toEqual([]);
	});
});

describe('Lead Event: Create, delivered again when the lead is gone', () => {
	const EVENT = {
		integrationId: byId('int_any'),
		leadId: by('email', '={{ $json.email }}'),
		notes: '={{ $json.notes }}',
		eventDatetime: '={{ $json.at }}',
		deduplicationKey: '={{ $json.key }}',
	};
	const leads = () => propexo().data.leads;
	const add = (id: string) =>
		addLead(services, id, { integration_id: 'int_any', integration_vendor: 'OTHER' });
	let tests = 0;
	beforeEach(() => {
		tests++;
		for (const id of ['lead_a', 'lead_b', 'lead_c']) add(`${id}_${tests}`);
	});
	const item = (letter: string, more: IDataObject = {}): IDataObject => ({
		email: `lead_${letter}_${tests}@example.com`,
		key: `call ${letter} ${tests}`,
		notes: 'Asked for parking',
		at: '2026-03-01T14:30:00-06:00',
		...more,
	});
	const gone = (letter: string) => leads().delete(`lead_${letter}_${tests}`);
	const deliver = async (
		items: IDataObject[],
		options: IDataObject = {},
		on: Services = services,
		settings: Settings = {},
	) => await leadEvent(on, { ...EVENT, options }, { items, workflowId: `gone ${tests}`, ...settings });
	const rows = (result: Awaited<ReturnType<typeof deliver>>) => result.success.map(({ json }) => json);

	it('does not stop the others', async () => {
		await deliver([item('a')]);
		gone('a');
		const { thrown, success } = await deliver([item('b'), item('a'), item('c')], {}, other);
		expect(thrown?.message).toBeUndefined();
		expect(success.map(({ json, pairedItem }) => [json.outcome, pairedItem])).toEqual([
			['created', { item: 0 }],
			['skipped', { item: 1 }],
			['created', { item: 2 }],
		]);
		expect(recipients(services).slice(-2)).toEqual([`lead_b_${tests}`, `lead_c_${tests}`]);
	});

	it('is not sent where an item of the run is wrong in itself, and nor are the others', async () => {
		await deliver([item('a')]);
		gone('a');
		const requests = requestsFromNow();
		const wrong = item('c', { at: '01/02/2026' });
		const { thrown } = await deliver([item('b'), item('a'), wrong], {}, other);
		expect(thrown?.message).toMatch(/^Item 3 of 3: /);
		expect(requests()).toEqual([]);
	});

	it('asks the store once for all items of a run', async () => {
		const many = Array.from({ length: 40 }, (_, index) => item('a', { key: `call ${index} ${tests}` }));
		await deliver(many);
		gone('a');
		const { calls } = services.engine.processedData;
		const from = calls.length;
		const requests = requestsFromNow();
		const again = rows(await deliver(many, {}, other));
		expect(again.map(({ outcome }) => outcome)).toEqual(many.map(() => 'skipped'));
		expect(requests()).toEqual([]);
		const of = (entry: string) =>
			calls.slice(from).filter(({ values }) => values.some((value) => String(value).startsWith(entry)));
		expect(of('met\n').filter((call) => !of('seen\n').includes(call))).toHaveLength(1);
		expect(of('seen\n')).toHaveLength(1);
	});

	it('says so in its delivery details, and which key it had', async () => {
		await deliver([item('a')]);
		gone('a');
		const [row] = rows(await deliver([item('a')], { deliveryDetails: true }, other));
		expect(row).toMatchObject({
			outcome: 'skipped',
			integration_id: 'int_any',
			skipped: true,
			deduplication_key: `call a ${tests}`,
			delivery: { outcome: 'skipped', item: 1, key: `call a ${tests}`, attempts: 0, sent_at: null },
		});
	});

	it('says that the PMS refused it then', async () => {
		propexo().settings.jobMs = 0;
		const waiting = { waitForResult: true };
		const refused = item('a', { notes: '[fail]' });
		await deliver([refused], waiting, services, { onError: 'continueRegularOutput' });
		gone('a');
		const [row] = rows(await deliver([refused], waiting, other));
		expect(row).toMatchObject({ outcome: 'skipped', refused_before: true });
	});

	// Its time has changed since, so it is another event with the same ID.
	const moved = () => item('a', { at: '2026-03-02T09:00:00-06:00' });

	it.each([
		['skip', 'skipped', false],
		['send', undefined, true],
		['refuse', undefined, true],
	])('with another time, and Same ID, Other Event at %s', async (sameKeyOtherEvent, outcome, isSought) => {
		await deliver([item('a')], { sameKeyOtherEvent });
		gone('a');
		const requests = requestsFromNow();
		const goOn = { onError: 'continueRegularOutput' } as const;
		const [row] = rows(await deliver([moved()], { sameKeyOtherEvent }, other, goOn));
		expect(row?.outcome).toBe(outcome);
		expect(requests().includes('GET /v1/leads/')).toBe(isSought);
	});

	it('is recognized beside other events with the same ID, where those are sent', async () => {
		const options = { sameKeyOtherEvent: 'send' };
		await deliver([item('a'), moved()], options);
		gone('a');
		const requests = requestsFromNow();
		const again = rows(await deliver([moved(), item('a')], options, other));
		expect(again.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped']);
		expect(requests()).toEqual([]);
	});

	it('is sent if it was not sent before', async () => {
		const goOn = { onError: 'continueRegularOutput' } as const;
		const late = { ...item('a'), email: `late_${tests}@example.com` };
		const [before] = rows(await deliver([late], {}, services, goOn));
		expect(before?.error).toMatch(/^No lead of /);
		add(`late_${tests}`);
		const [after] = rows(await deliver([late], {}, other, goOn));
		expect(after?.outcome).toBe('created');
	});

	it('is skipped before anything is asked, though nothing had to be asked when it was sent', async () => {
		const byItsId = { ...EVENT, leadId: byId(`lead_a_${tests}`) };
		const send = async (on: Services, key: string) =>
			await leadEvent(on, byItsId, { items: [item('a', { key })], workflowId: `at hand ${tests}` });
		// The first one learns the PMS of the integration, so nothing is asked for the second.
		await send(services, 'first');
		const before = requestsFromNow();
		expect(rows(await send(services, 'second')).map(({ outcome }) => outcome)).toEqual(['created']);
		expect(before()).toHaveLength(1);
		const requests = requestsFromNow();
		const unknowing = anotherProcess(services, timing);
		expect(rows(await send(unknowing, 'second')).map(({ outcome }) => outcome)).toEqual(['skipped']);
		expect(requests()).toEqual([]);
	});

	it('leaves the key of an item that came before and was refused as free as it was', async () => {
		const goOn = { onError: 'continueRegularOutput' } as const;
		const late = { ...item('a'), email: `late_${tests}@example.com` };
		await deliver([late], {}, services, goOn);
		const { calls } = services.engine.processedData;
		const from = calls.length;
		await deliver([late], {}, other, goOn);
		const asked = calls.slice(from).flatMap(({ values }) => values.map(String));
		const claimed = asked.filter((value) => /^(seen|event|request|open|busy|nonce)/.test(value));
		expect(claimed.filter((value) => services.engine.processedData.holds(value))).toEqual([]);
	});

	it('keeps its outcome in a further try of the same execution', async () => {
		propexo().faults.add({ match: { method: 'POST', bodyIncludes: 'WRONG' }, status: 422 });
		const items = [item('a'), item('b', { notes: 'WRONG' })];
		const tries = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
		const result = rows(await deliver(items, {}, services, tries));
		expect(result.map(({ outcome }) => outcome)).toEqual(['created', 'created']);
		expect(result[0]).toMatchObject({ resolved: { lead_id: `lead_a_${tests}`, found_by: 'email' } });
	});
});

describe('An appointment that was changed, delivered again', () => {
	const ENTRATA = 'int_entrata_1';
	const START = '2027-07-15T14:30:00-05:00';
	const LATER = '2027-07-16T20:45:00-05:00';

	/** Adds an appointment of a lead; gives what tells it in an item. */
	function appointment(id: string): IDataObject {
		const { leads, events } = propexo().data;
		const lead = leads.rows.find(({ integration_id }) => integration_id === ENTRATA);
		const like = events.rows.find(({ integration_id }) => integration_id === ENTRATA);
		events.add({
			...like!,
			...{ id, notes: id, event_name: 'Appointment', associated_lead_ids: [lead?.id] },
			...{ appointment_datetime: new Date(START).toISOString(), property_id: lead?.property_id },
		} as SyncedRecord);
		return {
			for: 'lead',
			integrationId: byId(ENTRATA),
			leadId: byId(lead?.id),
			eventId: by('start', START),
			deduplicationKey: '={{ $json.key }}',
		};
	}

	it.each([
		['update', { start: LATER, notes: 'Moved' }],
		['cancel', {}],
	])('%s is skipped when it is not found by its old start any more', async (operation, more) => {
		const parameters = { ...appointment(`event_${operation}`), ...more };
		const items = [{ key: `tour, ${operation}` }];
		const deliver = async (on: Services) =>
			await on.run('propexo', { resource: 'appointment', operation, ...parameters }, { items });
		const first = await deliver(services);
		expect(first.thrown?.message).toBeUndefined();
		propexo().data.events.delete(`event_${operation}`);
		const requests = requestsFromNow();
		const again = await deliver(other);
		expect(again.thrown?.message).toBeUndefined();
		expect(again.success.map(({ json }) => json.outcome)).toEqual(['skipped']);
		expect(requests()).toEqual([]);
	});
});
