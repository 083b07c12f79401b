import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../../emulator/index.ts';
import type { JobResult } from '../../../../emulator/types.ts';
import { TIMEOUT, until } from '../../support/deliver/driven.ts';
import { by } from '../../support/locator.ts';
import { anotherProcess, byId } from '../../support/services.ts';
import { run } from '../support/run.ts';
import { ANY_LEAD } from '../support/samples.ts';
import { NEW, next, rowsOf, stranger, timing, useUpsert } from '../support/upsert.ts';

const { known, madeLeads, propexo, services, test, upsert, writes } = useUpsert();

describe('A request in doubt', () => {
	const lost = (email: string) => ({
		match: { method: 'POST', bodyIncludes: email },
		close: 'after' as const,
	});

	test('makes one lead, and is looked up where that is chosen', async () => {
		const person = stranger();
		propexo().faults.add(lost(person.email));
		const told = rowsOf(
			await upsert({ ...NEW, options: { outcomeUnknown: 'lookUp' } }, { items: [person] }),
		);
		expect(told).toMatchObject([{ action: 'created', job_id: expect.any(String) }]);
		expect(madeLeads()).toHaveLength(1);
	});

	test('is unknown, and the next execution finds the lead or its job', async () => {
		const person = stranger();
		propexo().faults.add(lost(person.email));
		const { thrown } = await upsert(NEW, { items: [person] });
		expect(thrown?.message).toContain('may or may not exist');
		await until(() => propexo().data.leads.rows.length > 0);
		const told = rowsOf(await upsert(NEW, { items: [person] }));
		expect(told).toMatchObject([{ action: 'unchanged' }]);
		expect(madeLeads()).toHaveLength(1);
	});

	test('of a change is sent again by a further try, and is no change where it was made', async () => {
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

	test('of a change is told as one: the lead is there, and running it again helps', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, close: 'before' });
		const { thrown } = await upsert({ ...NEW, email1: known(1)?.email_1 });
		expect(thrown?.message).toContain('so the update may or may not exist in Propexo');
		expect(thrown?.description).toMatch(/Look in the PMS: if it is missing there, run it again\.$/);
		expect(rowsOf(await upsert({ ...NEW, email1: known(1)?.email_1 }))).toMatchObject([
			{ action: 'updated' },
		]);
	});

	test('of a change is told as one, also by a try in which the item is not right', async () => {
		propexo().faults.add({ match: { method: 'PUT' }, close: 'before' });
		const parameters = { ...NEW, email1: known(1)?.email_1 };
		const first = await upsert(parameters);
		const saved = first.options.parameters;
		const options = { timeZone: 'Nowhere' };
		const { thrown } = await services.engine.retry(first, { parameters: { ...saved, options } });
		expect(thrown?.message).toContain('so the update may or may not exist in Propexo');
		expect(thrown?.description).toMatch(
			/^By now something is wrong with it: .* It was not sent again\. Look in the PMS: if it is missing there, run it again\./,
		);
		expect(writes()).toHaveLength(1);
	});

	test('that nobody has answered is made again with a look-up, as the message says; another run alone does not', async () => {
		const person = stranger();
		propexo().faults.add({ match: { method: 'POST', bodyIncludes: person.email }, close: 'before' });
		expect((await upsert(NEW, { items: [person] })).thrown?.message).toContain('may or may not exist');
		const { thrown } = await upsert(NEW, { items: [person] });
		expect(thrown?.message).toMatch(/an earlier item or execution began to add the same record/i);
		expect(thrown?.description).toMatch(
			/Look in the PMS: if it is missing there, run it again .* 'Look Up, Then Retry'\./,
		);
		expect(madeLeads()).toEqual([]);
		const options = { outcomeUnknown: 'lookUp', timeout: 3_000 };
		expect(rowsOf(await upsert({ ...NEW, options }, { items: [person] }))).toMatchObject([
			{ action: 'created' },
		]);
		expect(madeLeads()).toHaveLength(1);
	});
});

describe('A new lead in doubt that is somebody else when it is looked for again', () => {
	/** Leaves a person in doubt, has it so when the node looks under its claim, and retries. */
	async function retried(
		{ matchBy, ...options }: IDataObject,
		between: (item: IDataObject) => Promise<unknown>,
	) {
		const item = { ...stranger(), phone: `+1 303 555 ${6100 + next()}` };
		propexo().faults.add({ match: { method: 'POST' }, close: 'before' });
		const parameters = {
			...{ ...NEW, phone1: '={{ $json.phone }}', matchBy },
			options: { timeout: 1, ...options },
		};
		const looking = { ...options, outcomeUnknown: 'report' };
		const first = await upsert({ ...parameters, options: looking }, { items: [item] });
		expect(first.thrown?.message).toContain('may or may not exist');
		await between(item);
		const saved = first.options.parameters;
		return await services.engine.retry(first, { parameters: { ...saved, ...parameters } });
	}
	const list = { method: 'GET', path: '/v1/leads/' };
	/** As long as the first look-up of a try lasts, Propexo shows nobody. */
	const hidden = () => {
		const before = propexo().ledger.requests.findIndex(({ method }) => method === 'POST');
		const times = propexo()
			.ledger.requests.slice(0, before)
			.filter(({ path }) => path === '/v1/leads/').length;
		propexo().faults.add({ match: list, status: 200, body: { results: [] }, times });
	};

	const BY = [['email1', 'phone1'], ['email1']];
	test.each(
		['report', 'lookUp', 'lookUpOnly'].flatMap((how) => BY.map((matchBy) => [how, matchBy] as const)),
	)('stays unknown: %s, by %j', async (outcomeUnknown, matchBy) => {
		const cases = [
			// A job of somebody else with the same values.
			async ({ email, phone }: IDataObject) => {
				propexo().faults.add({ match: list, status: 200, body: { results: [] }, times: Infinity });
				const person = { firstName: 'Maria', lastName: 'Lopez', email1: email, phone1: phone };
				await run(services, 'lead', 'create', {
					integrationId: byId('int_any'),
					...person,
				} as IDataObject);
			},
			// A lead of somebody else with them.
			async ({ email }: IDataObject) => {
				hidden();
				Object.assign(known(1) ?? {}, { email_1: email, first_name: 'Maria', last_name: 'Lopez' });
				await Promise.resolve();
			},
			// Several leads with them.
			async ({ email }: IDataObject) => {
				hidden();
				const same = { email_1: email, first_name: 'N.', last_name: 'Smith' };
				for (const number of [1, 2]) Object.assign(known(number) ?? {}, same);
				await Promise.resolve();
			},
		];
		for (const between of cases) {
			propexo().faults.clear();
			propexo().ledger.clear();
			const told = await retried({ outcomeUnknown, matchBy }, between);
			expect(told.thrown?.message).toContain('may or may not exist');
		}
		expect(writes().filter(({ body }) => (body as IDataObject).first_name === 'Nathan')).toHaveLength(1);
	});
});

test('A lead that cannot be read is not told as unchanged, unless Propexo does not show it', async () => {
	const parameters = {
		...{ firstName: 'Nathan', lastName: 'Smith', matchBy: ['thirdPartyId'] },
		...{ sourceFields: { thirdPartyId: `crm ${next()}` }, options: { waitForResult: true } },
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

test.each([{ status: 500 }, { status: 403 }, { close: 'before' as const }, { status: 404 }])(
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

test('What Propexo cannot be asked is not made', async () => {
	propexo().faults.add({ match: { method: 'GET', path: '/v1/leads/' }, status: 400, times: Infinity });
	const { thrown } = await upsert(NEW, { items: [stranger()] });
	expect(thrown?.message).toContain('The lead could not be looked up: Propexo refused it');
	expect(writes()).toEqual([]);
});

describe('A Third-Party ID that another operation has sent', () => {
	const path = '/v1/admin/logs/writes/';
	test.each<[string, JobResult, Fault]>([
		['the write log is refused', 'SUCCESS', { match: { path }, status: 403 }],
		['the write log cannot be read', 'SUCCESS', { match: { path }, status: 200, body: '<html>' }],
		[
			'a later page of the write log cannot be read',
			'SUCCESS',
			{ match: { path }, status: 400, after: 1 },
		],
		[
			'its write may have been taken in part',
			'PARTIAL_SUCCESS',
			{ match: { path: /write-status/ }, status: 400 },
		],
	])('adds no second lead where %s', async (_, jobResult, fault) => {
		Object.assign(propexo().settings, { jobMs: 0, jobResult });
		const parameters = { integrationId: byId('int_any'), firstName: 'Nathan', lastName: 'Smith' };
		const sourceFields = { thirdPartyId: `crm ${next()}` };
		// What this process has sent, it knows.
		const there = anotherProcess(services, timing);
		await run(there, 'lead', 'create', { ...parameters, sourceFields });
		const items = Array.from({ length: fault.after === undefined ? 0 : 100 }, stranger);
		await run(services, 'lead', 'create', { ...parameters, email1: NEW.email1 }, { items });
		const made = madeLeads().length;
		propexo().faults.add({ times: Infinity, ...fault });
		const again = { ...parameters, matchBy: ['thirdPartyId'], sourceFields };
		expect((await upsert(again)).thrown?.message).toContain(
			'The lead could not be looked up: Propexo did not say whether an earlier write has added it',
		);
		propexo().faults.clear();
		expect(rowsOf(await upsert(again))).toMatchObject([{ action: 'unchanged' }]);
		expect(madeLeads()).toHaveLength(made);
	});

	test('adds no second lead where the write log is too long, and says what else to match by', async () => {
		const sourceFields = { thirdPartyId: `crm ${next()}` };
		const logs = Array.from({ length: 100 }, (_, at) => ({ job_id: `other_${at}`, status: 'SUCCESS' }));
		const body = { results: { logs } };
		propexo().faults.add({ times: Infinity, match: { path }, status: 200, body });
		const names = { firstName: 'Nathan', lastName: 'Smith' };
		const { thrown } = await upsert({ ...names, matchBy: ['thirdPartyId'], sourceFields });
		expect(thrown?.message).toContain('the log of writes is too long to be read whole');
		expect(thrown?.description).toContain('Match by email or phone number instead');
		expect(madeLeads()).toEqual([]);
		// The list shows leads by their email, so that such a log holds nothing up.
		const items = [stranger()];
		await upsert(NEW, { items });
		const list = { method: 'GET', path: '/v1/leads/' };
		propexo().faults.add({ match: list, status: 200, body: { results: [] }, times: Infinity });
		const there = anotherProcess(services, { ...timing, lookUpAfterMs: [] });
		expect(rowsOf(await upsert(NEW, { items }, there))).toMatchObject([{ action: 'unchanged' }]);
		expect(madeLeads()).toHaveLength(1);
	});
});

test('A lead that another process is adding is looked for several times, and the old part of the log is read once', async () => {
	const items = [stranger()];
	await upsert(NEW, { items });
	const [job] = propexo().jobs.list;
	if (!job) throw new Error('Nothing was written');
	job.doneAt = Infinity;
	const settle = () => undefined;
	for (let other = 1; other <= 250; other++) {
		const body = { ...job.body, email_1: stranger().email };
		propexo().jobs.add({ ...job, body, settle, doneAt: Date.now() - 3 * 3_600_000 });
	}
	const pages = (...ranges: string[]) =>
		propexo().ledger.requests.flatMap(({ path, query }) =>
			path === '/v1/admin/logs/writes/' && ranges.includes(`${query.time_range}`) ? [query.offset] : [],
		);
	const more = { ...NEW, stateFields: { notes: 'Has a dog' } };
	const running = upsert(more, { items }, anotherProcess(services, timing));
	// The third look.
	await until(() => pages('hour', 'month').filter((offset) => offset === '0').length > 2);
	job.doneAt = Date.now();
	expect(rowsOf(await running)).toMatchObject([{ action: 'updated' }]);
	expect(pages('month')).toEqual(['0', '100', '200']);
	expect(new Set(pages('hour'))).toEqual(new Set(['0']));
	expect(madeLeads()).toHaveLength(1);
});

test('A lead whose job cannot be read is not told as added before: the PMS may have refused it', async () => {
	const parameters = { firstName: 'Nathan', lastName: 'Smith', matchBy: ['thirdPartyId'] };
	const again = { ...parameters, sourceFields: { thirdPartyId: `crm ${next()}` } };
	Object.assign(propexo().settings, { jobMs: 0, jobResult: 'FAILURE' });
	await upsert(again);
	propexo().settings.jobResult = 'SUCCESS';
	propexo().faults.add({ match: { path: /write-status/ }, status: 403, times: Infinity });
	const { thrown } = await upsert(again);
	expect(thrown?.message).toContain('Propexo did not say whether an earlier write has added it');
	expect(thrown?.description).toContain('give the token the right to read the write log');
	expect(thrown?.description).toContain('only if the PMS does not have them');
	propexo().faults.clear();
	expect(rowsOf(await upsert(again))).toMatchObject([{ action: 'created' }]);
});

test('The job of a new lead that Propexo does not tell of at once is asked for again', async () => {
	const items = [stranger()];
	await upsert(NEW, { items });
	const list = { method: 'GET', path: '/v1/leads/' };
	propexo().faults.add({ match: list, status: 200, body: { results: [] }, times: Infinity });
	propexo().faults.add({ match: { path: /write-status/ }, status: 404, times: 1 });
	const more = { ...NEW, stateFields: { notes: 'Has a dog' } };
	const told = rowsOf(await upsert(more, { items }));
	expect(told).toMatchObject([{ action: 'updated' }]);
	expect(madeLeads()).toHaveLength(1);
});

test('Rules of the PMS hold for new leads alone, and those of changes for changes', async () => {
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

	test.each(['report', 'lookUp'])(
		'it exists once at most, and what is told is true: %s',
		async (outcomeUnknown) => {
			// Only one reply never comes.
			const items = FAULTS.map(([, { hang }]) => ({ ...stranger(), timeout: hang ? 4_000 : 300_000 }));
			FAULTS.forEach(([, fault], index) =>
				propexo().faults.add({
					match: { method: 'POST', bodyIncludes: items[index]?.email ?? '' },
					...fault,
				}),
			);
			const parameters = { ...NEW, options: { outcomeUnknown, timeout: TIMEOUT } };
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

	test('Retry On Fail goes on where the last try stopped', async () => {
		const items = [stranger(), stranger(), stranger()];
		propexo().faults.add({ match: { method: 'POST', bodyIncludes: items[1]?.email ?? '' }, status: 400 });
		const told = await upsert(NEW, { items, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 });
		expect(rowsOf(told).map(({ action }) => action)).toEqual(['created', 'created', 'created']);
		expect(madeLeads()).toHaveLength(3);
	});
});

test('A retry in which the place of an item in doubt is not clear adds nobody whom the node had found before', async () => {
	const lead = known(1)!;
	const { properties } = propexo().data;
	const court = (id: string, name: string) =>
		properties.add({ ...properties.get('prop_1')!, integration_id: 'int_any', id, name });
	court('prop_home', 'Home Court');
	court('prop_twin_1', 'Twin Court');
	lead.property_id = 'prop_home';
	const items = [
		{ ...stranger(), place: 'Twin Court' },
		{ email: lead.email_1, place: 'Home Court' },
	];
	propexo().faults.add({ match: { method: 'POST' }, close: 'before' });
	const parameters = { ...NEW, firstName: 'N.', propertyId: by('name', '={{ $json.place }}') };
	const stopped = await upsert(parameters, { items });
	expect(stopped.thrown?.message).toContain('may or may not exist');
	court('prop_twin_2', 'Twin Court');
	const before = writes().length;
	const { thrown } = await anotherProcess(services, timing).engine.retry(stopped);
	expect(thrown?.description).toContain('1 unchanged (item 2), 1 unknown (item 1)');
	expect(writes()).toHaveLength(before);
});
