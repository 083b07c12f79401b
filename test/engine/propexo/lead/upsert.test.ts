import type { IDataObject } from 'n8n-workflow';

import { anotherProcess, byId } from '../../support/services.ts';
import { ANY_LEAD } from '../support/samples.ts';
import { NEW, next, rowsOf, stranger, timing, useUpsert } from '../support/upsert.ts';

const { bodies, known, madeLeads, propexo, services, test, upsert, writes } = useUpsert();

describe('One person', () => {
	test('who is new is added, with the ID of the lead once the PMS tells it', async () => {
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

	test('who was added is not added again by a retry with the currently saved workflow and the time in a field', async () => {
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

	test('whose run stops before the PMS has answered is told as added by its retry, without what was true before', async () => {
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

	test('who is known is changed in what is filled in', async () => {
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
		expect(bodies()).toEqual([{ first_name: 'Nathan' }]);
	});

	test('who is as the item says is left as he is: nothing is sent', async () => {
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

	test('who wants other units than before, or fewer, is changed', async () => {
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

	test('who is as the item says in the words of the PMS is left as he is', async () => {
		const held = {
			...{ phone_1_type: 'Mobile', phone_2: '3035550111', phone_2_type: 'home' },
			...{ status: 'Active', middle_name: 'James' },
		};
		const items = [
			{ type: 'MOBILE', status: 'ACTIVE' },
			{ type: 'WORK', status: 'ACTIVE' },
			{ type: 'MOBILE', status: 'COLD' },
		];
		const leads = addLeads(items.map(() => held));
		const parameters = {
			email1: NEW.email1,
			personFields: {
				...{ phone1Type: '={{ $json.type }}', phone2: '3035550111', phone2Type: 'HOME' },
				middleInitial: 'J',
			},
			phone1: known(1)?.phone_1,
			stateFields: { status: '={{ $json.status }}', statusRaw: 'Active' },
		};
		const said = items.map((item, index) => ({ ...item, ...leads[index] }));
		const told = rowsOf(await upsert(parameters, { items: said }));
		expect(told.map(({ action }) => action)).toEqual(['unchanged', 'updated', 'updated']);
	});

	test('who gets another employee is changed, also if that one has the same name', async () => {
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

	test('who is there keeps source, employee and relationship, where those of the item are for new leads alone', async () => {
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

	test('who is there does not lose them where the expression of the switch finds nothing', async () => {
		const sourceFields = { employeeId: byId('emp_43'), keepSourceAndAgent: '={{ $json.keep }}' };
		const { thrown } = await upsert({ email1: known(1)?.email_1, sourceFields });
		expect(thrown?.message).toMatch(/'Keep Source and Agent' is empty .*might be overwritten/);
		expect(writes()).toEqual([]);
	});

	test('of whom there are several leads is not sent, unless the option chooses one', async () => {
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

	test('may be recognized by phone number and PMS ID too, in the order chosen', async () => {
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

	test.each(['body', 'wrapped', 'camelCase'] as const)(
		'is recognized by the Third-Party ID that an earlier job was sent with, logged as %s',
		async (loggedAs) => {
			propexo().settings.loggedAs = loggedAs;
			const parameters = {
				...{ firstName: 'Nathan', lastName: 'Smith', matchBy: ['thirdPartyId'] },
				sourceFields: { thirdPartyId: `crm ${next()}` },
				options: { waitForResult: true },
			};
			const first = rowsOf(await upsert(parameters));
			const second = rowsOf(
				await upsert({ ...parameters, lastName: 'Jones' }, {}, anotherProcess(services, timing)),
			);
			expect(second).toMatchObject([{ action: 'updated', lead_id: first[0]?.lead_id }]);
			expect(madeLeads()).toHaveLength(1);
		},
	);

	test('may be a lead of two properties: the Third-Party ID of one counts at that one alone', async () => {
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

	test('who is known is emptied in what is to be cleared, and gets no first event; a hint says so', async () => {
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

	test('without anything to be recognized by is not sent', async () => {
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

	test('is not taken from another integration or property', async () => {
		const { email_1 } = propexo().data.leads.get('lead_3') ?? {};
		propexo().data.leads.replace(propexo().data.leads.rows.filter(({ id }) => id === 'lead_3'));
		await upsert({ ...NEW, email1: String(email_1) });
		expect(writes()).toMatchObject([{ method: 'POST' }]);
	});
});
