import type { IDataObject } from 'n8n-workflow';

import { by } from '../support/locator.ts';
import { byId, useNewServices } from '../support/services.ts';
import { run } from './support/run.ts';

const services = useNewServices();
const propexo = () => services.emulator.propexo;

const DAY_MS = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
const lease = (move_out_date: string | null) => ({ lease_id: 'lease_1', move_out_date });
const application = (status_normalized: string | null, status_raw = '') => ({
	...{ applicant_id: 'a', application_id: 'b', status_normalized, status_raw },
});

interface Person {
	held: IDataObject;
	isActive: boolean;
}

const PEOPLE: Record<'lead' | 'applicant' | 'resident', Person[]> = {
	lead: [
		{ held: { status: 'ACTIVE' }, isActive: true },
		{ held: { status: null }, isActive: true },
		...[
			'Lost',
			'LEASE_SIGNED',
			'Moved-In',
			'Current Resident',
			'Application Denied',
			'Do Not Contact',
		].map((status) => ({ held: { status }, isActive: false })),
		...['Lease Pending', 'Application Approved', 'Tour Cancelled', 'Not yet contacted'].map((status) => ({
			held: { status },
			isActive: true,
		})),
	],
	applicant: [
		{ held: { applications: [] }, isActive: true },
		{ held: { applications: [application('DENIED'), application('PENDING')] }, isActive: true },
		{ held: { applications: [application('APPROVED')] }, isActive: true },
		{ held: { applications: [application(null, 'Submitted')] }, isActive: true },
		{ held: { applications: [application('DENIED')] }, isActive: false },
		{ held: { applications: [application('CANCELED'), application('DENIED')] }, isActive: false },
		{ held: { applications: [application(null, 'Denied by manager')] }, isActive: false },
		{ held: { applications: [application(null, 'Application Denied')] }, isActive: false },
		{ held: { applications: [application('OTHER', 'Withdrawn')] }, isActive: false },
		{ held: { applications: [application('OTHER', 'Moved In')] }, isActive: false },
		{ held: { applications: [application('OTHER', 'Wait List')] }, isActive: true },
	],
	resident: [
		{ held: { leases_meta_data: [] }, isActive: true },
		{ held: { leases_meta_data: [lease(null)] }, isActive: true },
		{ held: { leases_meta_data: [lease('2020-01-01'), lease(null)] }, isActive: true },
		{ held: { leases_meta_data: [lease(inDays(30))] }, isActive: true },
		{ held: { leases_meta_data: [lease(inDays(0))] }, isActive: true },
		{ held: { leases_meta_data: [lease('2020-01-01')] }, isActive: false },
		{ held: { leases_meta_data: [lease(inDays(-4)), lease('2019-06-30T00:00:00Z')] }, isActive: false },
	],
};

describe.each(['lead', 'applicant', 'resident'] as const)('Newest Active of several %ss', (kind) => {
	it('is the newest who is active by what Propexo tells of such people', async () => {
		const records = propexo().data[`${kind}s`];
		const first = records.rows[0]!;
		const { integration_id } = first;
		const people = PEOPLE[kind];
		people.forEach(({ held }, index) => {
			const same = { email_1: `person${index}@example.com`, phone_1: null };
			records.add({
				...first,
				...held,
				...same,
				id: `newer_${index}`,
				created_at: '2030-01-02T00:00:00Z',
			});
			const older = { id: `older_${index}`, created_at: '2030-01-01T00:00:00Z' };
			const active = { status: 'ACTIVE', applications: [], leases_meta_data: [] };
			records.add({ ...first, ...active, ...same, ...older });
		});
		Object.assign(propexo().data.integrations.get(integration_id) ?? {}, { vendor: 'OTHER' });
		const { success, thrown } = await run(
			services,
			`${kind}Event`,
			'create',
			{
				integrationId: byId(integration_id),
				[`${kind}Id`]: by('email', '={{ $json.who }}'),
				notes: 'A note',
				options: { ifSeveralMatch: 'newestActive' },
			},
			{ items: people.map((_, index) => ({ who: `person${index}@example.com` })) },
		);
		expect(thrown?.message).toBeUndefined();
		expect(success.map(({ json }) => (json.resolved as IDataObject)[`${kind}_id`])).toEqual(
			people.map(({ isActive }, index) => `${isActive ? 'newer' : 'older'}_${index}`),
		);
	});
});

// Only the list of leads has the filter.
it.each(['lead', 'applicant', 'resident'] as const)(
	'The second email address of a %s is asked for only where Propexo can look for it',
	async (kind) => {
		const { integration_id } = propexo().data[`${kind}s`].rows[0]!;
		const { thrown } = await run(services, `${kind}Event`, 'create', {
			...{ integrationId: byId(integration_id), notes: 'A note' },
			[`${kind}Id`]: by('email', 'nobody@example.com'),
		});
		expect(thrown?.message).toMatch(new RegExp(`^No ${kind} .* has the email address`));
		const asked = propexo().ledger.requests.filter(({ query }) => query.email_2 !== undefined);
		expect(asked.map(({ path }) => path)).toEqual(kind === 'lead' ? ['/v1/leads/'] : []);
	},
);
