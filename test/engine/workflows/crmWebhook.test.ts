import type { IDataObject, IPairedItemData } from 'n8n-workflow';

import { damage } from '../support/damage.ts';
import type { ServiceName } from '../support/service.ts';
import { useServices } from '../support/services.ts';
import { evaluated, shippedNode } from '../support/shipped.ts';
import { ANSWERS, FILE, INPUTS, isRecorded, sampleOf } from './support/crmWebhook.ts';

const services = useServices({ timing: { lookUpAfterMs: [50, 50] } });

/** Has a node of the workflow take what the CRM posts; gives the answers that the CRM gets. */
async function deliver(service: ServiceName, bodies: IDataObject[], more: IDataObject = {}) {
	const { parameters, onError } = shippedNode(FILE, service === 'propexo' ? 'Propexo' : 'RentEngine');
	const items = bodies.map((body) => ({ body }));
	const options = { ...(parameters.options as IDataObject), ...more };
	const { success } = await services.run(
		service,
		{ ...parameters, options },
		{
			onError,
			items,
			timezone: 'America/Chicago',
		},
	);
	const answer = shippedNode(FILE, 'Answer').parameters;
	return bodies.map((_, index) => {
		// An assignment in bulk gives several; the webhook answers with the first.
		const json =
			success.find(({ pairedItem }) => (pairedItem as IPairedItemData).item === index)?.json ?? {};
		return {
			status: evaluated((answer.options as IDataObject).responseCode, json),
			answer: JSON.parse(String(evaluated(answer.responseBody, json))) as IDataObject,
		};
	});
}
const created = (service: ServiceName) => services.emulator[service].ledger.created;

const SAMPLES: Array<[ServiceName, string]> = [
	['propexo', 'General'],
	['rentEngine', 'Assign to user'],
];

describe.each(SAMPLES)('crm-webhook, %s', (service, title) => {
	it.each(ANSWERS)(
		'after $what: $status, then $again',
		async ({ what, fault, before, change, status, again, created: count }) => {
			const sample = { ...sampleOf(title, 'crm'), event_id: `${service} ${what}` };
			if (before) await deliver(service, [{ ...sample, ...before }]);
			if (fault) services.emulator[service].faults.add(fault);
			const event = { ...sample, ...change };
			const [first] = await deliver(service, [event]);
			const [second] = await deliver(service, [event]);
			expect([first, second]).toMatchObject([
				{ status, answer: { recorded: status === 200 } },
				{ status: again, answer: { recorded: again === 200 } },
			]);
			expect(created(service)).toHaveLength(count);
		},
	);

	it('answers 503 while the event may or may not exist', async () => {
		services.emulator[service].faults.add({ status: 502, times: Infinity });
		const event = { ...sampleOf(title, 'crm'), event_id: `${service} down` };
		expect(await deliver(service, [event])).toMatchObject([{ status: 503, answer: { recorded: null } }]);
	});
});

it('crm-webhook with Wait for Result answers 422 for what the PMS refused, also when it comes again', async () => {
	const event = { ...sampleOf('General', 'crm'), event_id: 'refused later', notes: '[fail]' };
	const [first] = await deliver('propexo', [event], { waitForResult: true });
	const [again] = await deliver('propexo', [event], { waitForResult: true });
	expect([first, again]).toMatchObject([
		{ status: 422, answer: { recorded: false, outcome: 'refused' } },
		{ status: 422, answer: { recorded: false, outcome: 'refused', repeated: true } },
	]);
	expect(created('propexo')).toHaveLength(1);
});

it('crm-webhook answers 503 when nobody can tell which PMS the event is for, and its hour depends on it', async () => {
	const path = '/v1/admin/integrations/int_unknown_pms/';
	services.emulator.propexo.faults.add({ match: { path }, status: 403, times: Infinity });
	const event = { ...sampleOf('Appointment', 'crm'), event_id: 'hour', integration_id: 'int_unknown_pms' };
	expect(await deliver('propexo', [event])).toMatchObject([
		{ status: 503, answer: { reason: expect.stringContaining('wrong hour') as string } },
	]);
	expect(created('propexo')).toEqual([]);
});

it('crm-webhook records what a PMS keeps of a call; an appointment whose time it does not keep is refused', async () => {
	const whose = { integration_id: 'int_yardi_1', lead_id: 'lead_1', event_type_id: undefined };
	const [call, appointment] = await deliver('propexo', [
		{ ...sampleOf('Call', 'lacks'), ...whose, event_name: 'CallFromProspect' },
		{ ...sampleOf('Appointment', 'lacks'), ...whose, event_name: 'Appointment' },
	]);
	expect([call, appointment]).toMatchObject([
		{ status: 200 },
		{ status: 422, answer: { recorded: false } },
	]);
	expect(created('propexo')).toHaveLength(1);
});

it('crm-webhook makes no event of now out of one without a time', async () => {
	const whose = { integration_id: 'int_any', lead_id: 'lead_any', occurred_at: ' ' };
	const { leads } = services.emulator.propexo.data;
	leads.add({ ...leads.get('lead_1')!, id: 'lead_any', integration_id: 'int_any' });
	const event = { ...sampleOf('General', 'timeless'), ...whose };
	expect(await deliver('propexo', [event])).toMatchObject([{ status: 422 }]);
	expect(created('propexo')).toEqual([]);
});

describe('crm-webhook, an input that is missing, empty or of a wrong type', () => {
	it.each(INPUTS)(
		'$service "$title": is answered with 422 and writes nothing, but where it may be left empty',
		async (inputs) => {
			const { service, title, needed, free } = inputs;
			// Which node gets the event is decided before.
			const fields = [...needed, ...free].filter((field) => field !== 'system');
			const cases = damage(sampleOf(title, 'crm'), fields).map((one, index) => ({
				...one,
				body:
					one.field === 'event_id'
						? one.body
						: { ...one.body, event_id: `damaged ${title} ${index}` },
			}));
			const answers = await deliver(
				service,
				cases.map(({ body }) => body as IDataObject),
			);
			const wrong = cases.flatMap((one, index) => {
				const { status, answer } = answers[index] ?? {};
				return status === (isRecorded(one, inputs) ? 200 : 422)
					? []
					: [{ what: one.what, status, answer }];
			});
			expect(wrong).toEqual([]);
			expect(created(service)).toHaveLength(cases.filter((one) => isRecorded(one, inputs)).length);
		},
	);
});
