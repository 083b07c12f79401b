import type { IDataObject } from 'n8n-workflow';

import { byId } from '../../support/services.ts';
import { NEW, rowsOf, useUpsert } from '../support/upsert.ts';

const { bodies, known, propexo, test, upsert, writes } = useUpsert();

describe('A lead that is there', () => {
	const of = (number: number) => (known(number) ?? {}) as Record<string, string>;

	test('keeps its name where the item has a poorer one, or what stands in place of a name', async () => {
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

	test.each<[string, [string, string], [string, string]]>([
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
		['with a title', ['Maria', 'Alvarez'], ['Mrs. Maria', 'Alvarez']],
		['as a title alone', ['Maria', 'Alvarez'], ['Ms.', 'Alvarez']],
		['cut at another place', ['Maria', 'de la Cruz'], ['Maria de la', 'Cruz']],
		['cut behind the first of two last names', ['Maria', 'Garcia Lopez'], ['Maria Garcia', 'Lopez']],
		['as a whole in its first name', ['Maria', 'Alvarez'], ['Maria Alvarez', '']],
		['as a whole in its last name', ['Maria', 'Alvarez'], ['', 'Alvarez, Maria']],
		['as a whole in both', ['Maria', 'Alvarez'], ['Maria Alvarez', 'Alvarez']],
		['as a short form that has as many letters', ['James', 'Smith'], ['Jimmy', 'Smith']],
		['as a short form that has more letters', ['John', 'Smith'], ['Johnny', 'Smith']],
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

	test.each<[string, [string, string], [string, string]]>([
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

	test.each([
		['YARDI_REST', { first_name: 'Michael', last_name: 'García' }],
		['OTHER', {}],
	])(
		'of %s gets its own names with a change that says less, if the PMS requires names',
		async (pms, names) => {
			const items = [1, 2].map((row) => ({ notes: `Row ${row}` }));
			Object.assign(of(1), { integration_vendor: pms, first_name: 'Michael', last_name: 'García' });
			const stateFields = { notes: '={{ $json.notes }}' };
			const who = { firstName: 'Mike', lastName: 'GARCIA', email1: of(1).email_1 };
			await upsert({ ...who, stateFields }, { items });
			expect(bodies()).toHaveLength(2);
			for (const { first_name, last_name } of bodies())
				expect({ first_name, last_name }).toEqual({
					first_name: undefined,
					last_name: undefined,
					...names,
				});
		},
	);

	/** The first lead, of a PMS that requires names with each change. */
	const ofNaming = (names: IDataObject) => {
		const pms = 'YARDI_REST';
		Object.assign(propexo().data.integrations.get('int_any') ?? {}, { vendor: pms });
		return Object.assign(of(1), { ...names, integration_vendor: pms });
	};

	test('gets its own names too where the item has none and the PMS requires them, in each row and by a preview', async () => {
		const names = { first_name: 'Michael', last_name: 'García' };
		ofNaming(names);
		const items = ['one', 'two', 'two'].map((notes) => ({ notes }));
		const parameters = { email1: of(1).email_1, stateFields: { notes: '={{ $json.notes }}' } };
		const previewed = rowsOf(await upsert({ ...parameters, options: { previewOnly: true } }, { items }));
		expect(previewed[0]).toMatchObject({ outcome: 'would_update', request: { body: names } });
		expect((await upsert(parameters, { items })).thrown?.message).toBeUndefined();
		expect(bodies().slice(0, 2)).toMatchObject([
			{ ...names, notes: 'one' },
			{ ...names, notes: 'two' },
		]);
	});

	test('is not changed where neither the lead nor the item has a name that the PMS requires', async () => {
		ofNaming({ first_name: null, last_name: 'García' });
		const { thrown } = await upsert({ email1: of(1).email_1, stateFields: { notes: 'one' } });
		expect(thrown?.message).toContain("'First Name' is empty, and Yardi (REST) requires it");
		expect(writes()).toEqual([]);
	});

	test('gets a fuller name than it has', async () => {
		Object.assign(of(1), { first_name: 'M.', last_name: 'Unknown' });
		await upsert({ ...NEW, firstName: 'Maria', lastName: 'Alvarez', email1: of(1).email_1 });
		expect(writes()).toMatchObject([{ body: { first_name: 'Maria', last_name: 'Alvarez' } }]);
	});

	test.each([
		['in another spelling', ['Stephen', 'Smith'], ['Steven', 'Smith']],
		['without its last name', ['Maria Alvarez', 'Unknown'], ['Maria', 'Alvarez']],
		['without a word that stands there twice', ['Maria', 'Alvarez Alvarez'], ['Maria', 'Alvarez']],
	])('gets its name %s, though that is shorter', async (_, [first_name, last_name], [first, last]) => {
		Object.assign(of(1), { first_name, last_name });
		await upsert({ ...NEW, firstName: first, lastName: last, email1: of(1).email_1 });
		expect(writes()).toMatchObject([{ body: { first_name: first, last_name: last } }]);
	});

	test.each(['N/A', 'none', '-', 'Unknown', 'nan', 'not provided'])(
		'keeps where it lives, its middle name, notes, source and wishes, where the item has %s in their place',
		async (nothing) => {
			const held = {
				...{ address_1: '12 Oak Street', address_2: 'Apartment 4', city: 'Austin', state: 'TX' },
				...{ zip: '78701', country: 'US', middle_name: 'James', notes: 'Has a dog' },
				...{ lead_source: 'Website', desired_unit_type: 'Studio' },
			};
			Object.assign(of(1), held, { city: null });
			const told = await upsert({
				...{ ...NEW, email1: of(1).email_1 },
				personFields: {
					...{ address1: nothing, address2: nothing, state: nothing, zip: nothing },
					...{ country: nothing, middleName: nothing },
				},
				stateFields: { statusRaw: nothing, notes: nothing },
				sourceFields: { leadSource: nothing },
				wishFields: { desiredUnitType: nothing },
			});
			expect(told.thrown?.message).toBeUndefined();
			expect(writes()).toHaveLength(1);
			expect(writes()[0]?.body).toMatchObject({ status_raw: nothing });
			for (const name of Object.keys(held)) expect(writes()[0]?.body).not.toHaveProperty(name);
		},
	);

	test.each(['notes', 'lead_source', 'desired_unit_type'])(
		'gets a word as its %s that says something there, and no other',
		async (field) => {
			const held = { notes: 'Open', lead_source: 'Website', desired_unit_type: 'Studio' };
			const written: string[] = [];
			for (const said of ['Declined', 'private', 'Anonymous', '0', 'N/A']) {
				Object.assign(of(1), held);
				propexo().ledger.requests.length = 0;
				await upsert({
					...{ ...NEW, email1: of(1).email_1 },
					stateFields: { statusRaw: `${field} ${said}`, ...(field === 'notes' && { notes: said }) },
					...(field === 'lead_source' && { sourceFields: { leadSource: said } }),
					...(field === 'desired_unit_type' && { wishFields: { desiredUnitType: said } }),
				});
				expect(bodies()).toHaveLength(1);
				if (field in (bodies()[0] ?? {})) written.push(said);
			}
			expect(written).toEqual(
				{ notes: ['Declined', 'private'], lead_source: [], desired_unit_type: ['private', '0'] }[
					field
				],
			);
		},
	);

	test.each([
		['a second number', { phone1: '3035559302', personFields: { phone2: '000-000-0000' } }],
		['a first number', { phone1: 'N/A', personFields: { phone2: '3035559301', phone1Type: 'HOME' } }],
	])('keeps both numbers where one of the item stands for %s that nobody gave', async (_, numbers) => {
		Object.assign(of(1), { phone_1: '3035559301', phone_2: '3035559302', phone_1_type: 'MOBILE' });
		const stateFields = { notes: 'Called' };
		await upsert({ ...NEW, email1: of(1).email_1, ...numbers, stateFields });
		expect(bodies()).toEqual([expect.objectContaining({ notes: 'Called' })]);
		for (const name of ['phone_1', 'phone_2', 'phone_1_type'])
			expect(bodies()[0]).not.toHaveProperty(name);
	});

	test.each([
		['J.', undefined],
		['JAMES', undefined],
		['James Lee', 'James Lee'],
		['Paul', 'Paul'],
	])('with the middle name James, for an item with %s, gets %s', async (middleName, written) => {
		Object.assign(of(1), { middle_name: 'James' });
		const stateFields = { notes: 'a' };
		await upsert({ ...NEW, email1: of(1).email_1, personFields: { middleName }, stateFields });
		expect(bodies()).toEqual([expect.objectContaining({ notes: 'a' })]);
		expect(bodies()[0]?.middle_name).toBe(written);
	});

	test.each([
		['2134', '02134', '02134'],
		['901', '00901', '00901'],
		['02134', '02134', '02134'],
		['2139', '02134', '2139'],
		['78701', '02134', '78701'],
		['2134', null, '2134'],
	])('for an item with the ZIP code %s in place of its %s, gets %s', async (zip, held, written) => {
		Object.assign(of(1), { zip: held, city: 'Boston' });
		const personFields = { zip, city: 'Salem', addressTypeId: byId('atype_1') };
		await upsert({ ...NEW, email1: of(1).email_1, personFields });
		expect(bodies()).toEqual([expect.objectContaining({ city: 'Salem' })]);
		expect(bodies()[0]?.zip).toBe(written);
	});

	test('keeps its address where the ZIP code has lost its zero and all else is the same', async () => {
		Object.assign(of(1), { zip: '02134', city: 'Boston' });
		const personFields = { zip: '2134', city: 'Boston' };
		await upsert({ ...NEW, email1: of(1).email_1, personFields });
		expect(bodies()).toEqual([{ email_1: of(1).email_1, first_name: 'Nathan', last_name: 'Smith' }]);
	});

	test.each([
		['in other letter case', { city: 'AUSTIN', state: 'tx', address1: '12 OAK ST.' }],
		['without its points and commas', { address1: '12 Oak St', address2: 'Apt 4', country: 'us' }],
		['with other spaces', { address1: ' 12  Oak St. ', address2: 'Apt. # 4' }],
		['without the last four digits of its ZIP code', { zip: '78701', city: 'austin' }],
		['with the nine digits of its ZIP code in a row', { zip: '787011234' }],
	])('keeps its address that an item writes %s, and gets the rest', async (_, personFields) => {
		const held = { address_1: '12 Oak St.', address_2: 'Apt. #4', city: 'Austin', state: 'TX' };
		Object.assign(of(1), held, { zip: '78701-1234', country: 'US' });
		const stateFields = { notes: 'Called' };
		const told = await upsert({ ...NEW, email1: of(1).email_1, personFields, stateFields });
		expect([told.thrown?.message, told.hints]).toEqual([undefined, []]);
		expect(bodies()).toEqual([expect.objectContaining({ notes: 'Called' })]);
		for (const name of [...Object.keys(held), 'zip', 'country'])
			expect(bodies()[0]).not.toHaveProperty(name);
	});

	test.each([
		{ address1: '1 21st Street' },
		{ zip: '78702' },
		{ zip: '78701-5678' },
		{ city: 'Dallas' },
		{ state: 'OK' },
	])('gets another address, %j, and its type', async (other) => {
		const held = { address_1: '12 1st Street', city: 'Austin', state: 'TX', zip: '78701-1234' };
		Object.assign(of(1), held);
		const personFields = { ...other, addressTypeId: byId('atype_1') };
		await upsert({ ...NEW, email1: of(1).email_1, personFields });
		expect(bodies()).toEqual([expect.objectContaining({ address_type_id: 'atype_1' })]);
	});

	test('keeps its address where another one lacks its type: a hint says so, and the rest is written, once', async () => {
		Object.assign(of(1), { city: 'Austin', notes: 'Open' });
		propexo().settings.jobMs = 0;
		const item = {
			...{ ...NEW, email1: of(1).email_1 },
			...{ personFields: { city: 'Dallas' }, stateFields: { notes: 'Called' } },
		};
		const message =
			"'Address Type' is empty, and Propexo requires it when an address is changed: the address ";
		const previewed = await upsert({ ...item, options: { previewOnly: true } });
		expect(JSON.stringify(previewed.hints)).toContain(`${message}would not be written`);
		for (const action of ['updated', 'unchanged']) {
			const told = await upsert(item);
			expect(rowsOf(told)).toMatchObject([{ action }]);
			expect(JSON.stringify(told.hints)).toContain(`${message}was not written`);
		}
		expect(bodies()).toEqual([expect.objectContaining({ notes: 'Called' })]);
		expect(bodies()[0]).not.toHaveProperty('city');
	});

	test('keeps its address in its letter case, so that it is found by it again', async () => {
		const held = of(1).email_1 ?? '';
		for (const email1 of [held.toUpperCase(), held.replace(/^\w+/, (name) => name.toUpperCase()), held]) {
			const told = await upsert({ ...NEW, email1, stateFields: { notes: `By ${email1}` } });
			expect([email1, rowsOf(told)]).toMatchObject([
				email1,
				[{ action: 'updated', lead_id: of(1).id }],
			]);
		}
		expect(of(1).email_1).toBe(held);
		expect(writes().filter(({ method }) => method === 'POST')).toEqual([]);
	});

	test('keeps its address and number where the item has something in their place', async () => {
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
});
