import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { leadOf } from './support/records.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices();

const propexo = () => services.emulator.propexo;
const requests = () => propexo().ledger.requests;
const getLead = async (leadId: unknown, parameters: IDataObject = {}, settings: Settings = {}) =>
	await run(services, 'lead', 'get', { leadId: byId(leadId), ...parameters }, settings);

describe('Lead: Get', () => {
	it('gives the lead in ten fields', async () => {
		const result = await getLead('lead_2');
		const { id, first_name, last_name, email_1, phone_1, status, x_id, property_id, updated_at } = leadOf(
			services,
			'lead_2',
		);
		expect(result.success).toEqual([
			{
				json: {
					id,
					first_name,
					last_name,
					email_1,
					phone_1,
					status,
					x_id,
					property_id,
					integration_id: 'int_entrata_1',
					updated_at,
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	it('gives every field unless simplified', async () => {
		expect(jsonOf(await getLead('lead_2', { output: 'raw' }))).toEqual([leadOf(services, 'lead_2')]);
	});

	it('gives each item its own lead', async () => {
		const { success } = await getLead(
			'={{ $json.lead }}',
			{},
			{ items: [{ lead: 'lead_3' }, { lead: 'lead_1' }] },
		);
		expect(success.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['lead_3', { item: 0 }],
			['lead_1', { item: 1 }],
		]);
	});

	it.each<[string, unknown, RegExp, RegExp]>([
		[
			'that does not exist',
			'lead_gone',
			/^Propexo refused it \(HTTP 404\): Lead not found$/,
			/Check the IDs/,
		],
		[
			'that is not named',
			'={{ $json.nothing }}',
			/'Lead' is empty and must be filled in/,
			/Correct the value/,
		],
		['with a slash in its ID', '../../admin', /'Lead' must be a lead's Propexo ID/, /Correct the value/],
		[
			'with a line break in its ID',
			'lead_1\nlead_2',
			/'Lead' must be a lead's Propexo ID/,
			/Correct the value/,
		],
	])('says what to do about one %s', async (_, id, message, description) => {
		const { thrown } = await getLead(id);
		expect(thrown?.message).toMatch(message);
		expect(thrown?.description).toMatch(description);
	});

	it('says so when Propexo answers that there is none', async () => {
		propexo().faults.add({ status: 200, body: { meta: { orderBy: [] }, results: null } });
		const { thrown } = await getLead('lead_2');
		expect(thrown?.message).toBe('Propexo has no lead of this ID');
		expect(thrown?.description).toContain('not that of the PMS');
	});

	it('takes no other lead than the one of the ID, in whatever letter case Propexo gives that', async () => {
		propexo().faults.add({ status: 200, body: { results: leadOf(services, 'lead_3') } });
		const { thrown } = await getLead('lead_2');
		expect(thrown?.message).toBe('Propexo answered in another form than documented');
		propexo().faults.add({
			status: 200,
			body: { results: { ...leadOf(services, 'lead_2'), id: 'LEAD_2' } },
		});
		expect(jsonOf(await getLead('lead_2'))).toMatchObject([{ id: 'LEAD_2' }]);
	});

	it.each<[string, object, RegExp]>([
		['a list', { status: 200, body: { results: [] } }, /another form than documented/],
		['a web page', { status: 200, body: '<html></html>' }, /a web page instead of data/],
		['nothing', { status: 200, body: '' }, /an empty reply/],
	])('says so when %s comes instead', async (_, fault, message) => {
		propexo().faults.add(fault);
		expect((await getLead('lead_2')).thrown?.message).toMatch(message);
	});

	it('goes on with the other items when the node does', async () => {
		const { success, error } = await getLead(
			'={{ $json.lead }}',
			{},
			{ items: [{ lead: 'lead_gone' }, { lead: 'lead_1' }], onError: 'continueErrorOutput' },
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 1 }]);
		expect(error.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
	});

	it('speaks of nothing created when an item fails', async () => {
		const { thrown } = await getLead(
			'={{ $json.lead }}',
			{},
			{ items: [{ lead: 'lead_1' }, { lead: 'lead_gone' }] },
		);
		expect(thrown?.message).toMatch(/^Item 2 of 2: /);
		expect(thrown?.description).not.toMatch(/created|Retry/);
	});

	it('tries again while Propexo is busy', async () => {
		propexo().faults.add({ status: 503, times: 2 });
		expect(jsonOf(await getLead('lead_2'))).toHaveLength(1);
		expect(requests()).toHaveLength(3);
	});
});
