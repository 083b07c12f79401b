import type { IDataObject } from 'n8n-workflow';

import type { Settings } from '../support/services.ts';
import { byId, useServices } from '../support/services.ts';
import { leadEvent, run } from './support/run.ts';
import { addEventsOfAnyPms, addLeadsOfAnyPms, ANY_EVENT, ANY_LEAD } from './support/samples.ts';

const services = useServices();
const propexo = () => services.emulator.propexo;
const created = () => propexo().ledger.created.map(({ body }) => body as IDataObject);
const writes = () => propexo().ledger.requests.filter(({ method }) => method !== 'GET');

const errorsOf = (success: Array<{ json: IDataObject }>) => success.map(({ json }) => json.error);

/** What an expression of the item gives, in each field of a lead. */
const LEAD: IDataObject = {
	integrationId: byId('int_any'),
	firstName: '={{ $json.first }}',
	lastName: 'Alvarez',
	email1: '={{ $json.email }}',
	phone1: '={{ $json.phone }}',
	personFields: { dateOfBirth: '={{ $json.born }}' },
	wishFields: { targetMoveInDate: '={{ $json.moveIn }}' },
	stateFields: { notes: '={{ $json.notes }}' },
	options: { dateFormat: '={{ $json.format ?? "MM/dd/yy" }}' },
};

/** A lead with nothing to be doubted. */
const PLAIN: IDataObject = { integrationId: byId('int_any'), firstName: 'Maria', lastName: 'Alvarez' };

const NOBODYS = 'is a placeholder, incomplete or more than one. Check it.';

it('A lead is written as it is meant, and what is no value is refused', async () => {
	const items: IDataObject[] = [
		{
			first: ' Maria\u200b\u00a0',
			email: '\ufeffmaria@example.com\u200b',
			phone: '\u202a+1 512 555 0100\u202c',
			notes: ' Line 1\u000bLine 2 \u{1f469}\u200d\u{1f467} ',
			born: 486_086_400_000,
			moveIn: '46082',
			format: 'serial',
		},
		{ first: false },
		{ email: 'alice@example.com, Bob <bob@example.com>' },
		{ born: '03/04/45' },
		{ born: 99_999_999, format: 'serial' },
		{ moveIn: '3/4/26', format: 'M/d/y' },
		{ first: 'Jo', moveIn: '1970-01-01', born: '03/04/61' },
	];
	const { success, hints } = await run(services, 'lead', 'create', LEAD, {
		items,
		onError: 'continueRegularOutput',
	});
	expect(created()).toEqual([
		{
			...{ integration_id: 'int_any', first_name: 'Maria', last_name: 'Alvarez' },
			...{ email_1: 'maria@example.com', phone_1: '+1 512 555 0100' },
			...{ date_of_birth: '1985-05-28', target_move_in_date: '2026-03-01' },
			notes: ' Line 1\nLine 2 \u{1f469}\u200d\u{1f467} ',
		},
		{
			...{ integration_id: 'int_any', first_name: 'Jo', last_name: 'Alvarez' },
			...{ date_of_birth: '1961-03-04', target_move_in_date: '1970-01-01' },
		},
	]);
	expect(errorsOf(success)).toEqual([
		undefined,
		expect.stringContaining("'First Name' is false instead of a value"),
		expect.stringContaining("'Email' must be one email address"),
		expect.stringContaining(
			"'Date of Birth' is read as a day in the future. Check the year, and write it with four digits",
		),
		expect.stringContaining("'Date of Birth' is a number that is no date"),
		expect.stringContaining("'Move-In Date' is read as a date of the year 26"),
		undefined,
	]);
	expect(hints.map(({ message }) => message).join('\n')).toContain(
		"'Move-In Date' is before the year 2000",
	);
});

it.each(['create', 'upsert'])(
	'An ID of a lead that is the same text for all items is told: %s',
	async (operation) => {
		const told = async (thirdPartyId: string, xId: string) => {
			const { thrown, hints } = await run(services, 'lead', operation, {
				...{ integrationId: byId('int_any'), email1: `${operation}@example.com`, firstName: 'Maria' },
				sourceFields: { thirdPartyId, ...(operation === 'upsert' && { xId }) },
			});
			expect(thrown).toBeUndefined();
			return hints.map(({ message }) => message).join();
		};
		const hint = (label: string) => `'${label}' is a fixed text, so every lead would have the same ID.`;
		const fixed = await told('Zillow', '10432');
		expect(fixed).toContain(hint('Third-Party ID'));
		if (operation === 'upsert') expect(fixed).toContain(hint('PMS ID'));
		expect(await told("={{ $json.id ?? 'crm-7' }}", '={{ $json.pms ?? 10432 }}')).not.toContain(
			'fixed text',
		);
	},
);

it('A lead is written without the marks by which a spreadsheet keeps a text', async () => {
	const items: IDataObject[] = [
		{
			first: '="Maria"',
			zip: "'02134",
			phone: '="5125550100"',
			email: '="maria@example.com"',
			born: '="1985-05-28"',
		},
		{
			first: "'t Hooft",
			zip: '="02134"',
			phone: "'+1 512 555 0100",
			email: "'maria@example.com",
			born: "'1985-05-28",
		},
		{ first: '=""', zip: '02134', phone: '5125550100.0', email: '=""' },
		{ first: '{{ $json.first }}', zip: 'NULL', phone: '+1{{ $json.phone }}' },
	];
	const { success } = await run(
		services,
		'lead',
		'create',
		{
			...LEAD,
			personFields: { ...(LEAD.personFields as IDataObject), zip: '={{ $json.zip }}' },
		},
		{ items, onError: 'continueRegularOutput' },
	);
	const [maria, hooft] = ['Maria', "'t Hooft"].map((first_name) => ({
		...{ first_name, zip: '02134', email_1: 'maria@example.com', date_of_birth: '1985-05-28' },
	}));
	expect(created()).toEqual([
		expect.objectContaining({ ...maria, phone_1: '5125550100' }),
		expect.objectContaining({ ...hooft, phone_1: '+1 512 555 0100' }),
		{
			...{ integration_id: 'int_any', last_name: 'Alvarez', zip: '02134', phone_1: '5125550100' },
		},
	]);
	expect(errorsOf(success)).toEqual([undefined, undefined, undefined, expect.any(String)]);
	for (const label of ['First Name', 'ZIP Code', 'Phone Number'])
		expect(success[3]?.json.error).toContain(`'${label}'`);
});

it('A ZIP code that a spreadsheet may have changed is sent, and a hint asks about it', async () => {
	const codes = ['2134', '78701.0', 'z:78701', '78701', '78701-1234', 'SW1A 1AA', '02134'];
	const { hints } = await run(
		services,
		'lead',
		'create',
		{
			...PLAIN,
			personFields: { zip: '={{ $json.zip }}' },
		},
		{ items: codes.map((zip) => ({ zip })) },
	);
	expect(created().map(({ zip }) => zip)).toEqual(codes.with(1, '78701'));
	expect(hints.map(({ message }) => message)).toEqual([
		expect.stringMatching(
			/^Items 1 and 3 of 7: 'ZIP Code' does not have the five digits of a ZIP code\./,
		),
	]);
});

it('An amount of a lead that may be in cents is sent, and a hint asks about it', async () => {
	const fields = { desiredMinRent: '={{ $json.at }}', desiredMaxRent: '={{ $json.at }}' };
	const { hints } = await run(
		services,
		'lead',
		'create',
		{ ...PLAIN, wishFields: { ...fields, monthlyIncome: '={{ $json.at }}' } },
		{ items: [{ at: 1_850 }, { at: 185_000 }, { at: 50_000 }] },
	);
	expect(created()).toMatchObject(
		[185_000, 18_500_000, 5_000_000].map((cents) => ({
			...{ desired_min_rent_in_cents: cents, desired_max_rent_in_cents: cents },
			monthly_income_in_cents: cents,
		})),
	);
	expect(hints.map(({ message }) => message)).toEqual(
		['Minimum Rent', 'Maximum Rent', 'Monthly Income'].map(
			(label) =>
				expect.stringContaining(
					`Item 2 of 3: '${label} (Dollars)' is more than $50,000 a month`,
				) as string,
		),
	);
});

it('A value that tells the lead from nobody is sent, and a hint asks about it', async () => {
	const numbers = ['+1 (512) 555-0100 ext. 7', '5125550100', '+44 20 7946 0000'];
	const noNumbers = ['N/A', '555-0100', '512-555-0100, 737-555-0200', '000-000-0000', 'anonymous'];
	const ids = [...Array<string>(7).fill('crm-7'), '0'];
	const phones = [...numbers, ...noNumbers];
	const { hints } = await run(
		services,
		'lead',
		'create',
		{
			...{ ...PLAIN, phone1: '={{ $json.phone }}' },
			personFields: { phone2: '={{ $json.phone }}' },
			sourceFields: { thirdPartyId: '={{ $json.id }}' },
		},
		{ items: phones.map((phone, index) => ({ phone, id: ids[index] })) },
	);
	expect(created()).toMatchObject(
		phones.map((phone, index) => ({
			...{ phone_1: phone, phone_2: phone, third_party_id: ids[index] },
		})),
	);
	const told = hints.map(({ message }) => message);
	expect(told.sort()).toEqual([
		`Item 8 of 8: 'Third-Party ID' ${NOBODYS}`,
		...['Phone Number', 'Second Phone Number'].map(
			(label) => `Items 4, 5, 6, 7 and 8 of 8: '${label}' ${NOBODYS}`,
		),
	]);
});

it('An ID of another system of which an expression found only a part is sent, and a hint says so', async () => {
	const { hints } = await run(services, 'lead', 'create', {
		...PLAIN,
		sourceFields: { thirdPartyId: '={{ $json.system }}-1042' },
	});
	expect(created()).toMatchObject([{ third_party_id: '-1042' }]);
	expect(hints.map(({ message }) => message)).toEqual([
		"'Third-Party ID' is not complete: {{ $json.system }} found nothing in the item.",
	]);
});

it.each(['$json.id.toString()', "$json.id ? 'fub-' + $json.id : ''"])(
	'An ID of another system that n8n has rounded is refused: %s',
	async (code) => {
		const parameters = { ...PLAIN, sourceFields: { thirdPartyId: `={{ ${code} }}` } };
		const { thrown } = await run(services, 'lead', 'create', parameters, {
			items: [{ id: 8_202_522_731_445_525_542 }],
		});
		expect(thrown?.message).toMatch(/'Third-Party ID' \w+ a number of more than 15 digits/);
		expect(created()).toEqual([]);
	},
);

it('IDs of which an expression found only some are sent, and a hint says so', async () => {
	const { hints } = await run(services, 'lead', 'create', {
		...PLAIN,
		placeFields: { desiredUnitIds: '=unit_1, {{ $json.other }}' },
	});
	expect(created()).toMatchObject([{ desired_unit_ids: ['unit_1'] }]);
	expect(hints.map(({ message }) => message)).toEqual([
		"'Desired Units' is not complete: {{ $json.other }} found nothing in the item.",
	]);
});

it('An appointment that may be given in seconds is sent, and a hint asks about it', async () => {
	const { hints } = await run(
		services,
		'appointment',
		'create',
		{
			...{ for: 'lead', integrationId: byId('int_any'), leadId: byId('lead_1') },
			start: '={{ DateTime.utc(2028, 2, 1 + $itemIndex).toISO() }}',
			appointmentDurationMinutes: '={{ $json.minutes }}',
			options: { timeZone: 'America/Chicago', appointmentClock: 'utc', waitForResult: false },
		},
		{ items: [{ minutes: 30 }, { minutes: 1_800 }, { minutes: 480 }] },
	);
	expect(created().map((body) => body.appointment_duration_minutes)).toEqual([30, 1_800, 480]);
	expect(hints.map(({ message }) => message).join('\n')).toContain(
		"Item 2 of 3: 'Duration (Minutes)' is more than 8 hours",
	);
});

it('An expression in a field that is set to Fixed is not taken for a text', async () => {
	const { thrown } = await leadEvent(
		services,
		{ notes: 'Tour with {{ $json.agent }}', eventDatetime: '{{ $json.when }}' },
		{ items: [{ agent: 'Jo' }] },
	);
	expect(thrown?.message).toContain("'Event Date and Time' holds an expression");
	expect(thrown?.message).toContain("The same is true of 'Notes'");
	expect(thrown?.message).toContain("Switch the field to 'Expression'");
	expect(writes()).toEqual([]);
});

describe('The ID of an event', () => {
	const ids = async (deduplicationKey: string, given: unknown[]) => {
		const items = given.map((id, index) => ({ id: id as IDataObject, note: `${index}` }));
		const { success } = await leadEvent(
			services,
			{ notes: '={{ $json.note }}', deduplicationKey, options: { sameKeyOtherEvent: 'skip' } },
			{ items, onError: 'continueRegularOutput' },
		);
		return success.map(({ json }) => json.error ?? json.outcome);
	};

	it.each([
		['alone', '={{ $json.id }}', [false, false, true, 'false', 'False']],
		['as a part', '=call-{{ $json.id }}', [false, false, true]],
		['as a part of a template', '={{ `call-${$json.id}` }}', [false, false]],
		['as a part of a sum', "={{ 'call-' + $json.id }}", [false, false]],
	])('that is false is refused, and no two events become one: %s', async (_where, key, given) => {
		expect(await ids(key, given)).toEqual(
			given.map(() => expect.stringContaining("'Event ID in Your System'")),
		);
		expect(writes()).toEqual([]);
	});

	it('is the same with characters that show nothing', async () => {
		const given = ['abc', 'abc\u200b', '\ufeffabc', 'a\u00adbc\u00a0', 'abd'];
		expect(await ids('={{ $json.id }}', given)).toEqual([
			'created',
			...['skipped', 'skipped', 'skipped'],
			'created',
		]);
		expect(created()).toHaveLength(2);
	});

	it('is the same with the marks of a spreadsheet', async () => {
		expect(await ids('={{ $json.id }}', ['0123', "'0123", '="0123"'])).toEqual([
			'created',
			...['skipped', 'skipped'],
		]);
	});
});

it('The name of an event goes out without the spaces around it, and LeaseSign needs its rent all the same', async () => {
	const { success } = await leadEvent(
		services,
		{ eventName: '={{ $json.name }}', additionalFields: { agentName: ' Jordan Smith\u00a0' } },
		{ items: [{ name: 'Show ' }, { name: ' LeaseSign' }], onError: 'continueRegularOutput' },
	);
	expect(errorsOf(success)).toEqual([undefined, expect.stringContaining("when 'Event Name' is LeaseSign")]);
	expect(created()).toMatchObject([{ event_name: 'Show', agent_name: 'Jordan Smith' }]);
});

describe('A change of nothing is refused', () => {
	beforeEach(() => {
		addLeadsOfAnyPms(services.emulator);
		addEventsOfAnyPms(services.emulator);
	});

	const event = { eventId: byId(`${ANY_EVENT}_1`) };

	it.each<[resource: string, parameters: IDataObject, field: string, label: string]>([
		['lead', { leadId: byId(`${ANY_LEAD}_1`) }, 'firstName', 'First Name'],
		...['lead', 'applicant', 'resident'].map((person): [string, IDataObject, string, string] => [
			...([`${person}Event`, event, 'eventDatetime', 'Event Date and Time'] as const),
		]),
		['appointment', { for: 'lead', ...event }, 'notes', 'Notes'],
	])('%s', async (resource, parameters, field, label) => {
		const settings: Settings = { items: [{}, { at: '' }], onError: 'continueRegularOutput' };
		const empty = await run(services, resource, 'update', parameters, settings);
		const found = { ...parameters, [field]: '={{ $json.at }}' };
		const byExpression = await run(services, resource, 'update', found, settings);
		const NOTHING = 'Nothing is filled in that could be changed';
		expect(errorsOf(empty.success)).toEqual(
			[1, 2].map((item) =>
				expect.stringMatching(new RegExp(`^Item ${item} of 2: ${NOTHING}\\. Fill in`)),
			),
		);
		expect(errorsOf(byExpression.success)).toEqual(
			[1, 2].map(() => expect.stringContaining(`${NOTHING}: '${label}' found nothing in this item`)),
		);
		expect(writes()).toEqual([]);
	});
});
