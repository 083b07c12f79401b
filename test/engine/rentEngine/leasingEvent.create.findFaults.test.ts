import { by } from '../support/locator.ts';
import { useProspects } from './support/prospects.ts';
import { jsonOf } from './support/run.ts';

const { rentEngine, prospects, create, lookUps, recipients } = useProspects();

describe('Leasing Event: Create, a prospect that is found', () => {
	it('is not there for sure, where RentEngine gives the same page again and again', async () => {
		prospects(...Array.from({ length: 150 }, () => ({})), { phone: '+15125551234' });
		const { rows } = rentEngine().data.prospects;
		rentEngine().faults.add({ body: rows.slice(0, 100), times: Infinity });
		const { thrown } = await create(by('phone', '5125551234'));
		expect(thrown?.message).toBe(
			"'Prospect' could not be looked up: the list kept changing while it was read",
		);
		expect(recipients()).toEqual([]);
	});

	it('is named by a number where RentEngine gives its ID as a text', async () => {
		prospects({}, { phone: '+15125551234' });
		const body = rentEngine().data.prospects.rows.map((row) => ({ ...row, id: `${row.id}` }));
		rentEngine().faults.add({ match: { path: '/prospects' }, status: 200, body });
		expect(jsonOf(await create(by('phone', '5125551234')))).toMatchObject([
			{ resolved: { prospect_id: 2002 } },
		]);
		expect(recipients()).toEqual([2002]);
	});

	it('is found where nobody can read since when the prospect is there', async () => {
		prospects({}, { phone: '+15125551234' });
		const body = rentEngine().data.prospects.rows.map((row) => ({ ...row, created_at: null }));
		rentEngine().faults.add({ match: { path: '/prospects' }, status: 200, body });
		await create(by('phone', '5125551234'));
		expect(recipients()).toEqual([2002]);
	});

	it.each([
		['500', { status: 500, body: { error: 'Oops' } }],
		['HTML', { status: 200, body: '<html></html>' }],
		['another form', { status: 200, body: { prospects: [] } }],
	])('is not looked for in an answer of %s', async (_, fault) => {
		prospects({});
		rentEngine().faults.add({ match: { path: '/prospects' }, times: Infinity, ...fault });
		const { thrown } = await create(by('email', 'person0@example.com'));
		expect(thrown?.message).toMatch(/^'Prospect' could not be looked up: /);
		expect(recipients()).toEqual([]);
	});

	it('is not looked for with an API key that is refused: the key is to be checked', async () => {
		prospects({});
		rentEngine().faults.add({ match: { path: '/prospects' }, times: Infinity, status: 401, body: {} });
		const { thrown } = await create(by('email', 'person0@example.com'));
		expect(thrown?.message).toMatch(/^'Prospect' could not be looked up: RentEngine refused it/);
		expect(thrown?.description).toBe(
			'Nothing was sent for it. Check the API key in the RentEngine credential: it is missing, mistyped or revoked.',
		);
	});

	it('is looked for again where RentEngine says to wait', async () => {
		prospects({});
		const fault = { status: 429, times: 2, headers: { 'retry-after': '0' } };
		rentEngine().faults.add({ match: { path: '/prospects' }, ...fault });
		await create(by('email', 'person0@example.com'));
		expect(recipients()).toEqual([2001]);
		expect(lookUps()).toHaveLength(3);
	});
});
