import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';

const services = useServices();
/** At another address: what a process knows of an integration, it knows for a while. */
const others = useServices();

const propexo = () => services.emulator.propexo;
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

const entrata = {
	integrationId: byId('int_entrata_1'),
	leadId: byId('lead_2'),
	eventTypeId: byId('etype_13'),
};

/** Sends an event at a time, and gives that time as it was sent. */
async function sentAs(eventDatetime: string, parameters: IDataObject = {}, timezone = 'America/New_York') {
	const { thrown } = await leadEvent(
		services,
		{ eventDatetime: '={{ $json.time }}', ...parameters },
		{ timezone, items: [{ time: eventDatetime }] },
	);
	return thrown?.message ?? sent()[0]?.event_datetime;
}

const hoursAhead = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const FUTURE = "'Event Date and Time' is in the future. Check the time and its time zone";

describe('What has happened', () => {
	const call = {
		callPhoneNumberFrom: '5125550100',
		callPhoneNumberTo: '5125550199',
		callStatus: 'ANSWER',
		callDuration: 95,
		callAudioLink: 'https://example.com/1.mp3',
	};
	const KINDS: Record<string, IDataObject> = {
		general: {},
		call,
		email: { emailDirection: 'incoming' },
		appointment: {},
		show: {},
	};

	it.each([
		['general', 6, true],
		['call', 6, true],
		['email', 6, true],
		['call', 0.1, false],
		['call', -6, false],
		['appointment', 6, false],
		['show', 6, false],
	])(
		'of the kind %s, in %d hours, is sent, and a hint asks about it: %s',
		async (eventKind, hours, asks) => {
			const eventDatetime = hoursAhead(hours);
			const { hints } = await leadEvent(services, { eventKind, eventDatetime, ...KINDS[eventKind] });
			expect(sent()).toHaveLength(1);
			expect(hints.map(({ message }) => message).join()).toEqual(
				asks ? expect.stringContaining(FUTURE) : expect.not.stringContaining('in the future'),
			);
		},
	);

	it('at a time in UTC that the clock of the workflow reads as its own is sent, and a hint asks about it', async () => {
		const time = hoursAhead(0).slice(0, 19).replace('T', ' ');
		const { hints } = await leadEvent(
			services,
			{ eventDatetime: time },
			{ timezone: 'America/Los_Angeles' },
		);
		expect(sent()).toHaveLength(1);
		expect(hints.map(({ message }) => message).join()).toContain(FUTURE);
	});
});

it('At midnight, as a day without a time of day is often written, an event is sent, and a hint asks', async () => {
	const times = ['2026-01-15 00:00:00', '2026-01-15T00:00:00-06:00', '2026-01-15T00:00:00Z'];
	const { hints } = await leadEvent(
		services,
		{ eventDatetime: '={{ $json.time }}' },
		{ items: times.map((time) => ({ time })) },
	);
	expect(sent()).toHaveLength(3);
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(/^Items 1 and 2 of 3: 'Event Date and Time' is at midnight\. Check the time/),
	]);
});

it.each([
	'$json.day',
	'String($json.day)',
	'$json.day / 1000',
	'new Date($json.day)',
	"DateTime.fromISO('2026-03-01', { zone: 'utc' })",
])(
	'A number or a date object at midnight in UTC, where many programs let a day begin, is sent, and a hint asks: %s',
	async (code) => {
		const items = [{ day: Date.UTC(2026, 2, 1) }];
		const { hints } = await leadEvent(services, { eventDatetime: `={{ ${code} }}` }, { items });
		expect(Date.parse(String(sent()[0]?.event_datetime))).toBe(Date.UTC(2026, 2, 1));
		expect(hints.map(({ message }) => message).join()).toContain("'Event Date and Time' is at midnight");
	},
);

it.each([
	'2026-03-01 00:00 UTC',
	'2026-03-01T00:00:00+00:00',
	'Sun, 01 Mar 2026 00:00:00 GMT',
	1772323201000,
])(
	'A text that says that its midnight is in UTC, and another moment, are not asked about: %s',
	async (time) => {
		const items = [{ time }];
		const { hints } = await leadEvent(services, { eventDatetime: '={{ $json.time }}' }, { items });
		expect(hints).toEqual([]);
	},
);

describe('A time without an offset', () => {
	it.each([
		['2026-01-15T09:30:00', '2026-01-15T09:30:00-05:00'],
		['2026-07-15T09:30:00', '2026-07-15T09:30:00-04:00'],
		['2026-03-08T01:59:00', '2026-03-08T01:59:00-05:00'],
		['2026-03-08T03:00:00', '2026-03-08T03:00:00-04:00'],
		['2026-11-01T00:59:00', '2026-11-01T00:59:00-04:00'],
		['2026-11-01T02:00:00', '2026-11-01T02:00:00-05:00'],
	])("is one of the workflow's time zone: %s", async (time, expected) => {
		expect(await sentAs(time)).toBe(expected);
	});

	it.each([
		['2026-01-15T09:30:00', '2026-01-15T07:30:00-07:00'],
		['2026-07-15T09:30:00', '2026-07-15T07:30:00-06:00'],
		['2026-03-08T01:59:00', '2026-03-07T23:59:00-07:00'],
		['2026-03-08T03:00:00', '2026-03-08T00:00:00-07:00'],
		['2026-11-01T00:59:00', '2026-10-31T22:59:00-06:00'],
		['2026-11-01T02:00:00', '2026-11-01T01:00:00-06:00'],
	])('is one of that zone for Entrata too, told in Mountain Time: %s', async (time, expected) => {
		expect(await sentAs(time, entrata)).toBe(expected);
	});

	it.each([
		['as it was typed before there was a list', 'America/Chicago'],
		['as chosen from the list', { __rl: true, mode: 'list', value: 'America/Chicago' }],
	])('is one of the zone that the options name, %s', async (_, timeZone) => {
		expect(await sentAs('2026-07-15T09:30:00', { options: { timeZone } })).toBe(
			'2026-07-15T09:30:00-05:00',
		);
	});

	it('can be Mountain Time for any PMS', async () => {
		const timeZone = { __rl: true, mode: 'list', value: 'America/Denver' };
		expect(await sentAs('2026-07-15T09:30:00', { options: { timeZone } })).toBe(
			'2026-07-15T09:30:00-06:00',
		);
	});

	it('is meant where the options say, and told to Entrata in Mountain Time', async () => {
		const options = { timeZone: 'America/Chicago' };
		expect(await sentAs('2026-07-15T09:30:00', { ...entrata, options })).toBe(
			'2026-07-15T08:30:00-06:00',
		);
	});

	it("has to exist in the workflow's zone, whatever the PMS", async () => {
		for (const parameters of [{}, entrata]) {
			expect(await sentAs('2026-03-29T02:30:00', parameters, 'Europe/Berlin')).toContain(
				'does not exist in Europe/Berlin',
			);
		}
		// It does not exist in Mountain Time, which nobody meant.
		expect(await sentAs('2026-03-08T02:30:00', entrata, 'America/Phoenix')).toBe(
			'2026-03-08T03:30:00-06:00',
		);
	});

	it.each<[string, IDataObject, string]>([
		['2026-03-08T02:30:00', {}, "'Event Date and Time' does not exist in America/New_York"],
		['2026-11-01T01:30:00', {}, "'Event Date and Time' exists twice in America/New_York"],
		['2026-03-08T02:30:00', entrata, "'Event Date and Time' does not exist in America/New_York"],
		['2026-11-01T01:30:00', entrata, "'Event Date and Time' exists twice in America/New_York"],
	])('is told of when the clocks skip or repeat it: %s', async (time, parameters, message) => {
		expect(await sentAs(time, parameters)).toContain(message);
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is told in Mountain Time in the Entrata items of a run alone', async () => {
		await leadEvent(
			services,
			{
				integrationId: byId('={{ $json.integration }}'),
				leadId: byId('={{ $json.lead }}'),
				eventTypeId: byId('etype_13'),
				eventDatetime: '2026-07-15T09:30:00',
			},
			{
				timezone: 'America/New_York',
				items: [
					{ integration: 'int_any', lead: 'lead_1' },
					{ integration: 'int_entrata_1', lead: 'lead_2' },
				],
			},
		);
		const byIntegration = Object.fromEntries(
			sent().map(({ integration_id, event_datetime }) => [integration_id, event_datetime]),
		);
		expect(byIntegration).toEqual({
			int_any: '2026-07-15T09:30:00-04:00',
			int_entrata_1: '2026-07-15T07:30:00-06:00',
		});
	});

	it("is sent in the workflow's time zone, with a hint, when the PMS is not known", async () => {
		others.emulator.propexo.faults.add({
			match: { path: '/v1/admin/integrations/int_entrata_1/' },
			status: 403,
		});
		const { hints } = await leadEvent(
			others,
			{ ...entrata, eventDatetime: '2026-07-15T09:30:00' },
			{ timezone: 'America/New_York' },
		);
		const [created] = others.emulator.propexo.ledger.created;
		expect(created?.body).toMatchObject({ event_datetime: '2026-07-15T09:30:00-04:00' });
		expect(hints[0]?.message).toContain('not converted to Mountain Time');
	});
});

describe('A day without a time', () => {
	const mri = { integrationId: byId('int_mri_1'), leadId: byId('lead_8'), eventTypeId: byId('etype_85') };

	it.each<[string, IDataObject, string]>([
		['as a text', {}, '2026-07-15'],
		['as the Date Format says', { options: { dateFormat: 'MM/dd/yyyy' } }, '07/15/2026'],
	])('is sent to MRI, which may take one: %s', async (_, parameters, day) => {
		expect(await sentAs(day, { ...mri, ...parameters })).toBe('2026-07-15');
	});

	it('has a hint at MRI, whose page about lead events could not be read', async () => {
		const { hints } = await leadEvent(services, { ...mri, eventDatetime: '2026-07-15' });
		expect(hints.map(({ message }) => message)).toEqual([
			"'Event Date and Time' has no time of day, and MRI may need one. Propexo's documents are not sure, so Propexo decides.",
		]);
	});

	it.each<[string, IDataObject]>([
		['Entrata', entrata],
		['a PMS nobody knows', {}],
	])('is refused before anything is sent for %s', async (_, parameters) => {
		expect(await sentAs('2026-07-15', parameters)).toContain(
			"'Event Date and Time' has no time of day, and is read as 2026-07-15. Add the time, such as 2026-07-15T14:30:00",
		);
		expect(propexo().ledger.created).toEqual([]);
	});
});

describe('A time with an offset', () => {
	it('is sent as it is', async () => {
		expect(await sentAs('2026-07-15T09:30:00-04:00', {}, 'Europe/Berlin')).toBe(
			'2026-07-15T09:30:00-04:00',
		);
		propexo().ledger.created.length = 0;
		expect(await sentAs('2026-07-15T13:30:00Z')).toBe('2026-07-15T13:30:00Z');
	});

	it.each([
		['2026-01-15T16:30:00Z', '2026-01-15T09:30:00-07:00'],
		['2026-07-15T15:30:00Z', '2026-07-15T09:30:00-06:00'],
		['2026-03-08T10:30:00+01:00', '2026-03-08T03:30:00-06:00'],
		['2026-11-01T07:30:00Z', '2026-11-01T01:30:00-06:00'],
		['2026-11-01T08:30:00Z', '2026-11-01T01:30:00-07:00'],
	])('is the same moment for Entrata, by its own clocks: %s', async (time, expected) => {
		expect(await sentAs(time, entrata)).toBe(expected);
		expect(new Date(time).getTime()).toBe(new Date(expected).getTime());
	});
});

describe('The times of a visit', () => {
	const visit = {
		...entrata,
		eventKind: 'appointment',
		eventDatetime: '2026-03-02T09:00:00-07:00',
		timeFrom: '14:30',
		timeTo: '15:00:00',
	};
	const chicago = { options: { timeZone: 'America/Chicago' } };

	async function times(parameters: IDataObject, timezone = 'America/New_York') {
		const { thrown } = await leadEvent(services, { ...visit, ...parameters }, { timezone });
		const [{ appointment_datetime, time_from, time_to } = {}] = sent() as IDataObject[];
		return thrown?.message ?? [appointment_datetime, time_from, time_to];
	}

	it.each<[string, IDataObject, string, string[]]>([
		['meant in another zone', chicago, '2026-03-02T14:30:00', ['13:30:00', '14:00:00']],
		['beside a date with its offset', {}, '2026-03-02T14:30:00-05:00', ['12:30:00', '13:00:00']],
		["meant in the workflow's zone", {}, '2026-03-02T14:30:00', ['12:30:00', '13:00:00']],
		['beside a date with another offset', chicago, '2026-03-02T20:30:00Z', ['13:30:00', '14:00:00']],
		[
			'meant in Mountain Time',
			{ options: { timeZone: 'America/Denver' } },
			'2026-03-02T14:30:00',
			['14:30:00', '15:00:00'],
		],
		[
			'given as whole times',
			{ ...chicago, timeFrom: '2026-03-02T14:30:00', timeTo: '2026-03-02T21:00:00Z' },
			'2026-03-02T14:30:00',
			['13:30:00', '14:00:00'],
		],
		[
			'in UTC, over midnight there, on the day on which the clocks go back',
			{ ...chicago, timeFrom: '23:30:00Z', timeTo: '00:30:00Z' },
			'2026-11-01T23:30:00Z',
			['16:30:00', '17:30:00'],
		],
		[
			'in UTC, over midnight there, on the day on which they go forward',
			{ ...chicago, timeFrom: '23:30:00Z', timeTo: '00:30:00Z' },
			'2027-03-14T23:30:00Z',
			['17:30:00', '18:30:00'],
		],
	])(
		'are told to Entrata by the same clocks as its date: %s',
		async (_, parameters, appointmentDatetime, expected) => {
			const [appointment, ...clock] = (await times({ ...parameters, appointmentDatetime })) as string[];
			expect(clock).toEqual(expected);
			// The visit begins when it is said to.
			expect(expected[0]).toContain(appointment?.slice(11, 19));
		},
	);

	it('move by the difference that there is on that day', async () => {
		const arizona = { options: { timeZone: 'America/Phoenix' } };
		const on = async (day: string) => {
			propexo().ledger.created.length = 0;
			return await times({ ...arizona, appointmentDatetime: `${day}T14:30:00` });
		};
		expect(await on('2026-03-02')).toEqual(['2026-03-02T14:30:00-07:00', '14:30:00', '15:00:00']);
		expect(await on('2026-07-02')).toEqual(['2026-07-02T15:30:00-06:00', '15:30:00', '16:00:00']);
	});

	it('stay as they are for a PMS without a time zone of its own', async () => {
		const elsewhere = { integrationId: byId('int_any'), leadId: byId('lead_1'), ...chicago };
		expect(await times({ ...elsewhere, appointmentDatetime: '2026-03-02T14:30:00' })).toEqual([
			'2026-03-02T14:30:00-06:00',
			'14:30:00',
			'15:00:00',
		]);
	});

	describe('when the PMS cannot be found out', () => {
		beforeEach(() =>
			others.emulator.propexo.faults.add({
				match: { path: '/v1/admin/integrations/int_entrata_1/' },
				status: 403,
				times: Infinity,
			}),
		);
		const unknown = async (parameters: IDataObject) => {
			others.emulator.propexo.ledger.created.length = 0;
			const { thrown } = await leadEvent(
				others,
				{ ...visit, appointmentDatetime: '2026-03-02T14:30:00', ...parameters },
				{ timezone: 'America/New_York' },
			);
			const created = others.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);
			return { message: thrown?.message, created };
		};

		it.each([
			['a time of day', {}],
			['one with its offset', { timeFrom: '14:30-05:00', timeTo: '' }],
			['a whole date and time', { timeFrom: '2026-03-02T14:30:00Z', timeTo: '' }],
			['only the end', { timeFrom: '' }],
		])('are refused where they might be another hour: %s', async (_, parameters) => {
			const { message, created } = await unknown(parameters);
			expect(message).toContain('might get the wrong hour: Propexo did not say which PMS');
			expect(created).toEqual([]);
		});

		it('are sent where they are the same by all clocks, and so is a visit without them', async () => {
			const denver = { options: { timeZone: 'America/Denver' } };
			expect((await unknown(denver)).created).toMatchObject([
				{ time_from: '14:30:00', time_to: '15:00:00' },
			]);
			expect((await unknown({ timeFrom: '', timeTo: '' })).created).toMatchObject([
				{ appointment_datetime: '2026-03-02T14:30:00-05:00' },
			]);
		});
	});

	it.each<[string, IDataObject, string]>([
		[
			'the day is not known',
			chicago,
			"'Time From' cannot be converted to the time zone America/Denver without its day. Fill in 'Appointment Date and Time' too",
		],
		[
			'the clocks skip them',
			{ ...chicago, appointmentDatetime: '2026-03-08T10:00:00', timeFrom: '02:30' },
			"'Time From' does not exist on that day in America/Chicago",
		],
		[
			'the clocks repeat them',
			{ ...chicago, appointmentDatetime: '2026-11-01T10:00:00', timeTo: '01:30' },
			"'Time To' does not exist on that day in America/Chicago, or exists twice",
		],
	])('are told of once when %s', async (_, parameters, message) => {
		expect(String(await times(parameters)).split(message)).toHaveLength(2);
		expect(propexo().ledger.created).toEqual([]);
	});
});
