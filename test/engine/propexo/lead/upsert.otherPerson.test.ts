import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';

import { ANY_LEAD } from '../support/samples.ts';
import { NEW, next, rowsOf, stranger, useUpsert } from '../support/upsert.ts';

const { known, propexo, test, upsert, writes } = useUpsert();

const SHIPPED = join(__dirname, '..', '..', '..', '..', 'workflows');

/** What each shipped workflow that adds people does where several have the value. */
const shipped = readdirSync(SHIPPED)
	.filter((file) => /^propexo-.*\.json$/.test(file))
	.flatMap((file) => {
		const { nodes } = JSON.parse(readFileSync(join(SHIPPED, file), 'utf8')) as {
			nodes: Array<{ parameters: IDataObject }>;
		};
		return nodes
			.filter(({ parameters: { operation } }) => operation === 'upsert')
			.map(({ parameters: { matchBy, options } }) => ({
				file,
				...(matchBy !== undefined && { matchBy }),
				options: { ifSeveralMatch: (options as IDataObject).ifSeveralMatch },
			}));
	});

describe('A lead that may be somebody else', () => {
	const of = (number: number) => (known(number) ?? {}) as Record<string, string>;

	test('is not changed: it is found by one value and holds another one in what counts more', async () => {
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
			["the phone number in 'Phone Number'", "'Email'"],
			["the email address in 'Email'", "'Phone Number'"],
			["the PMS ID in 'PMS ID'", "'Email'"],
			["the email address in 'Email'", "'PMS ID'"],
			["the PMS ID in 'PMS ID'", "'Phone Number'"],
			["the phone number in 'Phone Number'", "'PMS ID'"],
		];
		expect(told).toEqual(
			fields.map(([weak, strong]) =>
				expect.stringContaining(`The lead that has ${weak} has another ${strong}`),
			),
		);
		expect(told[0]).toContain("choose only 'Email' in 'Match By', or use 'Lead: Create'");
		expect(success.map(({ json }) => (json.details as IDataObject).outcome)).toEqual(
			items.map(() => 'not sent'),
		);
		const values = items.flatMap(({ email, phone, pmsId }) => [email, phone, pmsId]);
		for (const value of [...values, of(2).email_1, of(2).first_name])
			expect(told.join()).not.toContain(value ?? 'nothing');
		expect(writes()).toEqual([]);
	});

	test.each(['thirdPartyId', 'xId'])(
		'is not changed by each item of a run: %s is the same text for all',
		async (field) => {
			const items = [stranger(), stranger()];
			const parameters = { ...NEW, matchBy: [field], sourceFields: { [field]: of(1).x_id } };
			const { success } = await upsert(parameters, { items, onError: 'continueRegularOutput' });
			expect(success.map(({ json }) => json.error)).toEqual(
				items.map(() =>
					expect.stringContaining('is a fixed text, so every lead would have the same ID'),
				),
			);
			expect(writes()).toEqual([]);
			// A single item may mean this one lead.
			await upsert({ ...parameters, email1: '' });
			expect(writes()).toHaveLength(1);
		},
	);

	test('is changed where it holds nothing there, the same, or the value as a second one', async () => {
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

	test('is not changed where it has another name: a family shares a phone number, or an email address', async () => {
		const names: Array<
			[first: unknown, last: unknown, givenFirst: string, givenLast: string, isSame: boolean]
		> = [
			['Maria', 'Alvarez', 'Jose', 'Alvarez', false],
			['Maria', 'Alvarez', 'Maria', 'Gomez', false],
			['Daniel', 'Smith', 'Danielle', 'Smith', false],
			['Alexander', 'Smith', 'Alexandra', 'Smith', false],
			['John', 'Smith Sr.', 'John', 'Smith Jr.', false],
			['John', 'Smith', 'John', 'Smith Jr.', false],
			['John', 'Smith III', 'John', 'Smith', false],
			['John', 'Smith', 'John Jr', 'Smith', false],
			['John', 'Smith Jr', 'John', '', true],
			// Two short forms that stand for one name, too.
			['Tina', 'Lee', 'Chris', 'Lee', false],
			['Sandra', 'Smith', 'Alex', 'Smith', false],
			['Will', 'Smith', 'Bill', 'Smith', false],
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
			['Maria', 'Alvarez', 'Maria J', 'Alvarez', true],
			// The initial of a middle name is like somebody else's first name.
			['Jose', 'Lopez', 'Maria J', 'Lopez', false],
			['Maria J.', 'Lopez', 'Jose', 'Lopez', false],
			['John D.', 'Smith', 'Diana', 'Smith', false],
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

	test('is the same person under another last name, not under another first name, if it has both the address and the number of the item', async () => {
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

	test('is the same person under another last name, too, if the address of the item is its second one', async () => {
		const email_2 = 'maria.alvarez.2@example.com';
		Object.assign(of(1), { first_name: 'Maria', last_name: 'Alvarez', email_2 });
		const both = { ...NEW, email1: email_2, phone1: of(1).phone_1 };
		await upsert({ ...both, firstName: 'Maria', lastName: 'Gomez' });
		expect(writes()).toMatchObject([{ method: 'PUT', body: { last_name: 'Gomez' } }]);
	});

	test('is not changed where both names are others, although it has the ID of the item', async () => {
		Object.assign(of(1), { first_name: 'Maria', last_name: 'Alvarez' });
		const byId = { ...NEW, matchBy: ['xId'], sourceFields: { xId: of(1).x_id } };
		const { thrown } = await upsert({ ...byId, firstName: 'Jose', lastName: 'Gomez' });
		expect(thrown?.message).toContain("has the PMS ID in 'PMS ID' has another name than the item");
		expect(writes()).toEqual([]);
		await upsert({ ...byId, firstName: 'Maria', lastName: 'Gomez' });
		expect(writes()).toMatchObject([{ method: 'PUT', body: { last_name: 'Gomez' } }]);
	});

	test('is not changed where it has another ID than the item, wherever the ID stands in Match By', async () => {
		const { thrown } = await upsert({
			...{ ...NEW, email1: of(1).email_1, matchBy: ['email1', 'xId'] },
			sourceFields: { xId: of(2).x_id },
		});
		expect(thrown?.message).toContain("has another 'PMS ID'");
		expect(writes()).toEqual([]);
	});

	test.each([
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

	const TWO = [
		{ first_name: 'Maria', last_name: 'Lopez', created_at: '2030-01-01T00:00:00Z', status: 'ACTIVE' },
		{ first_name: 'Jose', last_name: 'Lopez', created_at: '2030-02-01T00:00:00Z', status: 'ACTIVE' },
	];
	/** Two leads share an email address or a number, as the first two of the test. */
	const share = (held: IDataObject, people: IDataObject[] = TWO) =>
		people.forEach((one, index) =>
			Object.assign(of(index + 1), { x_created_at: null, email_1: null, ...held, ...one }),
		);
	const UNCLEAR = [
		{ firstName: '', lastName: 'Lopez' },
		{ firstName: 'Unknown', lastName: 'Caller' },
		{ firstName: '', lastName: '' },
	];

	test.each(shipped)(
		'is not taken by its age where two share a number, as $file asks for one',
		async ({ matchBy, options }) => {
			share({ phone_1: '3035559301' });
			const phone = { ...(matchBy !== undefined && { matchBy }), phone1: '(303) 555-9301', options };
			for (const name of UNCLEAR) {
				const { thrown } = await upsert({
					...phone,
					...name,
					stateFields: { notes: 'A guest card' },
				});
				expect(thrown?.message).toContain(
					"2 leads of Any PMS have the phone number in 'Phone Number'",
				);
			}
			expect(writes()).toEqual([]);
			await upsert({ ...phone, firstName: 'Maria', lastName: 'Lopez', stateFields: { notes: 'Hers' } });
			expect(writes()).toMatchObject([{ method: 'PUT', path: `/v1/leads/${ANY_LEAD}_1` }]);
		},
	);

	test.each(['newest', 'newestActive', 'refuse'])(
		'is not taken by its age where two of different names share an email address or a number: %s',
		async (ifSeveralMatch) => {
			const options = { ifSeveralMatch };
			const ways = [
				{ held: { email_1: 'both@example.com' }, given: { email1: 'both@example.com' } },
				{ held: { phone_1: '3035559302' }, given: { phone1: '(303) 555-9302' } },
			];
			for (const { held, given } of ways) {
				share(held);
				for (const name of UNCLEAR) {
					const { thrown } = await upsert({
						...given,
						...name,
						options,
						stateFields: { notes: 'x' },
					});
					expect(thrown?.message).toContain('2 leads of Any PMS have the');
					expect(thrown?.message).toContain('They have different names');
					expect(thrown?.message).not.toContain('If Several Match');
					expect(thrown?.message).not.toMatch(/Maria|Jose|Lopez/);
				}
			}
			// Nor if the one of them is no longer active.
			share({ phone_1: '3035559302' }, [{ ...TWO[0], status: 'LOST' }, TWO[1] ?? {}]);
			const { thrown } = await upsert({ phone1: '3035559302', lastName: 'Lopez', options });
			expect(thrown?.message).toContain('They have different names');
			expect(writes()).toEqual([]);
		},
	);

	const EXACT: Array<[exact: [string, string], loose: [string, string]]> = [
		[
			['Chris', 'Lee'],
			['Tina', 'Lee'],
		],
		[
			['Chris', 'Lee'],
			['Christina', 'Lee'],
		],
		[
			['Maria', 'Lopez'],
			['Maria Elena', 'Lopez'],
		],
		[
			['MARÍA', 'López'],
			['Maria', 'Garcia Lopez'],
		],
		[
			['John', 'Smith'],
			['John', 'Smith Jr'],
		],
		[
			['John', 'Smith Jr.'],
			['John', 'Smith'],
		],
		[
			['Maria', 'Lopez'],
			['Wireless', 'Caller'],
		],
	];

	test.each(
		EXACT.flatMap((names) => ['newest', 'newestActive', 'refuse'].map((way) => [...names, way] as const)),
	)(
		'is the one with exactly the name of the item, %s, not a newer one whose name only fits, %s: %s',
		async (exact, loose, ifSeveralMatch) => {
			const nameOf = ([first_name, last_name]: [string, string]) => ({ first_name, last_name });
			share({ phone_1: '3035559305' }, [
				{ ...TWO[0], ...nameOf(exact) },
				{ ...TWO[1], ...nameOf(loose) },
			]);
			const told = await upsert({
				...{ phone1: '(303) 555-9305', firstName: exact[0], lastName: exact[1] },
				...{ stateFields: { notes: 'Asked' }, options: { ifSeveralMatch } },
			});
			expect(told.thrown?.message).toBeUndefined();
			expect(writes()).toMatchObject([{ method: 'PUT', path: `/v1/leads/${ANY_LEAD}_1` }]);
		},
	);

	test('is the newest of those with exactly the name of the item', async () => {
		share({ phone_1: '3035559306' }, [
			{ ...TWO[0], created_at: '2030-01-01T00:00:00Z' },
			{ ...TWO[0], created_at: '2030-02-01T00:00:00Z' },
			{ ...TWO[0], first_name: 'Maria Elena', created_at: '2030-03-01T00:00:00Z' },
		]);
		const names = { firstName: 'Maria', lastName: 'Lopez' };
		const options = { ifSeveralMatch: 'newest' };
		await upsert({ phone1: '3035559306', ...names, options, stateFields: { notes: 'Hers' } });
		expect(writes()).toMatchObject([{ method: 'PUT', path: `/v1/leads/${ANY_LEAD}_2` }]);
	});

	test('is the one with exactly the name of the item, although another one has its number too', async () => {
		const email1 = 'maria.lopez@example.com';
		share({ email_1: email1 }, [
			{ ...TWO[0], phone_1: null },
			{ ...TWO[1], first_name: 'Maria', last_name: 'Garcia', phone_1: '3035559307' },
		]);
		const both = { email1, phone1: '3035559307', options: { ifSeveralMatch: 'newest' } };
		const told = await upsert({
			...{ ...both, firstName: 'Maria', lastName: 'Lopez' },
			stateFields: { notes: 'Hers' },
		});
		expect(told.thrown?.message).toBeUndefined();
		expect(writes()).toMatchObject([{ method: 'PUT', path: `/v1/leads/${ANY_LEAD}_1` }]);
	});

	test('is neither of two with different further names, where the item has none of them', async () => {
		share({ phone_1: '3035559308' }, [
			{ ...TWO[0], first_name: 'Maria Elena' },
			{ ...TWO[1], first_name: 'Maria Carmen' },
		]);
		const { thrown } = await upsert({
			...{ phone1: '3035559308', firstName: 'Maria', lastName: 'Lopez' },
			options: { ifSeveralMatch: 'newest' },
		});
		expect(thrown?.message).toContain(
			'Give the name of the one that is meant exactly as its lead has it',
		);
		expect(writes()).toEqual([]);
	});

	test('is not the father where the item names the son, although both have its email address and number', async () => {
		Object.assign(of(1), { first_name: 'John', last_name: 'Smith' });
		const { email_1, phone_1 } = of(1);
		const son = { ...NEW, email1: email_1, phone1: phone_1, firstName: 'John', lastName: 'Smith Jr.' };
		const { thrown } = await upsert(son);
		expect(thrown?.message).toContain('has another name than the item');
		expect(writes()).toEqual([]);
	});

	test('is the newest where the names may be those of one person', async () => {
		const [first, second] = TWO;
		const cases = [
			[{ first_name: 'Maria Elena' }, {}],
			[{ first_name: 'Mike' }, { first_name: 'Michael' }],
			[{}, { first_name: 'Wireless', last_name: 'Caller' }],
			[{}, { first_name: null, last_name: null }],
			// Both the address and the number are the same: it may be a new last name.
			[{ last_name: 'Alvarez', email_1: 'one@example.com' }, { email_1: 'ONE@example.com' }],
		] as const;
		for (const [one, other] of cases) {
			propexo().ledger.requests.length = 0;
			share({ phone_1: '3035559303' }, [
				{ ...first, ...one },
				{ ...second, first_name: 'Maria', ...other },
			]);
			const told = await upsert({
				...{ phone1: '(303) 555-9303', stateFields: { notes: `Asked ${next()}` } },
				options: { ifSeveralMatch: 'newest' },
			});
			expect(told.thrown?.message).toBeUndefined();
			expect(writes()).toMatchObject([{ method: 'PUT', path: `/v1/leads/${ANY_LEAD}_2` }]);
		}
	});

	test.each([true, false])(
		'is not taken for the one that an earlier job has made; Propexo shows the lead: %s',
		async (isShown) => {
			const parameters = {
				...{ ...NEW, matchBy: ['email1', 'thirdPartyId'], options: { waitForResult: true } },
				sourceFields: { thirdPartyId: `crm ${next()}` },
			};
			const [made] = rowsOf(await upsert(parameters, { items: [stranger()] }));
			if (!isShown) {
				const path = `/v1/leads/${String(made?.lead_id)}`;
				propexo().faults.add({ match: { method: 'GET', path }, times: Infinity, status: 404 });
			}
			const { thrown } = await upsert(parameters, { items: [stranger()] });
			expect(thrown?.message).toContain(
				"has the Third-Party ID in 'Third-Party ID' has another 'Email'",
			);
			expect(writes()).toHaveLength(1);
		},
	);

	test('is not changed by two rows of a run that mean two people', async () => {
		Object.assign(of(1), { email_1: null });
		const items = [stranger(), stranger()];
		const parameters = { ...NEW, phone1: of(1).phone_1 };
		const { success } = await upsert(parameters, { items, onError: 'continueRegularOutput' });
		expect(success[0]?.json).toMatchObject({ action: 'updated' });
		expect(success[1]?.json.error).toContain('may be a different person');
		expect(writes()).toHaveLength(1);
	});
});
