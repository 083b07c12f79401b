import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { by } from '../support/locator.ts';
import { byId, useServices } from '../support/services.ts';
import { addEvent, leadOf } from './support/records.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices();

const propexo = () => services.emulator.propexo;
const getEvents = async (parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'leadEvent', 'getAll', parameters, settings);

describe('Lead Event: Get Many', () => {
	beforeEach(() => propexo().data.events.replace([]));

	it('gives the events of a lead', async () => {
		addEvent(services, 'event_1');
		addEvent(services, 'event_2', { associated_lead_ids: ['lead_3'] });
		const rows = jsonOf(await getEvents({ filters: { leadId: byId('lead_2') } }));
		expect(rows.map(({ id, lead_id }) => [id, lead_id])).toEqual([['event_1', 'lead_2']]);
	});

	it('of a lead that is one of several names no option that it does not have', async () => {
		const { email_1, integration_id } = leadOf(services, 'lead_2');
		Object.assign(leadOf(services, 'lead_3'), { email_1, integration_id });
		const filters = { leadId: by('email', email_1), integrationId: byId(integration_id) };
		expect((await getEvents({ filters })).thrown?.message).toMatch(
			/^2 leads .*have the email address in 'Lead': .*\. Choose it 'From List' or 'By ID'$/,
		);
	});

	it('leaves out those of applicants and residents', async () => {
		addEvent(services, 'event_1');
		addEvent(services, 'event_2', { associated_resident_ids: ['resident_1'] });
		addEvent(services, 'event_3', { associated_applicant_ids: ['applicant_1'] });
		addEvent(services, 'event_4', {});
		const rows = jsonOf(await getEvents({ filters: { integrationId: byId('int_entrata_1') } }));
		expect(rows.map(({ id }) => id).sort()).toEqual(['event_1', 'event_4']);
	});

	it('finds one by its ID in the PMS', async () => {
		addEvent(services, 'event_1');
		const filters = { xId: 'E-event_1', integrationId: byId('int_entrata_1') };
		expect(jsonOf(await getEvents({ filters }))).toHaveLength(1);
		expect((await getEvents({ filters: { xId: 'E-event_1' } })).thrown?.message).toContain(
			"needs an 'Integration'",
		);
	});

	it.each([
		['told where no property is given', {}, ["'PMS ID' was looked for in all properties"]],
		['as documented with a property', { propertyId: byId('prop_1') }, []],
	])('finds one by its ID in the PMS, %s', async (_, property, hints) => {
		addEvent(services, 'event_1');
		const filters = { xId: 'E-event_1', integrationId: byId('int_entrata_1'), ...property };
		const result = await getEvents({ filters });
		expect(result.thrown).toBeUndefined();
		expect(result.hints.map(({ message }) => message)).toEqual(
			hints.map((hint) => expect.stringContaining(hint) as string),
		);
	});

	it('gives all of them over pages, or as many as the limit says', async () => {
		for (let number = 0; number < 300; number++) addEvent(services, `event_${number}`);
		expect(jsonOf(await getEvents({ returnAll: true }))).toHaveLength(300);
		expect(jsonOf(await getEvents({ limit: 7, output: 'raw' }))).toHaveLength(7);
	});
});
