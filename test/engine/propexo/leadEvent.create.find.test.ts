import type { IDataObject } from 'n8n-workflow';

import { by } from '../support/locator.ts';
import type { Settings } from '../support/services.ts';
import { anotherProcess, byId, useNewServices } from '../support/services.ts';
import { addLead, INTEGRATION, leadsIn, lookUps, recipients } from './support/finding.ts';
import { jsonOf, leadEvent, run } from './support/run.ts';

const services = useNewServices();

const propexo = () => services.emulator.propexo;
const theLead = () => leadsIn(services)[0]!;
const where = { integrationId: byId(INTEGRATION), eventName: 'NOTE' };
const create = async (leadId: ReturnType<typeof byId>, more: IDataObject = {}, settings: Settings = {}) =>
	await leadEvent(services, { ...where, ...more, leadId }, settings);

/** A phone number as people write it. */
const written = (digits: unknown) =>
	`+1 (${String(digits).slice(0, 3)}) ${String(digits).slice(3, 6)}-${String(digits).slice(6)}`;

interface Mode {
	mode: string;
	/** What a user would give of a lead. */
	of(lead: ReturnType<typeof theLead>): IDataObject[string];
	/** What no lead has. */
	nobody: string;
	/** The field that holds it. */
	field: string;
	/** As messages call it. */
	is: string;
}

const MODES: Mode[] = [
	{
		mode: 'email',
		of: ({ email_1 }) => email_1,
		nobody: 'nobody@example.com',
		field: 'email_1',
		is: 'the email address',
	},
	{
		mode: 'phone',
		of: ({ phone_1 }) => written(phone_1),
		nobody: '(999) 555-0100',
		field: 'phone_1',
		is: 'the phone number',
	},
	{ mode: 'pmsId', of: ({ x_id }) => x_id, nobody: 'L-nobody', field: 'x_id', is: 'the PMS ID' },
];

describe.each(MODES)('Lead Event: Create, a lead given by $mode', ({ mode, of, nobody, field, is }) => {
	it('goes to the one lead that has it, and the output says who that is', async () => {
		const { success } = await create(by(mode, of(theLead())));
		expect(recipients(services)).toEqual([theLead().id]);
		expect(success[0]?.json).toMatchObject({
			job_id: propexo().ledger.created[0]?.id,
			resolved: { lead_id: theLead().id, found_by: mode },
		});
		expect(lookUps(services)).toHaveLength(1);
	});

	it('is not sent where no lead has it', async () => {
		const { thrown } = await create(by(mode, nobody));
		expect(thrown?.message).toBe(
			`No lead of Union Yards Rent Manager has ${is} in 'Lead'. Check the value. New leads of the PMS can be found after Propexo's next sync`,
		);
		expect(thrown?.message).not.toContain(nobody);
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is not sent where several leads have it, and says where and since when they are', async () => {
		addLead(services, 'lead_twin', {
			[field]: theLead()[field] as IDataObject[string],
			property_id: 'prop_12',
			created_at: '2026-03-01T09:00:00.000Z',
		});
		const { thrown } = await create(by(mode, of(theLead())));
		expect(thrown?.message).toMatch(
			new RegExp(`^2 leads of Union Yards Rent Manager have ${is} in 'Lead': `),
		);
		expect(thrown?.message).toContain('added 2026-03-01');
		for (const secret of [theLead().email_1, theLead().first_name, theLead().phone_1, theLead().id]) {
			expect(thrown?.message).not.toContain(secret);
		}
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is left to a person where several leads have it: the model of an agent does not try another one', async () => {
		addLead(services, 'lead_twin', { [field]: theLead()[field] as IDataObject[string] });
		const tool = { node: 'propexoTool', items: [{ lead: of(theLead()) }] } as Settings;
		const { success } = await create(by(mode, "={{ $fromAI('lead') }}"), {}, tool);
		expect(success[0]?.json).toMatchObject({
			outcome: 'not sent',
			error: expect.stringMatching(/^2 leads /),
			call_again: false,
			what_to_do: expect.stringMatching(/^Do not call the tool again.*a person has to/),
		});
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is not sent where the service forgets what it was asked for', async () => {
		propexo().settings.ignoredFilters = [field];
		const { thrown } = await create(by(mode, of(theLead())));
		expect(thrown?.message).toBe(
			`Propexo answered with other leads than those with ${is} in 'Lead', so none was taken. Run it again, or choose 'By ID'`,
		);
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is not sent where the service gives leads of another integration', async () => {
		propexo().settings.ignoredFilters = ['integration_id'];
		const other = propexo().data.leads.get('lead_2')!;
		const { thrown } = await create(by(mode, of(other)));
		expect(thrown?.message).toContain('Propexo answered with other leads');
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is an empty field where the value is empty', async () => {
		for (const value of ["={{ '' }}", "={{ '  ' }}", '={{ $json.missing }}']) {
			const { thrown } = await create(by(mode, value));
			expect(thrown?.message).toMatch(/^'Lead' is empty and must be filled in/);
		}
		expect(propexo().ledger.requests).toEqual([]);
	});
});

describe('Lead Event: Create, a lead that is found', () => {
	it('tells nothing of finding when the lead is given by its ID', async () => {
		const [row] = jsonOf(await create(byId(theLead().id)));
		expect(row).not.toHaveProperty('resolved');
	});

	it('is found however its address is spelt, where the filter minds letter case', async () => {
		const lead = theLead();
		lead.email_1 = 'MARIA@x.com';
		const create = async (who: string[]) =>
			await leadEvent(
				services,
				{ ...where, leadId: by('email', '={{ $json.who }}') },
				{ items: who.map((one) => ({ who: one })), onError: 'continueRegularOutput' },
			);
		// One spelling that is not there says nothing of the others.
		for (const who of [['Maria@X.com'], ['Maria@X.com', 'MARIA@x.com'], ['MARIA@x.com']]) {
			const { success } = await create(who);
			const isThere = who.includes('MARIA@x.com');
			expect(success.map(({ json }) => json.error === undefined)).toEqual(who.map(() => isThere));
		}
	});

	it('is not sent where two spellings are two leads', async () => {
		theLead().email_1 = 'Maria@x.com';
		addLead(services, 'lead_small', { email_1: 'maria@x.com' });
		const { thrown } = await create(by('email', 'Maria@x.com'));
		expect(thrown?.message).toContain('2 leads of');
	});

	it('is not sent where another one came a moment ago', async () => {
		await create(by('email', theLead().email_1));
		addLead(services, 'lead_again', { email_1: theLead().email_1 });
		const start = Date.now();
		const now = jest.spyOn(Date, 'now').mockImplementation(() => start + 10_000);
		const { thrown } = await create(by('email', theLead().email_1)).finally(() => now.mockRestore());
		expect(thrown?.message).toContain('2 leads of');
		expect(recipients(services)).toEqual([theLead().id]);
	});

	it('is not sent either where the clock of the machine was set back in that moment', async () => {
		await create(by('email', theLead().email_1));
		addLead(services, 'lead_again', { email_1: theLead().email_1 });
		const [wall, counted] = [Date.now(), performance.now()];
		jest.spyOn(Date, 'now').mockImplementation(() => wall - 3_600_000);
		jest.spyOn(performance, 'now').mockImplementation(() => counted + 10_000);
		const { thrown } = await create(by('email', theLead().email_1)).finally(() => jest.restoreAllMocks());
		expect(thrown?.message).toContain('2 leads of');
		expect(recipients(services)).toEqual([theLead().id]);
	});

	it('is nobody by a number that stands in place of one, and none by two numbers', async () => {
		theLead().phone_1 = '5555555555';
		const given = ['555-555-5555', '512-555-0100, 737-555-0200', '512 555 0100 (mobile); 737 555 0200'];
		const { success } = await create(
			by('phone', '={{ $json.who }}'),
			{},
			{ items: given.map((who) => ({ who })), onError: 'continueRegularOutput' },
		);
		expect(success.map(({ json }) => json.error)).toEqual([
			expect.stringContaining("'Lead' holds a placeholder in place of the phone number"),
			...given
				.slice(1)
				.map(() => expect.stringContaining("'Lead' must be a number in the USA or Canada")),
		]);
		expect(recipients(services)).toEqual([]);
	});

	it.each([
		[
			'email',
			'email_1',
			['noemail@noemail.com', 'none@example.org', 'test@test.com', 'noreply@listings.example'],
		],
		['phone', 'phone_1', ['(555) 123-4567', '800-555-1212', '234-567-8901']],
		['pmsId', 'x_id', ['N/A', '0', 'unknown', '-']],
	])(
		'is nobody by %s where the value is nobody’s, even if one lead has it',
		async (mode, field, values) => {
			for (const value of values) {
				const held = mode === 'phone' ? value.replace(/\D/g, '') : value;
				addLead(services, `with ${value}`, { [field]: held });
			}
			const { success } = await create(
				by(mode, '={{ $json.who }}'),
				{},
				{ items: values.map((who) => ({ who })), onError: 'continueRegularOutput' },
			);
			const wrong = expect.stringContaining('holds a placeholder in place of') as unknown;
			expect(success.map(({ json }) => json.error)).toEqual(values.map(() => wrong));
			expect(recipients(services)).toEqual([]);
		},
	);

	it('takes another value for each item', async () => {
		const [a, b] = [theLead(), addLead(services, 'lead_other')];
		const items = [{ who: a.email_1 }, { who: b.email_1 }, { who: a.email_1 }];
		const rows = jsonOf(await create(by('email', '={{ $json.who }}'), {}, { items }));
		expect(rows.map(({ resolved }) => (resolved as IDataObject).lead_id)).toEqual([a.id, b.id, a.id]);
		expect(lookUps(services)).toHaveLength(2);
	});

	it('finds an address in other letter case, and a number however it is written', async () => {
		const lead = theLead();
		lead.email_1 = 'Nathan.Cole@Example.com';
		lead.phone_1 = '(512) 555-0142';
		// So many values that the list is read: the forms are compared here.
		const others = Array.from({ length: 60 }, (_, number) => `somebody${number}@example.com`);
		const values = ['nathan.cole@example.com', 'NATHAN.COLE@EXAMPLE.COM', ...others];
		const { success } = await create(
			by('email', '={{ $json.who }}'),
			{},
			{ items: values.map((who) => ({ who })), onError: 'continueErrorOutput' },
		);
		expect(success.map(({ json }) => (json.resolved as IDataObject).lead_id)).toEqual([lead.id, lead.id]);
	});

	it.each(['Nathan.Cole7@Example.com', 'Nathan.Cole7@example.com', 'NATHAN.COLE7@EXAMPLE.COM'])(
		'finds an address stored as %s, also when it is looked up alone',
		async (held) => {
			theLead().email_1 = held;
			await create(by('email', 'nathan.cole7@example.com'));
			expect(recipients(services)).toEqual([theLead().id]);
			expect(lookUps(services).every(({ query }) => query.email_1 !== undefined)).toBe(true);
		},
	);

	describe('by its second email address', () => {
		const SECOND = 'second@example.com';
		const asked = () => lookUps(services).map(({ query }) => query.email_2 ?? query.email_1);

		it.each([SECOND, 'Second@Example.com'])(
			'is the one that nobody has as the first: %s',
			async (given) => {
				addLead(services, 'lead_second', { email_2: SECOND });
				const [row] = jsonOf(await create(by('email', given)));
				expect(recipients(services)).toEqual(['lead_second']);
				expect(row?.resolved).toMatchObject({ lead_id: 'lead_second', found_by: 'email' });
			},
		);

		it('is passed over for one that has it as the first', async () => {
			addLead(services, 'lead_second', { email_2: theLead().email_1 });
			await create(by('email', theLead().email_1));
			expect(recipients(services)).toEqual([theLead().id]);
			expect(asked()).toEqual([theLead().email_1]);
		});

		it('is found among so many that the list is read', async () => {
			addLead(services, 'lead_second', { email_2: SECOND.toUpperCase() });
			addLead(services, 'lead_both', { email_2: theLead().email_1 });
			const others = Array.from({ length: 60 }, (_, number) => `somebody${number}@example.com`);
			const values = [SECOND, theLead().email_1, ...others];
			const { success, error } = await create(
				by('email', '={{ $json.who }}'),
				{},
				{ items: values.map((who) => ({ who })), onError: 'continueErrorOutput' },
			);
			expect(success.map(({ json }) => (json.resolved as IDataObject).lead_id)).toEqual([
				'lead_second',
				theLead().id,
			]);
			expect(success.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
			expect(error).toHaveLength(others.length);
		});

		it('is not sent where two have it, unless the option chooses one', async () => {
			for (const [id, day] of [
				['lead_a', '2026-01-01'],
				['lead_b', '2026-02-01'],
			])
				addLead(services, String(id), { email_2: SECOND, created_at: `${day}T00:00:00.000Z` });
			const { thrown } = await create(by('email', SECOND));
			expect(thrown?.message).toMatch(/^2 leads of .* have the email address in 'Lead'/);
			expect(recipients(services)).toEqual([]);
			await create(by('email', SECOND), { options: { ifSeveralMatch: 'newest' } });
			expect(recipients(services)).toEqual(['lead_b']);
		});

		it('is not sent where Propexo forgets what it was asked for', async () => {
			propexo().settings.ignoredFilters = ['email_2'];
			const { thrown } = await create(by('email', 'third@example.com'));
			expect(thrown?.message).toContain('Propexo answered with other leads');
			expect(recipients(services)).toEqual([]);
		});

		// The first four look for the first address, in its spellings.
		it('is not sent where the look-up for it fails', async () => {
			addLead(services, 'lead_second', { email_2: SECOND });
			const match = { method: 'GET', path: '/v1/leads/' };
			propexo().faults.add({ match, after: 4, status: 400, body: {}, times: Infinity });
			const { thrown } = await create(by('email', SECOND));
			expect(thrown?.message).toContain("'Lead' could not be looked up");
			expect(recipients(services)).toEqual([]);
		});
	});

	it('finds a PMS ID that is a UUID in any letter case', async () => {
		const id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
		for (const [held, given] of [
			[id, id.toUpperCase()],
			[id.toUpperCase(), id],
		]) {
			theLead().x_id = String(held);
			await create(by('pmsId', given));
		}
		expect(recipients(services)).toEqual([theLead().id, theLead().id]);
	});

	it.each([
		['newest', ['2026-02-01', '2026-03-01', '2026-01-01'], ['ACTIVE', 'LOST', 'ACTIVE'], 'lead_b'],
		['newestActive', ['2026-02-01', '2026-03-01', '2026-01-01'], ['ACTIVE', 'Lost', 'ACTIVE'], 'lead_a'],
		['newest', ['2026-02-01', '2026-02-01', '2026-01-01'], ['ACTIVE', 'ACTIVE', 'ACTIVE'], undefined],
		[
			'newestActive',
			['2026-02-01', '2026-03-01', '2026-01-01'],
			['LOST', 'Leased', 'Inactive'],
			undefined,
		],
		['refuse', ['2026-02-01', '2026-03-01', '2026-01-01'], ['ACTIVE', 'LOST', 'ACTIVE'], undefined],
	])('of several takes what %s says', async (ifSeveralMatch, days, statuses, taken) => {
		for (const [index, id] of ['lead_a', 'lead_b', 'lead_c'].entries()) {
			addLead(services, id, {
				email_1: 'same@example.com',
				created_at: `${days[index]}T00:00:00.000Z`,
				status: statuses[index],
			});
		}
		const { thrown } = await create(by('email', 'same@example.com'), { options: { ifSeveralMatch } });
		expect(recipients(services)).toEqual(taken === undefined ? [] : [taken]);
		expect(thrown === undefined).toBe(taken !== undefined);
		if (ifSeveralMatch === 'newestActive' && taken === undefined) {
			expect(thrown?.message).toContain('None of them is active');
		}
	});

	it('in Stop mode nothing is sent when one row finds nobody', async () => {
		const items = [{ who: theLead().email_1 }, { who: 'nobody@example.com' }];
		const { thrown } = await create(by('email', '={{ $json.who }}'), {}, { items });
		expect(thrown?.message).toMatch(/^Item 2 of 2: No lead of /);
		expect(propexo().ledger.created).toEqual([]);
	});

	it('the others are sent when the node goes on', async () => {
		const items = [{ who: 'nobody@example.com' }, { who: theLead().email_1 }];
		const { success, error } = await create(
			by('email', '={{ $json.who }}'),
			{},
			{
				items,
				onError: 'continueErrorOutput',
			},
		);
		expect(recipients(services)).toEqual([theLead().id]);
		expect(success[0]?.pairedItem).toEqual({ item: 1 });
		expect(error[0]?.json.details).toMatchObject({ outcome: 'not sent', item: 1 });
	});
});

describe('Lead Event: Create, the same event again when another lead has come meanwhile', () => {
	const newer = () =>
		addLead(services, 'lead_newer', {
			email_1: theLead().email_1,
			created_at: '2027-01-01T00:00:00.000Z',
		});
	const given = () => by('email', theLead().email_1);
	const items = [{ key: 'call-1' }];
	const deduplicationKey = '={{ $json.key }}';

	it('is skipped by its key', async () => {
		const options = { ifSeveralMatch: 'newest' };
		const event = { ...where, leadId: given(), deduplicationKey, options };
		await leadEvent(services, event, { items });
		newer();
		// Another process has not found anybody yet.
		const { success } = await leadEvent(anotherProcess(services, {}), event, { items });
		expect(success[0]?.json).toMatchObject({ skipped: true });
		expect(recipients(services)).toEqual([theLead().id]);
		// Nobody is looked for when it comes again.
		expect(lookUps(services)).toHaveLength(1);
	});

	it('of another person with the same key is refused', async () => {
		const items = [{ key: 'call-2' }];
		await create(given(), { deduplicationKey }, { items });
		addLead(services, 'lead_other');
		const other = by('email', 'lead_other@example.com');
		const { thrown } = await create(other, { deduplicationKey }, { items });
		expect(thrown?.message).toMatch(/^/);
		expect(recipients(services)).toEqual([theLead().id]);
	});
});

describe('Wherever else a lead is named', () => {
	it('Lead: Get reads the lead that is found', async () => {
		const { email_1, id } = theLead();
		const rows = jsonOf(await run(services, 'lead', 'get', { leadId: by('email', email_1) }));
		expect(rows).toMatchObject([{ id }]);
	});

	it('Lead Event: Get Many lists the events of the lead that is found', async () => {
		const lead = propexo().data.leads.get('lead_2')!;
		const filters = { leadId: by('phone', written(lead.phone_1)) };
		const rows = jsonOf(await run(services, 'leadEvent', 'getAll', { filters }));
		expect(rows.map(({ lead_id }) => lead_id)).toEqual([lead.id]);
	});

	it('reads nothing for a lead that is not found, rather than everything', async () => {
		const filters = { leadId: by('email', 'nobody@example.com') };
		const { thrown } = await run(services, 'leadEvent', 'getAll', { filters });
		expect(thrown?.message).toMatch(/^No lead has the email address in 'Lead'/);
		expect(lookUps(services, '/v1/events/')).toEqual([]);
	});

	it('the ID of a PMS needs its integration', async () => {
		const filters = { leadId: by('pmsId', theLead().x_id) };
		const { thrown } = await run(services, 'leadEvent', 'getAll', { filters });
		expect(thrown?.message).toBe("'Lead' is an ID of the PMS, and needs an 'Integration' beside it");
	});
});
