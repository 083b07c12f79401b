import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../../emulator/index.ts';
import type { RunResult } from '../../support/engine.ts';
import { anotherProcess, byId, useNewServices } from '../../support/services.ts';
import type { Services, Settings } from '../../support/services.ts';
import { until } from '../../support/deliver/driven.ts';
import { run } from '../support/run.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from '../support/samples.ts';

const timing = { rate: { requests: 100_000 }, lookUpAfterMs: [20, 60, 150, 300] };
// What a process remembers of a lead belongs to the address: each test has its own.
const services = useNewServices({ timing, propexo: { jobMs: 20 } });
const propexo = () => services.emulator.propexo;
const writes = () => propexo().ledger.requests.filter(({ method }) => method !== 'GET');
const madeLeads = () => propexo().ledger.created.filter(({ kind }) => kind === 'lead');
const bodies = () => writes().map(({ body }) => body as IDataObject);

beforeEach(() => {
	addLeadsOfAnyPms(services.emulator);
	// They may be the person that the items name, and the items know the first name better.
	for (const lead of propexo().data.leads.rows)
		if (lead.id.startsWith(ANY_LEAD)) Object.assign(lead, { first_name: 'N.', last_name: 'Smith' });
});
let tests = 0;
/** A person whom nobody knows. */
const stranger = () => ({ email: `stranger${++tests}@example.com` });

async function upsert(parameters: IDataObject, settings: Settings = {}, on: Services = services) {
	return await run(on, 'lead', 'upsert', { integrationId: byId('int_any'), ...parameters }, settings);
}
const NEW = { firstName: 'Nathan', lastName: 'Smith', email1: '={{ $json.email }}' };
const rowsOf = ({ success }: RunResult) => success.map(({ json }) => json);
const known = (number: number) => propexo().data.leads.get(`${ANY_LEAD}_${number}`);

describe('One person', () => {
	it('who is new is added, with the ID of the lead once the PMS tells it', async () => {
		const items = [stranger()];
		const told = rowsOf(await upsert({ ...NEW, options: { waitForResult: true } }, { items }));
		// The emulator adds what was written when it is read.
		await upsert(NEW, { items });
		const [lead] = propexo().data.leads.rows.filter(({ email_1 }) => email_1 === items[0]?.email);
		expect(told).toMatchObject([
			{ action: 'created', lead_id: lead?.id, job_id: expect.any(String), write_status: 'SUCCESS' },
		]);
		expect(writes()).toMatchObject([{ method: 'POST', path: '/v1/leads/' }]);
	});

	it('who was added is not added again by a retry with the currently saved workflow and the time in a field', async () => {
		const match = { method: 'POST', bodyIncludes: 'WRONG' };
		propexo().faults.add({ match, status: 422, times: Infinity });
		const items = [stranger(), { ...stranger(), wrong: 'WRONG ' }, stranger()];
		const fields = (lastName: string) => ({
			...{ ...NEW, lastName, integrationId: byId('int_any') },
			stateFields: { notes: '=At {{ $now.toMillis() }}' },
		});
		const stopped = await upsert(fields("={{ $json.wrong ?? '' }}Smith"), { items });
		expect(stopped.thrown?.message).toContain('Item 2 of 3');
		const sent = madeLeads().length;
		const retried = await services.engine.retry(stopped, {
			parameters: { ...stopped.options.parameters, ...fields("={{ 'Smith' }}") },
		});
		expect(rowsOf(retried)).toHaveLength(3);
		expect(sent).toBeGreaterThan(0);
		expect(madeLeads()).toHaveLength(3);
		expect(writes().map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'POST']);
	});

	it('whose run stops before the PMS has answered is told as added by its retry, without what was true before', async () => {
		propexo().faults.add({ match: { method: 'POST', bodyIncludes: 'WRONG' }, status: 422 });
		const items = [stranger(), { ...stranger(), wrong: 'WRONG ' }];
		const options = { waitForResult: true };
		const stopped = await upsert(
			{ ...NEW, lastName: "={{ $json.wrong ?? '' }}Smith", options },
			{ items },
		);
		expect(stopped.thrown?.description).toContain('1 pending (item 1), 1 refused (item 2)');
		// It has no ID of an event, and a new execution would find the lead.
		expect(stopped.thrown?.description).not.toMatch(/Event ID|do it again/);
		const [first] = rowsOf(await services.engine.retry(stopped));
		expect(first).toMatchObject({ outcome: 'created', lead_id: expect.any(String) });
		expect(first).not.toHaveProperty('hint');
	});

	it('who is known is changed in what is filled in', async () => {
		const { email_1 } = known(1) ?? {};
		const told = rowsOf(
			await upsert({ ...NEW, email1: String(email_1).toUpperCase(), lastName: '' }, { items: [{}] }),
		);
		expect(told).toMatchObject([
			{
				action: 'updated',
				lead_id: `${ANY_LEAD}_1`,
				resolved: { lead_id: `${ANY_LEAD}_1`, found_by: 'email' },
				job_id: expect.any(String),
			},
		]);
		expect(writes()).toMatchObject([{ method: 'PUT', path: `/v1/leads/${ANY_LEAD}_1` }]);
		expect(bodies()).toEqual([{ first_name: 'Nathan', email_1: String(email_1).toUpperCase() }]);
	});

	it('who is as the item says is left as he is: nothing is sent', async () => {
		const { first_name, email_1, phone_1, target_move_in_date } = (known(1) ?? {}) as IDataObject;
		const same = {
			...{ firstName: first_name, lastName: '', email1: email_1, phone1: `+1 ${String(phone_1)}` },
			wishFields: { targetMoveInDate: `${String(target_move_in_date)}T12:00:00`, numberOfOccupants: 2 },
		} as IDataObject;
		expect(rowsOf(await upsert(same))).toEqual([
			{
				outcome: 'unchanged',
				action: 'unchanged',
				integration_id: 'int_any',
				resolved: { lead_id: `${ANY_LEAD}_1`, found_by: 'email' },
				lead_id: `${ANY_LEAD}_1`,
			},
		]);
		expect(writes()).toEqual([]);
	});

	/** A lead for each of these, whose items find it by its email address. */
	function addLeads(held: IDataObject[]): Array<{ email: string }> {
		return held.map((more, index) => {
			const id = `other_lead_${index}`;
			const email = `${id}@example.com`;
			const lead = known(1);
			if (lead) propexo().data.leads.add({ ...lead, ...more, id, x_id: id, email_1: email });
			return { email };
		});
	}

	it('who wants other units than before, or fewer, is changed', async () => {
		const cases: Array<[held: string[], unit: string, units: string, action: string]> = [
			[['unit_1', 'unit_2'], '', 'unit_2, unit_1', 'unchanged'],
			[['unit_1', 'unit_2'], 'unit_1', 'unit_1, unit_2', 'unchanged'],
			[['unit_1'], 'unit_1', '', 'unchanged'],
			[['unit_1', 'unit_2'], '', 'unit_1', 'updated'],
			[['unit_1', 'unit_2'], 'unit_1', '', 'updated'],
			[['unit_1'], '', 'unit_1, unit_2', 'updated'],
			[[], 'unit_1', '', 'updated'],
		];
		const leads = addLeads(cases.map(([unit_id_preferred]) => ({ unit_id_preferred })));
		const items = cases.map(([, unit, units], index) => ({ ...leads[index], unit, units }));
		const placeFields = { unitId: byId('={{ $json.unit }}'), desiredUnitIds: '={{ $json.units }}' };
		const told = rowsOf(await upsert({ email1: NEW.email1, placeFields }, { items }));
		expect(told.map(({ action }) => action)).toEqual(cases.map(([, , , action]) => action));
	});

	it('who gets another employee is changed, also if that one has the same name', async () => {
		const { x_id, name } = propexo().data.employees.get('emp_43') as unknown as IDataObject;
		const cases: Array<[held: IDataObject, action: string]> = [
			[{ x_leasing_agent_id: 'another', leasing_agent: name }, 'updated'],
			[{ x_leasing_agent_id: x_id, leasing_agent: 'Another Name' }, 'unchanged'],
			[{ x_leasing_agent_id: null, leasing_agent: name }, 'unchanged'],
			[{ x_leasing_agent_id: null, leasing_agent: null }, 'updated'],
		];
		const items = addLeads(cases.map(([held]) => held));
		const sourceFields = { employeeId: byId('emp_43') };
		const told = rowsOf(await upsert({ email1: NEW.email1, sourceFields }, { items }));
		expect(told.map(({ action }) => action)).toEqual(cases.map(([, action]) => action));
	});

	it('who is there keeps source, employee and relationship, where those of the item are for new leads alone', async () => {
		const [there] = addLeads([{ x_leasing_agent_id: 'another', lead_source_id: 'another' }]);
		const items = [there ?? {}, stranger()];
		const parameters = {
			email1: NEW.email1,
			leadSourceId: byId('lsrc_1'),
			sourceFields: {
				employeeId: byId('emp_43'),
				leadRelationshipId: byId('lrel_1'),
				leadSource: 'Ads',
			},
		};
		const keeping = { ...parameters.sourceFields, keepSourceAndAgent: true };
		const told = rowsOf(await upsert({ ...parameters, sourceFields: keeping }, { items }));
		expect(told.map(({ action }) => action)).toEqual(['unchanged', 'created']);
		const chosen = {
			...{ lead_source_id: 'lsrc_1', lead_source: 'Ads' },
			...{ employee_id: 'emp_43', lead_relationship_id: 'lrel_1' },
		};
		expect(bodies()).toEqual([expect.objectContaining(chosen)]);
		await upsert(parameters, { items: items.slice(0, 1) });
		expect(bodies()[1]).toMatchObject(chosen);
	});

	it('of whom there are several leads is not sent, unless the option chooses one', async () => {
		const twin = known(1);
		if (twin) propexo().data.leads.add({ ...twin, id: 'twin', created_at: '2030-01-01T00:00:00Z' });
		const parameters = { ...NEW, email1: String(twin?.email_1) };
		const { thrown } = await upsert(parameters);
		expect(thrown?.message).toContain("2 leads of Any PMS have the email address in 'Email'");
		expect(thrown?.message).not.toContain(String(twin?.email_1));
		expect(writes()).toEqual([]);
		await upsert({ ...parameters, options: { ifSeveralMatch: 'newest' } });
		expect(writes()).toMatchObject([{ method: 'PUT', path: '/v1/leads/twin' }]);
	});

	it('may be recognized by phone number and PMS ID too, in the order chosen', async () => {
		const of = (number: number) => (known(number) ?? {}) as Record<string, string>;
		// Another address would be another person's.
		Object.assign(of(2), { email_1: null });
		const told = [
			await upsert({ ...NEW, email1: stranger().email, phone1: of(2).phone_1 }),
			await upsert({
				...NEW,
				email1: of(3).email_1,
				phone1: of(4).phone_1,
				matchBy: ['phone1', 'email1'],
			}),
			await upsert({ ...NEW, email1: '', matchBy: ['xId'], sourceFields: { xId: of(1).x_id } }),
		];
		expect(told.flatMap(({ thrown }) => thrown?.message ?? [])).toEqual([]);
		expect(writes().map(({ path }) => path)).toEqual(
			[2, 4, 1].map((number) => `/v1/leads/${ANY_LEAD}_${number}`),
		);
	});

	it('is recognized by the Third-Party ID that an earlier job was sent with', async () => {
		const parameters = {
			...{ firstName: 'Nathan', lastName: 'Smith', matchBy: ['thirdPartyId'] },
			sourceFields: { thirdPartyId: `crm ${++tests}` },
			options: { waitForResult: true },
		};
		const first = rowsOf(await upsert(parameters));
		const second = rowsOf(
			await upsert({ ...parameters, lastName: 'Jones' }, {}, anotherProcess(services, timing)),
		);
		expect(second).toMatchObject([{ action: 'updated', lead_id: first[0]?.lead_id }]);
		expect(madeLeads()).toHaveLength(1);
	});

	it('may be a lead of two properties: the Third-Party ID of one counts at that one alone', async () => {
		const [one, other] = propexo().data.properties.rows;
		const at = async (property?: { id: string }) =>
			rowsOf(
				await upsert({
					...{ firstName: 'Nathan', lastName: 'Smith', matchBy: ['thirdPartyId'] },
					...{ propertyId: byId(property?.id ?? ''), sourceFields: { thirdPartyId: 'crm two' } },
					options: { waitForResult: true },
				}),
			)[0]?.action;
		expect([await at(one), await at(other), await at(one)]).toEqual(['created', 'created', 'unchanged']);
	});

	it('who is known is emptied in what is to be cleared, and gets no first event; a hint says so', async () => {
		const lead = known(5);
		Object.assign(lead ?? {}, { desired_min_rent_in_cents: 90_000 });
		const { hints } = await upsert({
			...{ email1: String(lead?.email_1), clearFields: ['desiredMinRent'] },
			firstEvent: {
				...{ firstEventName: 'WalkIn', firstEventDatetime: '2026-03-01T14:30:00Z' },
				firstEventEmployeeId: byId('emp_1'),
			},
		});
		expect(bodies()).toEqual([{ email_1: lead?.email_1, desired_min_rent_in_cents: null }]);
		expect(hints.map(({ message }) => message).join()).toContain("'First Event' was not written");
	});

	it('without anything to be recognized by is not sent', async () => {
		const { success } = await upsert(
			{ ...NEW, phone1: '={{ $json.phone }}' },
			{ items: [{}, { phone: 'anonymous' }, { email: '' }], onError: 'continueRegularOutput' },
		);
		for (const { json } of success) {
			expect(json.error).toContain("'Match By' is 'Email', 'Phone Number'");
			expect(json.error).toContain("'Email': its expression found nothing in this item");
		}
		expect(writes()).toEqual([]);
	});

	it('is not taken from another integration or property', async () => {
		const { email_1 } = propexo().data.leads.get('lead_3') ?? {};
		propexo().data.leads.replace(propexo().data.leads.rows.filter(({ id }) => id === 'lead_3'));
		await upsert({ ...NEW, email1: String(email_1) });
		expect(writes()).toMatchObject([{ method: 'POST' }]);
	});
});

describe('A lead that may be somebody else', () => {
	const of = (number: number) => (known(number) ?? {}) as Record<string, string>;

	it('is not changed: it is found by one value and holds another one in what counts more', async () => {
		const items = [
			// The same family: the phone number is theirs, the email address is not.
			{ matchBy: ['email1', 'phone1'], email: stranger().email, phone: of(2).phone_1 },
			{ matchBy: ['phone1', 'email1'], email: of(2).email_1, phone: '(512) 555-0177' },
			{ matchBy: ['email1', 'xId'], email: stranger().email, pmsId: of(3).x_id },
			{ matchBy: ['xId', 'email1'], email: of(3).email_1, pmsId: 'L-99999' },
			{ matchBy: ['phone1', 'xId'], phone: '+1 512 555 0178', pmsId: of(3).x_id },
			{ matchBy: ['email1', 'xId', 'phone1'], pmsId: 'L-99999', phone: of(4).phone_1 },
		];
		const { success } = await upsert(
			{
				...{ ...NEW, phone1: '={{ $json.phone }}', matchBy: '={{ $json.matchBy }}' },
				sourceFields: { xId: '={{ $json.pmsId }}' },
				options: { ifSeveralMatch: 'newest' },
			},
			{ items, onError: 'continueRegularOutput' },
		);
		const told = success.map(({ json }) => String(json.error));
		const fields = [
			["the phone number in 'Phone Number'", "the email address in 'Email'"],
			["the email address in 'Email'", "the phone number in 'Phone Number'"],
			["the PMS ID in 'PMS ID'", "the email address in 'Email'"],
			["the email address in 'Email'", "the PMS ID in 'PMS ID'"],
			["the PMS ID in 'PMS ID'", "the phone number in 'Phone Number'"],
			["the phone number in 'Phone Number'", "the PMS ID in 'PMS ID'"],
		];
		expect(told).toEqual(
			fields.map(([weak, strong]) =>
				expect.stringContaining(`The lead that has ${weak} does not have ${strong} but another one`),
			),
		);
		expect(told[0]).toContain("choose only 'Email' in 'Match By', or add the person with 'Lead: Create'");
		expect(success.map(({ json }) => (json.details as IDataObject).outcome)).toEqual(
			items.map(() => 'not sent'),
		);
		const values = items.flatMap(({ email, phone, pmsId }) => [email, phone, pmsId]);
		for (const value of [...values, of(2).email_1, of(2).first_name])
			expect(told.join()).not.toContain(value ?? 'nothing');
		expect(writes()).toEqual([]);
	});

	it('is changed where it holds nothing there, the same, or the value as a second one', async () => {
		Object.assign(of(1), { email_1: null });
		Object.assign(of(2), { email_1: ' ' });
		Object.assign(of(3), { phone_1: 'unknown' });
		Object.assign(of(4), { phone_2: '512.555.0179' });
		const items = [
			{ email: stranger().email, phone: of(1).phone_1 },
			{ email: stranger().email, phone: of(2).phone_1 },
			{ matchBy: ['phone1', 'email1'], email: of(3).email_1, phone: '(512) 555-0176' },
			{ matchBy: ['phone1', 'email1'], email: of(4).email_1, phone: '+1 (512) 555-0179' },
			{ matchBy: ['email1'], email: of(5).email_1, phone: '(512) 555-0175' },
		];
		const matchBy = "={{ $json.matchBy ?? ['email1', 'phone1'] }}";
		const told = await upsert({ ...NEW, phone1: '={{ $json.phone }}', matchBy }, { items });
		expect(told.thrown?.message).toBeUndefined();
		expect(rowsOf(told)).toMatchObject(
			items.map((_, index) => ({ action: 'updated', lead_id: `${ANY_LEAD}_${index + 1}` })),
		);
	});

	it('is not changed where it has another name: a family shares a phone number, or an email address', async () => {
		const names: Array<
			[first: unknown, last: unknown, givenFirst: string, givenLast: string, isSame: boolean]
		> = [
			['Maria', 'Alvarez', 'Jose', 'Alvarez', false],
			['Maria', 'Alvarez', 'Maria', 'Gomez', false],
			['Daniel', 'Smith', 'Danielle', 'Smith', false],
			['Alexander', 'Smith', 'Alexandra', 'Smith', false],
			['John', 'Smith Sr.', 'John', 'Smith Jr.', false],
			['María', 'Álvarez', 'MARIA', 'Alvarez', true],
			['Maria Elena', 'Alvarez-Gomez', 'Maria', 'Alvarez', true],
			['J.', 'Alvarez', 'Jose', 'Alvarez', true],
			['Michael James', 'Smith', 'Mike', 'Smith', true],
			['Bob', 'Smith', 'Robert', 'Smith', true],
			['Unknown', 'Caller', 'Jose', 'Alvarez', true],
			[null, '', 'Jose', 'Alvarez', true],
			['Maria', 'Alvarez', '', '', true],
			['Mary-Ann', "O'Brien", 'Mary Ann', 'OBrien', true],
			['J.B.', 'Smith', 'John', 'Smith', true],
			['Abigail', 'Smith', 'Abby', 'Smith', true],
			['Đức', 'Nguyễn', 'Duc', 'Nguyen', true],
			// A name that is like what stands in place of one.
			['Na', 'Li', 'Wei', 'Li', false],
			['Wei', 'Li', 'Na', 'Li', false],
			['N/A', 'Li', 'Wei', 'Li', true],
			['NAN', 'LI', 'Wei', 'Li', false],
			['nan', 'Li', 'Wei', 'Li', true],
		];
		const [lead] = propexo().data.leads.rows.filter(({ id }) => id.startsWith(ANY_LEAD));
		const phoneOf = (index: number) => `+1 (303) 555-${9_100 + index}`;
		names.forEach(([first_name, last_name], index) =>
			propexo().data.leads.add({
				...{
					...lead!,
					id: `named_${index}`,
					x_id: `named_${index}`,
					email_1: `named${index}@example.com`,
				},
				...{ first_name: first_name as string, last_name: last_name as string },
				phone_1: `303555${9_100 + index}`,
			}),
		);
		for (const by of [{ phone1: '={{ $json.phone }}' }, { email1: '={{ $json.email }}' }]) {
			propexo().ledger.requests.length = 0;
			const { success } = await upsert(
				{
					...{ firstName: '={{ $json.first }}', lastName: '={{ $json.last }}', ...by },
					stateFields: { notes: `By ${Object.keys(by).join()}` },
				},
				{
					items: names.map(([, , first, last], index) => ({
						...{ first, last, phone: phoneOf(index), email: `named${index}@example.com` },
					})),
					onError: 'continueRegularOutput',
				},
			);
			const told = success.map(({ json }) => json.error ?? json.lead_id);
			const is = 'phone1' in by ? "the phone number in 'Phone Number'" : "the email address in 'Email'";
			expect(told).toEqual(
				names.map(([, , , , isSame], index) =>
					isSame
						? `named_${index}`
						: expect.stringContaining(`The lead that has ${is} has another name than the item`),
				),
			);
			expect(told.join()).not.toMatch(/Maria|Alvarez|Jose|Wei|303|named\d/);
			expect(writes()).toHaveLength(names.filter(([, , , , isSame]) => isSame).length);
		}
	});

	it('is the same person under another last name, not under another first name, if it has both the address and the number of the item', async () => {
		Object.assign(of(1), { first_name: 'Maria', last_name: 'Alvarez' });
		const { email_1, phone_1 } = of(1);
		const both = { ...NEW, email1: email_1, phone1: phone_1 };
		const [row] = rowsOf(await upsert({ ...both, firstName: 'Maria', lastName: 'Gomez' }));
		expect(row).toMatchObject({ outcome: 'updated' });
		expect(writes()).toMatchObject([{ method: 'PUT', body: { last_name: 'Gomez' } }]);
		for (const lastName of ['Gomez', 'Alvarez']) {
			const { thrown } = await upsert({ ...both, firstName: 'Jose', lastName });
			expect(thrown?.message).toContain('has another name than the item');
		}
		expect(writes()).toHaveLength(1);
	});

	it('is the same person under another last name, too, if the address of the item is its second one', async () => {
		const email_2 = 'maria.alvarez.2@example.com';
		Object.assign(of(1), { first_name: 'Maria', last_name: 'Alvarez', email_2 });
		const both = { ...NEW, email1: email_2, phone1: of(1).phone_1 };
		await upsert({ ...both, firstName: 'Maria', lastName: 'Gomez' });
		expect(writes()).toMatchObject([{ method: 'PUT', body: { last_name: 'Gomez' } }]);
	});

	it('is not changed where both names are others, although it has the ID of the item', async () => {
		Object.assign(of(1), { first_name: 'Maria', last_name: 'Alvarez' });
		const byId = { ...NEW, matchBy: ['xId'], sourceFields: { xId: of(1).x_id } };
		const { thrown } = await upsert({ ...byId, firstName: 'Jose', lastName: 'Gomez' });
		expect(thrown?.message).toContain("has the PMS ID in 'PMS ID' has another name than the item");
		expect(writes()).toEqual([]);
		await upsert({ ...byId, firstName: 'Maria', lastName: 'Gomez' });
		expect(writes()).toMatchObject([{ method: 'PUT', body: { last_name: 'Gomez' } }]);
	});

	it('is not changed where it has another ID than the item, wherever the ID stands in Match By', async () => {
		const { thrown } = await upsert({
			...{ ...NEW, email1: of(1).email_1, matchBy: ['email1', 'xId'] },
			sourceFields: { xId: of(2).x_id },
		});
		expect(thrown?.message).toContain("does not have the PMS ID in 'PMS ID' but another one");
		expect(writes()).toEqual([]);
	});

	it('keeps its name where the item has a poorer one, or what stands in place of a name', async () => {
		const poorer: Array<[firstName: string, lastName: string]> = [
			['Unknown', 'Caller'],
			['Wireless', 'Caller'],
			['Website', 'Visitor'],
			['N/A', 'N/A'],
			['-', '.'],
			['Guest', ''],
			['', 'TBD'],
			['No Name', 'Given'],
			['nan', 'nan'],
			['(none)', '(not set)'],
			['Unavailable', ''],
			['RESTRICTED', 'Blocked'],
			['M.', 'A.'],
			['M', 'Lopez'],
		];
		Object.assign(of(1), { first_name: 'Maria Jose', last_name: 'Alvarez Lopez' });
		for (const [firstName, lastName] of poorer) {
			propexo().ledger.requests.length = 0;
			const names = { firstName, lastName };
			const notes = `By ${firstName} ${lastName}`;
			const told = await upsert({ ...NEW, ...names, email1: of(1).email_1, stateFields: { notes } });
			expect([names, told.thrown?.message]).toEqual([names, undefined]);
			const [{ body } = { body: {} }] = writes();
			expect(body).toMatchObject({ notes });
			expect(body).not.toHaveProperty('first_name');
			expect(body).not.toHaveProperty('last_name');
		}
	});

	it.each<[string, [string, string], [string, string]]>([
		['in capitals alone', ['María', 'Núñez'], ['MARIA', 'NUÑEZ']],
		['in small letters', ['María', 'Núñez'], ['maría', 'núñez']],
		['without its accents', ['María', 'Núñez'], ['Maria', 'Nunez']],
		['as UTF-8 that was read as Latin-1', ['Maria', 'Núñez'], ['Maria', 'NÃºÃ±ez']],
		[
			'as UTF-8 that was read so, with a sign that shows nothing',
			['Maria', 'García'],
			['Maria', 'GarcÃ\u00ada'],
		],
		['as UTF-8 that was read as Windows-1252', ['Maria', 'Úbeda'], ['Maria', 'Ãšbeda']],
		['with letters that were lost', ['Maria', 'Núñez'], ['Maria', 'N\ufffd\ufffdez']],
		['with the signs of HTML', ['Maria', "O'Brien"], ['Maria', 'O&#39;Brien']],
		['in the quotes of a cell', ['Maria', "O'Brien"], ['"Maria"', '"O\'Brien"']],
		['with those of a program', ['Maria', "O'Brien"], ['Maria', "O\\'Brien"]],
		['with an emoji', ['Maria', 'Alvarez'], ['Maria 🏠', 'Alvarez']],
		['as a whole in its first name', ['Maria', 'Alvarez'], ['Maria Alvarez', '']],
		['as a whole in its last name', ['Maria', 'Alvarez'], ['', 'Alvarez, Maria']],
		['as a whole in both', ['Maria', 'Alvarez'], ['Maria Alvarez', 'Alvarez']],
	])(
		'keeps its name where the item has it %s',
		async (_, [first_name, last_name], [firstName, lastName]) => {
			Object.assign(of(1), { first_name, last_name, phone_1: '3035559301' });
			const who = { email1: of(1).email_1, phone1: '3035559301' };
			const told = await upsert({ ...NEW, ...who, firstName, lastName });
			expect([told.thrown?.message, rowsOf(told)]).toMatchObject([
				undefined,
				[{ action: 'unchanged' }],
			]);
			expect(writes()).toEqual([]);
		},
	);

	it.each<[string, [string, string], [string, string]]>([
		['in capital and small letters', ['MARIA', 'alvarez'], ['Maria', 'Alvarez']],
		['with its accents', ['Maria', 'Nunez'], ['María', 'Núñez']],
		['with a hyphen', ['Maria', 'Alvarez Lopez'], ['Maria', 'Alvarez-Lopez']],
		['with whole letters', ['Maria', 'N\ufffd\ufffdez'], ['Maria', 'Núñez']],
		['with another part', ['Maria', 'Alvarez'], ['Maria Elena', 'Alvarez']],
		['in its places', ['Maria', 'Alvarez Lopez'], ['Maria Lopez', 'Alvarez']],
	])('gets its name %s', async (_, [first_name, last_name], [firstName, lastName]) => {
		Object.assign(of(1), { first_name, last_name, phone_1: '3035559301' });
		const who = { email1: of(1).email_1, phone1: '3035559301' };
		await upsert({ ...NEW, ...who, firstName, lastName });
		expect(writes()).toMatchObject([{ body: { first_name: firstName, last_name: lastName } }]);
	});

	it('gets a fuller name than it has', async () => {
		Object.assign(of(1), { first_name: 'M.', last_name: 'Unknown' });
		await upsert({ ...NEW, firstName: 'Maria', lastName: 'Alvarez', email1: of(1).email_1 });
		expect(writes()).toMatchObject([{ body: { first_name: 'Maria', last_name: 'Alvarez' } }]);
	});

	it.each([
		['in another spelling', ['Stephen', 'Smith'], ['Steven', 'Smith']],
		['without its last name', ['Maria Alvarez', 'Unknown'], ['Maria', 'Alvarez']],
		['without a word that stands there twice', ['Maria', 'Alvarez Alvarez'], ['Maria', 'Alvarez']],
	])('gets its name %s, though that is shorter', async (_, [first_name, last_name], [first, last]) => {
		Object.assign(of(1), { first_name, last_name });
		await upsert({ ...NEW, firstName: first, lastName: last, email1: of(1).email_1 });
		expect(writes()).toMatchObject([{ body: { first_name: first, last_name: last } }]);
	});

	it.each([
		{ held: { email_1: 'couple@example.com' }, given: { email1: 'couple@example.com' } },
		{ held: { email_1: null, phone_1: '3035559301' }, given: { phone1: '(303) 555-9301' } },
	])('is found among those who share $held', async ({ held, given }) => {
		const people = ['Maria', 'Jose', 'Jose'];
		people.forEach((first_name, index) =>
			Object.assign(of(index + 1), { ...held, first_name, last_name: 'Alvarez' }),
		);
		const as = async (firstName: string) =>
			await upsert({ ...NEW, email1: '', ...given, firstName, lastName: 'Alvarez' });
		expect(rowsOf(await as('Maria'))).toMatchObject([{ lead_id: `${ANY_LEAD}_1` }]);
		for (const other of ['Jose', 'Ana'])
			expect((await as(other)).thrown?.message).toContain('3 leads of Any PMS have the');
		expect(writes().every(({ path }) => path.endsWith(`${ANY_LEAD}_1`))).toBe(true);
	});

	it('is the one with its PMS ID, though a UUID is held in capitals', async () => {
		const xId = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
		Object.assign(of(1), { x_id: xId.toUpperCase() });
		const told = await upsert({ ...NEW, email1: '', matchBy: ['xId'], sourceFields: { xId } });
		expect(rowsOf(told)).toMatchObject([{ lead_id: `${ANY_LEAD}_1` }]);
		expect(madeLeads()).toEqual([]);
	});

	it.each(['N/A', 'none', '-', 'Unknown', 'nan', 'not provided'])(
		'keeps where it lives, and its middle name, where the item has %s in their place',
		async (nothing) => {
			const held = {
				...{ address_1: '12 Oak Street', address_2: 'Apartment 4', city: 'Austin', state: 'TX' },
				...{ zip: '78701', country: 'US', middle_name: 'James' },
			};
			Object.assign(of(1), held, { city: null });
			const told = await upsert({
				...{ ...NEW, email1: of(1).email_1 },
				personFields: {
					...{ address1: nothing, address2: nothing, state: nothing, zip: nothing },
					...{ country: nothing, middleName: nothing },
				},
				stateFields: { statusRaw: nothing },
			});
			expect(told.thrown?.message).toBeUndefined();
			expect(writes()).toHaveLength(1);
			expect(writes()[0]?.body).toMatchObject({ status_raw: nothing });
			for (const name of Object.keys(held)) expect(writes()[0]?.body).not.toHaveProperty(name);
		},
	);

	it('keeps its address and number where the item has something in their place', async () => {
		const held = { email1: of(1).email_1, phone1: of(2).phone_1 };
		await upsert({ ...NEW, phone1: '000-000-0000', email1: held.email1, stateFields: { notes: 'a' } });
		await upsert({
			...NEW,
			email1: 'noemail@noemail.com',
			phone1: held.phone1,
			stateFields: { notes: 'b' },
		});
		expect(writes()).toHaveLength(2);
		for (const { body } of writes()) {
			expect(JSON.stringify(body)).not.toMatch(/noemail|000-000|0000000/);
		}
	});

	it.each(['N/A', '0', 'none', '-', 'Unknown', '000'])(
		'is not found by the ID %s, which is nobody’s',
		async (id) => {
			Object.assign(of(1), { x_id: id });
			const parameters = { ...NEW, matchBy: ['xId', 'thirdPartyId', 'email1'] };
			const people = [stranger(), stranger()];
			for (const { email } of people) {
				await upsert({ ...parameters, email1: email, sourceFields: { xId: id, thirdPartyId: id } });
			}
			expect(writes()).toMatchObject([{ method: 'POST' }, { method: 'POST' }]);
		},
	);

	it('is not found by a number that stands in place of one', async () => {
		Object.assign(of(1), { phone_1: '5555555555', email_1: null });
		await upsert({ ...NEW, phone1: '555-555-5555' }, { items: [stranger()] });
		expect(writes()).toMatchObject([{ method: 'POST' }]);
		const { thrown } = await upsert({ ...NEW, email1: '', phone1: '(555) 555-5555' });
		expect(thrown?.message).toContain("'Match By' is 'Email', 'Phone Number'");
	});

	it('is not found by a text that holds two numbers', async () => {
		const phone1 = `${of(1).phone_1}, ${of(2).phone_1}`;
		const { thrown } = await upsert({ ...NEW, email1: '', phone1 });
		expect(thrown?.message).toContain("'Match By' is 'Email', 'Phone Number'");
	});

	it.each([true, false])(
		'is not taken for the one that an earlier job has made; Propexo shows the lead: %s',
		async (isShown) => {
			const parameters = {
				...{ ...NEW, matchBy: ['email1', 'thirdPartyId'], options: { waitForResult: true } },
				sourceFields: { thirdPartyId: `crm ${++tests}` },
			};
			const [made] = rowsOf(await upsert(parameters, { items: [stranger()] }));
			if (!isShown) {
				const path = `/v1/leads/${String(made?.lead_id)}`;
				propexo().faults.add({ match: { method: 'GET', path }, times: Infinity, status: 404 });
			}
			const { thrown } = await upsert(parameters, { items: [stranger()] });
			expect(thrown?.message).toContain(
				"has the Third-Party ID in 'Third-Party ID' does not have the email address in 'Email' but",
			);
			expect(writes()).toHaveLength(1);
		},
	);

	it('is not changed by two rows of a run that mean two people', async () => {
		Object.assign(of(1), { email_1: null });
		const items = [stranger(), stranger()];
		const parameters = { ...NEW, phone1: of(1).phone_1 };
		const { success } = await upsert(parameters, { items, onError: 'continueRegularOutput' });
		expect(success[0]?.json).toMatchObject({ action: 'updated' });
		expect(success[1]?.json.error).toContain('may be a different person');
		expect(writes()).toHaveLength(1);
	});
});

describe('An email address that the PMS holds in capitals', () => {
	it.each(['Nathan.Smith77@Example.com', 'Nathan.Smith77@example.com', 'NATHAN.SMITH77@EXAMPLE.COM'])(
		'as %s is that of one lead, not of a second one',
		async (held) => {
			Object.assign(known(1) ?? {}, { email_1: held, first_name: 'Nathan' });
			const told = rowsOf(await upsert({ ...NEW, email1: 'nathan.smith77@example.com' }));
			expect(told).toMatchObject([{ lead_id: `${ANY_LEAD}_1`, resolved: { found_by: 'email' } }]);
			expect(madeLeads()).toEqual([]);
		},
	);
});

describe('A second email address or phone number of a lead', () => {
	const [home, work] = ['Home@example.com', 'work@example.com'];
	const [mobile, office] = ['3035559201', '3035559202'];
	const hold = (held: IDataObject) =>
		Object.assign(known(1) ?? {}, { email_1: work, email_2: home.toLowerCase(), ...held });

	it('finds it, and stays where it is', async () => {
		hold({ phone_1: mobile, phone_2: office });
		const cases: Array<[said: IDataObject, sent: IDataObject | undefined]> = [
			[{ email: home }, undefined],
			[{ email: home, phone: mobile }, undefined],
			[{ phone: mobile, email: home, notes: 'Asked for a garage' }, { notes: 'Asked for a garage' }],
			[{ email: work, phone: office }, undefined],
			[{ email: work, phone: office, second: mobile }, undefined],
			[{ email: work, phone: office, type: 'WORK' }, undefined],
		];
		for (const [said, sent] of cases) {
			propexo().ledger.requests.length = 0;
			const { success, thrown } = await upsert(
				{
					...{ email1: '={{ $json.email }}', phone1: '={{ $json.phone }}' },
					personFields: { phone2: '={{ $json.second }}', phone1Type: '={{ $json.type }}' },
					stateFields: { notes: '={{ $json.notes }}' },
				},
				{ items: [said] },
			);
			expect([thrown?.message, success[0]?.json.lead_id]).toEqual([undefined, `${ANY_LEAD}_1`]);
			const withMail = sent && (said.email === home ? sent : { ...sent, email_1: said.email });
			if (withMail === undefined) expect(writes()).toEqual([]);
			else expect(bodies()).toEqual([{ ...withMail, phone_1: said.phone }]);
		}
	});

	it('is lost only where the item says so', async () => {
		hold({ phone_1: mobile, phone_2: office });
		const third = '3035559203';
		await upsert({ email1: work, phone1: office, personFields: { phone2: third } });
		expect(bodies()).toEqual([{ email_1: work, phone_1: office, phone_2: third }]);
	});

	it('of another lead counts less than the first one of a lead', async () => {
		hold({});
		Object.assign(known(2) ?? {}, { email_1: home });
		const told = rowsOf(await upsert({ email1: home, stateFields: { notes: 'Called' } }));
		expect(told).toMatchObject([{ action: 'updated', lead_id: `${ANY_LEAD}_2` }]);
	});
});

describe('The same new person at the same moment', () => {
	it('in two rows of a run makes one lead, and the second row changes it', async () => {
		const { email } = stranger();
		const items = [
			{ email, name: 'Nathan' },
			{ email, name: 'Nate' },
			{ email, name: 'Nate' },
		];
		const told = rowsOf(
			await upsert({ ...NEW, personFields: { middleName: '={{ $json.name }}' } }, { items }),
		);
		expect(told.map(({ action }) => action)).toEqual(['created', 'updated', expect.any(String)]);
		expect(madeLeads()).toHaveLength(1);
		expect(propexo().ledger.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	it('by two nodes, one after the other, makes one lead, and the second node changes it', async () => {
		propexo().settings.jobMs = 100;
		const items = [stranger()];
		await upsert(NEW, { items, nodeName: 'First', workflowId: 'website' });
		const more = { ...NEW, stateFields: { notes: 'Has a dog' } };
		const told = rowsOf(await upsert(more, { items, nodeName: 'Second', workflowId: 'calls' }));
		expect(told).toMatchObject([{ action: 'updated', lead_id: expect.any(String) }]);
		expect(madeLeads()).toHaveLength(1);
	});

	it('makes one lead where only some of the values are the same, in rows and in executions', async () => {
		const numbers = Array.from({ length: 6 }, (_, index) => `+1 303 555 ${7100 + ++tests + index * 97}`);
		const people = numbers.map((phone) => {
			const { email } = stranger();
			return [{ email, phone }, { phone }, { email }];
		});
		const parameters = { ...NEW, phone1: '={{ $json.phone }}' };
		const inRows = rowsOf(await upsert(parameters, { items: people.slice(0, 3).flat() }));
		const others = expect.not.stringMatching('created') as unknown;
		expect(inRows.map(({ action }) => action)).toEqual(
			people.slice(0, 3).flatMap(() => ['created', others, others]),
		);
		expect(madeLeads()).toHaveLength(3);
		const there = anotherProcess(services, timing);
		const deliver = async (item: IDataObject, index: number) =>
			rowsOf(await upsert(parameters, { items: [item] }, index % 2 ? there : services));
		const both = people.slice(3).flatMap((rows) => rows.slice(0, 2));
		const told = (await Promise.all(both.map(deliver))).flat();
		expect(told).toHaveLength(6);
		expect(told.filter(({ action }) => action === 'created')).toHaveLength(3);
		expect(madeLeads()).toHaveLength(6);
	});

	it('is not sent where only a value that counts less is the same: it may be somebody else', async () => {
		const families = [7301, 7302, 7303].map((number) => `+1 303 555 ${number}`);
		const items = families.flatMap((phone) => [stranger(), stranger()].map((one) => ({ ...one, phone })));
		const there = anotherProcess(services, timing);
		// Two come to one process, two to the other one, and one to each.
		const on = [services, services, there, there, services, there];
		const all = await Promise.all(
			items.map(async (item, index) => {
				const settings = { items: [item], onError: 'continueRegularOutput' as const };
				const parameters = { ...NEW, phone1: '={{ $json.phone }}' };
				return rowsOf(await upsert(parameters, settings, on[index]));
			}),
		);
		const refused = all.flat().filter(({ error }) => error !== undefined);
		expect(refused.map(({ error }) => error)).toEqual(
			families.map(() => expect.stringContaining('may be a different person')),
		);
		expect(all.flat().filter(({ action }) => action === 'created')).toHaveLength(families.length);
		expect(writes()).toHaveLength(families.length);
	});

	it('in two processes makes one lead each, however often they come', async () => {
		const there = anotherProcess(services, timing);
		const people = Array.from({ length: 20 }, stranger);
		const deliver = async (on: Services) =>
			await Promise.all(people.map(async (person) => await upsert(NEW, { items: [person] }, on)));
		const all = (await Promise.all([deliver(services), deliver(there)])).flat();
		expect(all.flatMap(({ thrown }) => thrown?.message ?? [])).toEqual([]);
		const actions = all.flatMap(rowsOf).map(({ action }) => action);
		expect(actions.filter((action) => action === 'created')).toHaveLength(people.length);
		expect(actions).toHaveLength(2 * people.length);
		const mails = madeLeads().map(({ body }) => (body as IDataObject).email_1);
		expect(mails.sort()).toEqual(people.map(({ email }) => email).sort());
	});
});

describe('A PMS that does not show a new lead before the next sync', () => {
	const whole = () => {
		const own = (rows: Iterable<IDataObject>) =>
			byId([...rows].find(({ integration_id }) => integration_id === 'int_entrata_1')?.id as string);
		const { properties, leadSources } = propexo().data;
		return {
			...NEW,
			integrationId: byId('int_entrata_1'),
			propertyId: own(properties.rows as unknown as IDataObject[]),
			leadSourceId: own(leadSources.rows as unknown as IDataObject[]),
		};
	};

	it('gets one lead of a person who comes twice; the job of the first is told', async () => {
		const items = [stranger()];
		const first = rowsOf(await upsert({ ...whole(), options: { waitForResult: true } }, { items }));
		expect(first).toMatchObject([{ action: 'created', hint: expect.stringContaining('next sync') }]);
		expect(first[0]).not.toHaveProperty('lead_id');
		for (const on of [services, anotherProcess(services, timing)]) {
			const second = rowsOf(await upsert(whole(), { items }, on));
			expect(second).toMatchObject([
				{
					action: 'unchanged',
					job_id: first[0]?.job_id,
					write_status: 'SUCCESS',
					hint: expect.stringContaining('shows it after its next sync'),
				},
			]);
		}
		expect(madeLeads()).toHaveLength(1);
	});

	it.each([20, 200])(
		'gets one lead of a person whom two workflows bring, the second while the job of the first takes %i ms',
		async (jobMs) => {
			propexo().settings.jobMs = jobMs;
			const items = [stranger()];
			const [first] = rowsOf(await upsert(whole(), { items, workflowId: 'website' }));
			const second = rowsOf(await upsert(whole(), { items, workflowId: 'calls' }));
			expect(second).toMatchObject([
				{ action: 'unchanged', job_id: first?.job_id, write_status: 'SUCCESS' },
			]);
			// Two of a family share the number.
			const phone = { phone1: `+1 303 555 ${8900 + ++tests}`, firstName: 'Maria' };
			await upsert({ ...whole(), ...phone }, { items: [stranger()], workflowId: 'website' });
			const other = await upsert(
				{ ...whole(), ...phone },
				{ items: [stranger()], workflowId: 'calls' },
			);
			expect(other.thrown?.message).toContain('may be a different person');
			expect(madeLeads()).toHaveLength(2);
		},
	);

	it('gets the lead of another workflow anew when it had refused it', async () => {
		propexo().settings.jobMs = 0;
		const items = [stranger()];
		const refused = { ...whole(), stateFields: { notes: '[fail]' } };
		await upsert(refused, { items, workflowId: 'website' });
		expect(rowsOf(await upsert(whole(), { items, workflowId: 'calls' }))).toMatchObject([
			{ action: 'created' },
		]);
		propexo().settings.jobMs = 20;
	});

	/** Has a lead of the person refused, by another operation than this one. */
	async function refusedElsewhere(items: IDataObject[]) {
		const { settings } = propexo();
		settings.jobMs = 0;
		const parameters = { ...whole(), stateFields: { notes: '[fail]' } };
		await run(services, 'lead', 'create', parameters, { items });
	}

	it('gets no second lead because an older job of another operation had failed', async () => {
		const items = [stranger()];
		await refusedElsewhere(items);
		propexo().settings.jobMs = 60_000;
		propexo().faults.add({
			match: { method: 'POST', bodyIncludes: items[0]?.email ?? '' },
			close: 'after',
		});
		expect((await upsert(whole(), { items })).thrown?.message).toContain('may or may not exist');
		expect((await upsert(whole(), { items })).thrown?.message).toContain('may or may not exist');
		// The same of a claim whose job is not in the log yet, in a process that does not know the job.
		const others = [stranger()];
		await refusedElsewhere(others);
		propexo().settings.jobMs = 60_000;
		await upsert(whole(), { items: others });
		const there = anotherProcess(services, timing);
		expect(rowsOf(await upsert(whole(), { items: others }, there))).toMatchObject([
			{ action: 'unchanged' },
		]);
		propexo().settings.jobMs = 20;
		expect(madeLeads()).toHaveLength(4);
	});

	it('keeps the lead that one job has made, although a later one failed', async () => {
		const items = [stranger()];
		propexo().settings.jobMs = 0;
		const first = rowsOf(await upsert(whole(), { items }));
		await refusedElsewhere(items);
		propexo().settings.jobMs = 20;
		for (const on of [services, anotherProcess(services, timing)])
			expect(rowsOf(await upsert(whole(), { items }, on))).toMatchObject([
				{ action: 'unchanged', job_id: first[0]?.job_id },
			]);
		expect(madeLeads()).toHaveLength(2);
	});

	it('gets one lead of a person who comes with other values next time, also after a refusal', async () => {
		const { email } = stranger();
		const phone1 = `+1 303 555 ${8100 + ++tests}`;
		const both = { ...whole(), phone1 };
		const items = [{ email }];
		propexo().settings.jobMs = 0;
		await upsert({ ...both, stateFields: { notes: '[fail]' } }, { items });
		propexo().settings.jobMs = 60_000;
		const told = [rowsOf(await upsert(both, { items }))];
		for (const on of [services, anotherProcess(services, timing)])
			told.push(rowsOf(await upsert({ ...both, email1: '' }, {}, on)));
		// Another address: it may be another person, and no lead is made or changed.
		const other = await upsert({ ...both, email1: stranger().email });
		expect(other.thrown?.message).toContain('may be a different person');
		propexo().settings.jobMs = 20;
		expect(told.flat().map(({ action }) => action)).toEqual(['created', 'unchanged', 'unchanged']);
		expect(madeLeads()).toHaveLength(2);
	});

	it('tells a retried execution of the lead that another one has made meanwhile', async () => {
		const { faults } = propexo();
		const items = [stranger()];
		const parameters = { ...whole(), options: { outcomeUnknown: 'lookUp', timeout: 1 } };
		faults.add({ match: { method: 'POST' }, close: 'before' });
		faults.add({ match: { path: '/v1/admin/logs/writes/' }, status: 400, times: Infinity });
		const first = await upsert(parameters, { items });
		expect(first.thrown?.message).toContain('may or may not exist');
		faults.clear();
		const there = anotherProcess(services, timing);
		expect(rowsOf(await upsert(parameters, { items }, there))).toMatchObject([{ action: 'created' }]);
		const told = rowsOf(await services.engine.retry(first));
		expect(told).toMatchObject([{ action: 'unchanged' }]);
		expect(JSON.stringify(told)).not.toContain('deduplication_key');
		expect(madeLeads()).toHaveLength(1);
	});

	it('gets the lead anew when it had refused it', async () => {
		const items = [stranger()];
		const refused = await upsert(
			{ ...whole(), stateFields: { notes: '[fail]' }, options: { waitForResult: true } },
			{ items },
		);
		expect(refused.thrown?.message).toMatch(/the PMS refused it/i);
		const actions = [];
		// One process knows the job, the other one learns from the store that it was the job of the claim.
		for (const on of [anotherProcess(services, timing), services, services])
			actions.push(...rowsOf(await upsert(whole(), { items }, on)).map(({ action }) => action));
		expect(actions).toEqual(['created', 'unchanged', 'unchanged']);
		expect(madeLeads()).toHaveLength(2);
	});

	it('gets one lead of a person whose number alone came first and was refused, by whichever value it comes next', async () => {
		const email1 = stranger().email;
		const phone1 = `+1 303 555 ${8300 + ++tests}`;
		propexo().settings.jobMs = 0;
		await upsert({ ...whole(), email1: '', phone1, stateFields: { notes: '[fail]' } });
		propexo().settings.jobMs = 60_000;
		const told = [];
		for (const [on, values] of [
			[services, { email1, phone1 }],
			[anotherProcess(services, timing), { email1 }],
			[anotherProcess(services, timing), { email1: '', phone1 }],
		] as const)
			told.push(...rowsOf(await upsert({ ...whole(), ...values }, {}, on)));
		propexo().settings.jobMs = 20;
		expect(told.map(({ action }) => action)).toEqual(['created', 'unchanged', 'unchanged']);
		expect(madeLeads()).toHaveLength(2);
	});

	it('gets the lead by a retry where nobody knew of the first request, and the PMS had refused that one', async () => {
		const { faults, settings } = propexo();
		faults.add({ match: { method: 'POST' }, close: 'after' });
		Object.assign(settings, { jobMs: 0, jobResult: 'FAILURE' });
		const first = await upsert(whole(), { items: [stranger()] });
		expect(first.thrown?.message).toContain('may or may not exist');
		Object.assign(settings, { jobMs: 20, jobResult: 'SUCCESS' });
		expect(rowsOf(await services.engine.retry(first))).toMatchObject([{ action: 'created' }]);
		expect(writes().map(({ method }) => method)).toEqual(['POST', 'POST']);
	});

	it('keeps the source that a lead has', async () => {
		const lead = propexo().data.leads.rows.find(
			({ integration_id }) => integration_id === 'int_entrata_1',
		);
		Object.assign(lead ?? {}, { lead_source_id: 'lsrc_9', first_name: 'N.', last_name: 'Smith' });
		const parameters = {
			...whole(),
			propertyId: byId(String(lead?.property_id)),
			email1: String(lead?.email_1),
		};
		await upsert(parameters);
		expect(bodies()).toMatchObject([{ first_name: 'Nathan' }]);
		expect(bodies()[0]).not.toHaveProperty('lead_source_id');
	});

	/** A lead without a source, and the parameters that name it and a source. */
	const withoutSource = () => {
		const lead = propexo().data.leads.rows.find(
			({ integration_id }) => integration_id === 'int_entrata_1',
		);
		Object.assign(lead ?? {}, { lead_source_id: null, first_name: 'Nathan', last_name: 'Smith' });
		const { property_id, email_1 } = lead ?? {};
		return {
			lead,
			named: { ...whole(), propertyId: byId(String(property_id)), email1: String(email_1) },
		};
	};
	const waiting = { options: { waitForResult: true } };

	it('gets its source from one of two who bring the person at the same moment; the other one goes on, too', async () => {
		propexo().settings.jobMs = 0;
		const { named } = withoutSource();
		const one = async (executionId: string) =>
			rowsOf(await upsert({ ...named, ...waiting }, { executionId, items: [{}] }));
		const told = (await Promise.all([one('one'), one('two')])).flat();
		expect(bodies()).toEqual([named, named].map(() => ({ lead_source_id: expect.any(String) })));
		expect(told.map(({ action }) => action).sort()).toEqual(['unchanged', 'updated']);
		expect(told.find(({ action }) => action === 'unchanged')).toMatchObject({
			...{ outcome: 'unchanged', lead_id: expect.any(String), write_status: 'FAILURE' },
			...{ write_errors: [expect.any(String)], hint: expect.stringContaining('lead source') },
		});
	});

	it('gets its source once, although Propexo does not show it yet, and what else is new', async () => {
		const { lead, named } = withoutSource();
		const on = anotherProcess(services, timing);
		const told = async (more: IDataObject = {}) =>
			rowsOf(await upsert({ ...named, ...waiting, ...more }, { items: [{}] }, on));
		expect(await told()).toMatchObject([{ action: 'updated', write_status: 'SUCCESS' }]);
		Object.assign(lead ?? {}, { lead_source_id: null });
		expect(await told()).toMatchObject([{ action: 'unchanged' }]);
		expect(await told({ wishFields: { targetMoveInDate: '2027-05-01' } })).toMatchObject([
			{ action: 'updated' },
		]);
		expect(bodies()).toMatchObject([
			{ lead_source_id: expect.any(String) },
			{ target_move_in_date: expect.any(String) },
		]);
		expect(bodies()[1]).not.toHaveProperty('lead_source_id');
	});
});

describe('A request in doubt', () => {
	const lost = (email: string) => ({
		match: { method: 'POST', bodyIncludes: email },
		close: 'after' as const,
	});

	it('makes one lead, and is looked up where that is chosen', async () => {
		const person = stranger();
		propexo().faults.add(lost(person.email));
		const told = rowsOf(
			await upsert({ ...NEW, options: { outcomeUnknown: 'lookUp' } }, { items: [person] }),
		);
		expect(told).toMatchObject([{ action: 'created', job_id: expect.any(String) }]);
		expect(madeLeads()).toHaveLength(1);
	});

	it('is unknown, and the next execution finds the lead or its job', async () => {
		const person = stranger();
		propexo().faults.add(lost(person.email));
		const { thrown } = await upsert(NEW, { items: [person] });
		expect(thrown?.message).toContain('may or may not exist');
		await until(() => propexo().data.leads.rows.length > 0);
		const told = rowsOf(await upsert(NEW, { items: [person] }));
		expect(told).toMatchObject([{ action: 'unchanged' }]);
		expect(madeLeads()).toHaveLength(1);
	});

	it('of a change is sent again by a further try, and is no change where it was made', async () => {
		const mails = [1, 2].map((number) => ({ email: known(number)?.email_1 }));
		for (const [number, close] of [
			[1, 'before'],
			[2, 'after'],
		] as const)
			propexo().faults.add({
				match: { method: 'PUT', path: `/v1/leads/${ANY_LEAD}_${number}` },
				close,
			});
		const told = await upsert(NEW, {
			items: mails,
			...{ retryOnFail: true, maxTries: 2, waitBetweenTries: 100 },
		});
		expect(rowsOf(told).map(({ action }) => action)).toEqual(['updated', 'unchanged']);
		expect(writes().map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT']);
	});

	it('of a change is told as one: the lead is there, and running it again helps', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, close: 'before' });
		const { thrown } = await upsert({ ...NEW, email1: known(1)?.email_1 });
		expect(thrown?.message).toContain('so the update may or may not exist in Propexo');
		expect(thrown?.description).toMatch(/if it is missing there, run it again\.$/);
		expect(rowsOf(await upsert({ ...NEW, email1: known(1)?.email_1 }))).toMatchObject([
			{ action: 'updated' },
		]);
	});

	it('that nobody has answered is made again with a look-up, as the message says; another run alone does not', async () => {
		const person = stranger();
		propexo().faults.add({ match: { method: 'POST', bodyIncludes: person.email }, close: 'before' });
		expect((await upsert(NEW, { items: [person] })).thrown?.message).toContain('may or may not exist');
		const { thrown } = await upsert(NEW, { items: [person] });
		expect(thrown?.message).toMatch(/an earlier item or execution began to add the same record/i);
		expect(thrown?.description).toMatch(
			/if it is missing there, run it again .* 'Look Up, Then Retry'\./,
		);
		expect(madeLeads()).toEqual([]);
		const options = { outcomeUnknown: 'lookUp', timeout: 1_000 };
		expect(rowsOf(await upsert({ ...NEW, options }, { items: [person] }))).toMatchObject([
			{ action: 'created' },
		]);
		expect(madeLeads()).toHaveLength(1);
	});
});

it('A lead that cannot be read is not told as unchanged, unless Propexo does not show it', async () => {
	const parameters = {
		...{ firstName: 'Nathan', lastName: 'Smith', matchBy: ['thirdPartyId'] },
		...{ sourceFields: { thirdPartyId: `crm ${++tests}` }, options: { waitForResult: true } },
	};
	const [first] = rowsOf(await upsert(parameters));
	const path = `/v1/leads/${String(first?.lead_id)}`;
	for (const fault of [{ status: 500 }, { status: 403 }, { close: 'before' as const }, { status: 404 }]) {
		propexo().faults.clear();
		propexo().faults.add({ match: { method: 'GET', path }, times: Infinity, ...fault });
		const changed = { ...parameters, lastName: 'Jones' };
		const told = await upsert(changed, {}, anotherProcess(services, timing));
		if (fault.status === 404) expect(rowsOf(told)).toMatchObject([{ action: 'unchanged' }]);
		else expect(told.thrown?.message).toContain('The lead could not be looked up');
	}
	expect(writes()).toHaveLength(1);
});

it.each([{ status: 500 }, { status: 403 }, { close: 'before' as const }, { status: 404 }])(
	'A lead that the job of another process shows, and that cannot be read, is not told as unchanged, unless Propexo does not show it: %j',
	async (fault) => {
		const items = [stranger()];
		const [first] = rowsOf(await upsert({ ...NEW, options: { waitForResult: true } }, { items }));
		const match = { method: 'GET', path: '/v1/leads/' };
		propexo().faults.add({ match, status: 200, body: { results: [] }, times: Infinity });
		const path = `/v1/leads/${String(first?.lead_id)}`;
		propexo().faults.add({ match: { method: 'GET', path }, times: Infinity, ...fault });
		const more = { ...NEW, stateFields: { notes: 'Has a dog' } };
		const told = await upsert(more, { items }, anotherProcess(services, timing));
		if (fault.status === 404)
			expect(rowsOf(told)).toMatchObject([
				{ action: 'unchanged', lead_id: first?.lead_id, job_id: first?.job_id },
			]);
		else expect(told.thrown?.message).toContain('The lead could not be looked up');
		expect(writes()).toHaveLength(1);
	},
);

it('What Propexo cannot be asked is not made', async () => {
	propexo().faults.add({ match: { method: 'GET', path: '/v1/leads/' }, status: 400, times: Infinity });
	const { thrown } = await upsert(NEW, { items: [stranger()] });
	expect(thrown?.message).toContain('The lead could not be looked up: Propexo refused it');
	expect(writes()).toEqual([]);
});

it('Rules of the PMS hold for new leads alone, and those of changes for changes', async () => {
	const lead = propexo().data.leads.rows.find(({ integration_vendor }) => integration_vendor === 'RESMAN');
	const parameters = { integrationId: byId('int_resman_1'), email1: '={{ $json.email }}' };
	const { success } = await upsert(parameters, {
		items: [{ email: lead?.email_1 }, stranger()],
		onError: 'continueRegularOutput',
	});
	expect(success).toMatchObject([{ json: { action: 'unchanged', lead_id: lead?.id } }, { json: {} }]);
	expect(success[1]?.json.error).toContain("'Lead Source'");
	expect(writes()).toEqual([]);
});

describe('A new lead when something goes wrong', () => {
	const FAULTS: Array<[string, Fault]> = [
		['400', { status: 400 }],
		['401', { status: 401 }],
		['429', { status: 429, headers: { 'retry-after': '1' } }],
		...[408, 500, 502, 503].flatMap((status): Array<[string, Fault]> => [
			[`${status}`, { status }],
			[`${status}, lead made`, { status, write: true }],
		]),
		['closed before', { close: 'before' }],
		['closed after', { close: 'after' }],
		['no answer, lead made', { hang: true, write: true }],
		['a web page, lead made', { status: 200, body: '<html></html>', write: true }],
		['no job ID, lead made', { status: 200, body: { data: {} }, write: true }],
	];

	it.each(['report', 'lookUp'])(
		'it exists once at most, and what is told is true: %s',
		async (outcomeUnknown) => {
			const items = FAULTS.map(() => stranger());
			FAULTS.forEach(([, fault], index) =>
				propexo().faults.add({
					match: { method: 'POST', bodyIncludes: items[index]?.email ?? '' },
					...fault,
				}),
			);
			const parameters = { ...NEW, options: { outcomeUnknown, timeout: 2 } };
			const settings = { items, onError: 'continueRegularOutput' as const };
			const made = ({ email }: { email: string }) =>
				madeLeads().filter(({ body }) => (body as IDataObject).email_1 === email).length;
			const first = rowsOf(await upsert(parameters, settings));
			for (const [index, item] of items.entries()) {
				const { error, details, action } = first[index] ?? {};
				const outcome = error === undefined ? action : (details as IDataObject).outcome;
				const count = made(item);
				const isTrue = outcome === 'unknown' ? count <= 1 : count === (outcome === 'created' ? 1 : 0);
				expect([FAULTS[index]?.[0], outcome, count, isTrue]).toEqual([
					FAULTS[index]?.[0],
					outcome,
					count,
					true,
				]);
			}
			// Delivered again once all is well, to another process too.
			for (const on of [services, anotherProcess(services, timing)])
				await upsert(parameters, settings, on);
			const counts = items.map((item, index) => [FAULTS[index]?.[0], made(item)]);
			const isMade = (name: string) =>
				outcomeUnknown === 'lookUp' || !/^(408|500|502|503|closed before)$/.test(name);
			expect(counts).toEqual(FAULTS.map(([name]) => [name, isMade(name) ? 1 : 0]));
		},
	);

	it('Retry On Fail goes on where the last try stopped', async () => {
		const items = [stranger(), stranger(), stranger()];
		propexo().faults.add({ match: { method: 'POST', bodyIncludes: items[1]?.email ?? '' }, status: 400 });
		const told = await upsert(NEW, { items, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect(rowsOf(told).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
		expect(madeLeads()).toHaveLength(3);
	});
});
