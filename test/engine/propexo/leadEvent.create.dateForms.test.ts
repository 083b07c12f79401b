import type { IDataObject } from 'n8n-workflow';

import { dateTimeForms, timeOfDayForms, timeZoneForms, ZONE } from '../../unit/shared/fields/times/forms.ts';
import { byId, useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';

const services = useServices();

const propexo = () => services.emulator.propexo;
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

/** The parameters with *When* as what an expression of the item gives. */
const when: IDataObject = { eventDatetime: '={{ $json.when }}' };

async function run(parameters: IDataObject, item: IDataObject = {}, timezone = ZONE) {
	propexo().ledger.created.length = 0;
	const { thrown, hints } = await leadEvent(services, parameters, { timezone, items: [item] });
	return { message: thrown?.message, hints: hints.map(({ message }) => message), body: sent()[0] };
}

const inOptions = (format: string | undefined): IDataObject =>
	format === undefined ? {} : { options: { dateFormat: format } };

/** Date objects that an expression makes; items can hold texts and numbers alone. */
const written = ({ code }: { code?: string }): IDataObject =>
	code === undefined
		? { eventDatetime: '={{ $json.when }}' }
		: { eventDatetime: `={{ ${code.replace('NaN', '$json.none * 1')} }}` };

describe('A date', () => {
	it.each(dateTimeForms.taken)('is taken: $form ($value)', async ({ readAs, format, ...form }) => {
		const item = { when: form.value as string };
		const { message, body } = await run({ ...written(form), ...inOptions(format) }, item);
		expect([message, body?.event_datetime]).toEqual([undefined, readAs]);
	});

	it.each(dateTimeForms.refused)('is refused: $form ($value)', async ({ says, format, ...form }) => {
		const item = { when: form.value as string };
		const { message, body } = await run({ ...written(form), ...inOptions(format) }, item);
		expect(body).toBeUndefined();
		for (const words of says) {
			// The user's own expression stands in the place of the value.
			expect(message).toContain(words.replace(/fromFormat\('[^']*'/, 'fromFormat($json.when'));
		}
	});

	it.each<[string, IDataObject[], string[]]>([
		[
			'={{ $json.date }} {{ $json.time }}',
			[
				{ date: '3/13/2026', time: '2:30 PM' },
				{ date: '4/20/2026', time: '9:15 AM' },
			],
			['2026-03-13T14:30:00-05:00', '2026-04-20T09:15:00-05:00'],
		],
		[
			'={{ $json.when }}',
			[{ when: ' 3/13/2026, 2:30\u202fPM' }, { when: '4/20/2026,  9:15 AM ' }],
			['2026-03-13T14:30:00-05:00', '2026-04-20T09:15:00-05:00'],
		],
		[
			'={{ $json.when }}',
			[{ when: '="3/13/2026 2:30 PM"' }, { when: '="4/20/2026 9:15 AM"' }],
			['2026-03-13T14:30:00-05:00', '2026-04-20T09:15:00-05:00'],
		],
		[
			'={{ $json.day }}.{{ $json.part }}',
			[
				{ day: '46082', part: '604166667' },
				{ day: '46083', part: '385416667' },
			],
			['2026-03-01T14:30:00-06:00', '2026-03-02T09:15:00-06:00'],
		],
	])(
		'in %s is read for each item by the expression that the message advises',
		async (code, items, readAs) => {
			const refused = await leadEvent(services, { eventDatetime: code }, { timezone: ZONE, items });
			const [, advised = ''] = /or write (\{\{ .* \}\})/.exec(refused.thrown?.message ?? '') ?? [];
			propexo().ledger.created.length = 0;
			const { thrown } = await leadEvent(
				services,
				{ eventDatetime: `=${advised}` },
				{ timezone: ZONE, items },
			);
			expect(thrown?.message).toBeUndefined();
			expect(sent().map(({ event_datetime }) => event_datetime)).toEqual(readAs);
		},
	);

	it.each([
		['the text', '7/14/2026 2:30 PM', '7/14/2026 2:30 PM EST'],
		['the number of a spreadsheet', 46_217.604166667, 46_217.604166667],
	])(
		'is read by the time zone of its own item where the advised expression was pasted for %s',
		async (_, ...given) => {
			const zones = ['America/New_York', 'America/Denver'];
			const items = given.map((at, index) => ({ when: at, zone: zones[index] ?? '' }));
			const options = { timeZone: '={{ $json.zone }}' };
			const refused = await leadEvent(
				services,
				{ ...when, options },
				{ timezone: ZONE, items: [items[1] ?? {}] },
			);
			const [, advised = ''] = /or write (\{\{ .* \}\})/.exec(refused.thrown?.message ?? '') ?? [];
			propexo().ledger.created.length = 0;
			const { thrown } = await leadEvent(
				services,
				{ eventDatetime: `=${advised}`, options },
				{ timezone: ZONE, items },
			);
			expect(thrown?.message).toBeUndefined();
			expect(sent().map(({ event_datetime }) => event_datetime)).toEqual([
				'2026-07-14T14:30:00-04:00',
				'2026-07-14T14:30:00-06:00',
			]);
		},
	);

	it.each(['11/01/2026 1:30 AM', '03/08/2026 2:30 AM'])(
		'in the hour in which the clocks change is refused, also by the advised expression: %s',
		async (value) => {
			const refused = await run(when, { when: value });
			const [expression] = /\{\{ .*? \}\}(?!\})/.exec(refused.message ?? '') ?? [];
			const { message, body } = await run({ eventDatetime: `=${expression}` }, { when: value });
			expect(message).toMatch(/exists twice in|does not exist in/);
			expect(body).toBeUndefined();
		},
	);

	it.each([
		['$now', 0],
		['$now.minus({ days: 3 })', -3 * 86_400_000],
		['$today.plus({ days: 1 })', undefined],
		['DateTime.now()', 0],
		['new Date()', 0],
		['Date.now()', 0],
		['Math.floor(Date.now() / 1000)', 0],
		['$now.toISO()', 0],
		['$now.toRFC2822()', 0],
		['$now.toUTC()', 0],
	])('may be made by {{ %s }}', async (code, distance) => {
		const { message, body } = await run({ eventDatetime: `={{ ${code} }}` });
		expect(message).toBeUndefined();
		const moment = new Date(body?.event_datetime as string).getTime();
		if (distance !== undefined) expect(Math.abs(moment - Date.now() - distance)).toBeLessThan(60_000);
		else expect(moment).toBeGreaterThan(Date.now());
	});

	it.each([
		'DateTime.fromMillis($json.none * 1)',
		"DateTime.fromISO('x')",
		"new Date('x')",
		'new Date(undefined)',
	])('of nothing is refused: {{ %s }}', async (code) => {
		const { message, body } = await run({ eventDatetime: `={{ ${code} }}` });
		expect([message, body]).toEqual([
			expect.stringContaining("'Event Date and Time' is an invalid date"),
			undefined,
		]);
	});

	it('that is the text of an invalid one is refused', async () => {
		const { message, body } = await run({
			eventDatetime: "={{ DateTime.fromFormat('x', 'yyyy').toISO() ?? 'Invalid DateTime' }}",
		});
		expect([message, body]).toEqual([
			expect.stringContaining("'Event Date and Time' is the text Invalid DateTime instead of a value"),
			undefined,
		]);
	});

	it.each<[string, unknown, string]>([
		['01/20/2023 10:00 PM', '01/20/2023 10:00 PM', '2023-01-20T22:00:00-06:00'],
		['07/20/2023 10:00 PM', '07/20/2023 10:00 PM', '2023-07-20T22:00:00-05:00'],
		['03/04/2026 2:30 PM', '03/04/2026 2:30 PM', '2026-03-04T14:30:00-06:00'],
		['20.1.2023 22:00:05', '20.1.2023 22:00:05', '2023-01-20T22:00:05-06:00'],
		['2026-3-2 9:30:00', '2026-3-2 9:30:00', '2026-03-02T09:30:00-06:00'],
		['a number of a spreadsheet', 46_204.604166667, '2026-07-01T14:30:00-05:00'],
	])(
		'is refused with the expression that reads it in the zone of the workflow: %s',
		async (_, value, iso) => {
			const refused = await run(when, { when: value as string });
			const [expression] = /\{\{ .* \}\}/.exec(refused.message ?? '') ?? [];
			expect(expression).toContain('$json.when');
			const { message, body } = await run(
				{ eventDatetime: `=${expression}` },
				{ when: value as string },
			);
			expect([message, body?.event_datetime]).toEqual([undefined, iso]);
		},
	);

	it('of a spreadsheet is refused with the expression that reads it, also from the second of two fields', async () => {
		const item = { when: 46_204.604166667 };
		const refused = await run({ eventDatetime: '={{ $json.none || $json.when }}' }, item);
		const [expression] = /\{\{ .* \}\}/.exec(refused.message ?? '') ?? [];
		const { message, body } = await run({ eventDatetime: `=${expression}` }, item);
		expect([message, body?.event_datetime]).toEqual([undefined, '2026-07-01T14:30:00-05:00']);
	});

	it.each<[string, unknown, string]>([
		['01/20/2023 10:00 PM', '01/20/2023 10:00 PM', '2023-01-20T22:00:00-06:00'],
		['2026-3-2 9:30:00', '2026-3-2 9:30:00', '2026-03-02T09:30:00-06:00'],
		['a number of a spreadsheet', 46_204.604166667, '2026-07-01T14:30:00-05:00'],
	])('is refused with the Date Format that reads it: %s', async (_, value, iso) => {
		const refused = await run(when, { when: value as string });
		const [, format] = /'Date Format' to (.*?), or/.exec(refused.message ?? '') ?? [];
		const { message, body } = await run({ ...when, ...inOptions(format) }, { when: value as string });
		expect([message, body?.event_datetime]).toEqual([undefined, iso]);
	});

	it('is read by the Date Format of its own item', async () => {
		await leadEvent(
			services,
			{ ...when, options: { dateFormat: '={{ $json.format }}' } },
			{
				timezone: ZONE,
				items: [
					{ when: '03/04/2026 2:30 PM', format: 'MM/dd/yyyy h:mm a' },
					{ when: '03/04/2026 2:30 PM', format: 'dd/MM/yyyy h:mm a' },
				],
			},
		);
		expect(sent().map(({ event_datetime }) => event_datetime)).toEqual([
			'2026-03-04T14:30:00-06:00',
			'2026-04-03T14:30:00-05:00',
		]);
	});

	it('is read by the Date Format in the zone of the options, and told to Entrata in Mountain Time', async () => {
		const { body } = await run(
			{
				...when,
				integrationId: byId('int_entrata_1'),
				leadId: byId('lead_2'),
				eventTypeId: byId('etype_16'),
				options: { dateFormat: 'MM/dd/yyyy h:mm a', timeZone: 'America/New_York' },
			},
			{ when: '03/04/2026 2:30 PM' },
		);
		expect(body?.event_datetime).toBe('2026-03-04T12:30:00-07:00');
	});
});

describe('A time zone', () => {
	it.each(timeZoneForms.refused)('is refused: $value', async ({ value, says }) => {
		const time = { eventDatetime: '2026-07-01T14:30:00', options: { timeZone: value as string } };
		const { message, body } = await run(time);
		expect(body).toBeUndefined();
		for (const words of ["'Time Zone'", ...says]) expect(message).toContain(words);
	});

	it.each<[string, string]>([
		[' america/new york ', '2026-07-01T14:30:00-04:00'],
		['UTC', '2026-07-01T14:30:00Z'],
		['US/Eastern', '2026-07-01T14:30:00-04:00'],
	])('is taken: %s', async (timeZone, expected) => {
		const { body } = await run({ eventDatetime: '2026-07-01T14:30:00', options: { timeZone } });
		expect(body?.event_datetime).toBe(expected);
	});

	it('of the workflow that does not change in summer is refused for times without an offset', async () => {
		const { message, body } = await run({ eventDatetime: '2026-07-01T14:30:00' }, {}, 'EST');
		expect(body).toBeUndefined();
		expect(message).toContain(
			"'Event Date and Time' has no offset, and the time zone of the workflow is EST, which may mean several clocks. Write America/New_York",
		);
		const withOffset = await run({ eventDatetime: '2026-07-01T14:30:00-04:00' }, {}, 'EST');
		expect(withOffset.body?.event_datetime).toBe('2026-07-01T14:30:00-04:00');
	});

	it('of a date object that does not change in summer is sent, and a hint names the place', async () => {
		const at = (zone: string) => `={{ DateTime.fromISO('2026-07-01T14:30', { zone: '${zone}' }) }}`;
		const { body, hints } = await run({ eventDatetime: at('EST') });
		expect(body?.event_datetime).toBe('2026-07-01T14:30:00-05:00');
		expect(hints).toEqual([
			"'Event Date and Time' is in the time zone EST, which may mean several clocks. Check its hour, and write America/New_York.",
		]);
		for (const zone of ['America/New_York', 'utc', 'UTC-5', 'EST5EDT', 'system'])
			expect((await run({ eventDatetime: at(zone) })).hints).toEqual([]);
	});
});

describe('A time of day', () => {
	const visit: IDataObject = { eventKind: 'appointment', appointmentDatetime: '2026-03-01T14:30:00' };
	const time = (form: { value: unknown; code?: string }) =>
		form.code === undefined ? '={{ $json.time }}' : `={{ ${form.code} }}`;

	it.each(timeOfDayForms.taken)('is taken: $form ($value)', async ({ readAs, sentAs, format, ...form }) => {
		const item = { time: form.value as string };
		const { message, body } = await run({ ...visit, timeFrom: time(form), ...inOptions(format) }, item);
		expect([message, body?.time_from]).toEqual([undefined, sentAs ?? readAs]);
	});

	it.each(timeOfDayForms.refused)('is refused: $form ($value)', async ({ says, ...form }) => {
		const { message, body } = await run(
			{ ...visit, timeFrom: time(form) },
			{ time: form.value as string },
		);
		expect(body).toBeUndefined();
		for (const words of ["'Time From'", ...says]) expect(message).toContain(words);
	});

	it.each(['$json.time', '$json.none || $json.time'])(
		'of a spreadsheet is refused with the expression that reads it: {{ %s }}',
		async (code) => {
			const item = { time: 0.604166666667 };
			const refused = await run({ ...visit, timeFrom: `={{ ${code} }}` }, item);
			expect(refused.body).toBeUndefined();
			const [expression] = /\{\{ .* \}\}/.exec(refused.message ?? '') ?? [];
			const { message, body } = await run({ ...visit, timeFrom: `=${expression}` }, item);
			expect([message, body?.time_from]).toEqual([undefined, '14:30:00']);
		},
	);

	const entrata: IDataObject = {
		...visit,
		integrationId: byId('int_entrata_1'),
		leadId: byId('lead_2'),
		eventTypeId: byId('etype_16'),
		eventDatetime: '2026-03-01T14:30:00',
	};

	it('may be {{ $now }}, beside an appointment that is {{ $now }}', async () => {
		for (const [parameters, zone] of [
			[visit, ZONE],
			[entrata, 'America/Denver'],
		] as const) {
			const { message, hints, body } = await run({
				...parameters,
				appointmentDatetime: '={{ $now.set({ hour: 9, minute: 30, second: 0 }) }}',
				timeFrom: '={{ $now.set({ hour: 9, minute: 30, second: 0 }) }}',
				timeTo: '={{ $now.set({ hour: 10, minute: 15, second: 0 }).toJSDate() }}',
			});
			expect([message, hints]).toEqual([undefined, []]);
			const told = zone === ZONE ? ['09:30:00', '10:15:00'] : ['08:30:00', '09:15:00'];
			expect([body?.time_from, body?.time_to]).toEqual(told);
			expect(body?.appointment_datetime).toContain(`T${told[0]}`);
		}
	});

	it.each<[string, string, string]>([
		['2026-06-10T19:30:00Z', '14:30', '2026-06-10T13:30:00-06:00 13:30:00'],
		['2026-06-10T14:30:00', '2:30 PM', '2026-06-10T13:30:00-06:00 13:30:00'],
		['2026-06-10T19:30:00Z', '19:30Z', '2026-06-10T13:30:00-06:00 13:30:00'],
		['2026-06-10T15:30:00-04:00', '12:30:00-07:00', '2026-06-10T13:30:00-06:00 13:30:00'],
		// In UTC it is the next day already, the one on which the clocks change.
		['2026-03-08T03:30:00Z', '21:30', '2026-03-07T20:30:00-07:00 20:30:00'],
		['2026-11-01T02:30:00Z', '21:30', '2026-10-31T20:30:00-06:00 20:30:00'],
	])('goes by the zone of the workflow, beside %s: %s', async (appointmentDatetime, timeFrom, told) => {
		const { message, hints, body } = await run({ ...entrata, appointmentDatetime, timeFrom });
		expect(message).toBeUndefined();
		expect(`${body?.appointment_datetime as string} ${body?.time_from as string}`).toBe(told);
		expect(hints).toEqual([]);
	});

	it.each<[string, IDataObject]>([
		['Entrata', entrata],
		['another PMS', visit],
	])('that is far from its appointment is sent to %s and told in a hint', async (_, parameters) => {
		const { message, hints, body } = await run({
			...parameters,
			appointmentDatetime: '2026-06-10T18:30:00Z',
			timeFrom: '08:30',
		});
		expect([message, typeof body?.time_from]).toEqual([undefined, 'string']);
		expect(hints).toEqual([
			expect.stringContaining(
				"'Time From' is 08:30, and 'Appointment Date and Time' is 13:30, both in the time zone America/Chicago",
			),
		]);
	});

	it.each<[string, IDataObject]>([
		['Entrata', entrata],
		['another PMS', visit],
	])('that ends before its appointment is sent to %s and told in a hint', async (_, parameters) => {
		const at = { ...parameters, appointmentDatetime: '2026-06-10T14:30:00', timeFrom: '2:30 PM' };
		const { message, hints, body } = await run({ ...at, timeTo: '3:00' });
		expect([message, typeof body?.time_to]).toEqual([undefined, 'string']);
		expect(hints).toEqual([
			expect.stringContaining("'Time To' is 03:00, and 'Appointment Date and Time' is 14:30"),
		]);
		for (const timeTo of ['3:00 PM', '14:30', '22:00', '2026-06-10T20:00:00Z'])
			expect((await run({ ...at, timeTo })).hints).toEqual([]);
	});

	it.each<[string, IDataObject, string, string]>([
		['of a day in winter', entrata, '2026-01-15T13:30:00', '12:30:00'],
		['of a day in winter, in UTC', entrata, '2026-01-15T19:30:00Z', '12:30:00'],
		['of the next day', visit, '2026-06-11T18:30:00Z', '13:30:00'],
	])(
		'is the time of day alone of a date and time %s, and that is told',
		async (_, parameters, timeFrom, timeOfDay) => {
			const { message, hints, body } = await run({
				...parameters,
				appointmentDatetime: '2026-06-10T18:30:00Z',
				timeFrom,
			});
			expect([message, body?.time_from]).toEqual([undefined, timeOfDay]);
			expect(hints).toEqual([
				expect.stringMatching(/'Time From' is 2026-.* 13:30, and '.*' is 2026-06-10 13:30/),
			]);
		},
	);

	it('of a date and time that the clocks repeat is that moment', async () => {
		for (const [at, told] of [
			['2026-11-01T06:30:00Z', '00:30:00'],
			['2026-11-01T07:30:00Z', '01:30:00'],
		] as const) {
			const { message, body } = await run({ ...entrata, appointmentDatetime: at, timeFrom: at });
			expect([message, body?.time_from]).toEqual([undefined, told]);
		}
	});

	it('of a date and time needs a zone that changes with the seasons', async () => {
		const whole = { ...visit, appointmentDatetime: '2026-07-01T14:30:00-04:00' };
		const { message } = await run({ ...whole, timeFrom: '2026-07-01T14:30:00-04:00' }, {}, 'EST');
		expect(message).toContain(
			"'Time From' is a whole date and time, and the time zone of the workflow is EST",
		);
		const { body } = await run({ ...whole, timeFrom: '14:30' }, {}, 'EST');
		expect(body?.time_from).toBe('14:30:00');
	});

	it.each(['13:00', '13:30', '14:00', '2026-06-10T13:30:00', '18:30Z'])(
		'that is near its appointment is no matter for a hint: %s',
		async (timeFrom) => {
			const { hints } = await run({ ...visit, appointmentDatetime: '2026-06-10T18:30:00Z', timeFrom });
			expect(hints).toEqual([]);
		},
	);
});
