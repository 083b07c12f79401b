import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../../emulator/server/faults.ts';
import type { RunResult } from '../../support/engine.ts';
import { until } from '../../support/deliver/driven.ts';
import { useOwnServices } from '../../support/ownServices.ts';
import { byId } from '../../support/services.ts';
import { run } from '../support/run.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from '../support/samples.ts';

/* Several rows of one run name the same person: a later row depends on whether the earlier ones were sent or refused. */

const timing = { rate: { requests: 100_000 }, lookUpAfterMs: [20, 60, 150, 300] };
const { services, test } = useOwnServices({ timing, propexo: { jobMs: 20 } }, () => {
	addLeadsOfAnyPms(services.emulator);
	Object.assign(lead(), { first_name: 'N.', last_name: 'Smith', phone_1: '3035550000', phone_2: null });
});
const propexo = () => services.emulator.propexo;
const lead = () => propexo().data.leads.get(`${ANY_LEAD}_1`) as unknown as IDataObject;
const bodies = () =>
	propexo()
		.ledger.requests.filter(({ method }) => method !== 'GET')
		.map(({ body }) => body as IDataObject);
const told = ({ success }: RunResult) => success.map(({ json }) => json.action ?? json.outcome ?? 'failed');

const FIELDS = {
	integrationId: byId('int_any'),
	firstName: '={{ $json.first }}',
	lastName: 'Smith',
	email1: '={{ $json.email }}',
	phone1: '={{ $json.phone }}',
	personFields: { phone2: '={{ $json.phone2 }}' },
};
const upsert = async (items: IDataObject[], more: IDataObject = {}) =>
	await run(
		services,
		'lead',
		'upsert',
		{ ...FIELDS, ...more },
		{ items, onError: 'continueRegularOutput' },
	);

/** Rows about the known lead. The second value of each of these would be left out if the lead held the first one. */
const PAIRS: Array<[what: string, first: IDataObject, second: IDataObject, written: IDataObject]> = [
	['a name', { first: 'Nathaniel' }, { first: 'Nathan' }, { first_name: 'Nathan' }],
	['a number', { phone2: '3035557711' }, { phone: '3035557711' }, { phone_1: '3035557711' }],
];

describe.each(PAIRS)('%s that an earlier row was to write', (_, first, second, written) => {
	const rows = () => [first, second].map((row) => ({ ...row, email: lead().email_1 }));

	test('is written where Propexo has refused that row', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, status: 422, times: 1 });
		expect(told(await upsert(rows()))).toEqual(['failed', 'updated']);
		expect(bodies()[1]).toMatchObject(written);
	});

	test.each([
		[0, {}],
		[500, { waitForResult: true }],
	])('is written where the PMS has refused that row: after %i ms, %j', async (jobMs, options) => {
		const jobResult = ({ notes }: IDataObject) => (notes === 'refused' ? 'FAILURE' : 'SUCCESS');
		Object.assign(propexo().settings, { jobMs, jobResult });
		const items = rows().map((row, index) => ({ ...row, notes: index === 0 ? 'refused' : '' }));
		const result = await upsert(items, { stateFields: { notes: '={{ $json.notes }}' }, options });
		expect(told(result)[1]).toBe('updated');
		expect(bodies()[1]).toMatchObject(written);
	});

	test('is left out where nobody waits for the result of that row, or the PMS has taken it', async () => {
		for (const [jobMs, options] of [
			[60_000, {}],
			[60_000, { waitForResult: true, waitTimeout: 2 }],
			[200, { waitForResult: true }],
		] as const) {
			propexo().settings.jobMs = jobMs;
			Object.assign(lead(), {
				first_name: 'N.',
				phone_1: '3035550000',
				phone_2: null,
				created_at: `${jobMs}`,
			});
			const before = bodies().length;
			// Another value remains to be written.
			const items = rows().map((row, index) => ({ ...row, notes: `Row ${index}` }));
			await upsert(items, { stateFields: { notes: '={{ $json.notes }}' }, options });
			expect(bodies()).toHaveLength(before + 2);
			expect(Object.keys(bodies().at(-1) ?? {})).not.toEqual(
				expect.arrayContaining(Object.keys(written)),
			);
		}
	});

	test('is written where that row is only previewed', async () => {
		const items = rows().map((row, index) => ({ ...row, isPreview: index === 0 }));
		const options = { previewOnly: '={{ $json.isPreview }}' };
		expect(told(await upsert(items, { options }))).toEqual(['would_update', 'updated']);
		expect(bodies()).toEqual([expect.objectContaining(written)]);
	});

	test('is written by a later execution where the PMS has refused the change', async () => {
		const [one, other] = rows();
		Object.assign(propexo().settings, { jobMs: 0, jobResult: 'FAILURE' });
		await upsert([one!]);
		propexo().settings.jobResult = 'SUCCESS';
		expect(told(await upsert([other!]))).toEqual(['updated']);
		expect(bodies()[1]).toMatchObject(written);
	});

	test('is left out where that row was carried out, which a preview says too', async () => {
		const previewed = await upsert(rows(), { options: { previewOnly: true } });
		expect(told(previewed)).toEqual(['would_update', 'would_skip']);
		expect(told(await upsert(rows()))).toEqual(['updated', 'unchanged']);
		expect(bodies()).toHaveLength(1);
	});
});

describe('A later row of a person', () => {
	/** Every value that a lead can be given, by the parts of the panel. */
	const EVERY_VALUE: IDataObject = {
		email1: '={{ $json.email }}',
		leadSourceId: byId('lsrc_1'),
		personFields: {
			...{ middleName: 'James', middleInitial: 'J', dateOfBirth: '1990-03-01' },
			...{
				phone1Type: 'WORK',
				phone2: '3035559901',
				phone2Type: 'HOME',
				addressTypeId: byId('atype_1'),
			},
			...{ address1: '12 Oak Street', address2: 'Apartment 4', city: 'Austin', state: 'TX' },
			...{ zip: '78701', country: 'US' },
		},
		placeFields: { unitId: byId('unit_1'), desiredUnitIds: 'unit_2', floorPlanId: byId('plan_1') },
		sourceFields: { employeeId: byId('emp_43'), leadRelationshipId: byId('lrel_1'), leadSource: 'Ads' },
		wishFields: {
			...{ numberOfAdditionalOccupants: 1, desiredNumBathrooms: 2, desiredNumBedrooms: 3 },
			...{
				creditScore: '700',
				hasCats: true,
				hasDogs: false,
				hasOtherPets: true,
				leasePeriodId: byId('period_1'),
			},
			...{
				desiredLeaseTermInMonths: '12',
				desiredMaxRent: 2100,
				desiredMinRent: 900,
				monthlyIncome: 5000,
			},
			...{ targetMoveInDate: '2027-03-01', desiredUnitType: 'Studio', numberOfOccupants: 2 },
		},
		stateFields: { notes: 'Likes it', status: 'COLD', statusRaw: 'Cold', applicantStatus: 'OCCUPANT' },
	};
	const HELD_ADDRESS = { address_1: '12 Oak Street', city: 'Austin', state: 'TX', zip: '78701' };
	const address = { address1: '12 Oak Street', city: 'Austin', state: 'TX', zip: '78701' };
	const values = () => ({ first: 'Nathan', email: lead().email_1, phone: '303 555 0000' });

	test('that says the same is unchanged, for every value: one request is sent, which a preview says too', async () => {
		propexo().settings.jobMs = 60_000;
		const items = [values(), { ...values(), phone: '+1 303-555-0000' }, values()];
		const previewed = await upsert(items, { ...EVERY_VALUE, options: { previewOnly: true } });
		expect(told(previewed)).toEqual(['would_update', 'would_skip', 'would_skip']);
		expect(told(await upsert(items, EVERY_VALUE))).toEqual(['updated', 'unchanged', 'unchanged']);
		expect(bodies()).toHaveLength(1);
		expect(Object.keys(bodies()[0] ?? {}).length).toBeGreaterThan(35);
	});

	test.each([
		['has refused the first one', { status: 422 }],
		['may have taken the first one', { close: 'before' }],
	] as Array<[string, Fault]>)('that says the same is written where Propexo %s', async (_, fault) => {
		propexo().faults.add({ match: { method: 'PUT' }, times: 1, ...fault });
		const items = [values(), values(), values()];
		const fields = { stateFields: { notes: 'Likes it' } };
		expect(told(await upsert(items, fields))).toEqual(['failed', 'updated', 'unchanged']);
		expect(bodies()[1]).toMatchObject({ notes: 'Likes it' });
	});

	test.each([
		[0, {}],
		[500, { waitForResult: true }],
	])(
		'that says the same is written where the PMS has refused the first one: after %i ms, %j',
		async (jobMs, options) => {
			const jobResult = (body: IDataObject) => ('phone_2' in body ? 'FAILURE' : 'SUCCESS');
			Object.assign(propexo().settings, { jobMs, jobResult });
			const items = [{ ...values(), phone2: '3035559902' }, values()];
			const result = await upsert(items, { stateFields: { notes: 'Likes it' }, options });
			expect(told(result)[1]).toBe('updated');
			expect(bodies()[1]).toMatchObject({ notes: 'Likes it' });
		},
	);

	test('needs no Address Type for an address that stays as it is, whatever an earlier row changes', async () => {
		Object.assign(lead(), HELD_ADDRESS);
		const items = ['one', 'two'].map((notes) => ({ ...values(), notes }));
		const fields = { personFields: address, stateFields: { notes: '={{ $json.notes }}' } };
		const result = await upsert(items, fields);
		expect(told(result)).toEqual(['updated', 'updated']);
		for (const body of bodies())
			expect(Object.keys(body)).not.toEqual(expect.arrayContaining(Object.keys(HELD_ADDRESS)));
	});

	test('needs it for an address that an earlier row has changed, and is written without that', async () => {
		Object.assign(lead(), HELD_ADDRESS);
		const items = [
			{ ...values(), city: 'Dallas', type: 'atype_1' },
			{ ...values(), city: 'Austin', type: '', notes: 'Moved' },
		];
		const personFields = {
			...address,
			city: '={{ $json.city }}',
			addressTypeId: byId('={{ $json.type }}'),
		};
		const stateFields = { notes: '={{ $json.notes }}' };
		const result = await upsert(items, { personFields, stateFields });
		expect(told(result)).toEqual(['updated', 'updated']);
		expect(JSON.stringify(result.hints)).toContain(
			"Item 2 of 2: 'Address Type' is empty, and Propexo requires it",
		);
		expect(bodies()).toMatchObject([{ city: 'Dallas' }, { notes: 'Moved' }]);
		expect(bodies()[1]).not.toHaveProperty('city');
	});

	test('that brings back the employee of the record is written', async () => {
		const { x_id } = propexo().data.employees.get('emp_43') as unknown as IDataObject;
		Object.assign(lead(), { x_leasing_agent_id: x_id, first_name: 'Nathan' });
		const items = ['emp_44', 'emp_43', 'emp_43'].map((agent) => ({ ...values(), agent }));
		const sourceFields = { employeeId: byId('={{ $json.agent }}') };
		const previewed = await upsert(items, { sourceFields, options: { previewOnly: true } });
		expect(told(previewed)).toEqual(['would_update', 'would_update', 'would_skip']);
		expect(told(await upsert(items.slice(0, 2), { sourceFields }))).toEqual(['updated', 'updated']);
	});
});

describe('A new person', () => {
	let tests = 0;
	const rowsOf = (...notes: string[]) => {
		const email = `new${++tests}@example.com`;
		return notes.map((note) => ({ email, first: 'Anna', note }));
	};

	test.each<[what: string, rows: IDataObject[], outcomes: string[]]>([
		['with less', [{ phone: '3035557731' }, {}], ['created', 'unchanged']],
		[
			'in another form',
			[{ phone: '3035557732' }, { phone: '+1 303-555-7732' }],
			['created', 'unchanged'],
		],
		['with a part of the name', [{}, { first: 'A.' }], ['created', 'unchanged']],
		[
			'with more',
			[{}, { phone: '3035557733' }, { phone: '3035557733' }],
			['created', 'updated', 'unchanged'],
		],
		[
			'with another value, then with the first again',
			[{ phone: '3035557734' }, { phone: '3035557735' }, { phone: '3035557734' }],
			['created', 'updated', 'updated'],
		],
		[
			'with a number that another person brings too',
			[
				{ phone: '3035557737' },
				{ phone: '3035557736' },
				{ first: 'Bob', email: 'bob@example.com', phone: '3035557736' },
			],
			['created', 'updated', 'created'],
		],
	])('that comes again %s is previewed as it is sent', async (_, rows, outcomes) => {
		propexo().settings.jobMs = 0;
		const [person] = rowsOf('');
		const items = rows.map((row) => ({ ...person, ...row }));
		const would = told(await upsert(items, { options: { previewOnly: true } }));
		expect(told(await upsert(items, { options: { waitForResult: true } }))).toEqual(outcomes);
		const ahead = { created: 'would_create', updated: 'would_update', unchanged: 'would_skip' };
		expect(would).toEqual(outcomes.map((outcome) => ahead[outcome as keyof typeof ahead]));
	});

	test('is changed back by a third row, although Propexo does not show yet what the second one has changed', async () => {
		const stop = propexo().ledger.listen(({ method }) => {
			if (method === 'PUT') propexo().settings.jobMs = 60_000;
		});
		const stateFields = { notes: '={{ $json.note }}' };
		const result = await upsert(rowsOf('one', 'two', 'one'), { stateFields });
		stop();
		expect(told(result)).toEqual(['created', 'updated', 'updated']);
		expect(bodies().map(({ notes }) => notes)).toEqual(['one', 'two', 'one']);
	});

	/** The PMS takes all that was sent, and Propexo does not show it yet. */
	const taken = () => {
		for (const job of propexo().jobs.list) Object.assign(job, { doneAt: 0, settle: () => undefined });
	};

	test('is changed back by a later execution too, and not written again where only the form is another', async () => {
		const said = { ...rowsOf('one')[0], phone: '303 555 7722' };
		await upsert([said]);
		propexo().settings.jobMs = 60_000;
		const results = [];
		for (const phone of ['303 555 7733', '303 555 7722', '+1 (303) 555-7722']) {
			if (phone.startsWith('+1')) taken();
			results.push(...told(await upsert([{ ...said, phone }])));
		}
		expect(results).toEqual(['updated', 'updated', 'unchanged']);
		expect(bodies().map(({ phone_1 }) => phone_1)).toEqual([
			...['303 555 7722', '303 555 7733', '303 555 7722'],
		]);
	});

	test.each(['before', 'after'] as const)(
		'is changed back by a later execution, although the reply to the change was lost (closed %s)',
		async (close) => {
			const [said] = rowsOf('one');
			await upsert([{ ...said }], { stateFields: { notes: 'one' } });
			propexo().settings.jobMs = 60_000;
			propexo().faults.add({ match: { method: 'PUT' }, close });
			const results = [];
			for (const notes of ['two', 'one', 'one']) {
				results.push(...told(await upsert([{ ...said }], { stateFields: { notes } })));
				if (notes === 'one') taken();
			}
			expect(results).toEqual(['failed', 'updated', 'unchanged']);
			expect(bodies().map(({ notes }) => notes)).toEqual(['one', 'two', 'one']);
		},
	);

	describe.each(['in a run', 'in executions of their own'])(
		'does not lose what Propexo has taken and does not show yet, by rows %s',
		(how) => {
			const inTurn = async (rows: IDataObject[]) => {
				propexo().settings.jobMs = 60_000;
				for (const items of how === 'in a run' ? [rows] : rows.map((row) => [row]))
					await upsert(items);
			};
			const [said] = rowsOf('');
			const known = { first: 'Anna', phone: `303 557 88${how.length}` };

			test('to a placeholder', async () => {
				Object.assign(lead(), { first_name: 'Anna', phone_1: known.phone, email_1: null });
				await inTurn([
					{ ...known, email: said?.email },
					{ ...known, email: 'noemail@noemail.com' },
				]);
				expect(bodies().flatMap(({ email_1 }) => email_1 ?? [])).toEqual([said?.email]);
			});

			test('to its own second number', async () => {
				const { email, first } = { ...said };
				Object.assign(lead(), { first_name: 'Anna', phone_1: known.phone, email_1: email });
				await inTurn([
					{ first, email, phone2: '3035577702' },
					{ first, email, phone: '3035577702' },
				]);
				expect(bodies().flatMap(({ phone_1 }) => phone_1 ?? [])).toEqual([]);
				expect(bodies()[0]).toMatchObject({ phone_2: '3035577702' });
			});
		},
	);

	test.each<[string, Fault]>([
		['was refused', { status: 422 }],
		['did not arrive', { close: 'before' }],
	])('is changed back by a later execution where the change back before it %s', async (_, fault) => {
		const [said] = rowsOf('one');
		await upsert([{ ...said }], { stateFields: { notes: 'one' } });
		propexo().settings.jobMs = 60_000;
		const results = [];
		for (const notes of ['two', 'one', 'one', 'one']) {
			results.push(...told(await upsert([{ ...said }], { stateFields: { notes } })));
			if (notes === 'two') propexo().faults.add({ match: { method: 'PUT' }, ...fault });
			if (results.length === 3) taken();
		}
		expect(results).toEqual(['updated', 'failed', 'updated', 'unchanged']);
		expect(bodies().at(-1)).toMatchObject({ notes: 'one' });
	});

	test('is not taken for a lead that had its ID before the sandbox was filled anew', async () => {
		const ids = [];
		for (const phone of ['303 555 7744', '303 555 7755']) {
			propexo().reset();
			addLeadsOfAnyPms(services.emulator);
			const [said] = rowsOf('one');
			const result = await upsert([{ ...said, phone }]);
			expect(told(result)).toEqual(['created']);
			const [created] = propexo().data.leads.rows.filter(({ email_1 }) => email_1 === said?.email);
			ids.push(created?.id);
			expect(told(await upsert([{ ...said, phone }]))).toEqual(['unchanged']);
			expect(told(await upsert([{ ...said, phone: '303 555 7766' }]))).toEqual(['updated']);
		}
		expect(ids[0]).toBe(ids[1]);
	});

	test('gets the first event of the first row; a hint says that the others were not written', async () => {
		const firstEvent = {
			firstEventName: 'Chat',
			firstEventDatetime: '2026-03-01T14:30:00-06:00',
			firstEventEmployeeId: byId('emp_43'),
			firstEventNotes: '={{ $json.note }}',
		};
		const result = await upsert(rowsOf('one', 'two'), { firstEvent });
		expect(told(result)).toEqual(['created', 'unchanged']);
		expect(result.hints.map(({ message }) => message)).toContainEqual(
			expect.stringContaining("Item 2 of 2: 'First Event' was not written"),
		);
	});

	test('whose second row changes nothing is told so at once: there is no result to wait for', async () => {
		const options = { waitForResult: true, waitTimeout: 2 };
		const result = await upsert(rowsOf('one', 'one'), { options });
		expect(result.success.map(({ json }) => json.outcome)).toEqual(['created', 'unchanged']);
		expect(result.hints.map(({ message }) => message)).not.toContainEqual(
			expect.stringContaining('did not say how it ended'),
		);
		const asked = propexo().ledger.requests.filter(({ path }) => path.endsWith('/write-status/'));
		expect(asked).toEqual([]);
	});
});

describe('A person whose values are only brought together by another row', () => {
	let tests = 0;
	const made = () => propexo().ledger.created.filter(({ kind }) => kind === 'lead');
	/** The values of a person: their address, their number, or both. */
	const valuesOf = () => {
		const email = { email: `linked${++tests}@example.com`, first: 'Anna' };
		const phone = { phone: `303556${1000 + tests}`, first: 'Anna' };
		return { email, phone, both: { ...email, ...phone } };
	};
	const knownBy = (value: IDataObject) => {
		const { email = null, phone = null } = value;
		Object.assign(lead(), { first_name: 'Anna', email_1: email, phone_1: phone, phone_2: null });
	};
	const changes = (result: RunResult) => result.success.map(({ json }) => json.lead_id);

	test.each(['email', 'phone'] as const)(
		'is the lead that is found by %s, also in the row that has only the other value',
		async (by) => {
			const values = valuesOf();
			knownBy(values[by]);
			const rows = [values.both, values[by === 'email' ? 'phone' : 'email']];
			for (const inOrder of [rows, rows.reverse()]) {
				const previewed = await upsert(inOrder, { options: { previewOnly: true } });
				expect(told(previewed)).not.toContain('would_create');
				expect(changes(await upsert(inOrder))).toEqual([`${ANY_LEAD}_1`, `${ANY_LEAD}_1`]);
				knownBy(values[by]);
			}
			expect(made()).toEqual([]);
		},
	);

	test('is that lead in a later execution too, while Propexo does not show the change', async () => {
		const { email, phone, both } = valuesOf();
		knownBy(email);
		propexo().settings.jobMs = 60_000;
		await upsert([both]);
		expect(changes(await upsert([phone]))).toEqual([`${ANY_LEAD}_1`]);
		expect(made()).toEqual([]);
	});

	describe.each(['before', 'after'] as const)(
		'where the reply to the change was lost (closed %s)',
		(close) => {
			const losing = () => {
				const values = valuesOf();
				knownBy(values.email);
				propexo().settings.jobMs = 60_000;
				propexo().faults.add({ match: { method: 'PUT' }, close });
				return values;
			};

			test('is that lead in a later execution', async () => {
				const { phone, both } = losing();
				expect(told(await upsert([both]))).toEqual(['failed']);
				expect(changes(await upsert([phone]))).toEqual([`${ANY_LEAD}_1`]);
				expect(bodies().map(({ phone_1 }) => phone_1)).toEqual([phone.phone, phone.phone]);
				expect(made()).toEqual([]);
			});

			test('is that lead in a later row', async () => {
				const { phone, both } = losing();
				const result = await upsert([both, phone]);
				expect(changes(result)).toEqual([undefined, `${ANY_LEAD}_1`]);
				expect(made()).toEqual([]);
			});
		},
	);

	test('is that lead in a later execution too, where the one before was stopped while its change was under way', async () => {
		const { email, phone, both } = valuesOf();
		knownBy(email);
		propexo().settings.jobMs = 60_000;
		propexo().faults.add({ match: { method: 'PUT' }, hang: true, write: true });
		const stop = new AbortController();
		const running = run(services, 'lead', 'upsert', FIELDS, {
			items: [both, phone],
			onError: 'continueRegularOutput',
			signal: stop.signal,
		});
		await until(() => bodies().length === 1);
		stop.abort();
		expect((await running).status).toBe('canceled');
		expect(bodies()).toHaveLength(1);
		expect(changes(await upsert([phone]))).toEqual([`${ANY_LEAD}_1`]);
		expect(made()).toEqual([]);
	});

	test('is another lead in a later execution where Propexo has refused the change', async () => {
		const { email, phone, both } = valuesOf();
		knownBy(email);
		propexo().faults.add({ match: { method: 'PUT' }, status: 422, times: 1 });
		expect(told(await upsert([both]))).toEqual(['failed']);
		expect(told(await upsert([phone]))).toEqual(['created']);
	});

	test('is the lead that got the number, although another one was refused it meanwhile', async () => {
		const [one, other] = [valuesOf(), valuesOf()];
		knownBy(one.email);
		const second = propexo().data.leads.get(`${ANY_LEAD}_2`) as unknown as IDataObject;
		Object.assign(second, lead(), { id: second.id, email_1: other.email.email });
		propexo().settings.jobMs = 60_000;
		propexo().faults.add({ match: { method: 'PUT' }, status: 422, delayMs: 1_500 });
		const refused = upsert([one.both]);
		await until(() => bodies().length === 1);
		const number = { phone: one.phone.phone, first: 'Anna' };
		expect(told(await upsert([{ ...other.email, ...number }]))).toEqual(['updated']);
		expect(told(await refused)).toEqual(['failed']);
		expect(changes(await upsert([number]))).toEqual([second.id]);
		expect(made()).toEqual([]);
	});

	test('is not taken for a lead that has its ID since the sandbox was filled anew', async () => {
		const { email, phone, both } = valuesOf();
		await upsert([email]);
		await upsert([both]);
		propexo().reset();
		addLeadsOfAnyPms(services.emulator);
		for (const other of [valuesOf().email, phone])
			expect(told(await upsert([other]))).toEqual(['created']);
	});

	test('is one new lead, and no claim of hundreds of values, where everybody has the address of an office', async () => {
		const { email } = valuesOf();
		const rows = Array.from({ length: 60 }, (_, index) => ({ ...email, phone: `512557${1000 + index}` }));
		expect(new Set(told(await upsert(rows)))).toEqual(new Set(['created', 'updated']));
		expect(made()).toHaveLength(1);
	});

	test('gets another lead in a later execution where the PMS has refused the change', async () => {
		const { email, phone, both } = valuesOf();
		knownBy(email);
		Object.assign(propexo().settings, { jobMs: 0, jobResult: 'FAILURE' });
		await upsert([both]);
		propexo().settings.jobResult = 'SUCCESS';
		expect(told(await upsert([phone]))).toEqual(['created']);
	});

	test.each([
		['email', 'both', 'phone'],
		['phone', 'both', 'email'],
		['both', 'phone', 'email'],
		['phone', 'email', 'both'],
	] as const)('is one new lead: %s, %s, %s', async (...order) => {
		const values = valuesOf();
		const rows = order.map((name) => values[name]);
		expect(told(await upsert(rows))).not.toContain('failed');
		expect(made()).toHaveLength(1);
	});

	test('is told by a preview as not sent where a row before it is about somebody else with the number', async () => {
		const { both, phone } = valuesOf();
		const rows = [
			phone,
			{ ...phone, email: 'bob@example.com', first: 'Bob' },
			both,
			{ ...phone, email: 'other@example.com', first: 'Anna' },
		];
		const previewed = await upsert(rows, { options: { previewOnly: true } });
		expect(told(previewed)).toEqual(['would_create', 'not_sent', 'would_update', 'not_sent']);
		expect(told(await upsert(rows))).toEqual(['created', 'failed', 'updated', 'failed']);
	});

	test('is not taken for somebody else, whose row with the same address was refused', async () => {
		const { email, phone, both } = valuesOf();
		const bob = (values: IDataObject) => ({ ...values, first: 'Bob' });
		expect(told(await upsert([email, bob(both), bob(phone)]))).toEqual(['created', 'failed', 'created']);
		knownBy(email);
		const other = valuesOf();
		const rows = [bob({ ...email, ...other.phone }), bob(other.phone)];
		expect(told(await upsert(rows))).toEqual(['failed', 'created']);
	});
});
