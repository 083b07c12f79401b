import type { IDataObject } from 'n8n-workflow';

import type { Services } from '../support/services.ts';
import { byId, createServices } from '../support/services.ts';

let services: Services;
beforeAll(async () => {
	services = await createServices();
});
afterAll(async () => await services.emulator.close());
beforeEach(() => services.emulator.reset());

const propexo = () => services.emulator.propexo;
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

const entrata = {
	integrationId: byId('int_entrata_1'),
	leadId: byId('lead_2'),
	eventTypeId: byId('etype_1'),
};

/** Sends an event at a time, and gives that time as it was sent. */
async function sentAs(eventDatetime: string, parameters: IDataObject = {}, timezone = 'America/New_York') {
	const { thrown } = await services.leadEvent(
		{ eventDatetime: '={{ $json.time }}', ...parameters },
		{ timezone, items: [{ time: eventDatetime }] },
	);
	return thrown?.message ?? sent()[0]?.event_datetime;
}

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
		['2026-01-15T09:30:00', '2026-01-15T09:30:00-07:00'],
		['2026-07-15T09:30:00', '2026-07-15T09:30:00-06:00'],
		['2026-03-08T01:59:00', '2026-03-08T01:59:00-07:00'],
		['2026-03-08T03:00:00', '2026-03-08T03:00:00-06:00'],
		['2026-11-01T00:59:00', '2026-11-01T00:59:00-06:00'],
		['2026-11-01T02:00:00', '2026-11-01T02:00:00-07:00'],
	])('is Mountain Time for Entrata, without an option: %s', async (time, expected) => {
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

	it("does not have to exist in the workflow's zone to exist in Entrata's", async () => {
		expect(await sentAs('2026-03-29T02:30:00', entrata, 'Europe/Berlin')).toBe(
			'2026-03-29T02:30:00-06:00',
		);
		expect(await sentAs('2026-03-29T02:30:00', {}, 'Europe/Berlin')).toContain(
			'does not exist in Europe/Berlin',
		);
	});

	it.each<[string, IDataObject, string]>([
		['2026-03-08T02:30:00', {}, "'Event Date and Time' does not exist in America/New_York"],
		['2026-11-01T01:30:00', {}, "'Event Date and Time' exists twice in America/New_York"],
		['2026-03-08T02:30:00', entrata, "'Event Date and Time' does not exist in America/Denver"],
		['2026-11-01T01:30:00', entrata, "'Event Date and Time' exists twice in America/Denver"],
	])('is told of when the clocks skip or repeat it: %s', async (time, parameters, message) => {
		expect(await sentAs(time, parameters)).toContain(message);
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is Mountain Time for the Entrata items of a run alone', async () => {
		await services.leadEvent(
			{
				integrationId: byId('={{ $json.integration }}'),
				leadId: byId('={{ $json.lead }}'),
				eventTypeId: byId('etype_1'),
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
			int_entrata_1: '2026-07-15T09:30:00-06:00',
		});
	});

	it("is the workflow's when the PMS cannot be found out, and that is told", async () => {
		// The address is another one: what a process knows of an integration, it knows for a while.
		const others = await createServices();
		try {
			others.emulator.propexo.faults.add({
				match: { path: '/v1/admin/integrations/int_entrata_1/' },
				status: 403,
			});
			const { hints } = await others.leadEvent(
				{ ...entrata, eventDatetime: '2026-07-15T09:30:00' },
				{ timezone: 'America/New_York' },
			);
			const [created] = others.emulator.propexo.ledger.created;
			expect(created?.body).toMatchObject({ event_datetime: '2026-07-15T09:30:00-04:00' });
			expect(hints[0]?.message).toContain('time zone of the workflow');
		} finally {
			await others.emulator.close();
		}
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
