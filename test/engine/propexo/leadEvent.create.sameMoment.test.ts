import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';

import { INTEGRATIONS } from '../../../emulator/propexo/records/integrations.ts';
import { portion } from '../../support/effort.ts';
import { byId, useServices } from '../support/services.ts';
import { leadEvent } from './support/run.ts';

/*
 * One rule for every PMS: a time without an offset is in the workflow's time zone, or in that of the option *Time Zone*.
 * Whatever form a time comes in, the same moment arrives, told by the clock of the PMS.
 */

const services = useServices({ propexo: { vendorRules: false, checkReferences: false } });

const WORKFLOW = 'America/New_York';
/** 9:30 in New York, in summer. */
const MOMENT = '2026-07-15T13:30:00Z';
const PARTS = '{ year: 2026, month: 7, day: 15, hour: 9, minute: 30, second: 0, millisecond: 0 }';

/** Codes of expressions that give the moment, whatever zone is set. */
const MOMENTS: Record<string, string> = {
	'a text with the offset Z': `'${MOMENT}'`,
	'a text with another offset': "'2026-07-15T15:30:00+02:00'",
	'$now, set to it': `$now.set(${PARTS})`,
	'a DateTime of the workflow': "DateTime.fromISO('2026-07-15T09:30:00')",
	'a DateTime in UTC': `DateTime.fromISO('${MOMENT}').toUTC()`,
	'a DateTime of another zone': `DateTime.fromISO('${MOMENT}').setZone('Asia/Tokyo')`,
	'the text of a DateTime': "DateTime.fromISO('2026-07-15T09:30:00').toISO()",
	'a Date': `new Date('${MOMENT}')`,
	'seconds since 1970': `${Date.parse(MOMENT) / 1_000}`,
	'milliseconds since 1970': `${Date.parse(MOMENT)}`,
	'milliseconds as a text': `'${Date.parse(MOMENT)}'`,
};

/** Texts without an offset that mean it by the clocks of a zone. */
const wallClock = (zone: string): Record<string, string> => {
	const at = DateTime.fromISO(MOMENT, { zone });
	return {
		'an ISO text': `'${at.toFormat("yyyy-MM-dd'T'HH:mm:ss")}'`,
		'an ISO text without seconds': `'${at.toFormat("yyyy-MM-dd'T'HH:mm")}'`,
		'a text with a blank': `'${at.toFormat('yyyy-MM-dd HH:mm:ss')}'`,
	};
};

/** The clock by which a PMS is told times; every other gets them with the offset that they have. */
const CLOCKS: Record<string, string | undefined> = { ENTRATA: 'America/Denver' };

const ZONES: Array<[name: string, zone: string, options: IDataObject]> = [
	["the workflow's zone", WORKFLOW, {}],
	['the zone of the options', 'America/Los_Angeles', { timeZone: 'America/Los_Angeles' }],
];

/** What every PMS takes, with what some of them require. */
const event = (integration: string): IDataObject => ({
	integrationId: byId(integration),
	leadId: byId('lead_1'),
	eventName: 'Show',
	eventTypeId: byId('etype_85'),
	notes: '={{ $json.form }}',
	additionalFields: { agentName: 'Jordan Smith', employeeId: byId('emp_43') },
});

const sent = () => services.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);

/** Runs one execution with an item for each form of a time. */
async function inAllForms(field: string, parameters: IDataObject, forms: Record<string, string>) {
	services.emulator.propexo.ledger.created.length = 0;
	const names = Object.keys(forms);
	const codes = names.map((name, index) => `$itemIndex === ${index} ? ${forms[name]}`).join(' : ');
	const { thrown } = await leadEvent(
		services,
		{ ...parameters, [field]: `={{ ${codes} : undefined }}` },
		{ timezone: WORKFLOW, items: names.map((form) => ({ form })) },
	);
	expect(thrown?.message).toBeUndefined();
	return Object.fromEntries(sent().map((body) => [body.notes, body])) as Record<string, IDataObject>;
}

/** By day the PMS that have no clock of their own take turns with the zones. */
const EVERY_PMS = INTEGRATIONS.map(({ id, name, vendor }, turn) => {
	const clock = CLOCKS[vendor];
	return { id, name, clock, zones: clock === undefined ? portion(ZONES, ZONES.length, turn) : ZONES };
});

describe.each(EVERY_PMS)('A time for $name', ({ id, clock, zones }) => {
	it.each(zones)('is the same moment in every form: %s', async (_, zone, options) => {
		const forms = { ...MOMENTS, ...wallClock(zone) };
		const bodies = await inAllForms('eventDatetime', { ...event(id), options }, forms);
		expect(Object.keys(bodies).sort()).toEqual(Object.keys(forms).sort());
		for (const [form, { event_datetime: told }] of Object.entries(bodies)) {
			expect([form, new Date(String(told)).toISOString()]).toEqual([
				form,
				new Date(MOMENT).toISOString(),
			]);
			if (clock !== undefined) expect([form, told]).toEqual([form, '2026-07-15T07:30:00-06:00']);
		}
	});

	it.each(zones)('is the same on the clock of a visit: %s', async (_, zone, options) => {
		const forms = { ...MOMENTS, ...wallClock(zone) };
		const visit = { ...event(id), eventKind: 'show', eventDatetime: MOMENT, options };
		const bodies = await inAllForms('appointmentDatetime', visit, forms);
		const wanted = new Date(MOMENT).toISOString();
		for (const [form, { appointment_datetime: told }] of Object.entries(bodies)) {
			expect([form, new Date(String(told)).toISOString()]).toEqual([form, wanted]);
		}
		const times = await inAllForms('timeFrom', { ...visit, appointmentDatetime: MOMENT }, MOMENTS);
		const shown = DateTime.fromISO(MOMENT, { zone: clock ?? zone }).toFormat('HH:mm:ss');
		for (const [form, { time_from: told }] of Object.entries(times)) {
			expect([form, told]).toEqual([form, shown]);
		}
	});

	it('is the same when it was chosen by hand', async () => {
		const { thrown } = await leadEvent(
			services,
			{ ...event(id), notes: 'x', eventDatetime: '2026-07-15T09:30:00' },
			{ timezone: WORKFLOW },
		);
		expect(thrown?.message).toBeUndefined();
		const [{ event_datetime: told } = {}] = sent().slice(-1);
		expect(new Date(String(told)).toISOString()).toBe(new Date(MOMENT).toISOString());
	});
});
