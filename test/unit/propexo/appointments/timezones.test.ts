import type { IDataObject } from 'n8n-workflow';

import { clockOtherwise, shownSlot } from '../../../../nodes/Propexo/appointments/availability';
import { PropertyClocks } from '../../../../nodes/Propexo/appointments/propertyClocks';
import { zoneOfRow } from '../../../../nodes/Propexo/appointments/timezones';

describe('The time zone of a row', () => {
	it.each([
		['-05:00', true, 'America/New_York'],
		['-06:00', true, 'America/Chicago'],
		['-07:00', true, 'America/Denver'],
		['-08:00', true, 'America/Los_Angeles'],
		['-09:00', true, 'America/Anchorage'],
		['-07:00', false, 'America/Phoenix'],
		['-10:00', false, 'Pacific/Honolulu'],
		['-05:00', false, 'UTC-05:00'],
		['+05:30', false, 'UTC+05:30'],
		// Nobody said when the clocks change there, or whether they do.
		['+01:00', true, undefined],
		['-07:00', null, undefined],
		[null, true, undefined],
		['Mountain', true, undefined],
	])('%s, with summer time %s: %s', (offset, observes_daylight_savings, zone) => {
		expect(zoneOfRow({ offset, observes_daylight_savings })).toBe(zone);
	});
});

const row = (id: string, property_id: string | null, more: IDataObject = {}): IDataObject => ({
	...{ id, property_id, offset: '-06:00', observes_daylight_savings: true },
	...{ is_active: true, server_time_error_seconds: null, ...more },
});

/** The clocks that these rows tell; a list that forgets its filters, where it has none of them. */
function clocksOf(rows: IDataObject[]) {
	const asked: unknown[] = [];
	const clocks = new PropertyClocks(async ({ query }) => {
		asked.push(query?.property_id ?? query?.integration_id);
		return await Promise.resolve({ meta: { hasMore: false, total: rows.length }, results: rows });
	}, 'property');
	const of = async (id: string, integration = '', rule = {}) => await clocks.of(integration, { id }, rule);
	return { of, asked };
}

const DENVER = { offset: '-07:00' };

describe('The clock of a property', () => {
	it('is its own one, though the list forgets its filter', async () => {
		const { of } = clocksOf([row('1', 'prop_1'), row('2', 'prop_2', DENVER), row('3', null)]);
		expect(await of('prop_2', 'int_1')).toEqual({ zone: 'America/Denver', errorSeconds: 0 });
	});

	it('is that of the integration where it has none', async () => {
		const { of, asked } = clocksOf([row('1', 'prop_1', DENVER), row('2', null)]);
		expect(await of('prop_2', 'int_1')).toMatchObject({ zone: 'America/Chicago' });
		expect(asked).toEqual(['prop_2', 'int_1']);
	});

	it('is not known where Propexo has none, or rows that contradict each other', async () => {
		const none = clocksOf([row('1', 'prop_1')]);
		expect(await none.of('prop_2', 'int_1')).toEqual({ why: 'none' });
		const two = clocksOf([row('1', 'prop_1'), row('2', 'prop_1', DENVER)]);
		expect(await two.of('prop_1')).toMatchObject({ why: 'unclear' });
	});

	it('is told by rows that are in use alone', async () => {
		const { of } = clocksOf([row('1', 'prop_1', { ...DENVER, is_active: false }), row('2', 'prop_1')]);
		expect(await of('prop_1')).toMatchObject({ zone: 'America/Chicago' });
	});

	it('is off by whole minutes, and only where the PMS may be off', async () => {
		const { of } = clocksOf([
			row('1', 'prop_1', { server_time_error_seconds: 20 }),
			row('2', 'prop_1', { server_time_error_seconds: 25 }),
			row('3', 'prop_2', { server_time_error_seconds: 3_620 }),
			row('4', 'prop_3', { server_time_error_seconds: 3_620 }),
			row('5', 'prop_3'),
		]);
		const rule = { mayBeOff: true as const };
		expect(await of('prop_1', '', rule)).toMatchObject({ errorSeconds: 0 });
		expect(await of('prop_2', '', rule)).toMatchObject({ errorSeconds: 3_600 });
		expect(await of('prop_2')).toMatchObject({ errorSeconds: 0 });
		expect(await of('prop_3', '', rule)).toMatchObject({ why: 'unclear' });
		expect(await of('prop_3')).toMatchObject({ errorSeconds: 0 });
	});

	it("is found by the PMS's ID of the property, which is all that a free time has", async () => {
		const clocks = new PropertyClocks(async () => {
			const results = [
				row('1', 'prop_1', { x_property_id: '501' }),
				row('2', 'prop_2', { x_property_id: '502', ...DENVER }),
				row('3', 'prop_3', { x_property_id: null, offset: '-08:00' }),
			];
			return await Promise.resolve({ meta: { hasMore: false, total: results.length }, results });
		}, 'integration');
		const of = async (xId: string) => await clocks.of('int_1', { xId }, {});
		expect(await of('502')).toMatchObject({ zone: 'America/Denver' });
		expect(await of('503')).toEqual({ why: 'none' });
		expect(await of('')).toEqual({ why: 'none' });
	});

	it('that Propexo does not tell clearly is that of the option, if it may be', async () => {
		const own = await clocksOf([row('1', 'prop_1'), row('2', 'prop_1', DENVER)]).of('prop_1');
		const workflow = 'America/Chicago';
		const by = (option: string) => clockOtherwise({ own, option, workflow })?.zone;
		expect(by('America/Denver')).toBe('America/Denver');
		expect(by('America/New_York')).toBeUndefined();
		expect(clockOtherwise({ own, workflow })).toBeUndefined();
	});

	it('that has no name is not known by the name that a calendar gives it', () => {
		const own = { zone: 'UTC-05:00', errorSeconds: 0 };
		const slot = { date: '2027-07-15', start: '14:30:00', end: '15:00:00', timezone: 'EST' };
		expect(shownSlot(slot, { own, workflow: 'America/Chicago' })).toEqual({
			zone: 'UTC-05:00',
			isGuessed: false,
			problem: expect.stringContaining('time zone, EST, cannot be read for sure'),
		});
	});

	it('is asked for once', async () => {
		const { of, asked } = clocksOf([row('1', 'prop_1')]);
		await Promise.all([of('prop_1', 'int_1'), of('prop_1', 'int_1')]);
		await of('prop_1', 'int_2');
		expect(asked).toEqual(['prop_1']);
	});
});
