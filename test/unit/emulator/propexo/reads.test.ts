import { clientsOf, dig, list, type Reply } from '../support/client.ts';
import { useEmulator } from '../support/emulator.ts';

const emulator = useEmulator({ seed: 'large', propexo: { limit: 100_000, slowMs: 0 } });
const { propexo } = clientsOf(emulator);

const LISTS = [
	'/v1/admin/integrations/',
	'/v1/properties/',
	'/v1/leads/',
	'/v1/events/',
	'/v1/event-types/',
	'/v1/event-sub-types/',
	'/v1/event-results/',
	'/v1/employees/',
	'/v1/lead-sources/',
	'/v1/units/',
];

const ids = (reply: Reply): unknown[] => list(reply.json, 'results').map((row) => dig(row, 'id'));

describe('every list', () => {
	it.each(LISTS)('%s is paged by offset and limit, at most 250 at a time', async (path) => {
		const first = await propexo(`${path}?limit=2`);
		expect(first.json).toMatchObject({
			meta: { offset: 0, limit: 2, orderBy: [{ field: 'created_at', direction: 'desc' }] },
		});
		const rest = await propexo(`${path}?limit=250&offset=2`);
		expect(rest.status).toBe(200);
		expect(ids(rest)).toEqual(expect.not.arrayContaining(ids(first)));
		expect((await propexo(`${path}?limit=251`)).status).toBe(400);
		expect((await propexo(`${path}?offset=-1`)).status).toBe(400);
	});

	it.each(LISTS)('%s refuses a query parameter it does not know', async (path) => {
		expect((await propexo(`${path}?foo=1`)).status).toBe(400);
	});

	it('tells by hasMore when it is at its end, and every row comes once', async () => {
		const seen: unknown[] = [];
		let offset = 0;
		for (let more: unknown = true; more; offset += 250) {
			const page = await propexo(`/v1/leads/?limit=250&offset=${offset}`);
			seen.push(...ids(page));
			more = dig(page.json, 'meta.hasMore');
		}
		expect(offset).toBe(1_000);
		expect(new Set(seen).size).toBe(1_000);
	});

	it('can be put in another order', async () => {
		const ascending = await propexo('/v1/leads/?limit=3&order-by=created_at');
		expect(ids(ascending)).toEqual(['lead_1', 'lead_2', 'lead_3']);
		const byName = await propexo('/v1/leads/?limit=250&order-by=last_name:desc,first_name');
		const names = list(byName.json, 'results').map((row) => String(dig(row, 'last_name')));
		expect(names).toEqual([...names].sort().reverse());
		expect((await propexo('/v1/leads/?order-by=created_at:sideways')).status).toBe(400);
	});
});

describe('filters', () => {
	it.each([
		['/v1/leads/?email_1=maria.alvarez1@example.com', ['lead_1']],
		['/v1/leads/?integration_id=int_yardi_1&x_id=L10001', ['lead_1']],
		['/v1/leads/?integration_vendor=YARDI&limit=1&order-by=created_at', ['lead_1']],
		['/v1/leads/?integration_id=int_none', []],
		['/v1/admin/integrations/?integration_vendor=MRI', ['int_mri_1']],
		['/v1/event-sub-types/?event_type_id=etype_1&order-by=created_at', ['esub_1', 'esub_2']],
		['/v1/event-types/?property_id=prop_1&models=residents', ['etype_6']],
		['/v1/units/?property_id=prop_1&unit_number=101', ['unit_1']],
	])('%s', async (path, expected) => {
		expect(ids(await propexo(path))).toEqual(expected);
	});

	it('find a lead by the ten digits of its telephone number, and take nothing else', async () => {
		const phone = emulator.propexo.data.leads.get('lead_7')?.phone_1;
		expect(ids(await propexo(`/v1/leads/?phone_1=${phone}`))).toEqual(['lead_7']);
		expect((await propexo(`/v1/leads/?phone_1=%2B1${phone}`)).status).toBe(400);
	});

	it("need the integration for the PMS's own IDs, and the property for a unit's number", async () => {
		expect((await propexo('/v1/leads/?x_id=L10001')).status).toBe(400);
		expect((await propexo('/v1/units/?unit_number=101')).status).toBe(400);
	});

	it('show records per property: the same names at each, with other IDs', async () => {
		const [first, second] = await Promise.all(
			['prop_1', 'prop_2'].map((id) =>
				propexo(`/v1/event-types/?property_id=${id}&order-by=created_at`),
			),
		);
		const names = (reply: Reply | undefined): unknown[] =>
			list(reply?.json, 'results').map((row) => dig(row, 'name'));
		expect(names(first)).toEqual(names(second));
		expect(ids(first as Reply)).not.toEqual(ids(second as Reply));
	});
});

describe('the records', () => {
	it('are of at least six PMSs, and one list of leads is longer than a page', () => {
		const { integrations, leads } = emulator.propexo.data;
		expect(new Set(integrations.rows.map((row) => row.vendor)).size).toBeGreaterThanOrEqual(6);
		expect(leads.rows.filter((lead) => lead.integration_id === 'int_entrata_1').length).toBeGreaterThan(
			250,
		);
	});

	it.each(LISTS.filter((path) => path !== '/v1/events/'))(
		'of %s are read one by one as an object',
		async (path) => {
			const id = String(ids(await propexo(`${path}?limit=1`))[0]);
			const slash = path === '/v1/admin/integrations/' ? '/' : '';
			const one = await propexo(`${path}${id}${slash}`);
			expect(dig(one.json, 'results.id')).toBe(id);
			expect((await propexo(`${path}none${slash}`)).status).toBe(404);
		},
	);

	it('are not found by an ID with a slash or a newline in it', async () => {
		expect((await propexo('/v1/leads/lead%2F1')).status).toBe(404);
		expect((await propexo('/v1/leads/lead_1%0A')).status).toBe(404);
	});
});
