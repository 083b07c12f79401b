import type { IDataObject } from 'n8n-workflow';

import { triesAll } from '../../support/effort.ts';
import { pmsOf } from '../../../nodes/Propexo/pms';
import { byId } from '../support/services.ts';
import { useLeadEvents, when } from './support/leadEvents.ts';
import { leadEvent } from './support/run.ts';

const OF_YARDI = { agentName: 'Jordan Smith', rentAmount: 1_200 };

/** The integrations of the PMSs that have a list of names, and what they require besides the name. */
const NAMED: Array<[integration: string, pms: string, needed: IDataObject]> = [
	['int_yardi_1', 'Yardi', { eventDatetime: when, additionalFields: OF_YARDI }],
	['int_realpage_1', 'RealPage', {}],
	['int_rentmanager_1', 'Rent Manager', {}],
	['int_resman_1', 'ResMan', { eventDatetime: when }],
];

const { asked, create, posts, propexo, sent, services } = useLeadEvents();

describe('What the PMS of an integration requires', () => {
	it.each<[string, string[]]>([
		['int_yardi_1', ['Event Name', 'Event Date and Time', 'Agent Name']],
		['int_entrata_1', ['Event Type', 'Event Date and Time']],
		['int_resman_1', ['Event Name', 'Event Date and Time']],
		['int_realpage_1', ['Event Name']],
		['int_realpage_rpx_1', ['Event Type', 'Event Date and Time', 'Employee']],
		['int_rentmanager_1', ['Event Name']],
		['int_propertyware_1', ['Event Name', 'Notes']],
	])('is asked for before anything is sent: %s', async (integration, labels) => {
		const { thrown } = await create(integration, {});
		const [, many] = / needs (\d+) more fields: /.exec(thrown?.message ?? '') ?? [];
		if (labels.length === 1) expect(thrown?.message).toContain(`'${labels[0]}' is empty, and `);
		else expect(Number(many)).toBe(labels.length);
		for (const label of labels) expect(thrown?.message).toContain(`'${label}'`);
		expect((thrown?.context.data as IDataObject).fields).toMatchObject(
			labels.map((field) => ({ field })),
		);
		expect(thrown?.description).toContain('Nothing was sent');
		expect(posts()).toBe(0);
	});

	it.each<[string, IDataObject]>([
		[
			'int_yardi_1',
			{ eventName: 'WalkIn', eventDatetime: when, additionalFields: { agentName: 'Jordan Smith' } },
		],
		['int_entrata_1', { eventTypeId: byId('etype_13'), eventDatetime: when }],
		['int_resman_1', { eventName: 'Phone', eventDatetime: when }],
		['int_realpage_1', { eventName: 'Visit (return)' }],
		[
			'int_realpage_rpx_1',
			{
				eventTypeId: byId('etype_49'),
				eventDatetime: when,
				additionalFields: { employeeId: byId('emp_25') },
			},
		],
		['int_rentmanager_1', { eventName: 'NOTE' }],
		['int_propertyware_1', { eventName: 'Any words at all', notes: 'x' }],
		['int_mri_1', { eventTypeId: byId('etype_85'), eventDatetime: when }],
	])('is enough: %s', async (integration, parameters) => {
		const { thrown } = await create(integration, parameters);
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
	});

	it('stops nobody where it was only concluded from other pages, and is told', async () => {
		propexo().settings.vendorRules = false;
		const { thrown, hints } = await create('int_mri_1', { notes: 'x' });
		expect(thrown).toBeUndefined();
		expect(sent()).toMatchObject([{ notes: 'x' }]);
		expect(hints.map(({ message }) => message)).toEqual(
			['Event Type', 'Event Date and Time'].map((label) =>
				expect.stringContaining(`'${label}' is empty, and MRI may need it. Propexo's documents`),
			),
		);
	});

	it('stops nobody either where the PMS may take no such events, and is told', async () => {
		propexo().settings.vendorRules = false;
		const { leads } = propexo().data;
		leads.add({ ...leads.get('lead_1')!, id: 'lead_b', integration_id: 'int_buildium_1' });
		for (const [integration, pms] of [
			['int_appfolio_1', 'AppFolio'],
			['int_buildium_1', 'Buildium'],
		] as const) {
			const { thrown, hints } = await create(integration, { notes: pms, eventName: 'WalkIn' });
			expect(thrown).toBeUndefined();
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringContaining(`'Integration' belongs to ${pms}, which may take no lead events`),
			]);
		}
		expect(sent()).toMatchObject([{ notes: 'AppFolio' }, { notes: 'Buildium' }]);
	});

	it('says under which collection a field is found that is not shown yet', async () => {
		const { thrown } = await create('int_yardi_1', { eventName: 'WalkIn', eventDatetime: when });
		expect(thrown?.message).toBe(
			"'Agent Name' is empty, and Yardi requires it (add it under 'Additional Fields')",
		);
	});

	it('leaves names alone that are not in its list: Propexo knows best', async () => {
		propexo().settings.vendorRules = false;
		await create('int_resman_1', { eventName: 'BrandNewName', eventDatetime: when });
		expect(sent()).toMatchObject([{ event_name: 'BrandNewName' }]);
	});

	it.each([
		['int_yardi_1', 'Yardi', 'Show, SelfGuidedTour'],
		['int_resman_1', 'ResMan', 'Show, TextFromProspect'],
		['int_rentmanager_1', 'Rent Manager', 'CALL, EMAIL, NOTE, VISIT'],
	])('says what the PMS takes when it refuses the name of an event: %s', async (integration, pms, some) => {
		const { thrown } = await create(integration, {
			...{ eventName: 'Returning Tour', eventDatetime: when, notes: 'x' },
			additionalFields: { agentName: 'Jordan Smith' },
		});
		expect(thrown?.message).toContain(`${pms} has no event name 'Returning Tour'. It takes: `);
		for (const name of some.split(', ')) expect(thrown?.message).toContain(name);
	});

	/** The same name as people and other systems write it. */
	const FORMS: Array<(name: string) => string> = [
		(name) => name.toLowerCase(),
		(name) => name.toUpperCase(),
		(name) => name.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '),
		(name) => name.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1-').toLowerCase(),
		(name) => name.replace(/ - /g, ' '),
	];

	it.each(NAMED)(
		'has each name in its own spelling, however it is written: %s',
		async (integration, _, needed) => {
			const names = pmsOf(propexo().data.integrations.get(integration)?.vendor)?.eventNames as string[];
			const written = names.flatMap((name) => FORMS.map((form) => ({ name, given: form(name) })));
			const parameters = { ...needed, eventName: '={{ $json.given }}' };
			const settings = { items: written };
			const previewed = await create(
				integration,
				{ ...parameters, options: { previewOnly: true } },
				settings,
			);
			const { thrown, hints } = await create(integration, parameters, settings);
			expect([thrown?.message, hints]).toEqual([undefined, []]);
			const wanted = written.map(({ name }) => name);
			expect(sent().map(({ event_name }) => event_name)).toEqual(wanted);
			const requests = previewed.success.map(({ json }) => json.request as { body: IDataObject });
			expect(requests.map(({ body }) => body.event_name)).toEqual(wanted);
		},
	);

	it.each(NAMED)(
		'says, in a preview too, that a name is not in its list: %s',
		async (integration, pms, needed) => {
			propexo().settings.vendorRules = false;
			const parameters = { ...needed, eventName: '={{ $json.name }}' };
			const settings = { items: [{ name: 'Tour' }, { name: 'Webinar' }] };
			const previewed = await create(
				integration,
				{ ...parameters, options: { previewOnly: true } },
				settings,
			);
			const { thrown, hints } = await create(integration, parameters, settings);
			expect(thrown).toBeUndefined();
			expect(sent()).toMatchObject([{ event_name: 'Tour' }, { event_name: 'Webinar' }]);
			expect(hints.map(({ message }) => message)).toEqual([
				expect.stringMatching(
					new RegExp(`^Items? .*'Event Name' is none of ${pms}'s: .*Propexo decides`),
				),
			]);
			expect(previewed.hints.map(({ message }) => message)).toContain(hints[0]?.message);
		},
	);

	it('asks for the rent of LeaseSign in any spelling', async () => {
		const { thrown } = await create('int_yardi_1', {
			...{ eventDatetime: when, eventName: 'lease sign' },
			additionalFields: { agentName: 'Jordan Smith' },
		});
		expect(thrown?.message).toContain("'Rent Amount (Dollars)' is empty");
	});

	it('leaves the spelling of a PMS alone that takes any text', async () => {
		await create('int_propertyware_1', { eventName: 'walk in', notes: 'x' });
		expect(sent()).toMatchObject([{ event_name: 'walk in' }]);
	});

	it('is no obstacle for a PMS nobody knows', async () => {
		const { thrown, hints } = await create('int_any', {});
		expect(thrown).toBeUndefined();
		expect(hints).toEqual([]);
		expect(sent()).toHaveLength(1);
	});

	it('is left to Propexo when the integration cannot be asked for, and that is told', async () => {
		propexo().faults.add({
			match: { path: '/v1/admin/integrations/int_rentmanager_1/' },
			status: 403,
			times: Infinity,
		});
		const { thrown, hints } = await create('int_rentmanager_1', { eventName: 'CALL' });
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
		expect(hints).toEqual([
			expect.objectContaining({ message: expect.stringContaining('did not say which PMS') }),
		]);
	});

	it('fails its own item alone when the node goes on', async () => {
		const { success, error } = await create(
			'int_rentmanager_1',
			{ eventName: '={{ $json.name }}' },
			{ items: [{ name: 'CALL' }, { name: '' }, { name: 'NOTE' }], onError: 'continueErrorOutput' },
		);
		expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
		expect(error).toEqual([
			expect.objectContaining({
				json: expect.objectContaining({
					error: "Item 2 of 3: 'Event Name' is empty, and Rent Manager requires it",
					details: expect.objectContaining({ outcome: 'not sent' }),
				}),
				pairedItem: { item: 1 },
			}),
		]);
	});
});

describe('The PMS of an integration', () => {
	it('is asked for once however many items there are', async () => {
		const count = triesAll ? 1_000 : 200;
		const items = Array.from({ length: count }, (_, index) => ({ n: index }));
		const { success } = await create(
			'int_rentmanager_1',
			{ eventName: 'NOTE', notes: '={{ $json.n }}' },
			{ items },
		);
		expect(success).toHaveLength(count);
		expect(asked('int_rentmanager_1')).toBe(1);
		expect(posts()).toBe(count);
	});

	it('is asked for once by executions that run at the same time', async () => {
		await Promise.all(
			Array.from({ length: 30 }, async (_, index) =>
				create('int_rentmanager_1', { eventName: 'NOTE' }, { executionId: String(index) }),
			),
		);
		expect(sent()).toHaveLength(30);
		expect(asked('int_rentmanager_1')).toBe(1);
	});

	it('is asked for anew when it could not be told the last time', async () => {
		propexo().faults.add({ match: { path: '/v1/admin/integrations/int_rentmanager_1/' }, status: 403 });
		await create('int_rentmanager_1', { eventName: 'NOTE' });
		await create('int_rentmanager_1', { eventName: 'NOTE' });
		expect(asked('int_rentmanager_1')).toBe(2);
	});

	it('is asked for each integration of a run', async () => {
		await leadEvent(
			services,
			{ integrationId: byId('={{ $json.id }}'), eventName: 'Other', eventDatetime: when },
			{ items: [{ id: 'int_any' }, { id: 'int_resman_1' }, { id: 'int_any' }] },
		);
		expect([asked('int_any'), asked('int_resman_1')]).toEqual([1, 1]);
	});

	it('is asked of nobody when an item is wrong anyway', async () => {
		await create(
			'int_any',
			{ notes: '={{ $json.notes }}' },
			{ items: [{ notes: 'x' }, { notes: 'x'.repeat(257) }] },
		);
		expect(propexo().ledger.requests).toEqual([]);
	});
});
