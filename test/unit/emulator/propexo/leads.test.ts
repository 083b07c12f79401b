import type { IntegrationRecord } from '../../../../emulator/propexo/world.ts';
import { CREATE, UPDATE } from '../../../../emulator/propexo/leads/rules.ts';
import { clientsOf, complaints, dig, list, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';
import { leadIdsAt } from '../support/propexoIds.ts';
import { startReceiver, until } from '../support/receiver.ts';

const emulator = useEmulator({ propexo: { limit: 1e9, slowMs: 0, jobMs: 0 } });
const clients = clientsOf(emulator);

const create = (body: unknown, query = ''): Promise<Reply> =>
	clients.propexo(`/v1/leads/${query}`, { method: 'POST', body });
const update = (id: string, body: unknown): Promise<Reply> =>
	clients.propexo(`/v1/leads/${id}`, { method: 'PUT', body });
const statusOf = async (reply: Reply): Promise<unknown> =>
	(await clients.propexo(`/v1/admin/write-status/${String(dig(reply.json, 'job_id'))}`)).json;
const found = async (email: string): Promise<unknown[]> =>
	list((await clients.propexo(`/v1/leads/?email_1=${email}`)).json, 'results');

/** Who the integration's PMS is, in the emulator. */
const at = (vendor: string): IntegrationRecord | undefined =>
	emulator.propexo.data.integrations.rows.find((row) => row.vendor === vendor);
/** A lead that every PMS takes which takes leads at all. */
const wholeLead = (integration_id: string) => {
	const { property_id, lead_source_id, employee_id, lead_relationship_id } = leadIdsAt(
		emulator,
		integration_id,
	);
	return {
		...{ integration_id, property_id, lead_source_id, employee_id, lead_relationship_id },
		...{ first_name: 'Ada', last_name: 'Novak', email_1: 'ada@example.com' },
		...{ third_party_id: 'crm-1', organization_name: 'Crm' },
	};
};

/** The PMSs of the table for which the emulator has an integration, and what they require. */
const CREATING = Object.entries(CREATE).flatMap(([vendor, rule]) =>
	rule === 'unsupported' || vendor === 'YARDI_REST' ? [] : [{ vendor, ...rule }],
);

describe('A new lead', () => {
	it.each(CREATING)('at $vendor needs what its PMS requires', async ({ vendor, required }) => {
		const lead = wholeLead(at(vendor)?.id ?? '');
		expect((await create(lead)).status).toBe(200);
		expect(emulator.propexo.ledger.created).toMatchObject([{ kind: 'lead', body: lead }]);
		for (const field of required) {
			const reply = await create({ ...lead, [field]: undefined });
			expect(complaints(reply)).toEqual([`${field} invalid_type`]);
		}
	});

	it.each(CREATING)(
		'at $vendor can be read, and its ID told, when its page says so',
		async ({ vendor, tellsRecordId }) => {
			const status = await statusOf(await create(wholeLead(at(vendor)?.id ?? '')));
			expect(tellsRecordId).toBe(!['ENTRATA', 'REALPAGE_RPX'].includes(vendor));
			const leads = await found('ada@example.com');
			expect(leads).toHaveLength(tellsRecordId ? 1 : 0);
			expect(status).toMatchObject({
				write_status: 'SUCCESS',
				created_record_id: tellsRecordId ? dig(leads[0], 'id') : null,
			});
			// The sync has come.
			emulator.propexo.settings.leadSyncMs = {};
			expect(await found('ada@example.com')).toHaveLength(1);
		},
	);

	it.each([
		['REALPAGE_RPX', { first_name: 'x'.repeat(31) }, 'first_name too_big'],
		['MRI', { notes: 'x'.repeat(31) }, 'notes too_big'],
		['MRI', { state: 'Texas' }, 'state invalid_string'],
		['ENTRATA', { phone_1_type: 'OTHER' }, 'phone_1_type invalid_enum_value'],
		['ENTRATA', { middle_initial: 'KL' }, 'middle_initial too_big'],
		[
			'ENTRATA',
			{ desired_unit_ids: Array.from({ length: 26 }, () => 'unit_1') },
			'desired_unit_ids too_big',
		],
		['ENTRATA', { has_cats: 'yes' }, 'has_cats invalid_type'],
		['ENTRATA', { third_party_id: '' }, 'third_party_id too_small'],
		['ENTRATA', { foo: 1 }, 'unrecognized_keys'],
	])('is refused at %s for %j', async (vendor, wrong, expected) => {
		expect(complaints(await create({ ...wholeLead(at(vendor)?.id ?? ''), ...wrong }))).toEqual([
			expected,
		]);
	});

	it.each(['REALPAGE_RPX', 'RENTMANAGER', 'PROPERTYWARE'])(
		'may have another type of phone at %s',
		async (vendor) => {
			const lead = { ...wholeLead(at(vendor)?.id ?? ''), phone_1_type: 'OTHER' };
			expect((await create(lead)).status).toBe(200);
		},
	);

	it('names no record of another integration, not in a list or an event either', async () => {
		const theirs = leadIdsAt(emulator, 'int_resman_1');
		const event = { event_name: 'Show', event_datetime: '2026-03-01T09:30:00Z' };
		const reply = await create({
			...wholeLead('int_mri_1'),
			...{
				property_id: theirs.property_id,
				lead_source_id: theirs.lead_source_id,
				unit_id: 'unit_none',
			},
			desired_unit_ids: [leadIdsAt(emulator, 'int_mri_1').unit_id, theirs.unit_id],
			events: [{ ...event, employee_id: theirs.employee_id }],
		});
		expect(complaints(reply)).toEqual([
			'desired_unit_ids.1 custom',
			'events.0.employee_id custom',
			'lead_source_id custom',
			'property_id custom',
			'unit_id custom',
		]);
		expect(emulator.propexo.ledger.created).toEqual([]);
	});

	it('is refused with 405 where the PMS takes none', async () => {
		const reply = await create({ integration_id: 'int_buildium_1', first_name: 'Ada' });
		expect(reply.status).toBe(405);
		expect(dig(reply.json, 'error.message')).toBe('BUILDIUM does not support creating leads');
	});

	it('at Yardi begins with a first contact, the one that was sent or another', async () => {
		const { employee_id } = leadIdsAt(emulator, 'int_yardi_1');
		const event = { employee_id, event_datetime: '2026-03-01T09:30:00Z' };
		const namesAfter = async (...names: string[]): Promise<unknown[]> => {
			const before = emulator.propexo.data.events.size;
			const events = names.map((event_name) => ({ ...event, event_name }));
			await create({ ...wholeLead('int_yardi_1'), ...(names.length > 0 ? { events } : {}) });
			await found('ada@example.com');
			return emulator.propexo.data.events.rows.slice(before).map((row) => row['event_name']);
		};
		expect(await namesAfter()).toEqual(['Other']);
		expect(await namesAfter('Show')).toEqual(['Other', 'Show']);
		expect(await namesAfter('Show', 'WalkIn')).toEqual(['Show', 'WalkIn']);
	});

	it('at ResMan has the types of phones that its page names', async () => {
		await create({ ...wholeLead('int_resman_1'), phone_1: '2125550100', phone_2: '2125550101' });
		expect(await found('ada@example.com')).toMatchObject([
			{ phone_1_type: 'HOME', phone_2_type: 'MOBILE' },
		]);
	});

	it('is told to webhooks once it can be read, and what an update changes', async () => {
		const receiver = await startReceiver();
		const { webhooks } = emulator.propexo;
		await clients.propexo('/v1/webhooks/', {
			method: 'POST',
			body: { url: receiver.url, triggers: ['DATA_NEW', 'DATA_UPDATE'], model: 'leads', active: true },
		});
		await create(wholeLead('int_mri_1'));
		await create(wholeLead('int_entrata_1'));
		await until(() => webhooks.deliveries.length === 1);
		await update('lead_8', { last_name: 'Okafor' });
		await until(() => webhooks.deliveries.length === 2);
		await webhooks.idle();
		await receiver.close();
		const told = receiver.arrivals.map(({ text }) => JSON.parse(text) as unknown);
		expect(told).toMatchObject([
			{ trigger: 'DATA_NEW', data: { object: 'leads', vendor: 'MRI', payload: { first_name: 'Ada' } } },
			{
				trigger: 'DATA_UPDATE',
				data: {
					event: 'DATA_UPDATE',
					object: 'leads',
					record_id: 'lead_8',
					context: { property_id: expect.any(String) },
					diff: { new: { last_name: 'Okafor' } },
				},
				meta: { object: 'leads', integration_id: 'int_mri_1' },
			},
		]);
		expect(Object.keys(dig(told[1], 'data.diff.previous') as object).sort()).toEqual([
			'last_name',
			'updated_at',
		]);
	});
});

describe('The update of a lead', () => {
	it('changes what was sent alone', async () => {
		const [before] = emulator.propexo.data.leads.rows.filter(
			({ integration_id }) => integration_id === 'int_mri_1',
		);
		const reply = await update(before?.id ?? '', { last_name: 'Novak', inactive_reason: 'PRICE' });
		expect(await statusOf(reply)).toMatchObject({ write_status: 'SUCCESS' });
		const lead = await clients.propexo(`/v1/leads/${before?.id}`);
		expect(dig(lead.json, 'results')).toMatchObject({
			...before,
			...{ last_name: 'Novak' },
			...changed(lead),
		});
		expect(emulator.propexo.ledger.created).toMatchObject([{ kind: 'update', of: before?.id }]);
	});
	const changed = (lead: Reply) => ({
		updated_at: dig(lead.json, 'results.updated_at'),
		last_seen: dig(lead.json, 'results.last_seen'),
	});

	it('takes the fields of an update alone, and an address only with its type', async () => {
		const { lead_id, address_type_id } = leadIdsAt(emulator, 'int_mri_1');
		expect(complaints(await update(lead_id, { property_id: 'prop_1' }))).toEqual(['unrecognized_keys']);
		expect(complaints(await update(lead_id, { city: 'Austin' }))).toEqual([
			'address_type_id invalid_type',
		]);
		expect((await update(lead_id, { city: 'Austin', address_type_id })).status).toBe(200);
		expect((await update('lead_none', {})).status).toBe(404);
	});

	it('at Entrata cannot replace a lead source, as the PMS says in the job', async () => {
		const { lead_id, lead_source_id } = leadIdsAt(emulator, 'int_entrata_1');
		expect(await statusOf(await update(lead_id, { lead_source_id }))).toMatchObject({
			write_status: 'SUCCESS',
		});
		const again = await statusOf(await update(lead_id, { lead_source_id }));
		expect(again).toMatchObject({ write_status: 'FAILURE' });
		expect(list(again, 'errors')[0]).toMatch(/lead source already/);
	});

	it('is refused with 405 where the PMS takes none', async () => {
		const { data } = emulator.propexo;
		const lead = data.leads.rows[0];
		const unsupported = Object.keys(UPDATE).filter((vendor) => UPDATE[vendor] === 'unsupported');
		expect(unsupported).toContain('BUILDIUM');
		const integration = data.integrations.get('int_buildium_1');
		if (lead) data.leads.add({ ...lead, integration_id: integration?.id ?? '' });
		expect((await update(lead?.id ?? '', {})).status).toBe(405);
	});
});
