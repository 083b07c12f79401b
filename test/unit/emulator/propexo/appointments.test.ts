import { APPOINTMENT_KINDS } from '../../../../emulator/propexo/appointments/kinds.ts';
import { instantOf, wallOf } from '../../../../emulator/data/wallClock.ts';
import { clientsOf, complaints, dig, list, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';
import { leadIdsAt } from '../support/propexoIds.ts';

const emulator = useEmulator({ propexo: { limit: 1e9, slowMs: 0, jobMs: 0 } });
const clients = clientsOf(emulator);

const post = (path: string, body: unknown): Promise<Reply> => clients.propexo(path, { method: 'POST', body });
const book = (body: unknown): Promise<Reply> => post('/v1/events/appointments/leads', body);
const move = (id: string, body: unknown): Promise<Reply> =>
	clients.propexo(`/v1/events/appointments/leads/${id}`, { method: 'PUT', body });
const cancel = (integration_id: string, event_id?: string): Promise<Reply> =>
	post('/v1/events/appointments/leads/cancel', { integration_id, event_id });
const free = (body: object): Promise<Reply> => post('/v1/appointment-availability/', body);
const statusOf = async (reply: Reply): Promise<unknown> =>
	(await clients.propexo(`/v1/admin/write-status/${String(dig(reply.json, 'job_id'))}`)).json;
const idOf = async (reply: Reply): Promise<string> => {
	await statusOf(reply);
	await clients.propexo('/v1/appointments/');
	return emulator.propexo.data.events.rows.at(-1)?.id ?? '';
};

const DAY = '2030-03-12';
const when = { appointment_date: DAY, appointment_time: '10:00:00' };
/** Everything that any PMS requires of a new appointment of a lead. */
const whole = (integration_id: string) => {
	const { lead_id, unit_id, employee_id, lead_source_id } = leadIdsAt(emulator, integration_id);
	return { integration_id, lead_id, unit_id, employee_id, lead_source_id, ...when };
};
const taken = { write_status: 'FAILURE', errors: [expect.stringContaining('no longer available')] };

describe('A new appointment of a lead', () => {
	const [LEADS] = APPOINTMENT_KINDS;
	const cases = Object.entries(LEADS?.create ?? {}).flatMap(([vendor, rule]) => {
		const integration = `int_${vendor.toLowerCase()}_1`;
		return rule === 'unsupported' || vendor === 'YARDI_REST' ? [] : [{ integration, ...rule }];
	});

	it.each(cases)(
		'at $integration needs what its PMS requires',
		async ({ integration, required, optional, tellsRecordId }) => {
			const { lead_id, ...others } = whole(integration);
			const kept = Object.entries(others).filter(
				([field]) =>
					field === 'integration_id' ||
					optional === 'all' ||
					[...required, ...optional].includes(field),
			);
			const body = { lead_id, ...Object.fromEntries(kept) };
			const booked = await book(body);
			expect(booked.status).toBe(200);
			expect(emulator.propexo.ledger.created).toMatchObject([{ kind: 'appointment', body }]);
			expect(await statusOf(booked)).toMatchObject({
				write_status: 'SUCCESS',
				created_record_id: tellsRecordId ? 'appointment_new_1' : null,
			});
			for (const field of ['lead_id', ...required])
				expect(complaints(await book({ ...body, [field]: undefined }))).toEqual([
					`${field} invalid_type`,
				]);
		},
	);

	it('can be read as an appointment and as an event, of whom and when it is', async () => {
		const { lead_id } = whole('int_entrata_1');
		const id = await idOf(await book({ ...whole('int_entrata_1'), lead_source_id: undefined }));
		// Entrata goes by the clocks of Denver; summer time has begun.
		const expected = { id, associated_lead_ids: [lead_id], appointment_datetime: `${DAY}T16:00:00.000Z` };
		const appointments = await clients.propexo(`/v1/appointments/?lead_id=${lead_id}`);
		expect(list(appointments.json, 'results')).toContainEqual(expect.objectContaining(expected));
		expect((await clients.propexo(`/v1/events/${id}`)).json).toMatchObject({ results: expected });
	});
});

describe('The clock of a PMS', () => {
	it.each([
		// Properties of one integration are in two cities.
		['ENTRATA', 0, {}, '16:00'],
		['ENTRATA', 1, {}, '16:00'],
		['REALPAGE_RPX', 0, {}, 'own'],
		['RENTMANAGER', 0, {}, 'own'],
		['RENTMANAGER', 1, {}, '14:00'],
		['RESMAN', 0, {}, '10:00'],
		['RESMAN', 0, { resmanClock: 'property' as const }, 'own'],
	])('at %s, property %i, settings %j', async (vendor, position, settings, expected) => {
		Object.assign(emulator.propexo.settings, settings, { vendorRules: false });
		const { data } = emulator.propexo;
		const property = data.properties.rows.filter((row) => row.integration_vendor === vendor)[position];
		const integration_id = property?.integration_id ?? '';
		const lead = data.leads.rows.find((row) => row.integration_id === integration_id);
		if (!lead || !property) throw new Error(vendor);
		data.leads.add({ ...lead, property_id: property.id });
		await idOf(await book({ integration_id, lead_id: lead.id, ...when }));
		const zones: Record<string, string> = {
			...{ Austin: '15:00', Denver: '16:00', Phoenix: '17:00', Atlanta: '14:00' },
		};
		const utc = expected === 'own' ? zones[String(property['city'])] : expected;
		const event = data.events.rows.at(-1);
		expect(event?.['appointment_datetime']).toBe(`${DAY}T${utc}:00.000Z`);
	});

	it.each([
		['2026-01-15', '09:30:00', 'America/Denver', '2026-01-15T16:30:00.000Z'],
		['2026-07-15', '09:30:00', 'America/Denver', '2026-07-15T15:30:00.000Z'],
		// Skipped, and shown twice.
		['2026-03-08', '02:30:00', 'America/Denver', '2026-03-08T09:30:00.000Z'],
		['2026-11-01', '01:30:00', 'America/Denver', '2026-11-01T07:30:00.000Z'],
		['2026-11-01', '02:30:00', 'America/Denver', '2026-11-01T09:30:00.000Z'],
		['2026-07-15', '20:30:00', 'America/New_York', '2026-07-16T00:30:00.000Z'],
		['2026-07-15', '09:30:00', 'UTC', '2026-07-15T09:30:00.000Z'],
	])('reads %s %s in %s', (date, time, zone, expected) => {
		const at = instantOf(date, time, zone);
		expect(new Date(at).toISOString()).toBe(expected);
		if (expected !== '2026-03-08T09:30:00.000Z') expect(wallOf(at, zone)).toEqual({ date, time });
	});
});

describe('A calendar', () => {
	it('has one appointment of an agent at a time: of 200 that race for 50 times, 50 are booked', async () => {
		const base = whole('int_rentmanager_1');
		const replies = await Promise.all(
			Array.from({ length: 200 }, async (_, index) => {
				const [day, hour] = [10 + Math.floor((index % 50) / 10), 10 + (index % 10)];
				return await book({
					...base,
					lead_source_id: undefined,
					appointment_date: `2030-03-${day}`,
					appointment_time: `${hour}:00:00`,
				});
			}),
		);
		const ends = await Promise.all(replies.map(statusOf));
		expect(ends.filter((end) => dig(end, 'write_status') === 'SUCCESS')).toHaveLength(50);
		for (const end of ends.filter((one) => dig(one, 'write_status') !== 'SUCCESS'))
			expect(end).toMatchObject(taken);
	});

	it('refuses what overlaps, and has room before and after it', async () => {
		const base = {
			...whole('int_entrata_1'),
			appointment_duration_minutes: 45,
		};
		const at = async (appointment_time: string) =>
			dig(await statusOf(await book({ ...base, appointment_time })), 'write_status');
		expect(await at('10:00:00')).toBe('SUCCESS');
		expect(await at('10:30:00')).toBe('FAILURE');
		expect(await at('09:30:00')).toBe('FAILURE');
		expect(await at('10:45:00')).toBe('SUCCESS');
		expect(await at('09:15:00')).toBe('SUCCESS');
	});

	it('of a property without an agent has as many as the property takes', async () => {
		const { data } = emulator.propexo;
		for (const [position, capacity] of [
			[0, 1],
			[1, 2],
		] as const) {
			const property = data.properties.rows[position];
			const lead = data.leads.rows[position];
			if (!property || !lead) throw new Error('Too few');
			data.leads.add({ ...lead, property_id: property.id });
			const ends = [];
			for (let count = 0; count < 3; count++)
				ends.push(
					await statusOf(await book({ integration_id: 'int_any', lead_id: lead.id, ...when })),
				);
			expect(ends.filter((end) => dig(end, 'write_status') === 'SUCCESS')).toHaveLength(capacity);
		}
	});

	it('is free again when an appointment was cancelled or moved, and holds its own while it is changed', async () => {
		const base = { ...whole('int_rentmanager_1'), lead_source_id: undefined };
		const id = await idOf(await book(base));
		expect(await statusOf(await move(id, { ...when, appointment_duration_minutes: 60 }))).toMatchObject({
			write_status: 'SUCCESS',
		});
		expect(await statusOf(await book({ ...base, appointment_time: '10:30:00' }))).toMatchObject(taken);
		await move(id, { ...when, appointment_time: '13:00:00' });
		const second = await idOf(await book(base));
		expect(await statusOf(await cancel('int_rentmanager_1', second))).toMatchObject({
			write_status: 'SUCCESS',
			created_record_id: null,
		});
		expect(await statusOf(await cancel('int_rentmanager_1', second))).toMatchObject({
			write_status: 'FAILURE',
		});
		expect(await statusOf(await move(second, when))).toMatchObject({ write_status: 'FAILURE' });
		const third = await idOf(await book(base));
		expect(third).not.toBe(second);
		const moved = await move(third, { ...when, appointment_time: '13:00:00' });
		expect(await statusOf(moved)).toMatchObject(taken);
	});
});

/** An event of a lead of an integration. */
function eventAt(integration_id: string): string {
	const { events } = emulator.propexo.data;
	const event = events.get('event_1');
	if (!event) throw new Error('There is no event');
	return events.add({ ...event, id: 'event_own', integration_id }).id;
}

describe('What a PMS takes of an appointment that exists', () => {
	it.each([
		['int_entrata_1', { title: 'x' }, ['notes invalid_type']],
		['int_entrata_1', { notes: '' }, ['notes too_small']],
		['int_entrata_1', { notes: 'x', priority: 'HIGH' }, ['unrecognized_keys']],
		['int_resman_1', { notes: 'x' }, ['appointment_date invalid_type', 'appointment_time invalid_type']],
		['int_resman_1', { ...when, title: 'x' }, ['unrecognized_keys']],
		['int_realpage_rpx_1', {}, ['appointment_date invalid_type', 'appointment_time invalid_type']],
	])('at %s: %j', async (integration, body, expected) => {
		expect(complaints(await move(eventAt(integration), body))).toEqual(expected);
	});

	it.each([
		['int_entrata_1', 200],
		['int_realpage_rpx_1', 200],
		['int_appfolio_1', 200],
		['int_resman_1', 405],
	])('%s answers a cancellation with %i', async (integration, status) => {
		expect((await cancel(integration, eventAt(integration))).status).toBe(status);
		if (status === 200) expect(complaints(await cancel(integration))).toEqual(['event_id invalid_type']);
	});

	it('is cancelled as that of the kind of person whose it is', async () => {
		const id = eventAt('int_realpage_rpx_1');
		Object.assign(emulator.propexo.data.events.get(id) ?? {}, {
			...{ associated_lead_ids: null, associated_applicant_ids: ['applicant_1'] },
		});
		expect(complaints(await cancel('int_realpage_rpx_1', id))).toEqual(['event_id custom']);
		const path = '/v1/events/appointments/applicants/cancel';
		expect((await post(path, { integration_id: 'int_realpage_rpx_1', event_id: id })).status).toBe(200);
	});
});

describe('The free times', () => {
	const ask = { availability_start_date: DAY, availability_duration_days: 2 };
	const at = (integration_id: string) => ({
		integration_id,
		property_id: leadIdsAt(emulator, integration_id).property_id,
		...ask,
	});
	const agentOf = async (body: object): Promise<unknown> =>
		list((await free(body)).json, 'result').find((one) => dig(one, 'calendar_type') === 'AGENT_CALENDAR');

	it('are those of the property and of each leasing agent, without what was booked', async () => {
		const before = await agentOf(at('int_realpage_rpx_1'));
		expect(
			list(before, 'calendar_days').map((day) => [dig(day, 'date'), dig(day, 'day_of_week')]),
		).toEqual([
			[DAY, 'TUESDAY'],
			['2030-03-13', 'WEDNESDAY'],
		]);
		expect(list(before, 'calendar_days.0.available_slots')).toHaveLength(18);
		const { lead_source_id: _, ...body } = whole('int_realpage_rpx_1');
		await statusOf(await book(body));
		const agent = emulator.propexo.data.employees.get(body.employee_id);
		const after = await agentOf(at('int_realpage_rpx_1'));
		expect(dig(after, 'x_agent_id')).toBe(agent?.x_id);
		const slots = list(after, 'calendar_days.0.available_slots');
		expect(slots).toHaveLength(17);
		expect(slots).not.toContainEqual({ start: '10:00:00', end: '10:30:00' });
		expect(list(after, 'calendar_days.1.available_slots')).toHaveLength(18);
	});

	it('are told by the clock of the PMS, and can be booked as they are told', async () => {
		const found = await agentOf({ ...at('int_entrata_1'), appointment_duration_minutes: 60 });
		const slot = dig(found, 'calendar_days.0.available_slots.0');
		expect(dig(found, 'timezone')).toBe('America/Denver');
		expect(dig(found, 'calendar_days.0.opening_time')).toBe(dig(slot, 'start'));
		const { lead_source_id: _, ...body } = whole('int_entrata_1');
		const booked = await book({
			...body,
			appointment_time: dig(slot, 'start'),
			appointment_duration_minutes: 60,
		});
		expect(await statusOf(booked)).toMatchObject({ write_status: 'SUCCESS' });
		const again = await agentOf({ ...at('int_entrata_1'), appointment_duration_minutes: 60 });
		expect(list(again, 'calendar_days.0.available_slots')).not.toContainEqual(slot);
	});

	it('lie in the future', async () => {
		const found = await agentOf({ ...at('int_realpage_rpx_1'), availability_start_date: '2026-01-05' });
		expect(list(found, 'calendar_days.0.available_slots')).toEqual([]);
	});

	it('are of the calendars that are asked for', async () => {
		const employee_id = leadIdsAt(emulator, 'int_realpage_rpx_1').employee_id;
		const own = list((await free({ ...at('int_realpage_rpx_1'), employee_id })).json, 'result');
		expect(own.map((one) => dig(one, 'calendar_type'))).toEqual(['AGENT_CALENDAR']);
		const others = await free({ ...at('int_realpage_rpx_1'), calendar_types: ['MAINTENANCE'] });
		expect(dig(others.json, 'result')).toEqual([]);
	});

	it.each(['int_rentmanager_1', 'int_resman_1'])('are not told by %s', async (integration) => {
		expect((await free(at(integration))).status).toBe(405);
	});

	it('need what the PMS requires, and at most a week', async () => {
		expect(complaints(await free({ integration_id: 'int_entrata_1' }))).toEqual([
			'availability_duration_days invalid_type',
			'availability_start_date invalid_type',
			'property_id invalid_type',
		]);
		expect(complaints(await free({ ...at('int_entrata_1'), availability_duration_days: 8 }))).toEqual([
			'availability_duration_days too_big',
		]);
	});
});

it('Time zones are told for most properties, with the offset of the winter', async () => {
	const zones = list((await clients.propexo('/v1/timezones/')).json, 'results');
	const vendors = zones.map((zone) => dig(zone, 'integration_vendor'));
	expect(vendors).not.toContain('REALPAGE_RPX');
	expect(vendors.filter((vendor) => vendor === 'RENTMANAGER')).toHaveLength(1);
	for (const zone of zones) {
		const property = emulator.propexo.data.properties.get(String(dig(zone, 'property_id')));
		const winter = { Austin: '-06:00', Denver: '-07:00', Phoenix: '-07:00', Atlanta: '-05:00' }[
			String(property?.['city'])
		];
		expect(zone).toMatchObject({
			offset: winter,
			observes_daylight_savings: property?.['city'] !== 'Phoenix',
		});
	}
});
