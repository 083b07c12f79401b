import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { by } from '../../support/locator.ts';
import { byId, useNewServices } from '../../support/services.ts';
import type { Booking } from '../support/appointments.ts';
import { book, bookingAt, leadsAt, shownAt, writesTo, zoneOf } from '../support/appointments.ts';
import { run } from '../support/run.ts';

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });
const propexo = () => services.emulator.propexo;

/** Moments on both sides of the changes of the clocks, and evenings when it is tomorrow in UTC. */
const MOMENTS = [
	...['2027-01-15T14:30:00-06:00', '2027-07-15T14:30:00-05:00'],
	...['2027-03-13T12:00:00-05:00', '2027-03-14T12:00:00-04:00', '2027-03-14T21:15:00Z'],
	...['2027-11-06T12:00:00-04:00', '2027-11-07T12:00:00-05:00', '2027-11-07T18:45:00Z'],
	...['2027-01-16T00:30:00Z', '2027-07-16T01:30:00Z', '2027-12-31T20:30:00-06:00'],
];

/** The integrations whose PMS, or Propexo, tells the time zones of properties; of ResMan see below. */
const TELLING = ['entrata', 'rentmanager', 'yardi', 'appfolio', 'mri', 'propertyware'].map(
	(name) => `int_${name}_1`,
);
const REALPAGE = ['int_realpage_1', 'int_realpage_rpx_1'];

/** One item for each moment and each of the first two leads, which are of two properties; the second one 45 minutes later. */
const itemsAt = (integration: string): Booking[] =>
	MOMENTS.flatMap((start, index) =>
		[0, 1].map((position) => {
			const at = DateTime.fromISO(start, { setZone: true }).plus({ minutes: 45 * position });
			const item = bookingAt(services, integration, at.toISO() ?? '', position);
			return {
				...item,
				zone: zoneOf(services, item.lead),
				notes: `${integration} ${index} ${position}`,
			};
		}),
	);

async function expectShown(items: Booking[]): Promise<void> {
	const at = await shownAt(services);
	expect(items.map(({ notes }) => at(notes))).toEqual(
		items.map(({ start }) => new Date(start).toISOString()),
	);
}

/** Books all of them, and expects what the user of the PMS and the user of the workflow see. */
async function expectRight(items: Booking[], options: IDataObject = {}) {
	const { success, hints } = await book(services, items, options);
	expect(success.map(({ json }) => json.error)).toEqual(items.map(() => undefined));
	await expectShown(items);
	const told = success.map(({ json }) => new Date(String(json.start)).toISOString());
	expect(told).toEqual(items.map(({ start }) => new Date(start).toISOString()));
	return { success, hints: hints.map(({ message }) => message).join('\n') };
}

describe('Every PMS shows its user the time that was asked for', () => {
	it('where Propexo tells the time zone of the property; the output repeats the time in that', async () => {
		const items = TELLING.flatMap(itemsAt);
		const { success, hints } = await expectRight(items);
		const zones = success.map(({ json }) => json.time_zone);
		// Rent Manager tells it of one of its properties alone.
		const isTold = (index: number) => !items[index]?.integration.includes('rentmanager');
		expect(zones.filter((_, index) => isTold(index))).toEqual(
			items.flatMap(({ zone }, index) => (isTold(index) ? [zone] : [])),
		);
		const inWords = items.map(({ start, zone }) =>
			DateTime.fromISO(start, { zone: String(zone) }).toFormat('cccc, LLLL d, yyyy, h:mm a ZZZZ', {
				locale: 'en-US',
			}),
		);
		expect(success[0]?.json.start_text).toBe(inWords[0]);
		// The documents say nothing of the clocks of these.
		for (const pms of ['AppFolio', 'MRI', 'Propertyware']) expect(hints).toContain(pms);
		for (const pms of ['Entrata', 'Rent Manager', 'Yardi']) expect(hints).not.toContain(pms);
	});

	it("where it does not, by the option 'Time Zone'", async () => {
		const { success, hints } = await expectRight(REALPAGE.flatMap(itemsAt), {
			timeZone: '={{ $json.zone }}',
		});
		expect(success[0]?.json.time_zone).toBe(zoneOf(services, 'lead_4'));
		expect(hints).not.toContain("'Start'");
	});
});

describe('Yardi, whose server is off', () => {
	const off = (seconds: number) => {
		const { timezones, integrations } = propexo().data;
		Object.assign(integrations.get('int_yardi_1') ?? {}, { vendor: 'YARDI_REST' });
		for (const row of timezones.rows)
			if (row.integration_id === 'int_yardi_1')
				Object.assign(row, { server_time_error_seconds: seconds });
	};

	it.each([3_613, -3_613])('gets nothing; the message has every reading: %i seconds', async (seconds) => {
		off(seconds);
		const { lead } = bookingAt(services, 'int_yardi_1', '');
		const start = DateTime.fromISO('2027-07-15T14:30', { zone: zoneOf(services, lead) }).toISO() ?? '';
		const { success } = await book(services, [bookingAt(services, 'int_yardi_1', start)]);
		const message = String(success[0]?.json.error);
		expect(message).toContain(
			'Propexo says that the server clock of Yardi (REST) is wrong by 60 minutes',
		);
		for (const time of ['13:30', '14:30', '15:30']) expect(message).toContain(`2027-07-15 ${time}`);
		expect(message).toContain("set the option 'Appointment Clock' to 'Property's Own Time'");
		expect(writesTo(services)).toEqual([]);
	});

	it('gets the time as it is where Appointment Clock says so, with a hint', async () => {
		off(3_613);
		const items = itemsAt('int_yardi_1');
		const { success, hints } = await book(services, items, { appointmentClock: 'property' });
		expect(success.map(({ json }) => json.error)).toEqual(items.map(() => undefined));
		const sent = writesTo(services).map(({ body }) => body as IDataObject);
		expect(sent.map(({ appointment_date: day, appointment_time: time }) => [day, time])).toEqual(
			items.map(({ start, zone }) => {
				const at = DateTime.fromISO(start, { zone: String(zone) });
				return [at.toFormat('yyyy-MM-dd'), at.toFormat('HH:mm:ss')];
			}),
		);
		expect(hints.map(({ message }) => message).join()).toContain('is wrong by 60 minutes');
	});

	it('by less than half a minute gets the time as it is', async () => {
		off(-29);
		const items = itemsAt('int_yardi_1').slice(0, 2);
		const { success, hints } = await book(services, items);
		expect(success.map(({ json }) => new Date(String(json.start)).toISOString())).toEqual(
			items.map(({ start }) => new Date(start).toISOString()),
		);
		expect(hints.map(({ message }) => message).join()).not.toContain('off by');
	});
});

describe('ResMan, of whose clock the documents do not agree', () => {
	it('gets nothing while nobody says by which clock it goes; the message has both readings', async () => {
		const item = bookingAt(services, 'int_resman_1', '2027-07-15T14:30:00-05:00');
		const { success } = await book(services, [item]);
		expect(success[0]?.json.error).toMatch(
			/^'Start' is not clear: Propexo's documents disagree whether ResMan takes UTC or local time.*2027-07-15 19:30 in UTC.*'Appointment Clock'/,
		);
		expect(success[0]?.json.details).toMatchObject({ outcome: 'not sent' });
		expect(writesTo(services)).toEqual([]);
	});

	it.each([
		['utc', 'UTC'],
		['property', 'property'],
	] as const)('goes by the option: %s', async (clock, resmanClock) => {
		propexo().settings.resmanClock = resmanClock;
		const { hints } = await expectRight(itemsAt('int_resman_1'), { appointmentClock: clock });
		expect(hints).not.toContain("'Start'");
	});
});

describe('RealPage Exchange, whose time zones Propexo does not know', () => {
	const at = (start: string) => bookingAt(services, 'int_realpage_rpx_1', start);

	it("gets a time of the workflow's time zone as it is written, and a hint says so", async () => {
		const settings = { timezone: 'America/Chicago' };
		const { success, hints } = await book(services, [at('2027-07-15T14:30:00')], {}, settings);
		expect(success[0]?.json.error).toBeUndefined();
		expect(propexo().ledger.created.map(({ body }) => body)).toMatchObject([
			{ appointment_date: '2027-07-15', appointment_time: '14:30:00' },
		]);
		expect(hints.map(({ message }) => message).join()).toContain(
			"is sent in America/Chicago, the workflow's time zone, because Propexo does not give",
		);
	});

	it.each(['2027-07-15T14:30:00-04:00', '2027-07-15T19:30:00Z', '1815679800'])(
		'gets no time of another clock: %s',
		async (start) => {
			const settings = { timezone: 'America/Chicago' };
			const { success } = await book(services, [at(start)], {}, settings);
			expect(success[0]?.json.error).toMatch(/^'Start' is 2027-07-15T.*'Time Zone'/);
			expect(writesTo(services)).toEqual([]);
		},
	);

	it.each(['UTC', 'Etc/UTC', 'Etc/GMT', 'Europe/London'])(
		'gets nothing that is written in UTC, by whose clock no property lives, with the workflow in %s',
		async (timezone) => {
			// In winter London shows what UTC shows.
			const items = [at('2027-01-15T20:30:00Z'), at('1800045000'), at('2027-01-16T20:30:00 UTC')];
			const wall = timezone === 'Europe/London' ? [] : [at('2027-01-17T14:30:00')];
			const { success } = await book(services, [...items, ...wall], {}, { timezone });
			for (const { json } of success) expect(json.error).toMatch(/does not give its time zone/);
			expect(writesTo(services)).toEqual([]);
		},
	);
});

it.each([
	['the PMS', '/v1/admin/integrations/int_yardi_1/', /cannot be converted to the time zone of the PMS/],
	['the lead', '/v1/leads/', /cannot be converted to the property's local time/],
	['the time zone', '/v1/timezones/', /cannot be converted to the property's local time/],
])('Nothing is sent by a guessed clock when Propexo does not tell %s', async (_, path, message) => {
	const item = bookingAt(services, 'int_yardi_1', MOMENTS[0]!);
	propexo().faults.add({
		match: { method: 'GET', path: path === '/v1/leads/' ? `${path}${item.lead}` : path },
		...{ status: 403, times: Infinity },
	});
	const { success } = await book(services, [item]);
	expect(success[0]?.json.error).toMatch(message);
	expect(success[0]?.json.details).toMatchObject({ outcome: 'not sent' });
	expect(writesTo(services)).toEqual([]);
});

describe('A unit or a Property elsewhere than the person', () => {
	const SUMMER = '2027-07-15T14:30:00-05:00';
	const WINTER = '2027-01-15T14:30:00-06:00';
	/** The lead of an integration in Denver, and a unit and a property of that in Phoenix. */
	function apart(integration: string, start: string) {
		const { properties, units, leads } = propexo().data;
		const at = (city: string) =>
			properties.rows.find((one) => one['city'] === city && one.integration_id === integration)?.id ??
			'';
		const lead = leads.rows.find(({ property_id }) => property_id === at('Denver'))?.id ?? '';
		const booking = bookingAt(services, integration, start);
		const unit = units.rows.find(({ property_id }) => property_id === at('Phoenix'))?.id;
		return { booking: { ...booking, lead } as Booking, unit, phoenix: at('Phoenix') };
	}
	const APART = /^'Start' is not clear.*2027-07-15 12:30 or 2027-07-15 13:30\. Choose/;

	it('is not booked by the clock of either, where the clocks differ', async () => {
		const { booking, unit } = apart('int_yardi_1', SUMMER);
		const { success } = await book(services, [{ ...booking, unit }]);
		expect(success[0]?.json.error).toMatch(APART);
		expect(success[0]?.json.details).toMatchObject({ outcome: 'not sent' });
		expect(writesTo(services)).toEqual([]);
	});

	it("is not booked either with 'Property' and a unit by its number", async () => {
		const { booking, unit, phoenix } = apart('int_yardi_1', SUMMER);
		const number = String(propexo().data.units.get(unit ?? '')?.['number']);
		const { integration, lead, employee } = booking;
		const parameters = {
			...{ for: 'lead', integrationId: byId(integration), leadId: byId(lead), start: SUMMER },
			...{ employeeId: byId(employee), unitId: by('unitNumber', number) },
			additionalFields: { propertyId: byId(phoenix) },
		};
		const settings = { onError: 'continueRegularOutput' as const };
		const { success } = await run(services, 'appointment', 'create', parameters, settings);
		expect(success[0]?.json.error).toMatch(APART);
		expect(writesTo(services)).toEqual([]);
	});

	it('is booked where the clocks show the same, and where the PMS has a clock of its own', async () => {
		const { booking, unit } = apart('int_yardi_1', WINTER);
		const ofEntrata = bookingAt(services, 'int_entrata_1', SUMMER);
		const elsewhere = propexo().data.units.rows.find(
			({ integration_id, property_id }) =>
				integration_id === 'int_entrata_1' &&
				property_id !== propexo().data.leads.get(ofEntrata.lead)?.property_id,
		);
		const { success } = await book(services, [
			{ ...booking, unit },
			{ ...ofEntrata, unit: elsewhere?.id },
		]);
		expect(success.map(({ json }) => json.error)).toEqual([undefined, undefined]);
		expect(writesTo(services).map(({ body }) => body)).toMatchObject([
			{ appointment_time: '13:30:00' },
			{ appointment_time: '13:30:00' },
		]);
	});
});

describe('A person without a property', () => {
	const INTEGRATION = 'int_rentmanager_1';
	/** Without it, its property, and its time zone. */
	function homeless() {
		const item = bookingAt(services, INTEGRATION, '2027-07-15T14:30:00Z');
		const zone = zoneOf(services, item.lead);
		const lead = propexo().data.leads.get(item.lead)!;
		const property = lead.property_id;
		Object.assign(lead, { property_id: null });
		return { item, zone, property };
	}
	const expectBooked = (zone: string) => {
		expect(writesTo(services).map(({ body }) => body)).toMatchObject([
			{
				appointment_time: DateTime.fromISO('2027-07-15T14:30:00Z', { zone }).toFormat('HH:mm:ss'),
			},
		]);
	};

	it('is not booked; the message says what to fill in', async () => {
		const { item } = homeless();
		const { success } = await book(services, [item]);
		expect(success[0]?.json.error).toBe(
			"'Start' cannot be converted to the property's local time: the lead has no property in Propexo. Choose 'Property' under 'Additional Fields', or set the option 'Time Zone' to that of the property",
		);
		expect(writesTo(services)).toEqual([]);
	});

	it("is booked by the option 'Time Zone'", async () => {
		const { item, zone } = homeless();
		const { success } = await book(services, [item], { timeZone: zone });
		expect(success[0]?.json.error).toBeUndefined();
		expectBooked(zone);
	});

	it("is booked by the clock of 'Property'", async () => {
		const { item, property } = homeless();
		const { success, thrown } = await run(services, 'appointment', 'create', {
			...{ for: 'lead', integrationId: byId(INTEGRATION), leadId: byId(item.lead) },
			...{ start: item.start, additionalFields: { propertyId: byId(property) } },
		});
		expect(thrown).toBeUndefined();
		expectBooked(String(success[0]?.json.time_zone));
	});
});

it('A time in the past is told in a hint', async () => {
	const { hints } = await book(services, [bookingAt(services, 'int_entrata_1', '2026-03-02T14:30:00Z')]);
	expect(hints.map(({ message }) => message).join()).toContain("'Start' is in the past");
});

it('A time at midnight, as a day without a time of day is read, is told in a hint', async () => {
	const hinted = async (start: unknown) => {
		const { hints } = await book(services, [bookingAt(services, 'int_entrata_1', start as string)]);
		return hints.map(({ message }) => message).join();
	};
	expect(await hinted('2030-03-04T00:00:00-07:00')).toContain("'Start' is at midnight");
	expect(await hinted('2030-03-05T00:00:00Z')).not.toContain('midnight');
	expect(await hinted(Date.UTC(2030, 2, 6))).toContain("'Start' is at midnight");
});

it('A time that comes twice in the time zone of the PMS is refused: the PMS could not know which of the two it is', async () => {
	// 01:30 in Denver, before and after the clocks go back.
	const items = ['2027-11-07T07:30:00Z', '2027-11-07T08:30:00Z'].map((start) =>
		bookingAt(services, 'int_entrata_1', start),
	);
	const { success } = await book(services, items);
	for (const { json } of success) expect(json.error).toContain('comes twice that day');
	expect(writesTo(services)).toEqual([]);
});

it("A time that was taken meanwhile is called 'slot taken', with the words of the PMS", async () => {
	const [start] = MOMENTS as [string];
	const items = [0, 0, 0].map((position) => bookingAt(services, 'int_appfolio_1', start, position));
	const { success } = await book(services, items);
	expect(success.map(({ json }) => json.write_status)).toEqual(['SUCCESS', undefined, undefined]);
	const taken = 'slot taken: the PMS refused it: The time slot is no longer available. (PMS-1201)';
	expect(success.slice(1).map(({ json }) => json)).toMatchObject(
		[2, 3].map((number) => ({
			error: `Item ${number} of 3: ${taken}`,
			details: { outcome: 'refused', slot_taken: true, write_status: 'FAILURE' },
		})),
	);
	const alone = await book(services, items.slice(0, 1));
	expect(alone.success[0]?.json.error).toBe(taken.replace('slot', 'Slot'));
});

it('Nobody waits for the result when that is turned off', async () => {
	const item = bookingAt(services, 'int_appfolio_1', MOMENTS[0]!);
	const { success } = await book(services, [item], { waitForResult: false });
	expect(Object.keys(success[0]?.json ?? {})).toEqual([
		'outcome',
		'job_id',
		'integration_id',
		'lead_id',
		'start',
		'start_text',
		'time_zone',
		'data',
	]);
});

it.each(['applicant', 'resident'])("Books for an %s too, in the property's time zone", async (person) => {
	const { data } = propexo();
	const rows = person === 'applicant' ? data.applicants.rows : data.residents.rows;
	const { id } = rows.find(({ integration_vendor }) => integration_vendor === 'ENTRATA')!;
	const parameters: IDataObject = {
		...{ for: person, integrationId: byId('int_entrata_1'), [`${person}Id`]: byId(id) },
		...{ start: '2027-07-15T20:30:00-05:00', notes: person },
	};
	const { success, thrown } = await run(services, 'appointment', 'create', parameters);
	expect([thrown?.message, success[0]?.json.write_status]).toEqual([undefined, 'SUCCESS']);
	expect((await shownAt(services))(person)).toBe('2027-07-16T01:30:00.000Z');
	expect(propexo().ledger.created[0]?.body).toMatchObject({
		[`${person}_id`]: id,
		...{ appointment_date: '2027-07-15', appointment_time: '19:30:00' },
	});
});

it('The time zones of a property are asked for once in a run', async () => {
	const items = itemsAt('int_yardi_1');
	await book(services, items);
	const asked = propexo().ledger.requests.filter(({ path }) => path.endsWith('/v1/timezones/'));
	const properties = new Set(
		leadsAt(services, 'int_yardi_1')
			.slice(0, 2)
			.map(({ property_id }) => property_id),
	);
	expect(asked).toHaveLength(properties.size);
});

it('Notes of a resident may be longer than those of the others, which the API limits', async () => {
	const { id } = propexo().data.residents.rows[0]!;
	const items = [
		{ for: 'lead', person: 'lead_1' },
		{ for: 'resident', person: id },
	];
	const parameters = {
		...{ for: '={{ $json.for }}', integrationId: byId('int_any'), start: MOMENTS[0] },
		...{ leadId: byId('={{ $json.person }}'), residentId: byId('={{ $json.person }}') },
		notes: 'x'.repeat(300),
	};
	const settings = { items, onError: 'continueRegularOutput' as const };
	const { success } = await run(services, 'appointment', 'create', parameters, settings);
	expect(success[0]?.json.error).toBe(
		"Item 1 of 2: 'Notes' is 300 characters long, and the limit is 256. Shorten it, or add the option 'Shorten Notes'",
	);
	expect(success[1]?.json.write_status).toBe('SUCCESS');
});
