import type { IDataObject, IPairedItemData } from 'n8n-workflow';

import { samples } from '../../../demo/samples.ts';
import { damage } from '../support/damage.ts';
import type { ServiceName } from '../support/service.ts';
import { useServices } from '../support/services.ts';
import { evaluated, shippedNode } from '../support/shipped.ts';

const FILE = 'crm-webhook.json';
const services = useServices({ timing: { lookUpAfterMs: [50, 50] } });

const sampleOf = (title: string): IDataObject => {
	const found = samples({ now: new Date('2026-03-02T18:00:00Z'), series: 'crm' }).find(
		(one) => one.title === title,
	);
	if (!found) throw new Error(`There is no sample "${title}"`);
	return found.body as IDataObject;
};

/** Has a node of the workflow take what the CRM posts; gives the answers that the CRM gets. */
async function deliver(service: ServiceName, bodies: IDataObject[]) {
	const { parameters, onError } = shippedNode(FILE, service === 'propexo' ? 'Propexo' : 'RentEngine');
	const items = bodies.map((body) => ({ body }));
	const { success } = await services.run(service, parameters, {
		onError,
		items,
		timezone: 'America/Chicago',
	});
	const { responseBody, options } = shippedNode(FILE, 'Answer').parameters;
	return bodies.map((_, index) => {
		// An assignment in bulk gives several; the webhook answers with the first.
		const json =
			success.find(({ pairedItem }) => (pairedItem as IPairedItemData).item === index)?.json ?? {};
		return {
			status: evaluated((options as IDataObject).responseCode, json),
			answer: JSON.parse(String(evaluated(responseBody, json))) as IDataObject,
		};
	});
}
const created = (service: ServiceName) => services.emulator[service].ledger.created;

describe.each<[ServiceName, string]>([
	['propexo', 'General'],
	['rentEngine', 'Assign to user'],
])('crm-webhook, %s', (service, title) => {
	it.each([
		['nothing', false],
		['the event', true],
	])('creates an event once when one 502 came that wrote %s', async (_, write) => {
		const event = { ...sampleOf(title), event_id: `${service} 502 ${write}` };
		services.emulator[service].faults.add({ match: { method: 'POST' }, status: 502, write });
		expect(await deliver(service, [event])).toMatchObject([{ status: 200, answer: { recorded: true } }]);
		expect(await deliver(service, [event])).toMatchObject([{ status: 200, answer: { skipped: true } }]);
		expect(created(service)).toHaveLength(1);
	});

	it('answers 503 while the event may or may not exist', async () => {
		services.emulator[service].faults.add({ status: 502, times: Infinity });
		const event = { ...sampleOf(title), event_id: `${service} down` };
		expect(await deliver(service, [event])).toMatchObject([{ status: 503, answer: { recorded: false } }]);
	});
});

describe('crm-webhook, an input that is missing, empty or of a wrong type', () => {
	it.each<[ServiceName, string, string[], string[]]>([
		[
			'propexo',
			'Call',
			[
				'event_id',
				'kind',
				'integration_id',
				'lead_id',
				'event_type_id',
				'occurred_at',
				'call',
				'call.from',
				'call.to',
				'call.status',
				'call.seconds',
				'call.recording',
			],
			['notes', 'agent', 'title', 'reason', 'event_name', 'lead_source_id'],
		],
		[
			'propexo',
			'Outgoing email',
			['email', 'email.from', 'email.direction'],
			['email.to', 'email.subject', 'email.text', 'email.cc'],
		],
		['propexo', 'Appointment', ['visit.at'], ['visit.from', 'visit.to', 'visit.unit_id']],
		[
			'rentEngine',
			'Assign to user',
			['event_id', 'prospect_id'],
			['all_with_same_phone', 'source', 'notes'],
		],
	])(
		'%s "%s": is answered with 422 and writes nothing, but where it may be left empty',
		async (service, title, needed, free) => {
			const cases = damage(sampleOf(title), [...needed, ...free]).map((one, index) => ({
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
			const isTaken = ({ field, isBlank }: (typeof cases)[number]) => isBlank && free.includes(field);
			const wrong = cases.flatMap((one, index) => {
				const { status, answer } = answers[index] ?? {};
				return status === (isTaken(one) ? 200 : 422) ? [] : [{ what: one.what, status, answer }];
			});
			expect(wrong).toEqual([]);
			expect(created(service)).toHaveLength(cases.filter(isTaken).length);
		},
	);
});
