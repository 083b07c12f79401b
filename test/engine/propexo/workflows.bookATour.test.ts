import type { IDataObject } from 'n8n-workflow';

import { damage } from '../support/damage.ts';
import { useServices } from '../support/services.ts';
import { evaluated, shippedNode } from '../support/shipped.ts';

/*
 * The nodes of propexo-book-a-tour.json, one after the other; test/e2e runs them in one real n8n.
 */

const FILE = 'propexo-book-a-tour.json';
const services = useServices({
	timing: { rate: { requests: 100_000 }, lookUpAfterMs: [50, 50] },
	propexo: { jobMs: 20 },
});
const propexo = () => services.emulator.propexo;

const codeOf = (answer: string, json: IDataObject) =>
	evaluated((shippedNode(FILE, answer).parameters.options as IDataObject).responseCode, json);

async function runNode(name: string, bodies: unknown[], chosen: IDataObject = {}): Promise<IDataObject[]> {
	const { parameters: shipped, onError } = shippedNode(FILE, name);
	const parameters = { ...shipped, options: { ...(shipped.options as IDataObject), ...chosen } };
	const items = bodies.map((body) => ({ body })) as IDataObject[];
	const settings = { items, onError, timezone: 'America/Chicago' };
	return (await services.run('propexo', parameters, settings)).success.map(({ json }) => json);
}

/** A booking of the first lead of an integration. */
function bookingAt(integration_id: string): IDataObject {
	const lead = propexo().data.leads.rows.find((row) => row.integration_id === integration_id);
	Object.assign(lead ?? {}, { email_1: 'renter@example.com' });
	const property = String(propexo().data.properties.get(lead?.property_id ?? '')?.['name']);
	return {
		...{ booking_id: 'web-1', integration_id, property, email: 'renter@example.com' },
		...{ start: '2030-03-05T15:30:00Z', notes: 'Two cats' },
	};
}

describe('propexo-book-a-tour', () => {
	it("books a free time as it was told, and repeats it in the property's time", async () => {
		const booking = bookingAt('int_entrata_1');
		const [free] = await runNode('Free times', [{ ...booking, from: '2030-03-05', days: 1 }]);
		expect(Object.keys(free ?? {})).toEqual([
			...['start', 'end', 'start_text', 'time_zone', 'agent_name', 'employee_id'],
		]);
		const [booked] = await runNode('Book the tour', [{ ...booking, start: free?.start }]);
		expect(booked).toMatchObject({
			...{ start: free?.start, start_text: free?.start_text, time_zone: 'America/New_York' },
			write_status: 'SUCCESS',
		});
		expect(codeOf('Answer with the booking', booked ?? {})).toBe(200);
	});

	it('answers 409 for a time that is taken, 422 for what is wrong, 503 where nobody knows', async () => {
		const booking = bookingAt('int_entrata_1');
		const rows = await runNode(
			'Book the tour',
			Array.from({ length: 4 }, (_, index) => ({ ...booking, booking_id: `race-${index}` })),
		);
		// The calendar of a property holds one or two at a time.
		expect([...new Set(rows.map((row) => codeOf('Answer with the booking', row)))].sort()).toEqual([
			200, 409,
		]);
		const [nobody] = await runNode('Book the tour', [
			{ ...booking, booking_id: 'nobody', email: 'nobody@example.com' },
		]);
		expect(codeOf('Answer with the booking', nobody ?? {})).toBe(422);
		propexo().faults.add({ match: { path: '/v1/leads/' }, status: 500, times: Infinity });
		const [unasked] = await runNode('Book the tour', [
			{ ...booking, booking_id: 'somebody', email: 'somebody@example.com' },
		]);
		expect(codeOf('Answer with the booking', unasked ?? {})).toBe(503);
	});

	it('says booked only when the PMS took it: not when it was sent or refused before, or is not answered yet', async () => {
		const booking = bookingAt('int_entrata_1');
		const booked = { ...booking, booking_id: 'booked' };
		const refused = {
			...booking,
			booking_id: 'refused-1',
			start: '2030-03-06T15:30:00Z',
			notes: '[fail]',
		};
		const pending = {
			...booking,
			booking_id: 'pending',
			start: '2030-03-07T15:30:00Z',
			notes: '[pending]',
		};
		const rows = [
			...(await runNode('Book the tour', [booked, refused, pending], { waitTimeout: 5 })),
			...(await runNode('Book the tour', [booked, refused, pending], { waitTimeout: 5 })),
		];
		expect(rows.map((row) => codeOf('Answer with the booking', row))).toEqual([
			...[200, 422, 202],
			...[202, 422, 202],
		]);
		const { responseBody } = shippedNode(FILE, 'Answer with the booking').parameters;
		const told = rows.map((row) => {
			// What was asked for is repeated where the node did not tell the time.
			const $json = { ...row, start: '2030-03-05T10:30:00-05:00' };
			const body = JSON.parse(String(evaluated(responseBody, $json))) as IDataObject;
			return [body.booked, body.repeated ?? false, typeof body.reason];
		});
		expect(told).toEqual([
			[true, false, 'undefined'],
			[false, false, 'string'],
			[null, false, 'string'],
			[null, true, 'string'],
			[false, true, 'string'],
			[null, true, 'string'],
		]);
	});

	it('does not send a booking again whose answer got lost: it says that nobody knows', async () => {
		propexo().faults.add({ match: { method: 'POST' }, status: 502, write: true });
		const booking = { ...bookingAt('int_entrata_1'), booking_id: 'lost' };
		for (const _ of [1, 2]) {
			const [row] = await runNode('Book the tour', [booking]);
			expect(row?.details).toMatchObject({ outcome: 'unknown' });
			expect(codeOf('Answer with the booking', row ?? {})).toBe(503);
		}
		expect(propexo().ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('books nothing, and tells no times, when what they need is missing, empty or of a wrong type', async () => {
		const booking = bookingAt('int_entrata_1');
		const cases = damage(booking, ['booking_id', 'integration_id', 'email', 'start']);
		const rows = await runNode(
			'Book the tour',
			cases.map(({ body }) => body),
		);
		expect(rows.map((row, at) => [cases[at]?.what, codeOf('Answer with the booking', row)])).toEqual(
			cases.map(({ what }) => [what, 422]),
		);
		const asked = damage(booking, ['integration_id', 'property']);
		const told = await runNode(
			'Free times',
			asked.map(({ body }) => body),
		);
		expect(told.map((row, at) => [asked[at]?.what, codeOf('Answer with times', row)])).toEqual(
			asked.map(({ what }) => [what, 422]),
		);
		expect(propexo().ledger.created).toEqual([]);
	});
});
