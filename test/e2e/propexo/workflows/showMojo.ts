import { post } from '../../support/instance.ts';
import type { Shop } from '../../support/shipped.ts';
import { delivery, type Showing } from '../support/showMojo.ts';
import { tours } from '../support/tours.ts';

const FILE = 'propexo-showmojo-tours.json';
const HOURS_MS = 3_600_000;

export function showMojo(shop: Shop): void {
	const entrata = tours(shop, FILE, 'int_entrata_1');
	const rentManager = tours(shop, FILE, 'int_rentmanager_1');
	let count = 0;

	const send = async (id: number, action: string, showing: Showing, createdAt?: number, at = entrata) =>
		await post(at.webhook(), delivery(id, action, showing, createdAt));

	/** A showing of a lead whom the PMS knows, at 1:30 PM in Chicago. */
	const showing = (more: Partial<Showing> = {}, at = entrata): Showing => ({
		...{ uid: `sm${100 + ++count}`, email: String(at.lead().email_1) },
		...{ showtime: '2027-03-02T13:30:00-06:00', listing: String(at.property()?.['name']) },
		...more,
	});

	const DONE = { status: 200, answer: { recorded: true, repeated: false } };
	const REPEATED = { status: 200, answer: { recorded: null, repeated: true } };
	const isRepeated = ({ answer }: { answer: unknown }) =>
		(answer as { repeated?: boolean }).repeated === true;

	it('books a showing at its hour, once, by its offset or by the time zone that ShowMojo names', async () => {
		const [withOffset, without] = [
			showing(),
			showing({ showtime: '2027-03-02T15:00:00', zone: 'Eastern Time (US & Canada)' }),
		];
		// The first one comes twice at the same moment.
		const answers = await Promise.all([
			send(11, 'create', withOffset),
			send(11, 'create', withOffset),
			send(12, 'auto_create_by_sms', without),
		]);
		// Whichever of the two was first has booked it.
		const [done, repeated] = answers
			.slice(0, 2)
			.sort((a, b) => Number(isRepeated(a)) - Number(isRepeated(b)));
		expect([done, repeated, answers[2]]).toMatchObject([DONE, REPEATED, DONE]);
		expect((await entrata.shown()).map(([at]) => at).sort()).toEqual([
			'2027-03-02T19:30:00.000Z',
			'2027-03-02T20:00:00.000Z',
		]);
		expect(entrata.booked()).toContainEqual(
			expect.objectContaining({
				...{ appointment_date: '2027-03-02', appointment_time: '12:30:00' },
				lead_id: entrata.lead().id,
				notes: expect.stringMatching(/^ShowMojo sm\d+ #11\. .*Two cats$/) as string,
			}),
		);
		const sure = await Promise.all(
			[null, 'Guam', ''].map(
				async (zone, index) =>
					await send(
						14 + index,
						'create',
						showing({ zone, showtime: `2027-03-03T1${index}:00:00-06:00` }),
					),
			),
		);
		expect(sure).toMatchObject([DONE, DONE, DONE]);
		expect((await entrata.shown()).map(([at]) => at)).toContain('2027-03-03T17:00:00.000Z');
		const nowhere = showing({ showtime: '2027-03-02T15:00:00', zone: 'Mars' });
		expect(await send(13, 'create', nowhere)).toMatchObject({ status: 200, answer: { recorded: false } });
		expect(await entrata.lastEnded()).toBe('error');
		expect(entrata.booked()).toHaveLength(5);
	});

	it('adds a renter whom nobody knows, by the phone number alone', async () => {
		const phone = '(512) 555-0161';
		const stranger = showing({ email: null, phone }, rentManager);
		expect(await send(21, 'create', stranger, undefined, rentManager)).toMatchObject(DONE);
		expect(await send(22, 'cancel', stranger, undefined, rentManager)).toMatchObject(DONE);
		const leads = rentManager.propexo().ledger.created.filter(({ kind }) => kind === 'lead');
		expect(leads).toMatchObject([{ body: { first_name: 'Nathan', last_name: 'Smith', phone_1: phone } }]);
		expect([rentManager.booked().length, rentManager.calledOff().length]).toEqual([1, 1]);
	});

	it('moves a showing, and leaves it where it is when an older move comes late', async () => {
		const first = showing();
		expect(await send(31, 'create', first)).toMatchObject(DONE);
		// The PMS takes 256 characters of notes; what is longer is cut, also of a tour that is moved.
		const notes = 'Two cats. '.repeat(30);
		const newer = { ...first, showtime: '2027-07-05T10:00:00-05:00', notes };
		expect(await send(33, 'update', newer)).toMatchObject(DONE);
		expect(await send(33, 'update', newer)).toMatchObject(REPEATED);
		const late = { ...first, showtime: '2027-03-03T10:00:00-06:00' };
		expect(await send(32, 'update', late)).toMatchObject({ status: 503, answer: { send_again: true } });
		const tooLate = await send(32, 'update', late, Date.now() - 4 * HOURS_MS);
		expect(tooLate).toMatchObject({ status: 200, answer: { recorded: false } });
		expect(await entrata.lastEnded()).toBe('error');
		expect((await entrata.shown()).map(([at]) => at)).toEqual(['2027-07-05T15:00:00.000Z']);
		expect([entrata.booked().length, entrata.moved().length]).toEqual([1, 1]);
	});

	it('calls a showing off, and books it anew when it is brought back', async () => {
		const one = showing();
		const other = showing({ showtime: '2027-03-02T16:00:00-06:00' });
		const both = await Promise.all([send(41, 'create', one), send(42, 'create', other)]);
		expect(both).toMatchObject([DONE, DONE]);
		const off = { ...one, canceled_at: '2027-03-01T10:00:00-06:00' };
		expect(await send(43, 'cancel', off)).toMatchObject(DONE);
		expect(await send(43, 'cancel', off)).toMatchObject(REPEATED);
		expect(await send(44, 'uncancel', one)).toMatchObject(DONE);
		expect(await send(45, 'auto_cancel_no_reply', off)).toMatchObject(DONE);
		const [first, second] = entrata.calledOff().map(({ event_id }) => String(event_id));
		expect([entrata.booked().length, entrata.calledOff().length]).toEqual([3, 2]);
		expect(first).not.toBe(second);
		const notes = (id = '') => entrata.propexo().data.events.get(id)?.['notes'];
		expect([notes(first), notes(second)]).toEqual([
			expect.stringContaining(`${one.uid} #41`),
			expect.stringContaining(`${one.uid} #44`),
		]);
	});

	it('keeps the showings of a renter at two properties apart', async () => {
		const other = entrata.leadElsewhere();
		const here = showing();
		expect(await send(71, 'create', here)).toMatchObject(DONE);
		expect(await send(72, 'update', { ...here, showtime: '2027-03-02T15:00:00-06:00' })).toMatchObject(
			DONE,
		);
		expect(await send(73, 'cancel', here)).toMatchObject(DONE);
		const past = { showtime: '2026-03-02T13:30:00-06:00' };
		const there = showing({ ...past, listing: other.property });
		expect(await send(74, 'confirm_lockbox_outcome_no_show', showing(past))).toMatchObject(DONE);
		expect(await send(75, 'confirm_lockbox_outcome_no_show', there)).toMatchObject(DONE);
		expect(entrata.logged().map(({ lead_id }) => lead_id)).toEqual([entrata.lead().id, other.id]);
		const nameless = showing({ ...past, listing: '' });
		expect(await send(76, 'confirm_lockbox_outcome_no_show', nameless)).toMatchObject({
			answer: { recorded: false },
		});
		expect(entrata.logged()).toHaveLength(2);
	});

	it('asks for a cancellation that overtakes its showing again; of one that was never booked the team is told', async () => {
		const one = showing();
		expect(await send(52, 'cancel', one)).toMatchObject({ status: 503, answer: { send_again: true } });
		expect(await send(51, 'create', one)).toMatchObject(DONE);
		expect(await send(52, 'cancel', one)).toMatchObject(DONE);
		const never = await send(53, 'cancel', showing(), Date.now() - 4 * HOURS_MS);
		expect(never).toMatchObject({ status: 200, answer: { recorded: false, send_again: false } });
		expect(await entrata.lastEnded()).toBe('error');
	});

	it('tells the team of a showing without a time, and of a post that names no action; a reminder needs none', async () => {
		const untimed = showing({ showtime: null });
		const posts = [
			...['create', 'uncancel', 'update', 'reschedule'].map((action) => delivery(81, action, untimed)),
			delivery(82, '', showing()),
			{},
			[],
		];
		for (const body of posts) {
			expect(await post(entrata.webhook(), body)).toMatchObject({
				status: 200,
				answer: {
					recorded: false,
					outcome: 'not sent',
					send_again: false,
					reason: expect.any(String),
				},
			});
			expect(await entrata.lastEnded()).toBe('error');
		}
		const off = { ...untimed, canceled_at: '2027-03-01T10:00:00-06:00' };
		for (const [action, one] of [
			['confirm_request', untimed],
			['update', off],
			// A booking that comes after its cancellation: nobody comes.
			['create', { ...showing(), canceled_at: off.canceled_at }],
		] as const)
			expect(await send(83, action, one)).toMatchObject({ status: 200, answer: { recorded: null } });
		expect(await entrata.lastEnded()).toBe('success');
		expect(entrata.propexo().ledger.created).toEqual([]);
	});

	it('records a no-show as an event of the lead, once, and lets reminders pass', async () => {
		const missed = showing({ showtime: '2026-03-02T13:30:00-06:00' });
		expect(await send(61, 'confirm_lockbox_outcome_no_show', missed)).toMatchObject(DONE);
		expect(await send(61, 'confirm_lockbox_outcome_no_show', missed)).toMatchObject(REPEATED);
		expect(entrata.logged()).toMatchObject([
			{
				lead_id: entrata.lead().id,
				notes: `No-show: did not come to the tour. ShowMojo ${missed.uid}`,
			},
		]);
		const others = [
			...['cancel_notice', 'cancel_warning', 'reschedule_request', 'confirm_request'],
			// Not documented; like others by their names.
			...['cancel_request', 'auto_cancel_reminder', 'undo_no_show'],
		];
		const passed = await Promise.all(others.map(async (action) => await send(62, action, missed)));
		for (const one of passed) expect(one).toMatchObject({ status: 200, answer: { recorded: null } });
		expect(entrata.propexo().ledger.created).toHaveLength(1);
	});
}
