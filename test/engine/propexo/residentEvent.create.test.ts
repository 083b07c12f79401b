import type { IDataObject } from 'n8n-workflow';

import { byId, useServices } from '../support/services.ts';
import { jsonOf, run } from './support/run.ts';

const services = useServices();

const propexo = () => services.emulator.propexo;
const posts = () => propexo().ledger.requests.filter(({ method }) => method === 'POST');
const sent = () => propexo().ledger.created.map(({ body }) => body as IDataObject);

/** The first record of an integration. */
const firstAt = (kind: 'residents' | 'eventTypes', integration: string) =>
	[...propexo().data[kind].rows].find(({ integration_id }) => integration_id === integration)?.id;

/** Runs a create in an integration, on its first resident. */
const create = async (integration: string, parameters: IDataObject = {}, settings = {}) => {
	const resident = firstAt('residents', integration) ?? 'resident_1';
	const whose = { integrationId: byId(integration), residentId: byId(resident) };
	return await run(services, 'residentEvent', 'create', { ...whose, ...parameters }, settings);
};

describe('Resident Event: Create', () => {
	it('records a note with a resident, and gives the write job', async () => {
		const items = [{ text: 'Heating is out' }, { text: 'Heating works again' }];
		const result = await create('int_any', { notes: '={{ $json.text }}' }, { items });
		expect(posts().map(({ path }) => path)).toEqual(['/v1/events/residents', '/v1/events/residents']);
		expect(sent()).toEqual(
			items.map(({ text }) => ({ integration_id: 'int_any', resident_id: 'resident_1', notes: text })),
		);
		expect(jsonOf(result).map(({ job_id }) => job_id)).toEqual(
			propexo().ledger.created.map(({ id }) => id),
		);
		expect(result.success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	it('has the name of the event in the spelling of its PMS', async () => {
		await create('int_resman_1', { eventName: 'walk in' });
		expect(sent()).toMatchObject([{ event_name: 'WalkIn' }]);
	});

	it('takes notes of any length', async () => {
		await create('int_any', { notes: 'x'.repeat(5_000) });
		expect(sent()).toMatchObject([{ notes: 'x'.repeat(5_000) }]);
	});

	it('takes any event name', async () => {
		await create('int_any', { eventName: 'Move-out inspection' });
		expect(sent()).toMatchObject([{ event_name: 'Move-out inspection' }]);
	});

	it('finds the resident by the email address', async () => {
		const resident = propexo().data.residents.rows.find(
			({ integration_id }) => integration_id === 'int_buildium_1',
		);
		const residentId = { __rl: true, mode: 'email', value: resident?.email_1 };
		await create('int_buildium_1', { residentId, notes: 'By address' });
		expect(sent()).toMatchObject([{ resident_id: resident?.id, notes: 'By address' }]);
	});
});

describe('The PMS of a resident', () => {
	it.each(['int_realpage_1', 'int_realpage_rpx_1'])(
		'takes a type and notes, and nothing else: %s',
		async (integration) => {
			const note = { eventTypeId: byId(firstAt('eventTypes', integration)), notes: 'Heating is out' };
			const { thrown } = await create(integration, { ...note, additionalFields: { title: 'Heating' } });
			expect(thrown?.message).toMatch(
				/^'Title' is not accepted by RealPage( Exchange)?: empty it, or add/,
			);
			expect(posts()).toEqual([]);
			await create(integration, note);
			expect(sent()).toMatchObject([{ notes: 'Heating is out' }]);
		},
	);

	it('takes notes and their type in Buildium, and nothing else', async () => {
		const { thrown } = await create('int_buildium_1', {
			notes: 'x',
			eventDatetime: '2026-03-01T14:30:00Z',
		});
		expect(thrown?.message).toContain("'Event Date and Time' is not accepted by Buildium");
		expect(posts()).toEqual([]);
		await create('int_buildium_1', { notes: 'x', additionalFields: { eventType: 'Note' } });
		expect(sent()).toMatchObject([{ notes: 'x', event_type: 'Note' }]);
	});

	it.each([
		['int_yardi_1', 'Yardi'],
		['int_rentmanager_1', 'Rent Manager'],
		['int_appfolio_1', 'AppFolio'],
	])('has no events of residents, which is told before anything is sent: %s', async (integration, pms) => {
		const { thrown } = await create(integration, { notes: 'x' });
		expect(thrown?.message).toBe(`'Integration' belongs to ${pms}, which takes no resident events`);
		expect(posts()).toEqual([]);
	});
});
