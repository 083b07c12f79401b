import { damage } from '../../../engine/support/damage.ts';
import { post } from '../../support/instance.ts';
import type { Shop } from '../../support/shipped.ts';

const FILE = 'propexo-book-a-tour.json';

/** A free time, as it is answered. */
interface FreeTime {
	start: string;
	start_text: string;
	time_zone: string;
	employee_id: string | null;
}

export function bookATour(shop: Shop): void {
	let times: string;
	let book: string;
	let bookings = 0;

	beforeAll(async () => {
		const { webhook } = await shop().publish(FILE);
		times = webhook;
		book = `${webhook}-book-tour`;
	});

	const propexo = () => shop().instance.emulator.propexo;

	/** A renter whom one PMS knows, and what is asked for. */
	function renterAt(integration_id: string, number = 0) {
		const { leads, properties } = propexo().data;
		const lead = leads.rows.filter((row) => row.integration_id === integration_id)[number];
		const email = `renter${number}@example.com`;
		Object.assign(lead ?? {}, { email_1: email });
		const property = properties.get(lead?.property_id ?? '')?.['name'];
		return { integration_id, property, email, lead: lead?.id };
	}

	async function freeTimes(body: object): Promise<FreeTime[]> {
		const { status, answer } = await post(times, { days: 3, ...body });
		expect({ status, answer }).toMatchObject({ status: 200, answer: { times: expect.any(Array) as [] } });
		return (answer as { times: FreeTime[] }).times;
	}

	const booking = (renter: object, start: string, more: object = {}) => ({
		...{ booking_id: `web-${++bookings}`, ...renter, start, notes: 'Two cats' },
		...more,
	});

	it("tells free times in the property's time, and books one, with the PMS's yes", async () => {
		const renter = renterAt('int_entrata_1');
		const [free] = await freeTimes(renter);
		// Entrata writes Mountain Time, and the property is in Atlanta.
		expect(free).toMatchObject({
			start: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:00-0[45]:00$/) as string,
			start_text: expect.stringMatching(/ E[SD]T$/) as string,
			time_zone: 'America/New_York',
		});
		const { start = '', start_text } = free ?? {};
		const wanted = booking(renter, start);
		expect(await post(book, wanted)).toMatchObject({
			status: 200,
			answer: {
				booked: true,
				repeated: false,
				start,
				start_text,
				time_zone: 'America/New_York',
				write_status: 'SUCCESS',
			},
		});
		expect(shop().created('propexo')).toEqual([
			expect.objectContaining({ lead_id: renter.lead, notes: 'Two cats' }),
		]);
		expect(await post(book, wanted)).toMatchObject({
			status: 202,
			answer: {
				...{ booked: null, repeated: true, start },
				reason: expect.stringContaining('sent before') as string,
			},
		});
		expect(shop().created('propexo')).toHaveLength(1);
	});

	it('books one of two who want the same time, and tells the other that it is taken', async () => {
		const [one, other] = [renterAt('int_realpage_rpx_1'), renterAt('int_realpage_rpx_1', 0)];
		const [free] = (await freeTimes(one)).filter(({ employee_id: agent }) => agent !== null);
		const { start = '', employee_id } = free ?? {};
		const answers = await Promise.all(
			[one, other].map(async (renter) => await post(book, booking(renter, start, { employee_id }))),
		);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
		const taken = answers.find(({ status }) => status === 409);
		expect(taken?.answer).toMatchObject({ booked: false, slot_taken: true });
		// The time is offered to nobody else.
		const after = await freeTimes(one);
		expect(after.filter((row) => row.start === start && row.employee_id === employee_id)).toEqual([]);
	});

	it('tells that a booking was refused, also when it comes again', async () => {
		const renter = renterAt('int_entrata_1');
		const [free] = await freeTimes(renter);
		const wanted = booking(renter, free?.start ?? '', { notes: '[fail]' });
		expect(await post(book, wanted)).toMatchObject({ status: 422, answer: { booked: false } });
		expect(await post(book, wanted)).toMatchObject({
			status: 422,
			answer: { booked: false, repeated: true, outcome: 'refused' },
		});
		expect(shop().created('propexo')).toHaveLength(1);
	});

	it('says that nobody knows whether a booking arrived, and never sends it again', async () => {
		const renter = renterAt('int_entrata_1');
		const [free] = await freeTimes(renter);
		const wanted = booking(renter, free?.start ?? '');
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write: true });
		for (const _ of [1, 2])
			expect(await post(book, wanted)).toMatchObject({
				status: 503,
				answer: { booked: null, outcome: 'unknown' },
			});
		expect(shop().created('propexo')).toHaveLength(1);
	});

	it('says which PMS tells no free times, and has none where nothing is free', async () => {
		const { status, answer } = await post(times, renterAt('int_rentmanager_1'));
		expect({ status, answer }).toMatchObject({
			status: 422,
			answer: { reason: expect.stringContaining('Rent Manager') as string },
		});
		expect(await freeTimes({ ...renterAt('int_entrata_1'), from: '2026-01-05' })).toEqual([]);
	});

	it('books nothing when what it needs is missing, empty or of a wrong type', async () => {
		const renter = renterAt('int_entrata_1');
		const wanted = booking(renter, '2030-03-05T10:00:00-05:00');
		for (const { what, body } of damage(wanted, ['booking_id', 'integration_id', 'email', 'start'])) {
			const { status } = await post(book, body);
			expect([what, status]).toEqual([what, 422]);
		}
		expect(propexo().ledger.created).toEqual([]);
	});
}
