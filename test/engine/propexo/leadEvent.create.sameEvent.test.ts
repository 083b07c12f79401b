import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../support/engine.ts';
import { by } from '../support/locator.ts';
import { byId, useServices } from '../support/services.ts';
import { INTEGRATION } from './support/finding.ts';
import { leadEvent } from './support/run.ts';

const services = useServices();
let tests = 0;
beforeEach(() => {
	tests++;
});

const first: IDataObject = { lead: 'lead_1', name: 'Other', at: '2026-03-01T10:00:00-06:00', notes: 'First' };
const parameters: IDataObject = {
	leadId: byId('={{ $json.lead }}'),
	eventName: '={{ $json.name }}',
	eventDatetime: '={{ $json.at }}',
	notes: '={{ $json.notes }}',
	deduplicationKey: '={{ $json.event_id }}',
};

/** What the second delivery of a key comes to. */
async function second(changes: IDataObject, more: IDataObject = {}): Promise<string> {
	const deliver = async (item: IDataObject): Promise<RunResult> =>
		await leadEvent(
			services,
			{ ...parameters, ...more },
			{ items: [{ ...item, event_id: `same ${tests}` }], onError: 'continueRegularOutput' },
		);
	expect((await deliver(first)).success[0]?.json.job_id).toBeDefined();
	const [{ json } = { json: {} as IDataObject }] = (await deliver({ ...first, ...changes })).success;
	return json.skipped === true ? 'skipped' : String((json.details as IDataObject).outcome);
}

describe('Propexo, Lead Event: Create, a key that comes again', () => {
	it.each<[string, IDataObject]>([
		['other notes', { notes: 'Received again at 10:05' }],
		['the same time with another offset', { at: '2026-03-01T16:00:00Z' }],
		['nothing else', {}],
	])('is a redelivery with %s', async (_, changes) => expect(await second(changes)).toBe('skipped'));

	it.each<[string, IDataObject]>([
		['another lead', { lead: 'lead_2' }],
		['another kind of event', { name: 'Phone' }],
		['another time', { at: '2026-03-01T10:00:01-06:00' }],
		['no time', { at: '' }],
	])('is told with %s', async (_, changes) => expect(await second(changes)).toBe('not sent'));

	it('tells how to correct a row that went out without its time', async () => {
		const deliver = async (at: string) =>
			await leadEvent(services, parameters, { items: [{ ...first, at, event_id: `row ${tests}` }] });
		expect((await deliver('')).success).toHaveLength(1);
		const { thrown } = await deliver('2026-03-01T10:00:00-06:00');
		expect(thrown?.message).toContain('was already used for another event');
		expect(thrown?.description).toContain('correct the delivered event by hand');
	});

	it.each([
		'={{ $now }}',
		'={{ $now.toISO() }}',
		'={{ DateTime.now().toISO() }}',
		'={{ new Date().toISOString() }}',
		'={{ new Date(Date.now()).toISOString() }}',
		'={{ $json.missing ?? $now }}',
	])('is a redelivery when the time is %s, which is another one each time', async (eventDatetime) => {
		expect(await second({}, { eventDatetime })).toBe('skipped');
	});

	it("is a redelivery with the person's data in another form, and told with other data", async () => {
		const { rows } = services.emulator.propexo.data.leads;
		const [one, other] = rows.filter(({ integration_id }) => integration_id === INTEGRATION);
		const email = String(one?.email_1);
		const items = [
			...[email, email.toUpperCase(), ` ${email} `, String(other?.email_1)].map((lead) => ({ lead })),
		].map((item) => ({ ...item, event_id: `form ${tests}` }));
		const run = async (mode: string, given: IDataObject[]) =>
			await leadEvent(
				services,
				{
					...{ integrationId: byId(INTEGRATION), leadId: by(mode, '={{ $json.lead }}') },
					...{ eventName: 'NOTE', deduplicationKey: '={{ $json.event_id }}' },
				},
				{ items: given, onError: 'continueRegularOutput' },
			);
		const outcomesOf = ({ success }: RunResult) =>
			success.map(({ json }) => json.outcome ?? (json.details as IDataObject).outcome);
		expect(outcomesOf(await run('email', items))).toEqual(['created', 'skipped', 'skipped', 'not sent']);
		const phone = String(one?.phone_1);
		const phones = [phone, `+1 (${phone.slice(0, 3)}) ${phone.slice(3, 6)}-${phone.slice(6)}`];
		const called = phones.map((lead) => ({ lead, event_id: `phone ${tests}` }));
		expect(outcomesOf(await run('phone', called))).toEqual(['created', 'skipped']);
		// The workflow names the lead by its ID by now: nobody can know that it is the same one.
		const byItsId = await run('id', [{ lead: one?.id, event_id: `form ${tests}` }]);
		expect(outcomesOf(byItsId)).toEqual(['not sent']);
		expect((byItsId.success[0]?.json.details as IDataObject).what_to_do).toContain(
			'a person named in another way',
		);
	});

	it('looks at fields among the additional ones too', async () => {
		const of = (unitId: unknown) => ({ additionalFields: { unitId: byId(unitId) } });
		expect(await second({ unit: 'unit_2' }, of("={{ $json.unit ?? 'unit_1' }}"))).toBe('not sent');
	});
});
