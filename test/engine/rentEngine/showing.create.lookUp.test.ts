import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../emulator/index.ts';
import { accountOf } from '../support/deliver/account.ts';
import { faultFor, itemAt, itemsOf } from '../support/deliver/driven.ts';
import { useServices } from '../support/services.ts';
import { showing, timeOf } from './support/driven.ts';

const services = useServices({ timing: { lookUpAfterMs: [20, 60] } });

const emulated = () => services.emulator.rentEngine;
const posts = () => emulated().ledger.requests.filter(({ method }) => method === 'POST');
const planned = () => emulated().ledger.created.map(({ body }) => (body as IDataObject).plannedForTime);

/** Plans the showings of items; gives the outcome of each and what the output says of it. */
async function plan(items: IDataObject[], more: IDataObject = {}) {
	const options = { outcomeUnknown: 'lookUp' };
	const parameters = { ...showing.parameters(options), ...more };
	const result = await showing.run(services, parameters, { items, onError: 'continueRegularOutput' });
	const { outcomes } = accountOf(showing, result, items.length);
	return { outcomes, json: result.success.map(({ json }) => json) };
}

/** A prospect whom the person of an item already is. */
const knownProspect = (index: number, given: IDataObject = {}) =>
	emulated().rows.addProspect({
		phone: `+1512555${1000 + itemAt(index).person}`,
		unit_of_interest: 501,
		...given,
	});

it('finds the showings that were made, plans the others again, and claims no showing of another item', async () => {
	const faults: Fault[] = [
		{ close: 'after' },
		{ close: 'before' },
		{ status: 502, write: true },
		{ status: 200, body: { statusText: 'queued' }, write: true },
		{ status: 500 },
	];
	faults.forEach((fault, index) => emulated().faults.add(faultFor(index, fault)));
	// RentEngine has had these for years, before many others: none can be the request's own.
	for (const index of [0, 2, 3]) knownProspect(index, { created_at: '2023-01-05T08:00:00.000000Z' });
	const { outcomes, json } = await plan(itemsOf(6));
	expect(outcomes).toEqual(new Array(6).fill('created'));
	expect(planned().sort()).toEqual([0, 1, 2, 3, 4, 5].map(timeOf));
	expect(posts()).toHaveLength(6 + 2);
	const events = emulated().data.events.list.filter(({ planned_date_time: at }) => at === timeOf(0));
	expect(json[0]).toEqual({
		outcome: 'created',
		id: events[0]?.id,
		event_type: 'Showing Scheduled',
		prospect_id: events[0]?.prospect,
		planned_date_time: timeOf(0),
		created_at: events[0]?.created_at,
		unitId: 501,
		plannedForTime: expect.any(String),
		email: `renter${itemAt(0).person}@example.com`,
	});
	expect(Date.parse(String(json[0]?.plannedForTime))).toBe(Date.parse(timeOf(0)));
	expect(json[5]).toMatchObject({ statusText: 'success', unitId: 501 });
});

describe('stays unknown, and sends nothing again,', () => {
	const LOST: Fault = { close: 'before' };
	const event = (prospect: number, given: IDataObject) =>
		emulated().rows.insert('leasing_events', { prospect, ...given });
	const scheduled = { event_type: 'Showing Scheduled', planned_date_time: timeOf(0) };
	const listed = (path: string, body: unknown): void =>
		void emulated().faults.add({ match: { method: 'GET', path }, status: 200, body, times: Infinity });

	it.each<[string, () => void]>([
		[
			'when the prescreening has begun',
			() => event(knownProspect(0).id, { event_type: 'Prescreen Submitted' }),
		],
		[
			'when the prospect was made since, by the request perhaps, and has no event yet',
			() => knownProspect(0, { created_at: new Date(Date.now() + 60_000).toISOString() }),
		],
		[
			'when a prospect was made since that does not tell whose it is',
			() => knownProspect(0, { phone: '', email: '' }),
		],
		[
			'when an event of the prospect does not tell its type',
			() => {
				const known = knownProspect(0, { created_at: '2023-01-05T08:00:00.000000Z' });
				event(known.id, { event_type: '' });
			},
		],
		[
			'when the prospect had a showing at that time before',
			() => event(knownProspect(0).id, { ...scheduled, created_at: '2026-01-05T08:00:00.000000Z' }),
		],
		[
			'when the showing has gone on since',
			() => event(knownProspect(0).id, { ...scheduled, event_type: 'Showing Confirmed' }),
		],
		[
			'when the event does not say when it was made',
			() => event(knownProspect(0).id, { ...scheduled, created_at: '' }),
		],
		[
			'when the prospect of that unit cannot be told',
			() => event(knownProspect(0, { unit_of_interest: null }).id, scheduled),
		],
		['when there is no end to the prospects', () => listed('/prospects', new Array(100).fill({ id: 1 }))],
		['when the prospects come in another form', () => listed('/prospects', { rows: [] })],
		[
			'when the events come in another form',
			() => {
				knownProspect(0);
				listed('/leasing_events', []);
			},
		],
		[
			'when there is no end to the events',
			() => {
				knownProspect(0);
				listed('/leasing_events', { data: [], page: { has_more: true } });
			},
		],
	])('%s', async (_, happen) => {
		happen();
		emulated().faults.add(faultFor(0, LOST));
		expect((await plan(itemsOf(1))).outcomes).toEqual(['unknown']);
		expect(posts()).toHaveLength(1);
	});

	it('when an earlier item made the same showing', async () => {
		emulated().faults.add({ ...faultFor(0, LOST), after: 1 });
		expect((await plan([itemAt(0), itemAt(0)])).outcomes).toEqual(['created', 'unknown']);
		expect(planned()).toEqual([timeOf(0)]);
	});

	it('when a showing was to be moved, and one at that time is there', async () => {
		await plan(itemsOf(1));
		const id = emulated().data.events.list.at(-1)?.id ?? 0;
		emulated().rows.change('leasing_events', id, { created_at: '2026-01-05T08:00:00.000000Z' });
		emulated().faults.add(faultFor(1, { close: 'after' }));
		const moved = { ...itemAt(1), person: itemAt(0).person };
		const { outcomes } = await plan([moved], { additionalFields: { rescheduleEvent: 'true' } });
		expect(outcomes).toEqual(['unknown']);
		expect(posts()).toHaveLength(2);
	});
});

it.each([400, 409, 422])(
	'stays unknown if it is refused with HTTP %i when it is sent again: the first one may have taken the time',
	async (status) => {
		const error = 'The unit cannot be shown at this time';
		emulated().faults.add(faultFor(0, { close: 'before' }));
		emulated().faults.add(faultFor(0, { status, body: { error } }));
		const { outcomes, json } = await plan(itemsOf(1));
		expect(outcomes).toEqual(['unknown']);
		expect(JSON.stringify(json[0])).toContain(
			`it was sent again, and that was refused (RentEngine answered HTTP ${status}`,
		);
		expect(JSON.stringify(json[0])).not.toContain('not sent again');
		expect(posts()).toHaveLength(2);
	},
);

it('does not take the showing of somebody else for its own, where RentEngine gives the events of all', async () => {
	const { id } = knownProspect(0, { created_at: '2026-01-05T08:00:00.000000Z' });
	const event = { event_type: 'Showing Scheduled', planned_date_time: timeOf(0), unit_of_interest: 501 };
	const body = {
		data: [{ ...event, id: 900, prospect_id: id + 1, created_at: new Date().toISOString() }],
		page: { has_more: false },
	};
	emulated().faults.add({ match: { method: 'GET', path: '/leasing_events' }, status: 200, body, times: 4 });
	emulated().faults.add(faultFor(0, { close: 'before' }));
	const { outcomes, json } = await plan(itemsOf(1));
	expect(outcomes).toEqual(['created']);
	expect(json[0]).toMatchObject({ statusText: 'success' });
	expect(planned()).toEqual([timeOf(0)]);
});

it('does not take a showing of another unit, or at another time, for its own', async () => {
	// A prospect that is new may be the request's own.
	const known = { created_at: '2026-01-05T08:00:00.000000Z' };
	const { id } = knownProspect(0, known);
	const other = knownProspect(0, { ...known, unit_of_interest: 502 });
	const now = { event_type: 'Showing Scheduled' };
	emulated().rows.insert('leasing_events', {
		prospect: other.id,
		...now,
		planned_date_time: timeOf(0),
	});
	emulated().rows.insert('leasing_events', {
		prospect: id,
		...now,
		planned_date_time: timeOf(90),
		created_at: '2026-01-05T08:00:00.000000Z',
	});
	emulated().faults.add(faultFor(0, { close: 'before' }));
	expect((await plan(itemsOf(1))).outcomes).toEqual(['created']);
	expect(posts()).toHaveLength(2);
	expect(planned()).toEqual([timeOf(0)]);
});
