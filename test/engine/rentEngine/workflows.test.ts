import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { damage } from '../support/damage.ts';
import { useServices } from '../support/services.ts';
import { columnOf, evaluated, shippedNode } from '../support/shipped.ts';

const services = useServices({ timing: { lookUpAfterMs: [50, 50] } });
const created = () => services.emulator.rentEngine.ledger.created;
const agents = { assignedToUserIds: RENTENGINE_USERS[0].id };

describe('rentengine-missed-call with a damaged time', () => {
	// With its own account, so that the node does not use prospects that it read for another test.
	const other = useServices({ timing: { lookUpAfterMs: [50, 50] } });

	it('notes the call although its time is missing, empty or of a wrong type', async () => {
		const { parameters, onError } = shippedNode('rentengine-missed-call.json', 'Assign the next agent');
		const phone = '+15125550177';
		const { rows, ledger } = other.emulator.rentEngine;
		rows.addProspect({ id: 7, phone, created_at: new Date(Date.now() - 86_400_000).toISOString() });
		const cases = damage({ call_id: 'x', from: phone, at: '2026-03-01' }, ['at']);
		for (const [index, { isBlank, body }] of cases.entries()) {
			const items = [{ body: { ...body, call_id: `at ${index}` } }] as IDataObject[];
			const { success } = await other.run(
				'rentEngine',
				{ ...parameters, ...agents },
				{ items, onError },
			);
			expect([index, isBlank && success.length !== 1]).toEqual([index, false]);
		}
		for (const { body } of ledger.created) expect(JSON.stringify(body)).toContain('"prospect_id":7');
	});
});

describe('rentengine-missed-call', () => {
	const FILE = 'rentengine-missed-call.json';
	const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
	let calls = 0;

	/** Who is assigned when somebody calls, or what a person is told. */
	async function whoCalled(from: unknown): Promise<unknown> {
		const { rows } = services.emulator.rentEngine;
		rows.addProspect({ id: 1, phone: '+15125550142', created_at: daysAgo(60) });
		rows.addProspect({ id: 2, phone: '(512) 555-0142', created_at: daysAgo(30) });
		for (const [index, phone] of [null, '', '5550142'].entries())
			rows.addProspect({ id: 3 + index, phone: phone as string, created_at: daysAgo(1) });
		const { parameters, onError } = shippedNode(FILE, 'Assign the next agent');
		const items = [{ body: { from, call_id: `call ${++calls}` } }] as IDataObject[];
		const { error } = await services.run('rentEngine', { ...parameters, ...agents }, { items, onError });
		return error[0]?.json.error ?? created().map(({ body }) => (body as IDataObject).prospect_id);
	}

	it.each(['(512) 555-0142', '+1 512 555 0142', '512.555.0142', '15125550142'])(
		'takes the newest prospect with the number %s',
		async (from) => expect(await whoCalled(from)).toEqual([2]),
	);

	it.each([undefined, null, '', '  ', 'anonymous', '555-0142', {}, [], ['5125550142'], true, 'undefined'])(
		'takes nobody for a caller without a number, and tells a person: %j',
		async (from) => expect(await whoCalled(from)).toMatch(/^'Prospect' /),
	);

	it('takes nobody for a stranger, and tells a person', async () => {
		expect(await whoCalled('(512) 555-9999')).toMatch(/^No prospect has the phone number/);
	});

	it('assigns nobody for a call without an ID', async () => {
		const { parameters, onError } = shippedNode(FILE, 'Assign the next agent');
		const [prospect] = services.emulator.rentEngine.data.prospects.rows;
		for (const { body } of damage({ call_id: 'x', from: prospect!.phone }, ['call_id'])) {
			const items = [{ body }] as IDataObject[];
			const { success, error } = await services.run(
				'rentEngine',
				{ ...parameters, ...agents },
				{ items, onError },
			);
			expect([success.length, error.length]).toEqual([0, 1]);
		}
		expect(created()).toEqual([]);
	});
});

describe('rentengine-every-morning', () => {
	const FILE = 'rentengine-every-morning.json';
	/** What the team is told; without prospects no node behind **Any?** ran. */
	const summary = (rows: IDataObject[], prospects?: IDataObject[]) =>
		evaluated(columnOf(FILE, 'Summary', 'text'), rows[0] ?? {}, {
			...(prospects && { 'Newest first': prospects, 'Assign next in turn': rows }),
		});

	it('assigns a prospect without an ID to nobody, and each other one once', async () => {
		const { parameters, onError } = shippedNode(FILE, 'Assign next in turn');
		const items = [{ id: 1001 }, {}, { id: null }, { id: '' }, { id: 1001 }] as IDataObject[];
		const { success } = await services.run(
			'rentEngine',
			{ ...parameters, ...agents },
			{ items, onError },
		);
		expect(created()).toHaveLength(1);
		expect(
			summary(
				success.map(({ json }) => json),
				items,
			),
		).toContain('Assigned this morning: 1. Assigned before: 1. Without an agent: 3. Not known: 0.');
	});

	it('names the prospects without an agent, and says when nobody is new or nobody could be asked', async () => {
		services.emulator.rentEngine.faults.add({
			match: { method: 'POST', bodyIncludes: '1004' },
			status: 400,
			body: { error: 'Blocked' },
		});
		const { parameters, onError } = shippedNode(FILE, 'Assign next in turn');
		const items = [{ id: 1005 }, { id: 1004 }] as IDataObject[];
		const { success } = await services.run(
			'rentEngine',
			{ ...parameters, ...agents },
			{ items, onError },
		);
		expect(
			summary(
				success.map(({ json }) => json),
				items,
			),
		).toMatch(/Without an agent: 1\. Not known: 0\.\nProspect 1004: .*Blocked/);
		expect(summary([{}])).toBe('No new prospects within the last week.');
		expect(summary([{ error: 'RentEngine refused it (HTTP 403)' }])).toBe(
			'The new prospects could not be read. RentEngine refused it (HTTP 403)',
		);
	});
});

describe('rentengine-new-prospects-round-robin', () => {
	const FILE = 'rentengine-new-prospects-round-robin.json';
	const assign = async (items: IDataObject[]) => {
		const { parameters, onError } = shippedNode(FILE, 'Assign next in turn');
		return await services.run('rentEngine', { ...parameters, ...agents }, { items, onError });
	};

	it('assigns a prospect once, and none whose ID is missing, empty or of a wrong type', async () => {
		const wrong = damage({ id: 1002, phone: '+15125550142' }, ['id']).map(
			({ body }) => body as IDataObject,
		);
		const { success, error } = await assign([{ id: 1002 }, ...wrong, { id: 1002 }]);
		expect(success.map(({ json }) => json.skipped ?? false)).toEqual([false, true]);
		expect(error).toHaveLength(wrong.length);
		expect(created()).toHaveLength(1);
		expect((await assign([{ id: 1002 }])).success).toMatchObject([{ json: { skipped: true } }]);
	});

	it('says in its error who was not assigned, and why', async () => {
		const { error } = await assign([{ id: 'x' }, {}]);
		const { errorMessage } = shippedNode(FILE, 'Needs a person').parameters;
		const [, code] = /^=\{\{(.*)\}\}$/s.exec(String(errorMessage)) ?? [];
		const told = new Function('$input', `return (${code})`) as (input: unknown) => string;
		expect(told({ all: () => error })).toMatch(
			/Item 1 of 2: 'Prospect' must be .*; Item 2 of 2: 'Prospect' is empty/,
		);
	});
});
