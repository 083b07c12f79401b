import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../emulator/index.ts';
import { until } from '../support/deliver/driven.ts';
import { by } from '../support/locator.ts';
import type { Services } from '../support/services.ts';
import { anotherProcess, byId, useServices } from '../support/services.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from './support/samples.ts';
import { jsonOf, run } from './support/run.ts';

const timing = { rate: { requests: 100_000 }, lookUpAfterMs: [1] };
const services = useServices({ timing });
const propexo = () => services.emulator.propexo;
const writes = () => propexo().ledger.requests.filter(({ method }) => method !== 'GET');
const known = (number: number) => propexo().data.leads.get(`${ANY_LEAD}_${number}`);
beforeEach(() => addLeadsOfAnyPms(services.emulator));

let workflows = 0;
let workflowId = '';
beforeEach(() => {
	workflowId = `preview ${++workflows}`;
});
const goOn = { onError: 'continueRegularOutput' } as const;

describe('Lead Event: Create, Preview Only', () => {
	it('says which records were found, and by what', async () => {
		const items = [1, 2].map((number) => ({ email: known(number)?.email_1 ?? '' }));
		const parameters = {
			integrationId: byId('int_any'),
			leadId: by('email', '={{ $json.email }}'),
			notes: 'Asked for parking',
			options: { previewOnly: true },
		};
		const told = jsonOf(
			await run(services, 'leadEvent', 'create', parameters, {
				items: [...items, { email: 'nobody@example.com' }],
				...goOn,
			}),
		);
		expect(told).toMatchObject([
			{ outcome: 'would_create', resolved: { lead_id: `${ANY_LEAD}_1`, found_by: 'email' } },
			{ outcome: 'would_create', resolved: { lead_id: `${ANY_LEAD}_2`, found_by: 'email' } },
			{
				outcome: 'not_sent',
				request: null,
				resolved: {},
				problems: [expect.stringMatching(/^No lead of .* has the email address in 'Lead'/)],
			},
		]);
		expect(told[0]?.request).toMatchObject({
			method: 'POST',
			body: { lead_id: `${ANY_LEAD}_1`, notes: 'Asked for parking' },
		});
		expect(writes()).toEqual([]);
	});
});

it('A remark about a previewed item tells of nothing as sent', async () => {
	const parameters = {
		integrationId: byId('int_any'),
		leadId: byId(`${ANY_LEAD}_1`),
		eventKind: 'email',
		emailDirection: 'incoming',
		emailFrom: 'nathan@example.com',
		emailTo: 'leasing@example.com',
		emailSubject: 'Parking',
		emailBody: 'Is there any?',
		emailSend: '={{ $json.nothing }}',
		options: { previewOnly: true },
	};
	const { hints } = await run(services, 'leadEvent', 'create', parameters, { items: [{}], ...goOn });
	const told = hints.map(({ message }) => message).join('\n');
	expect(told).toContain("'Send Email' is sent as off");
	expect(told).not.toMatch(/(was|were) sent as|went out/);
});

describe('Lead: Create or Update, Preview Only', () => {
	const preview = async (
		items: IDataObject[],
		previewOnly = true,
		on: Services = services,
		more: IDataObject = {},
	) => {
		const { options, ...others } = more;
		const parameters = {
			integrationId: byId('int_any'),
			firstName: '={{ $json.name }}',
			email1: '={{ $json.email }}',
			phone1: '={{ $json.phone }}',
			...others,
			options: { previewOnly, ...(options as IDataObject) },
		};
		return jsonOf(await run(on, 'lead', 'upsert', parameters, { items, workflowId, ...goOn }));
	};

	it('says who would be added, changed and left alone', async () => {
		const { email_1: email, first_name: name, id } = known(3) ?? {};
		const told = await preview([
			{ email: 'stranger@example.com', name: 'Nathan' },
			// The first name, written out.
			{ email, name: `${String(name)} Elena` },
			{ email: known(4)?.email_1, name: known(4)?.first_name },
			{ name },
		]);
		expect(told).toMatchObject([
			{ outcome: 'would_create', request: { method: 'POST' }, resolved: {} },
			{
				outcome: 'would_update',
				request: {
					method: 'PUT',
					path: `/v1/leads/${id}`,
					body: { first_name: `${String(name)} Elena` },
				},
				resolved: { lead_id: id, found_by: 'email' },
			},
			{
				outcome: 'would_skip',
				request: null,
				resolved: { lead_id: `${ANY_LEAD}_4`, found_by: 'email' },
			},
			{ outcome: 'not_sent', request: null, problems: [expect.stringContaining("'Match By'")] },
		]);
		expect(writes()).toEqual([]);
	});

	it('says of a person who comes twice that one lead is added', async () => {
		const twice = { email: 'twice@example.com', phone: '(512) 555-0191', name: 'Ann' };
		const rows = [twice, twice, { ...twice, email: '' }, { ...twice, email: '', name: 'Anne' }];
		const otherName = expect.stringContaining('has another name than the item') as unknown;
		expect(await preview(rows)).toMatchObject([
			{ outcome: 'would_create', problems: [] },
			{ outcome: 'would_skip', problems: [] },
			{ outcome: 'would_skip', problems: [] },
			{ outcome: 'not_sent', problems: [otherName] },
		]);
		expect(await preview(rows, false)).toMatchObject([
			...[{ action: 'created' }, { action: 'unchanged' }, { action: 'unchanged' }],
			{ error: otherName },
		]);
		expect(writes()).toHaveLength(1);
	});

	it('knows a person whom another n8n process has added and Propexo does not show yet', async () => {
		propexo().settings.jobMs = 60_000;
		const person = [{ email: 'hidden@example.com', name: 'Hugh' }];
		await preview(person, false, anotherProcess(services, timing));
		expect(await preview(person)).toMatchObject([{ outcome: 'would_skip', request: null }]);
		propexo().settings.jobMs = 50;
	});

	it.each<[string, Fault | undefined, string, string, string]>([
		['nobody knows whether it arrived', { close: 'before' }, 'report', 'not_sent', 'unknown'],
		['nobody knows whether it arrived', { close: 'before' }, 'lookUp', 'would_create', 'created'],
		['it arrived, without an answer', { close: 'after' }, 'report', 'would_skip', 'unchanged'],
		['the PMS refused it', undefined, 'report', 'would_create', 'created'],
	])(
		'tells what a run does with a person whom another n8n process wanted to add: %s (%j, %s)',
		async (_, fault, outcomeUnknown, would, did) => {
			propexo().settings.jobMs = 0;
			const person = [{ email: `${would}.${did}@example.com`, name: 'Ida' }];
			if (fault) propexo().faults.add({ match: { method: 'POST' }, ...fault });
			const refused = fault ? {} : { stateFields: { notes: '[fail]' } };
			await preview(person, false, anotherProcess(services, timing), refused);
			const before = writes().length;
			const more = { options: { outcomeUnknown, timeout: 3_000 } };
			expect(await preview(person, true, services, more)).toMatchObject([{ outcome: would }]);
			expect(writes()).toHaveLength(before);
			const [told] = await preview(person, false, services, more);
			expect(told?.action ?? (told?.details as IDataObject).outcome).toBe(did);
			propexo().settings.jobMs = 50;
		},
	);

	it('waits for nothing while another n8n process is adding the person', async () => {
		const person = [{ email: 'under.way@example.com', name: 'Una' }];
		propexo().faults.add({ match: { method: 'POST' }, delayMs: 6_000 });
		const adding = preview(person, false, anotherProcess(services, timing));
		await until(() => writes().length === 1);
		expect(await preview(person)).toMatchObject([{ outcome: 'would_update', problems: [] }]);
		expect(await adding).toMatchObject([{ action: 'created' }]);
		expect(writes()).toHaveLength(1);
	});
});
