import type { IDataObject } from 'n8n-workflow';

import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import { by } from '../../support/locator.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { book, bookingAt } from '../support/appointments.ts';
import { jsonOf, run } from '../support/run.ts';

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });
const propexo = () => services.emulator.propexo;
const queries = () => propexo().ledger.requests.map(({ path, query }) => ({ path, query }));

/** An appointment of the first lead of an integration. */
function appointmentAt(integration: string, id: string, given: IDataObject): SyncedRecord {
	const { data } = propexo();
	const [event] = data.events.rows;
	const lead = data.leads.rows.find(({ integration_id }) => integration_id === integration);
	return data.events.add({
		...(event as SyncedRecord),
		...{ integration_id: integration, integration_vendor: lead?.integration_vendor ?? '' },
		...{ property_id: lead?.property_id ?? '', associated_lead_ids: [lead?.id], event_datetime: null },
		...given,
		id,
	});
}

/** What is no date and time in a form that has one meaning. */
const UNREADABLE = [
	...['2027-07-15', '07/15/2027 2:30 PM', 'next week', '20270715T143000', '1784125800', '14:30:00'],
	...['2027-13-45T09:00:00', '2027-13-45T09:00:00Z', '2027-07-15T09:00:00 CST', '2027-07-15T25:00'],
];

const get = async (ids: string[], more: IDataObject = {}) =>
	await run(
		services,
		'appointment',
		'get',
		{ eventId: byId('={{ $json.id }}'), ...more },
		{ items: ids.map((id) => ({ id })), onError: 'continueRegularOutput' },
	);
const getAll = async (filters: IDataObject = {}, more: IDataObject = {}, items: IDataObject[] = [{}]) =>
	await run(services, 'appointment', 'getAll', { returnAll: true, filters, ...more }, { items });

describe('Appointment: Get', () => {
	it("shows its times in the property's time zone, and as the PMS wrote them", async () => {
		const written = {
			appointment_datetime: '2027-01-16T00:30:00.000Z',
			event_datetime: '2027-01-10 10:15:00-05:00',
		};
		appointmentAt('int_entrata_1', 'ap_1', written);
		const row = (await get(['ap_1'])).success[0]?.json;
		// Yesterday evening in Atlanta.
		expect(row).toMatchObject({
			id: 'ap_1',
			start: '2027-01-15T19:30:00-05:00',
			start_text: 'Friday, January 15, 2027, 7:30 PM EST',
			time_zone: 'America/New_York',
			problem: null,
			event_at: '2027-01-10T10:15:00-05:00',
			...written,
		});
		expect(queries()[0]?.path).toBe('/v1/events/ap_1');
	});

	it('reads a time without an offset in the time zone of its PMS', async () => {
		const at: Array<[integration: string, written: string | null, more?: IDataObject]> = [
			['int_entrata_1', '2027-07-15T09:00:00'],
			['int_appfolio_1', '2027-07-15 09:00:00'],
			['int_realpage_rpx_1', '2027-07-15T09:00:00'],
			['int_realpage_rpx_1', '2027-07-15T14:00:00+00:00'],
			// As PostgreSQL writes it.
			['int_entrata_1', '2027-07-15 15:00:00.25+00'],
			['int_resman_1', '2027-07-15T09:00:00'],
			['int_resman_1', '2027-07-15T14:00:00Z'],
			['int_entrata_1', '2027-03-14T02:30:00'],
			['int_entrata_1', '2027-11-07T01:30:00'],
			['int_mri_1', null],
			['int_mri_1', ''],
			...UNREADABLE.map((written): [string, string] => ['int_entrata_1', written]),
		];
		at.forEach(([integration, written], index) =>
			appointmentAt(integration, `ap_${index}`, { appointment_datetime: written }),
		);
		const rows = jsonOf(await get(at.map((_, index) => `ap_${index}`)));
		expect(rows.map(({ start, problem }) => [start, problem])).toEqual([
			['2027-07-15T11:00:00-04:00', null],
			[expect.stringMatching(/^2027-07-15T09:00:00-0[4-7]:00$/), null],
			[null, expect.stringContaining("does not give the property's time zone")],
			['2027-07-15T14:00:00Z', null],
			['2027-07-15T11:00:00.250-04:00', null],
			[null, expect.stringContaining('disagree whether ResMan writes UTC or local time')],
			[expect.stringMatching(/^2027-07-15T\d\d:00:00-0[4-7]:00$/), null],
			[null, expect.stringContaining('does not exist in America/Denver')],
			[null, expect.stringContaining('exists twice in America/Denver')],
			[null, null],
			[null, null],
			...UNREADABLE.map(() => [null, 'The PMS wrote it in a form that cannot be read.']),
		]);
		expect(rows.map(({ appointment_datetime: raw }) => raw)).toEqual(at.map(([, written]) => written));
	});

	it('has the time that was booked, whatever the seconds of its server; no time by a time zone that differs', async () => {
		const { data } = propexo();
		for (const row of data.timezones.rows)
			if (row.integration_id === 'int_yardi_1') Object.assign(row, { server_time_error_seconds: 20 });
		const yardi = appointmentAt('int_yardi_1', 'ap_y', { appointment_datetime: '2027-07-15T14:30:00' });
		const other = appointmentAt('int_rentmanager_1', 'ap_r', {
			appointment_datetime: '2027-07-15T14:30:00',
		});
		appointmentAt('int_rentmanager_1', 'ap_n', {
			...{ appointment_datetime: '2027-07-15T14:30:00', property_id: '' },
		});
		const [zone] = data.timezones.rows.filter(({ property_id }) => property_id === yardi.property_id);
		for (const [id, offset] of Object.entries({ tz_a: '-08:00', tz_b: '-07:00' }))
			data.timezones.add({
				...{ ...zone!, id, offset, integration_id: 'int_rentmanager_1' },
				property_id: other.property_id,
			});
		const rows = jsonOf(await get(['ap_y', 'ap_r', 'ap_n']));
		expect(rows.map(({ start, problem }) => [start, problem])).toEqual([
			[expect.stringMatching(/^2027-07-15T14:30:00-/), null],
			[null, expect.stringContaining("Propexo's time zones of the property cannot be read, or differ")],
			[null, expect.stringContaining('which property it is')],
		]);
	});

	it('is not told where the server of the PMS is off: nobody says in which direction', async () => {
		for (const row of propexo().data.timezones.rows)
			if (row.integration_id === 'int_yardi_1') Object.assign(row, { server_time_error_seconds: 120 });
		appointmentAt('int_yardi_1', 'ap_off', { appointment_datetime: '2027-07-15T14:30:00' });
		const [row] = jsonOf(await get(['ap_off']));
		expect(row?.start).toBeNull();
		const problem = String(row?.problem);
		expect(problem).toContain('is wrong by 2 minutes');
		for (const time of ['14:28:00', '14:30:00', '14:32:00'])
			expect(problem).toMatch(new RegExp(`2027-07-15T${time}-`));
	});

	it('is found by its ID in the PMS, among those of an integration', async () => {
		const { x_id } = appointmentAt('int_entrata_1', 'ap_1', { x_id: 'A-1' });
		const filters = { integrationId: byId('int_entrata_1') };
		const rows = jsonOf(await get(['ap_1'], { eventId: by('pmsId', x_id), filters }));
		expect(rows.map(({ id }) => id)).toEqual(['ap_1']);
	});

	it('is the same in raw as Propexo gives it, and says when there is none', async () => {
		const record = appointmentAt('int_entrata_1', 'ap_1', {
			appointment_datetime: '2027-07-15T09:00:00',
		});
		const [raw, none] = jsonOf(await get(['ap_1', 'nothing'], { output: 'raw' }));
		expect(raw).toEqual(record);
		expect(none?.error).toBeDefined();
	});
});

describe('Appointment: Get Many', () => {
	it.each([[[]], [null]])(
		'takes one that names nobody (%j) for that of the person asked for',
		async (named) => {
			const { associated_lead_ids: [id] = [] } = appointmentAt('int_entrata_1', 'ap_1', {}) as {
				associated_lead_ids?: string[];
			};
			propexo().faults.add({
				status: 200,
				body: {
					meta: { orderBy: [], hasMore: false },
					results: [appointmentAt('int_entrata_1', 'ap_2', { associated_lead_ids: named })],
				},
			});
			const rows = jsonOf(await getAll({ leadId: byId(String(id)) }));
			expect(rows.map((row) => row.id)).toEqual(['ap_2']);
		},
	);

	it('lists what was booked, by the filters of Propexo', async () => {
		const items = ['int_entrata_1', 'int_appfolio_1'].map((integration) =>
			bookingAt(services, integration, '2027-07-15T14:30:00Z'),
		);
		await book(services, items);
		for (const { lead } of items) {
			const rows = jsonOf(await getAll({ leadId: byId(lead) }));
			expect(rows.map(({ lead_id }) => lead_id)).toContain(lead);
			const booked = rows.find(
				({ appointment_datetime: at }) => Date.parse(String(at)) === Date.UTC(2027, 6, 15, 14, 30),
			);
			expect(Date.parse(String(booked?.start))).toBe(Date.UTC(2027, 6, 15, 14, 30));
			expect(booked?.start).toMatch(/-0[4-7]:00$/);
		}
		const ids = { integration_id: 'int_entrata_1', property_id: 'prop_3' };
		await getAll({
			...{ integrationId: byId(ids.integration_id), propertyId: byId(ids.property_id), xId: 'E5004' },
			...{ applicantId: byId('applicant_1'), residentId: byId('resident_1') },
		});
		expect(queries().at(-1)).toMatchObject({
			path: '/v1/appointments/',
			query: { ...ids, x_id: 'E5004', applicant_id: 'applicant_1', resident_id: 'resident_1' },
		});
	});

	it('keeps those that begin within a time, in any time zone, up to the limit', async () => {
		for (const [index, written] of [
			'2027-07-15T09:00:00',
			'2027-07-15T15:00:00Z',
			'2027-07-15T14:59:59Z',
			'2027-07-15T10:00:00',
			'2027-07-16T00:00:00',
		].entries()) {
			appointmentAt('int_entrata_1', `ap_${index}`, { appointment_datetime: written });
		}
		appointmentAt('int_realpage_rpx_1', 'ap_unknown', { appointment_datetime: '2027-07-15T09:30:00' });
		const filters = { startsAfter: '2027-07-15T11:00-04:00', startsBefore: '2027-07-15T12:00:00-04:00' };
		const found = await getAll(filters);
		const all = jsonOf(found).map(({ id }) => id);
		expect(all.sort()).toEqual(['ap_0', 'ap_1']);
		expect(JSON.stringify(found.hints)).toContain(
			"'Filters' left out 1 appointment whose time is not certain",
		);
		const before = queries().length;
		const { thrown } = await getAll({ ...filters, startsBefore: '2027-07-15T14:59:59Z' });
		expect(thrown?.message).toContain("'Starts Before' is earlier than 'Starts After'");
		expect(queries()).toHaveLength(before);
		const some = await getAll(filters, { returnAll: false, limit: 1 });
		expect(jsonOf(some)).toHaveLength(1);
		expect(all).toContain(jsonOf(some)[0]?.id);
		const after = jsonOf(await getAll({ startsAfter: '2027-07-15T12:00:00-04:00' })).map(({ id }) => id);
		expect(after.sort()).toEqual(['ap_3', 'ap_4']);
	});

	it('says how many it leaves out because Propexo gives no time', async () => {
		for (const [index, appointment_datetime] of ['', ' ', '2027-07-15T15:00:00Z'].entries())
			appointmentAt('int_entrata_1', `ap_${index}`, { appointment_datetime });
		const filters = { integrationId: byId('int_entrata_1'), startsAfter: '2020-01-01T00:00:00Z' };
		const found = await getAll(filters);
		expect(jsonOf(found).map(({ id }) => id)).toEqual(['ap_2']);
		expect(JSON.stringify(found.hints)).toContain(
			"'Filters' left out 2 appointments whose times are not certain",
		);
	});

	it.each([{ startsAfter: '2020-01-01T00:00:00Z' }, { startsBefore: '2040-01-01T00:00:00Z' }])(
		'says how many it leaves out because nobody can read when they begin: %j',
		async (filters) => {
			for (const [index, appointment_datetime] of UNREADABLE.entries())
				appointmentAt('int_entrata_1', `ap_${index}`, { appointment_datetime });
			appointmentAt('int_entrata_1', 'ap_known', { appointment_datetime: '2027-07-15T15:00:00Z' });
			const found = await getAll({ ...filters, integrationId: byId('int_entrata_1') });
			const ids = jsonOf(found).map(({ id }) => String(id));
			expect(ids).toContain('ap_known');
			expect(ids.filter((id) => /^ap_\d/.test(id))).toEqual([]);
			expect(JSON.stringify(found.hints)).toContain(
				`left out ${UNREADABLE.length} appointments whose times are not certain`,
			);
		},
	);

	it('asks once for the time zones of an integration, and shows appointments where it may not', async () => {
		for (let index = 0; index < 5; index++)
			appointmentAt('int_entrata_1', `ap_${index}`, { appointment_datetime: '2027-07-15T09:00:00' });
		await getAll({ integrationId: byId('int_entrata_1') });
		expect(queries().filter(({ path }) => path === '/v1/timezones/')).toHaveLength(1);
		propexo().faults.add({ match: { path: '/v1/timezones/' }, status: 403, times: Infinity });
		const rows = jsonOf(await getAll({ integrationId: byId('int_entrata_1') }));
		// Entrata's clock is known without it.
		expect(rows.find(({ id }) => id === 'ap_0')).toMatchObject({
			start: '2027-07-15T09:00:00-06:00',
			time_zone: 'America/Denver',
		});
	});
});
