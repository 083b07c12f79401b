import type { IDataObject } from 'n8n-workflow';

import { useNewServices } from '../../support/services.ts';
import { book, bookingAt, writesTo } from '../support/appointments.ts';

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });
const propexo = () => services.emulator.propexo;

describe('Time zones of Propexo that cannot be read, or differ,', () => {
	const START = '2027-07-15T14:30:00';
	const INTEGRATION = 'int_rentmanager_1';
	/** Gives the property of the first lead these time zones. */
	function know(rows: IDataObject[]): void {
		const { timezones, leads } = propexo().data;
		const { lead } = bookingAt(services, INTEGRATION, START);
		const property_id = leads.get(lead)?.property_id ?? '';
		const [first] = timezones.rows;
		for (const row of timezones.rows.filter((one) => one.property_id === property_id))
			timezones.delete(row.id);
		rows.forEach((row, index) =>
			timezones.add({
				...{ ...first!, is_active: true, integration_id: INTEGRATION, property_id, ...row },
				id: `tz_own_${index}`,
			}),
		);
	}
	const bookIn = async (timeZone?: string) => {
		const item = bookingAt(services, INTEGRATION, START);
		const { success, hints } = await book(services, [item], timeZone === undefined ? {} : { timeZone });
		return { error: success[0]?.json.error, hints: hints.map(({ message }) => message).join() };
	};
	const pacific = { offset: '-08:00', observes_daylight_savings: true };

	it.each<[string, IDataObject[]]>([
		['that does not say whether its clocks change', [{ ...pacific, observes_daylight_savings: null }]],
		['of two locations', [pacific, { offset: '-06:00', observes_daylight_savings: true }]],
		['beside one without an offset', [pacific, { offset: null, observes_daylight_savings: null }]],
		['that is not active', [{ ...pacific, is_active: false }]],
	])('are not guessed: one %s', async (_, rows) => {
		know(rows);
		expect((await bookIn()).error).toMatch(
			/time zones of the property cannot be read, or differ.*'Time Zone'/,
		);
		expect(writesTo(services)).toEqual([]);
	});

	it("are replaced by the option 'Time Zone', if that is one of them", async () => {
		know([{ ...pacific, observes_daylight_savings: null }]);
		expect((await bookIn('America/New_York')).error).toContain('America/New_York, fits none of them');
		expect((await bookIn('UTC')).error).toContain("'Time Zone' is UTC, which is no property's time zone");
		expect(writesTo(services)).toEqual([]);
		const { error, hints } = await bookIn('America/Los_Angeles');
		expect(error).toBeUndefined();
		expect(writesTo(services).map(({ body }) => body)).toMatchObject([{ appointment_time: '14:30:00' }]);
		expect(hints).toContain("'Start' is sent in America/Los_Angeles, as the option");
	});
});

it("With a token that may not read time zones the option 'Time Zone' counts, with a hint", async () => {
	propexo().faults.add({ match: { path: '/v1/timezones/' }, status: 403, times: Infinity });
	const item = bookingAt(services, 'int_rentmanager_1', '2027-07-15T14:30:00Z');
	const { success, hints } = await book(services, [item], { timeZone: 'America/Denver' });
	expect(success[0]?.json).toMatchObject({ start: '2027-07-15T08:30:00-06:00' });
	expect(writesTo(services)[0]?.body).toMatchObject({ appointment_time: '08:30:00' });
	expect(hints.map(({ message }) => message).join()).toContain('the token has no right to read time zones');
});

it.each([400, 404, 500, 503])(
	'An answer that tells nothing of the token is not taken for one: HTTP %i about the time zone, and nothing is sent',
	async (status) => {
		propexo().faults.add({ match: { path: '/v1/timezones/' }, status, times: Infinity });
		const item = bookingAt(services, 'int_rentmanager_1', '2027-07-15T14:30:00Z');
		for (const options of [{}, { timeZone: 'America/Denver' }]) {
			const { success } = await book(services, [item], options);
			expect(success[0]?.json.error).toMatch(/did not tell the time zone/);
			expect(success[0]?.json.error).not.toMatch(/token|right/);
			expect(success[0]?.json.details).toMatchObject({ outcome: 'not sent' });
		}
		expect(writesTo(services)).toEqual([]);
	},
);

it('An output that repeats the time by the workflow’s clocks says so, where the clock of the PMS is known and the property’s is not', async () => {
	propexo().faults.add({ match: { path: '/v1/timezones/' }, status: 403, times: Infinity });
	const { success, hints } = await book(services, [
		bookingAt(services, 'int_entrata_1', '2027-07-15T14:30:00Z'),
	]);
	expect(success[0]?.json.error).toBeUndefined();
	expect(JSON.stringify(hints)).toContain("'Start' is shown in the output in ");
});
