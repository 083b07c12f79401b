import type { IDataObject } from 'n8n-workflow';

import { damage } from '../support/damage.ts';
import { byId, useServices } from '../support/services.ts';
import { evaluated, inOrder, shippedNode } from '../support/shipped.ts';
import {
	addProperty,
	CALL,
	FILE,
	FREE_OF_CALL,
	FREE_OF_CALLER,
	OF_CALL,
	OF_CALLER,
	PLACE,
} from './support/newCaller.ts';

/*
 * The nodes of propexo-new-caller.json, one after the other; test/e2e runs them in one real n8n.
 */

const services = useServices({
	timing: { rate: { requests: 100_000 }, lookUpAfterMs: [50, 50] },
	propexo: { jobMs: 20 },
});
beforeEach(() => addProperty(services.emulator));
const created = () => services.emulator.propexo.ledger.created;
const statusOf = (json: IDataObject) =>
	evaluated((shippedNode(FILE, 'Answer').parameters.options as IDataObject).responseCode, json);

/** Runs one of the two nodes on what was posted. */
async function runNode(name: string, bodies: unknown[], more: IDataObject = {}) {
	const { parameters, onError } = shippedNode(FILE, name);
	const items = bodies.map((body) => ({ body })) as IDataObject[];
	const settings = { items, onError, timezone: 'America/Chicago' };
	return inOrder(await services.run('propexo', { ...parameters, ...more }, settings));
}
const caller = async (bodies: unknown[]) => await runNode('Find or add the caller', bodies);
const log = async (bodies: unknown[]) => await runNode('Log the call', bodies, { leadId: byId('lead_1') });

describe('propexo-new-caller', () => {
	it('adds a caller whom nobody knows, and finds the one who calls again', async () => {
		const [first] = await caller([CALL]);
		expect(first).toMatchObject({ action: 'created', lead_id: expect.any(String) });
		const [again] = await caller([CALL]);
		expect(again).toMatchObject({ action: 'unchanged', lead_id: first?.lead_id });
		expect(created().map(({ body }) => body)).toEqual([
			{
				...PLACE,
				...{ first_name: 'Nathan', last_name: 'Smith' },
				...{ email_1: CALL.email, phone_1: CALL.phone },
			},
		]);
	});

	it('changes nobody of a family with one number, and says so', async () => {
		const { leads } = services.emulator.propexo.data;
		const whose = { ...PLACE, phone_1: '5125550145', first_name: 'Ann' };
		leads.add({ ...leads.get('lead_1')!, ...whose, id: 'lead_ann' });
		const call = { ...CALL, phone: '(512) 555-0145' };
		const [other] = await caller([call]);
		leads.add({ ...leads.get('lead_ann')!, id: 'lead_nathan', first_name: 'Nathan' });
		const [several] = await caller([call]);
		expect([other, several].map((json = {}) => [json.error, statusOf(json)])).toEqual([
			[expect.stringContaining('name'), 422],
			[expect.stringContaining('2 leads of Maple Court have the phone number'), 422],
		]);
		const writes = services.emulator.propexo.ledger.requests.filter(({ method }) => method !== 'GET');
		expect(writes).toEqual([]);
	});

	it('answers 202 where the lead has no ID yet, 422 where something is wrong, 503 where nobody knows', async () => {
		const [lead] = await caller([{ ...CALL, phone: '(512) 555-0143' }]);
		const { lead_id: _, ...without } = lead ?? {};
		expect(statusOf(without)).toBe(202);
		const [wrong] = await caller([{ ...CALL, phone: 'anonymous' }]);
		expect(statusOf(wrong ?? {})).toBe(422);
		const fault = { match: { path: '/v1/leads/' }, status: 500, times: Infinity };
		services.emulator.propexo.faults.add(fault);
		const [unasked] = await caller([{ ...CALL, phone: '(512) 555-0144' }]);
		expect(statusOf(unasked ?? {})).toBe(503);
	});

	it('says recorded only of what the PMS has', async () => {
		const { responseBody } = shippedNode(FILE, 'Answer').parameters;
		const answerOf = (json: IDataObject) =>
			JSON.parse(String(evaluated(responseBody, json))) as IDataObject;
		const heard = [
			{ job_id: 'job_1', write_status: 'SUCCESS', created_record_id: 'event_1' },
			{ job_id: 'job_1', write_status: 'PENDING' },
			{ skipped: true },
			{ skipped: true, refused_before: true },
		].map((json) => [statusOf(json), answerOf(json).recorded]);
		expect(heard).toEqual([
			[200, true],
			[202, null],
			[202, null],
			[422, false],
		]);
	});

	it('adds nobody when what it needs is missing, empty or of a wrong type', async () => {
		const cases = damage(CALL, OF_CALLER);
		const rows = await caller(cases.map(({ body }) => body));
		expect(rows.map((row, index) => [cases[index]?.what, statusOf(row)])).toEqual(
			cases.map(({ what }) => [what, 422]),
		);
		expect(created()).toEqual([]);
	});

	it('adds a caller of whom little is known, and nobody by what is of a wrong type', async () => {
		const cases = damage(CALL, FREE_OF_CALLER).map((one, index) => ({
			...one,
			body: { ...one.body, phone: `(512) 555-${2000 + index}` },
		}));
		const rows = await caller(cases.map(({ body }) => body));
		expect(rows.map((row, index) => [cases[index]?.what, statusOf(row)])).toEqual(
			cases.map(({ what, isBlank }) => [what, isBlank ? 200 : 422]),
		);
		expect(created()).toHaveLength(cases.filter(({ isBlank }) => isBlank).length);
	});

	it('logs a call only with what a call needs', async () => {
		const cases = damage(CALL, [...OF_CALL, ...FREE_OF_CALL]).map((one, index) => ({
			...one,
			body: one.field === 'call_id' ? one.body : { ...one.body, call_id: `call ${index}` },
		}));
		const rows = await log(cases.map(({ body }) => body));
		const isLogged = ({ field, isBlank }: (typeof cases)[number]) =>
			isBlank && FREE_OF_CALL.includes(field);
		expect(rows.map((row, index) => [cases[index]?.what, statusOf(row)])).toEqual(
			cases.map((one) => [one.what, isLogged(one) ? 200 : 422]),
		);
		expect(created()).toHaveLength(cases.filter(isLogged).length);
	});
});
