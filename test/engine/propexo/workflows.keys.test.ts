import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../support/engine.ts';
import { byId, useServices } from '../support/services.ts';
import { columnOf, evaluated, parameterOf, shippedNode } from '../support/shipped.ts';

/*
 * The *Event ID in Your System* that the shipped workflows make of files and documents: the same event has the same ID, however
 * a program writes it, and two events have two.
 */

const services = useServices({
	timing: { rate: { requests: 100_000 }, lookUpAfterMs: [50, 50] },
	propexo: { jobMs: 20 },
});

const EMAIL = 'renter@example.com';
const PHONE = '(512) 555-0142';

beforeEach(() => {
	const { leads, properties, units } = services.emulator.propexo.data;
	const whose = { integration_id: 'int_any', integration_vendor: 'OTHER', property_id: 'prop_any' };
	properties.add({ ...properties.get('prop_1')!, ...whose, id: 'prop_any' });
	units.add({ ...units.get('unit_1')!, ...whose, id: 'unit_any', number: '101' });
	for (const [id, email_1, phone_1] of [
		['lead_by_email', EMAIL, null],
		['lead_by_phone', null, '5125550142'],
	] as const)
		leads.add({ ...leads.get('lead_1')!, ...whose, id, email_1, phone_1 });
});

type Node = readonly [file: string, name: string];

async function run([file, name]: Node, items: IDataObject[], more: IDataObject = {}): Promise<RunResult> {
	const { parameters, onError } = shippedNode(file, name);
	const settings = { items, onError, timezone: 'America/Chicago' };
	return await services.run(
		'propexo',
		{ ...parameters, integrationId: byId('int_any'), ...more },
		settings,
	);
}

/**
 * Whether each item was sent or skipped; else why it was not sent.
 *
 * @param more what a user has set in the node
 */
async function ends(node: Node, items: IDataObject[], more: IDataObject = {}): Promise<string[]> {
	const { success, error } = await run(node, items, more);
	return [...success, ...error].map(({ json }) =>
		json.skipped === true ? 'skipped' : String(json.error ?? 'created'),
	);
}

/** What the preview of the back-fill says of each row. */
const previews = async (rows: IDataObject[]): Promise<IDataObject[]> =>
	(await run(BACK_FILL, rows)).success.map(({ json }) => json);

/** The value that a Set node of the back-fill gives one of its columns, with what the nodes before it gave. */
const column = (
	name: string,
	of: string,
	$json: IDataObject,
	nodes: Record<string, IDataObject[]>,
): unknown => evaluated(columnOf(BACK_FILL[0], name, of), $json, nodes);

const approvedRows = (rows: IDataObject[], previewed: IDataObject[]): IDataObject[] =>
	column('All rows', 'rows', {}, { Rows: rows, 'Record the event': previewed }) as IDataObject[];

const outcomeOf = (json: IDataObject, row: IDataObject): unknown =>
	column('What happened', 'outcome', json, { 'Approved rows': [row] });

const sent = () => services.emulator.propexo.ledger.created.length;

const BACK_FILL = ['propexo-backfill.json', 'Record the event'] as const;
const GUEST_CARDS = ['propexo-guest-cards.json', 'Record the inquiry'] as const;
const TOURS = ['propexo-tours-spreadsheet.json', 'Record the tour'] as const;
const ADF = ['propexo-adf-lead.json', 'Record the inquiry'] as const;
const MITS = ['propexo-mits-lead.json', 'Record the event'] as const;

describe('a file that a spreadsheet program has saved again', () => {
	const OURS = '3/1/2024 2:30:15 PM';
	const AGAIN = [
		...[
			'3/1/2024 14:30',
			'3/1/24 2:30 PM',
			'3/1/2024 2:30PM',
			'2024-03-01T14:30',
			'2024-03-01T20:30:59Z',
		],
		...['2024-03-01 2:30 PM', '2024-03-01 14:30:00 -0600', '2024-03-01 20:30 UTC'],
		'Fri, 01 Mar 2024 14:30:00 -0600',
	];
	const backFilled = (when: string, who: IDataObject = { email: EMAIL }) => ({
		...{ type: 'Call From Prospect', when, ...who, approved: true },
	});

	it('has no new event for a time that lost its seconds', async () => {
		expect(await ends(BACK_FILL, [backFilled(OURS)])).toEqual(['created']);
		const again = AGAIN.map((when) => backFilled(when));
		expect(await ends(BACK_FILL, again)).toEqual(AGAIN.map(() => 'skipped'));
		expect(await ends(BACK_FILL, [backFilled('3/1/2024 14:31')])).toEqual(['created']);
		expect(await ends(BACK_FILL, [backFilled('2024-03-05 9:05')])).toEqual(['created']);
		const padded = ['2024-03-05 09:05', '3/5/2024 9:05AM'].map((when) => backFilled(when));
		expect(await ends(BACK_FILL, padded)).toEqual(['skipped', 'skipped']);
		expect(sent()).toBe(3);
	});

	it('may hold an event twice: the report tells that from one that was recorded before', async () => {
		const rows = [
			...[
				'3/3/2024 2:30:15 PM',
				'3/3/2024 14:30',
				'3/4/2024 9:00 AM',
				'2024-03-04T09:00:30',
				'someday',
			],
			'3/3/2024 2:31 PM',
		].map((when) => ({ email: EMAIL, type: 'Call From Prospect', when }));
		expect(await ends(BACK_FILL, [backFilled('3/4/2024 9:00')])).toEqual(['created']);
		const approved = approvedRows(rows, await previews(rows));
		const { success } = await run(BACK_FILL, approved);
		const told = success.map(({ json }, index) => outcomeOf(json, approved[index]!));
		expect(told).toEqual([
			...['created', 'same as an earlier row', 'recorded before', 'recorded before', 'not sent'],
			'created',
		]);
	});

	it('may hold a row that was changed after it was recorded: each report says that its values are not', async () => {
		const why = /^It is recorded with another value.* correct the PMS by hand\.$/;
		const whyOf = (
			file: string,
			name: string,
			$json: IDataObject,
			nodes: Record<string, IDataObject[]>,
		) => evaluated(columnOf(file, 'What happened', name), $json, nodes);
		const filled = backFilled('3/6/2024 9:00:15 AM');
		expect(await ends(BACK_FILL, [filled])).toEqual(['created']);
		const later = backFilled('3/6/2024 9:00:45 AM');
		const [changed] = (await run(BACK_FILL, [later])).success;
		expect(changed?.json.other_event).toBe(true);
		expect(whyOf(BACK_FILL[0], 'why', changed?.json ?? {}, { 'Approved rows': [later] })).toMatch(why);
		const [again] = (await run(BACK_FILL, [filled])).success;
		expect(whyOf(BACK_FILL[0], 'why', again?.json ?? {}, { 'Approved rows': [filled] })).toBe('');

		const tour = (when: string) => ({ email: EMAIL, unit: '101', when });
		expect(await ends(TOURS, [tour('2026-03-06 14:30:15')])).toEqual(['created']);
		const moved = tour('2026-03-06 14:30:45');
		const [skipped] = (await run(TOURS, [moved])).success;
		expect(whyOf(TOURS[0], 'details', skipped?.json ?? {}, { Rows: [moved] })).toMatch(why);

		const responseBody = parameterOf(GUEST_CARDS[0], 'Report', 'responseBody');
		const page = (event: IDataObject) =>
			decodeURIComponent(
				String(
					evaluated(
						String(responseBody),
						{},
						{
							Rows: [{ Name: 'Ann', 'Email Address': EMAIL, 'Phone Number': '' }],
							'Find or add the lead': [{ lead_id: 'lead_1', action: 'unchanged' }],
							'Record the inquiry': [event],
						},
					),
				),
			);
		expect(page({ skipped: true, other_event: true })).toContain('It is recorded with another value');
		expect(page({ skipped: true })).toContain('The same inquiry is recorded');
	});

	it('may end with empty rows, as of a sheet that was longer once: they are called empty, and not wrong', async () => {
		const rows: IDataObject[] = [
			{ email: EMAIL, type: 'Call From Prospect', when: '3/7/2024 9:00 AM' },
			{ email: EMAIL, type: 'Call From Prospect', when: 'someday' },
			{},
			{},
		];
		const previewed = await previews(rows);
		const summary = (name: string): unknown =>
			column('Summary', name, {}, { Rows: rows, 'Record the event': previewed });
		expect([summary('create'), summary('wrong')]).toEqual([1, 1]);
		expect(summary('problems')).toMatch(/^Row 3: .*'Event Date and Time'[^\n]*$/);
		const approved = approvedRows(rows, previewed);
		const { success } = await run(BACK_FILL, approved);
		expect(success.map(({ json }, index) => outcomeOf(json, approved[index]!))).toEqual([
			...['created', 'not sent', 'empty', 'empty'],
		]);
	});

	it('may hold the numbers of a spreadsheet, with as many digits as the program likes', async () => {
		const { options } = shippedNode(...BACK_FILL).parameters;
		const serial = { options: { ...(options as IDataObject), dateFormat: 'serial' } };
		const numbers = ['45353.60434', '45353.604166666664', '45353.6045'].map((when) => backFilled(when));
		expect(await ends(BACK_FILL, numbers, serial)).toEqual(['created', 'skipped', 'skipped']);
	});

	it('has no new inquiry for a time that lost its seconds', async () => {
		const row = (when: string) => ({
			...{ lead_id: 'lead_by_email', 'Email Address': EMAIL },
			'Inquiry Received': when,
		});
		const options = (shippedNode(...GUEST_CARDS).parameters.options ?? {}) as IDataObject;
		const more = { eventName: 'Email', options: { ...options, waitForResult: false } };
		expect(await ends(GUEST_CARDS, [row('03/01/2024 at 02:30:15 PM')], more)).toEqual(['created']);
		const again = AGAIN.map(row);
		expect(await ends(GUEST_CARDS, again, more)).toEqual(AGAIN.map(() => 'skipped'));
	});

	it('has no new tour for a time or a number that is written in another way', async () => {
		const tour = (when: string, who: IDataObject) => ({ ...who, unit: '101', when });
		const first = [
			tour('2026-03-01 14:30:15', { email: EMAIL }),
			tour('2026-03-01 14:30', { phone: PHONE }),
		];
		expect(await ends(TOURS, first)).toEqual(['created', 'created']);
		const again = [
			tour('2026-03-01T14:30', { email: ` ${EMAIL.toUpperCase()}` }),
			tour('2026-03-01T20:30:00Z', { email: EMAIL }),
			tour('2026-03-01 2:30 pm', { email: EMAIL }),
			tour('2026-03-01 14:30:00', { phone: '+1 512.555.0142' }),
			tour('3/1/2026 14:30', { email: EMAIL }),
			tour('3/1/26 2:30 PM', { email: EMAIL }),
			tour('3/1/2026 2:30:15 PM', { phone: PHONE }),
		];
		expect(await ends(TOURS, again)).toEqual(again.map(() => 'skipped'));
		const { options } = shippedNode(...TOURS).parameters;
		const german = { options: { ...(options as IDataObject), dateFormat: 'd.M.yyyy H:mm' } };
		expect(await ends(TOURS, [tour('1.3.2026 14:30', { email: EMAIL })], german)).toEqual(['skipped']);
		expect(sent()).toBe(2);
	});
});

describe('the ID of an ADF prospect', () => {
	const prospect = (id: unknown, provider: string, more: IDataObject = {}): IDataObject => ({
		lead_id: 'lead_by_email',
		lead: {
			prospect: {
				id,
				requestdate: '2026-03-01T14:30:00-06:00',
				customer: { contact: { email: EMAIL } },
				vendor: { vendorname: 'Maple Court' },
				...(provider && { provider: { name: { _: provider, $: { part: 'full' } } } }),
				...more,
			},
		},
	});
	const record = async (items: IDataObject[]) => {
		const { options } = shippedNode(...ADF).parameters;
		const quick = { ...(options as IDataObject), waitForResult: false };
		return await ends(ADF, items, { eventName: 'Email', options: quick });
	};

	it('is one of its site: two sites that count alike lose no inquiry', async () => {
		const items = [
			prospect('4711', 'Site A'),
			prospect('4711', 'Site B'),
			prospect('4711', 'Site A', { vendor: { vendorname: 'Oak Court' } }),
			prospect('4711', ''),
			prospect('4711', '', { customer: { contact: { email: 'other@example.com' } } }),
			prospect({ _: '4711', $: { source: 'Site C' } }, 'Site A'),
		];
		expect(await record(items)).toEqual(items.map(() => 'created'));
		expect(await record(items)).toEqual(items.map(() => 'skipped'));
	});

	it('may be missing, in whichever way the date is written that stands in for it', async () => {
		const dates = ['2008-06-25T8:47:50', '2026-03-01 14:30:00 -0600', '2026-03-02 2:30 PM', '1772397000'];
		const items = dates.map((requestdate) => prospect(undefined, 'Site A', { requestdate }));
		expect(await record(items)).toEqual(items.map(() => 'created'));
		expect(await record(items)).toEqual(items.map(() => 'skipped'));
		const [undated] = await record([prospect(undefined, 'Site A', { requestdate: '' })]);
		expect(undated).toContain("'Event ID in Your System' holds no ID");
	});
});

describe('the ID of an event of MITS', () => {
	it('may be missing, in whichever way the date is written that stands in for it', async () => {
		const { options } = shippedNode(...MITS).parameters;
		const quick = { options: { ...(options as IDataObject), waitForResult: false } };
		const dates = ['2026-03-01T9:05:00', '2026-03-01 14:30:00 -0600', '2026-03-02 2:30 PM'];
		const items = dates.map((EventDate) => ({
			lead_id: 'lead_by_email',
			lead: {
				customers: { customer: { email: EMAIL } },
				events: { event: { $: { EventType: 'Email', EventDate } } },
			},
		}));
		expect(await ends(MITS, items, quick)).toEqual(items.map(() => 'created'));
		expect(await ends(MITS, items, quick)).toEqual(items.map(() => 'skipped'));
	});
});
