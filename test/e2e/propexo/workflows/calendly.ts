import { post } from '../../support/instance.ts';
import type { Shop } from '../../support/shipped.ts';
import { type Booking, delivery } from '../support/calendly.ts';
import { tours } from '../support/tours.ts';

const FILE = 'propexo-calendly-tours.json';
const DAY_MS = 24 * 3_600_000;

export function calendly(shop: Shop): void {
	// One PMS that takes times by a clock of its own, and one that tells the ID of a new lead at once.
	const entrata = tours(shop, FILE, 'int_entrata_1');
	const rentManager = tours(shop, FILE, 'int_rentmanager_1');
	let count = 0;

	const send = async (event: string, booking: Booking, createdAt?: number, at = entrata) =>
		await post(at.webhook(), delivery(event, booking, createdAt));

	/** A booking of a lead whom the PMS knows, at 1:30 PM in Chicago. */
	function booking(more: Partial<Booking> = {}, at = entrata): Booking {
		const id = `CAL${++count}`;
		const tour = String(at.property()?.['name']);
		return { id, email: String(at.lead().email_1), start: '2027-03-02T19:30:00', tour, ...more };
	}

	it('books a tour at the hour of the property, once', async () => {
		const wanted = booking();
		const first = await send('invitee.created', wanted);
		expect(first).toMatchObject({ status: 200, answer: { recorded: true, repeated: false } });
		const again = await send('invitee.created', wanted);
		expect(again).toMatchObject({ status: 200, answer: { recorded: null, repeated: true } });
		const notes = `Calendly ${wanted.id}. Pets? Two cats`;
		// Entrata's clock is Mountain Time.
		expect(entrata.booked()).toMatchObject([
			{
				...{
					lead_id: entrata.lead().id,
					appointment_date: '2027-03-02',
					appointment_time: '12:30:00',
				},
				...{ appointment_duration_minutes: 30, notes },
			},
		]);
		expect(await entrata.shown()).toEqual([['2027-03-02T19:30:00.000Z', notes]]);
	});

	it('adds a renter whom nobody knows, and books the tour for them; their next tour is of the same lead', async () => {
		const stranger = booking({ email: `stranger${count}@example.com` }, rentManager);
		const first = await send('invitee.created', stranger, undefined, rentManager);
		expect(first).toMatchObject({
			status: 200,
			answer: { recorded: true, event_id: expect.any(String) as string, write_status: 'SUCCESS' },
		});
		const next = booking({ email: stranger.email, start: '2027-03-04T16:00:00' }, rentManager);
		expect((await send('invitee.created', next, undefined, rentManager)).status).toBe(200);
		const leads = rentManager.propexo().ledger.created.filter(({ kind }) => kind === 'lead');
		expect(leads).toMatchObject([
			{ body: { first_name: 'Nathan', last_name: 'Smith', email_1: stranger.email } },
		]);
		expect(new Set(rentManager.booked().map(({ lead_id }) => lead_id)).size).toBe(1);
		expect((await rentManager.shown()).map(([at]) => at)).toEqual([
			'2027-03-02T19:30:00.000Z',
			'2027-03-04T16:00:00.000Z',
		]);
	});

	it('waits for a new lead that the PMS shows later, and books nothing meanwhile', async () => {
		const stranger = booking({ email: `stranger${count}@example.com` });
		const ask = async (createdAt?: number) => await send('invitee.created', stranger, createdAt);
		expect(await ask()).toMatchObject({ status: 503, answer: { recorded: false, send_again: true } });
		expect(await ask(Date.now() - DAY_MS)).toMatchObject({
			status: 200,
			answer: { recorded: false, send_again: false },
		});
		expect([entrata.propexo().ledger.created.length, entrata.booked().length]).toEqual([1, 0]);
	});

	it('moves a tour that was moved, whichever event comes first, and books no second one', async () => {
		const first = booking();
		// The PMS takes 256 characters of notes; what is longer is cut, also of a tour that is moved.
		const questions_and_answers = [{ question: 'Pets?', answer: 'Two cats. '.repeat(30), position: 0 }];
		const more = { questions_and_answers };
		const second = booking({ start: '2027-03-03T01:00:00', before: first.id, more });
		const third = booking({ start: '2027-07-05T15:00:00', before: second.id });
		// The new time overtakes the first booking.
		const early = await send('invitee.created', second);
		expect(early).toMatchObject({ status: 503, answer: { recorded: false, send_again: true } });
		expect((await send('invitee.created', first)).status).toBe(200);
		const off = await send('invitee.canceled', { ...first, after: second.id });
		expect(off).toMatchObject({ status: 200, answer: { recorded: null } });
		for (const moved of [second, third])
			expect(await send('invitee.created', moved)).toMatchObject({
				status: 200,
				answer: { recorded: true },
			});
		const again = await send('invitee.created', third);
		expect(again).toMatchObject({ status: 200, answer: { recorded: null, repeated: true } });
		expect(await entrata.shown()).toEqual([
			['2027-07-05T15:00:00.000Z', `Calendly ${third.id}, moved from ${second.id}. Pets? Two cats`],
		]);
		// In July, 11 AM in New York is 9 AM in Denver.
		expect(entrata.moved().at(-1)).toMatchObject({ appointment_time: '09:00:00' });
		expect([entrata.booked().length, entrata.moved().length, entrata.calledOff().length]).toEqual([
			1, 2, 0,
		]);
	});

	it('calls the tour off that was called off, also after it was moved, and once', async () => {
		const first = booking();
		const second = booking({ start: '2027-03-03T01:00:00', before: first.id });
		const other = booking({ start: '2027-03-05T17:00:00' });
		await Promise.all([first, other].map(async (one) => await send('invitee.created', one)));
		await send('invitee.created', second);
		const off = await send('invitee.canceled', second);
		expect(off).toMatchObject({ status: 200, answer: { recorded: true, repeated: false } });
		const again = await send('invitee.canceled', second);
		expect(again).toMatchObject({ status: 200, answer: { recorded: null, repeated: true } });
		const moved = entrata.moved().map(({ at }) => at.split('/').pop());
		expect(entrata.calledOff().map(({ event_id }) => event_id)).toEqual(moved);
		expect(moved).toHaveLength(1);
	});

	it('keeps the tours of a renter at two properties apart', async () => {
		const first = booking();
		const other = entrata.leadElsewhere();
		expect((await send('invitee.created', first)).status).toBe(200);
		const moved = booking({ start: '2027-03-03T01:00:00', before: first.id });
		expect(await send('invitee.created', moved)).toMatchObject({ answer: { recorded: true } });
		expect(await send('invitee.canceled', moved)).toMatchObject({ answer: { recorded: true } });
		const missed = booking({ start: '2026-03-02T19:30:00' });
		await send('invitee_no_show.created', missed);
		await send('invitee_no_show.created', { ...missed, id: 'CALother', tour: other.property });
		expect(entrata.logged().map(({ lead_id }) => lead_id)).toEqual([entrata.lead().id, other.id]);
		const unnamed = { scheduled_event: { start_time: '2026-03-02T19:30:00.000000Z' } };
		const nameless = await send('invitee_no_show.created', booking({ more: unnamed }));
		expect(nameless).toMatchObject({ answer: { recorded: false } });
		expect(entrata.logged()).toHaveLength(2);
	});

	it('asks for the cancellation of a tour that was never booked again; in the end the team is told', async () => {
		const never = booking();
		expect(await send('invitee.canceled', never)).toMatchObject({
			status: 503,
			answer: { send_again: true },
		});
		expect(await entrata.lastEnded()).toBe('success');
		expect(await send('invitee.canceled', never, Date.now() - DAY_MS)).toMatchObject({
			status: 200,
			answer: {
				recorded: false,
				send_again: false,
				reason: expect.stringContaining('No appointment') as string,
			},
		});
		expect(await entrata.lastEnded()).toBe('error');
		expect(entrata.calledOff()).toEqual([]);
	});

	it('records a no-show as an event of the lead, once', async () => {
		const missed = booking({ start: '2026-03-02T19:30:00' });
		const createdAt = Date.now();
		for (const repeated of [false, true])
			expect(await send('invitee_no_show.created', missed, createdAt)).toMatchObject({
				status: 200,
				answer: { recorded: repeated ? null : true, repeated },
			});
		expect(entrata.logged()).toMatchObject([
			{
				...{ lead_id: entrata.lead().id, event_type_id: expect.any(String) as string },
				notes: `No-show: did not come to the tour. Calendly ${missed.id}`,
			},
		]);
	});

	it('tells the team of what is taken, wrong or in doubt, and asks for what did not arrive again', async () => {
		const { faults } = entrata.propexo();
		expect((await send('invitee.created', booking())).status).toBe(200);
		const taken = await send('invitee.created', booking());
		expect(taken).toMatchObject({ status: 200, answer: { recorded: false, slot_taken: true } });
		expect(await entrata.lastEnded()).toBe('error');
		const wrong = await send('invitee.created', booking({ more: { scheduled_event: {} } }));
		expect(wrong).toMatchObject({ status: 200, answer: { recorded: false, outcome: 'not sent' } });
		faults.add({
			match: { method: 'POST', path: '/v1/events/appointments/leads' },
			status: 502,
			write: true,
		});
		const inDoubt = booking({ start: '2027-03-09T19:30:00' });
		expect(await send('invitee.created', inDoubt)).toMatchObject({
			status: 200,
			answer: { recorded: null, outcome: 'unknown' },
		});
		faults.add({ match: { method: 'GET' }, status: 500, times: 1000 });
		const unasked = booking({ email: 'nobody.asked@example.com' });
		expect(await send('invitee.created', unasked)).toMatchObject({
			status: 503,
			answer: { recorded: false },
		});
	});

	it('lets all other events pass, and tells the team of a post that names none', async () => {
		const other = await send('routing_form_submission.created', booking());
		expect(other).toMatchObject({ status: 200, answer: { recorded: null } });
		expect(await entrata.lastEnded()).toBe('success');
		expect(await post(entrata.webhook(), {})).toMatchObject({
			status: 200,
			answer: { recorded: false, outcome: 'not sent', send_again: false },
		});
		expect(await entrata.lastEnded()).toBe('error');
		expect(entrata.propexo().ledger.created).toEqual([]);
	});
}
