import type { IDataObject } from 'n8n-workflow';

import { PropertyClocks, zoneOfRow } from '../../../../nodes/Propexo/records/timezones';

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
	});
	return { clocks, asked };
}

const DENVER = { offset: '-07:00' };

describe('The clock of a property', () => {
	it('is its own one, though the list forgets its filter', async () => {
		const { clocks } = clocksOf([row('1', 'prop_1'), row('2', 'prop_2', DENVER), row('3', null)]);
		expect(await clocks.of('prop_2', 'int_1')).toEqual({ zone: 'America/Denver', errorSeconds: 0 });
	});

	it('is that of the integration where it has none', async () => {
		const { clocks, asked } = clocksOf([row('1', 'prop_1', DENVER), row('2', null)]);
		expect((await clocks.of('prop_2', 'int_1'))?.zone).toBe('America/Chicago');
		expect(asked).toEqual(['prop_2', 'int_1']);
	});

	it('is not known where Propexo has none, or rows that contradict each other', async () => {
		const none = clocksOf([row('1', 'prop_1')]);
		expect(await none.clocks.of('prop_2', 'int_1')).toBeUndefined();
		const two = clocksOf([row('1', 'prop_1'), row('2', 'prop_1', DENVER)]);
		expect(await two.clocks.of('prop_1', '')).toBeUndefined();
	});

	it('is told by rows that are in use alone', async () => {
		const { clocks } = clocksOf([
			row('1', 'prop_1', { ...DENVER, is_active: false }),
			row('2', 'prop_1'),
		]);
		expect((await clocks.of('prop_1', ''))?.zone).toBe('America/Chicago');
	});

	it('is asked for once', async () => {
		const { clocks, asked } = clocksOf([row('1', 'prop_1')]);
		await Promise.all([clocks.of('prop_1', 'int_1'), clocks.of('prop_1', 'int_1')]);
		await clocks.of('prop_1', 'int_2');
		expect(asked).toEqual(['prop_1']);
	});
});
