import type { IDataObject } from 'n8n-workflow';

import { useServices } from '../support/services.ts';
import { byId } from '../support/locator.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices();
const emulated = () => services.emulator.rentEngine;

const availability = async (units: Array<number | string>, more: IDataObject = {}) =>
	await run(
		services,
		'showing',
		'getAvailability',
		{ unitId: byId('={{ $json.unit }}'), ...more },
		{ items: units.map((unit) => ({ unit })), onError: 'continueRegularOutput' },
	);

const reply = (windows: IDataObject, about: IDataObject = {}) =>
	emulated().faults.add({
		match: { path: '/showings/availability' },
		status: 200,
		body: { availability: { unitId: 501, timezoneName: 'America/Chicago', ...about, ...windows } },
	});

describe('RentEngine, Showing: Get Availability', () => {
	it("gives a row for each window, in the unit's time zone, with RentEngine's words beside it", async () => {
		reply(
			{
				preferredShowingWindows: [
					{
						start: '2026-12-01T00:30:00Z',
						end: '2026-12-01T02:00:00Z',
						invitedUserIdsArray: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c'],
						showingMethodsAvailable: ['Accompanied'],
					},
				],
				availableShowingWindows: [
					{ start: '2027-03-14T07:30:00Z', end: '2027-03-14T08:30:00Z', invitedUserIds: ['x'] },
					{ start: '2027-11-07T06:30:00', end: '2027-11-07T07:30:00.000Z' },
				],
			},
			{ showingMethod: 'Accompanied', timezoneAbbreviation: 'CST', unitStatus: 'Available' },
		);
		const result = await availability([501]);
		expect(jsonOf(result)[0]).toEqual({
			unit_id: 501,
			// In UTC it is tomorrow already.
			start: '2026-11-30T18:30:00-06:00',
			end: '2026-11-30T20:00:00-06:00',
			preferred: true,
			showing_methods: ['Accompanied'],
			invited_user_ids: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c'],
			time_zone: 'America/Chicago',
			time_zone_abbreviation: 'CST',
			showing_method: 'Accompanied',
			unit_status: 'Available',
			start_raw: '2026-12-01T00:30:00Z',
			end_raw: '2026-12-01T02:00:00Z',
		});
		// Over both changes of the clocks.
		expect(jsonOf(result).slice(1)).toMatchObject([
			{
				start: '2027-03-14T01:30:00-06:00',
				end: '2027-03-14T03:30:00-05:00',
				preferred: false,
				invited_user_ids: ['x'],
				showing_methods: null,
			},
			{ start: '2027-11-07T01:30:00-05:00', end: '2027-11-07T01:30:00-06:00' },
		]);
		expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual(new Array(3).fill({ item: 0 }));
	});

	it.each([null, '', 'Central Time', 'America/Nowhere'])(
		'gives times in UTC where the time zone of the unit is not readable: %j',
		async (timezoneName) => {
			const preferredShowingWindows = [
				{ start: '2026-12-01T15:00:00', end: '2026-12-01T17:00:00-05:00' },
			];
			reply({ preferredShowingWindows }, { timezoneName });
			expect(jsonOf(await availability([501]))).toMatchObject([
				{ start: '2026-12-01T15:00:00Z', end: '2026-12-01T22:00:00Z', time_zone: timezoneName },
			]);
		},
	);

	it("leaves a time empty that is not readable, with RentEngine's words beside it", async () => {
		const preferredShowingWindows = [{ start: '2026-12-01T00:30:00Z', end: '12/01/2026 9:00' }];
		reply({ preferredShowingWindows, availableShowingWindows: null });
		expect(jsonOf(await availability([501]))).toMatchObject([
			{ start: '2026-11-30T18:30:00-06:00', end: null, end_raw: '12/01/2026 9:00' },
		]);
	});

	it.each([
		['no list of windows', { preferredShowingWindows: null }, {}],
		['windows that are none', { preferredShowingWindows: ['9 AM'], availableShowingWindows: [] }, {}],
		[
			'windows by day',
			{ preferredShowingWindows: [], availableShowingWindows: { '2026-12-01': [] } },
			{},
		],
		['another unit', { preferredShowingWindows: [], availableShowingWindows: [] }, { unitId: 777 }],
	])('takes no answer with %s for a unit that cannot be shown', async (_, windows, about) => {
		reply(windows, about);
		const { success } = await availability([501]);
		expect(success.map(({ json }) => json.error)).toEqual([
			'RentEngine answered in another form than documented',
		]);
	});

	it.each([{ availableShowingWindows: [] }, { preferredShowingWindows: [] }])(
		'gives no rows where a list is there and empty: %j',
		async (windows) => {
			reply(windows);
			expect((await availability([501])).success).toEqual([]);
		},
	);

	it('gives times at which a showing can be planned, and the rows as they are in raw', async () => {
		const [simple] = jsonOf(await availability([501]));
		const [raw] = jsonOf(await availability([501], { output: 'raw' }));
		expect(raw).toMatchObject({ unitId: 501, start: simple?.start_raw, preferred: true });
		expect(raw).not.toHaveProperty('start_raw');
		expect(Date.parse(String(simple?.start))).toBe(Date.parse(String(simple?.start_raw)));
	});

	it('finds the unit by its address, and tells of one that is not there', async () => {
		const { address, id } = emulated().data.units.rows[0] as IDataObject;
		const [street] = String((address as IDataObject).formatted_address).split(', USA');
		const byAddress = { unitId: { __rl: true, mode: 'address', value: street } };
		expect(jsonOf(await availability(['any'], byAddress))[0]).toMatchObject({ unit_id: id });
		const { success } = await availability([999]);
		expect(success.map(({ json }) => json.error)).toEqual([
			'RentEngine refused it (HTTP 404): Unit not found',
		]);
		emulated().faults.add({ match: { path: '/showings/availability' }, status: 200, body: [] });
		expect((await availability([501])).success[0]?.json.error).toContain('another form than documented');
	});
});
