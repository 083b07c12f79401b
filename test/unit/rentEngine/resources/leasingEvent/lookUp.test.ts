import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../../../emulator/index.ts';
import { lookUpLeasingEvent, toAnyOf } from '../../../../../nodes/RentEngine/resources/leasingEvent/lookUp';
import type { ServiceRequest } from '../../../../../nodes/shared/http/service';
import type { LookUpTools } from '../../../../../nodes/shared/deliver/write';
import { useEmulator } from '../../../emulator/support/emulator.ts';

const emulator = useEmulator();

const [A = '', B = '', C = ''] = RENTENGINE_USERS.map(({ id }) => id);

async function call({ method, path, query = {}, body }: ServiceRequest): Promise<Response> {
	const search = new URLSearchParams(
		Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
	);
	return await fetch(`${emulator.rentEngine.url}${path}?${search.toString()}`, {
		method,
		headers: { authorization: `Bearer ${emulator.rentEngine.token}`, 'content-type': 'application/json' },
		body: body && JSON.stringify(body),
	});
}

const taken = new Set<string>();
const tools: LookUpTools = {
	account: 'one',
	ask: async (request) => {
		const reply = await call(request);
		return {
			kind: 'replied',
			status: reply.status,
			headers: Object.fromEntries(reply.headers),
			body: await reply.json(),
		};
	},
	signal: new AbortController().signal,
	isTaken: (id) => taken.has(id),
};

const assignment = (users: string[], more: IDataObject = {}): ServiceRequest => ({
	method: 'POST',
	path: '/leasing_events',
	body: {
		events: [
			{
				prospect_id: 1001,
				event_type: 'Assign to User',
				context: { assignedToUserIds: users, applyActionInBulk: false },
				...more,
			},
		],
	},
});
const found = { found: [expect.objectContaining({ prospect: 1001, prospect_id: 1001 })] };
const lookUp = async (request: ServiceRequest) =>
	await lookUpLeasingEvent(tools, request, Date.now() - 1_000);

describe('The look-up of a leasing event', () => {
	// A busy machine may load this file seconds before it runs a test.
	const begun = Date.now();
	const created_at = new Date(begun).toISOString();
	const others = Array.from({ length: 100 }, (_, id) => ({
		id,
		prospect_id: 1001,
		event_type: 'Log Note',
		created_at,
	}));
	const ours = {
		id: 777,
		prospect_id: 1001,
		event_type: 'Assign to User',
		created_at,
		context: { assignedToUserIds: [A] },
	};
	const inPages = async (...bodies: unknown[]) =>
		await lookUpLeasingEvent(
			{
				...tools,
				ask: async ({ query }) =>
					await Promise.resolve({
						kind: 'replied',
						status: 200,
						headers: { date: new Date().toUTCString() },
						body: bodies[Number(query?.page_number)],
					}),
			},
			assignment([A]),
			begun,
		);

	it.each([undefined, { next_page_number: 1 }, { has_more: 'true' }])(
		'goes on after a full page that does not say whether there are more: %j',
		async (page) => {
			const came = await inPages({ data: others, page }, { data: [ours], page: { has_more: false } });
			expect(came).toEqual({ found: [expect.objectContaining({ id: 777 })] });
			expect(await inPages({ data: others, page }, { data: [] })).toBe('absent');
		},
	);

	it.each([[], { data: {} }, { data: ['an event'] }, { events: [] }, 'none', null, undefined])(
		'is undecided where a page cannot be read: %j',
		async (body) => {
			expect(await inPages(body)).toBe('undecided');
			expect(await inPages({ data: others }, body)).toBe('undecided');
		},
	);
});

describe('The look-up of an assignment whose turn is not known any more', () => {
	it('takes an assignment to any one of the listed users for it', async () => {
		await call(assignment([A]));
		expect(await lookUp(toAnyOf([A, B, C], assignment([B])))).toEqual(found);
	});

	it('takes no assignment to somebody else, or with other notes', async () => {
		await call(assignment([C]));
		await call(assignment([A], { notes: 'By hand' }));
		expect(await lookUp(toAnyOf([A, B], assignment([B], { notes: 'By turns' })))).toBe('absent');
	});

	it('is undecided by an assignment to several of them, or with notes where none were sent', async () => {
		await call(assignment([A, B]));
		expect(await lookUp(toAnyOf([A, B], assignment([B])))).toBe('undecided');
		emulator.reset();
		await call(assignment([A], { notes: 'By hand' }));
		expect(await lookUp(toAnyOf([A, B], assignment([B])))).toBe('undecided');
	});

	it('takes the very users where all listed ones were to be assigned', async () => {
		await call(assignment([A]));
		expect(await lookUp(assignment([B]))).toBe('absent');
		expect(await lookUp(assignment([A]))).toEqual(found);
	});

	it('does not take an event that is known to be of another item', async () => {
		await call(assignment([A]));
		taken.add(emulator.rentEngine.ledger.created[0]?.id ?? '');
		expect(await lookUp(toAnyOf([A, B], assignment([B])))).toBe('absent');
		taken.clear();
	});
});
