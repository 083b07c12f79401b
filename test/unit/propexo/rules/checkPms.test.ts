import { Readable } from 'node:stream';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { propexo } from '../../../../nodes/Propexo/api';
import { checkPms } from '../../../../nodes/Propexo/rules/checkPms';
import type { CheckedWrite } from '../../../../nodes/Propexo/rules/checkedWrite';
import { integration } from '../../../../nodes/Propexo/records/places';
import { recordField } from '../../../../nodes/Propexo/records/field';
import type { Field } from '../../../../nodes/shared/fields/field';
import { Limiter } from '../../../../nodes/shared/http/limiter';

const text = (name: string, more: Partial<Field> = {}): Field =>
	({ name, label: name, kind: 'text', description: '', ...more }) as Field;

/** A write for PMSs that want something of it, each in another way. */
const petition: CheckedWrite = {
	noun: 'petition',
	about: ['integrationId', 'residentId'],
	fields: [
		recordField(integration),
		text('residentId'),
		{
			...{ name: 'form', label: 'form', kind: 'choice', description: '', local: true },
			options: ['short', 'long'].map((value) => ({ name: value, value })),
		},
		text('wish'),
		text('reason', { shownFor: { form: ['long'] }, required: true }),
	],
	collections: [
		{
			...{ name: 'more', label: 'More' },
			fields: [text('reason', { shownFor: { form: ['short'] } }), text('witness')],
		},
	],
	pms: {
		STRICT: { required: ['wish'], takes: [] },
		LACKING: { lacks: ['witness'] },
		GUESSED: { required: ['wish'], takes: [], inferred: 'all' },
		HALF_GUESSED: { required: ['wish'], takes: [], inferred: 'takes' },
		NONE: { noSuchWrite: true },
	},
};

let accounts = 0;

/** The verdict on one item of an integration with the PMS. */
async function verdictOf(vendor: string, values: IDataObject, options: IDataObject = {}) {
	const ctx = {
		helpers: {
			httpRequestWithAuthentication: async () =>
				await Promise.resolve({
					statusCode: 200,
					headers: {},
					body: Readable.from([Buffer.from(JSON.stringify({ results: { vendor } }))]),
				}),
		},
		addExecutionHints: () => undefined,
	} as unknown as IExecuteFunctions;
	const tools = {
		...{ ctx, service: propexo, baseUrl: 'http://propexo.invalid', credentials: {}, token: 'x' },
		...{ account: `checkPms ${++accounts}`, limiter: new Limiter(propexo.rate) },
		signal: new AbortController().signal,
	};
	const read = {
		values: { integrationId: 'int_1', residentId: 'res_1', form: 'short', ...values },
		...{ sought: {}, found: {}, body: {}, problems: [], remarks: [], emptied: [] },
	};
	const [verdict] = await checkPms(petition, tools, [{ read, options }]);
	const told = (list: Array<{ label: string; wrong?: string; remark?: string }> = []) =>
		list.map(({ label, wrong, remark }) => `${label} ${wrong ?? remark}`);
	return { problems: told(verdict?.problems), remarks: told(verdict?.remarks) };
}

const UNLESS = "or add the option 'Ignore Unknown Fields'";
const NOT_SURE = "Propexo's documents are not sure, so Propexo decides";

describe('The check against a PMS', () => {
	it('takes what the PMS requires, and whom it is about', async () => {
		expect(await verdictOf('STRICT', { wish: 'A door' })).toEqual({ problems: [], remarks: [] });
	});

	it.each<[string, IDataObject, string[]]>([
		[
			'a field that the PMS does not list',
			{ wish: 'x', witness: 'x' },
			[`witness is not accepted by STRICT: empty it, ${UNLESS}`],
		],
		[
			'a field that the choice of another one requires',
			{ wish: 'x', form: 'long', reason: 'x' },
			[`reason is not accepted by STRICT: choose another 'form', ${UNLESS}`],
		],
		[
			'the same field where it is optional',
			{ wish: 'x', reason: 'x' },
			[`reason is not accepted by STRICT: empty it, ${UNLESS}`],
		],
		['a required field that is empty', {}, ['wish is empty, and STRICT requires it']],
	])('refuses %s', async (_, values, problems) => {
		expect(await verdictOf('STRICT', values)).toEqual({ problems, remarks: [] });
	});

	it('refuses what the PMS is known to lack', async () => {
		expect((await verdictOf('LACKING', { wish: 'x', witness: 'x' })).problems).toEqual([
			`witness is not accepted by LACKING: empty it, ${UNLESS}`,
		]);
	});

	it('leaves what the PMS does not take to Propexo when the user says so, but not what is missing', async () => {
		const { problems } = await verdictOf('STRICT', { witness: 'x' }, { ignoreUnknownFields: true });
		expect(problems).toEqual(['wish is empty, and STRICT requires it']);
	});

	it('tells of a rule that was only inferred, and stops nothing', async () => {
		expect(await verdictOf('GUESSED', { witness: 'x' })).toEqual({
			problems: [],
			remarks: [
				`wish is empty, and GUESSED may need it. ${NOT_SURE}`,
				`witness was sent, and GUESSED may not take it. ${NOT_SURE}`,
			],
		});
		expect(await verdictOf('HALF_GUESSED', { witness: 'x' })).toEqual({
			problems: ['wish is empty, and HALF_GUESSED requires it'],
			remarks: [`witness was sent, and HALF_GUESSED may not take it. ${NOT_SURE}`],
		});
	});

	it('refuses every item of a PMS that has no such write', async () => {
		expect(await verdictOf('NONE', { wish: 'x' }, { ignoreUnknownFields: true })).toEqual({
			problems: ['Integration belongs to NONE, which takes no petitions'],
			remarks: [],
		});
	});

	it('takes everything for a PMS of which nothing is known', async () => {
		expect(await verdictOf('OTHER', { witness: 'x' })).toEqual({ problems: [], remarks: [] });
	});
});
