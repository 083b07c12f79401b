import type { IDataObject, INode } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { nodeError, refusal } from '../../../../nodes/shared/report/errors';
import type { FailedOutcome } from '../../../../nodes/shared/report/outcome';
import type { Complaint, Service } from '../../../../nodes/shared/http/service';

const service = (complaint: Complaint): Service => ({
	name: 'Leasing Desk',
	credential: 'leasingDeskApi',
	rate: { requests: 1, windowMs: 1, patienceMs: 1 },
	retryAfterMs: [],
	baseUrl: () => 'https://api.example.com',
	complaint: () => complaint,
});

const TOKEN = 'token-of-the-desk-0815';

const labels: Record<string, string> = { call_status: 'Call Status' };

const refused = (status: number, complaint: Complaint, sent: IDataObject = {}) =>
	refusal({ service: service(complaint), token: TOKEN }, { status }, 'Item 3 of 7', {
		redacted: Object.values(sent),
		known: { labelOf: (name) => labels[name] },
	});

const node: INode = {
	id: '1',
	name: 'Desk',
	type: 'desk',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

describe('a refusal', () => {
	it('never quotes the token, whatever else is redacted', () => {
		const fields = [{ field: TOKEN, message: `Not for ${TOKEN}` }];
		for (const complaint of [{ fields }, { fields: [], message: `No ${TOKEN}` }])
			expect(JSON.stringify(refused(400, complaint))).not.toContain(TOKEN);
	});

	it('names the item, the service, the status and each field as the editor shows it', () => {
		const report = refused(400, {
			message: 'invalid request',
			fields: [
				{ field: 'call_status', message: 'Required' },
				{ field: 'unit_id', message: 'Unknown' },
				{ message: 'is not complete' },
			],
		});
		expect(report.message).toBe(
			"Item 3 of 7: Leasing Desk refused it (HTTP 400): 'Call Status': Required; 'unit_id': Unknown; is not complete",
		);
		expect(report.httpCode).toBe(400);
		expect(report.details).toEqual({
			http_status: 400,
			fields: [
				{ field: 'Call Status', message: 'Required' },
				{ field: 'unit_id', message: 'Unknown' },
				{ message: 'is not complete' },
			],
		});
	});

	it.each([408, 425, 500, 502, 503, 504, 599])('speaks of no value to correct after HTTP %i', (status) => {
		const complaint = { message: 'Took too long', fields: [], advice: "Check 'Unit'." };
		for (const one of [complaint, { fields: [] }]) {
			const { description, failure } = refused(status, one);
			expect(description).toBe('Leasing Desk is not working properly. Run it again later.');
			expect(failure).toEqual({ cause: 'temporarily-unavailable' });
		}
	});

	it.each<[number, string | undefined, boolean]>([
		[400, undefined, true],
		[400, 'call_status', true],
		[400, 'unit_id', false],
		[404, 'call_status', true],
		[403, undefined, true],
		[403, 'call_status', false],
		[401, undefined, false],
		[401, 'call_status', false],
		[405, undefined, false],
	])('HTTP %i: gives advice guessed to be about %s: %j', (status, guessed, isGiven) => {
		const own = "Check 'Call Status'.";
		const { description } = refused(status, { message: 'No', fields: [], advice: own, guessed });
		expect(description === own).toBe(isGiven);
	});

	it('gives the general words where no field is named, and none where there are none', () => {
		expect(refused(409, { message: 'Guest card closed', fields: [] }).message).toMatch(
			/: Guest card closed$/,
		);
		expect(refused(404, { fields: [] }).message).toBe('Item 3 of 7: Leasing Desk refused it (HTTP 404)');
		expect(refused(404, { fields: [] }).details).toEqual({ http_status: 404 });
	});

	it.each([302, 400, 401, 403, 404, 409, 413, 422, 451])('with HTTP %p says what to do next', (status) => {
		expect(refused(status, { fields: [] }).description.length).toBeGreaterThan(20);
	});

	it.each([400, 407, 422, 451])(
		'with HTTP %p sends nobody to a reason that the message does not have',
		(status) => {
			expect(refused(status, { message: 'No pets', fields: [] }).description).toMatch(
				/what the message names/,
			);
			expect(refused(status, { fields: [] }).description).toMatch(
				/^No reason was given\. .*check 'Base URL' in the Leasing Desk credential/,
			);
		},
	);

	it('prefers the advice that belongs to the complaint', () => {
		expect(refused(400, { fields: [], advice: 'Empty it.' }).description).toBe('Empty it.');
	});

	it('lists what the service takes in a field, in full, although a part of it was sent elsewhere', () => {
		const complaint = {
			fields: [{ field: 'call_status', message: 'Expected …', takes: ['Returned', 'Answered'] }],
		};
		expect(refused(400, complaint, { notes: 'She Returned the call' }).message).toBe(
			"Item 3 of 7: Leasing Desk refused it (HTTP 400): 'Call Status': must be one of: Returned; Answered",
		);
	});

	it('does not take an echo of the request for a list', () => {
		const complaint = { fields: [{ field: 'agent', message: 'unknown', takes: ['Jordan Fletcher'] }] };
		expect(refused(400, complaint, { agent: 'Jordan Fletcher' }).message).not.toContain('Jordan');
	});

	it('repeats nothing of the request, neither in a message nor as the name of a field', () => {
		const sent = { agent_name: 'Jordan Fletcher' };
		const report = refused(
			400,
			{
				message: 'x',
				fields: [{ field: 'Jordan Fletcher', message: 'unknown agent Jordan Fletcher' }],
			},
			sent,
		);
		expect(JSON.stringify(report)).not.toMatch(/Jordan|Fletcher/);
	});

	it('stays short when a service complains about very much', () => {
		const fields = Array.from({ length: 500 }, (_, index) => ({
			field: `f_${index}`,
			message: 'm'.repeat(400),
		}));
		const { message, details } = refused(400, { fields });
		expect((details.fields as unknown[]).length).toBeLessThanOrEqual(20);
		expect(message.length).toBeLessThan(10_000);
	});
});

describe('the n8n error of an item', () => {
	const outcome = (state: FailedOutcome['state'], httpCode?: number): FailedOutcome =>
		({
			state,
			report: {
				message: 'Item 2: told',
				description: 'Do it.',
				httpCode,
				details: { http_status: httpCode },
			},
		}) as FailedOutcome;

	it.each([
		['refused', 400],
		['unknown', undefined],
		['unknown', 500],
		['notSent', 429],
	] as const)('is about the API for %s with HTTP %p', (state, httpCode) => {
		const error = nodeError(node, outcome(state, httpCode));
		expect(error).toBeInstanceOf(NodeApiError);
		expect((error as NodeApiError).httpCode ?? undefined).toBe(
			httpCode === undefined ? undefined : String(httpCode),
		);
	});

	it('is about the node where nothing was asked of the API', () => {
		expect(nodeError(node, outcome('notSent'))).toBeInstanceOf(NodeOperationError);
	});

	it.each(['refused', 'unknown', 'notSent'] as const)(
		'tells what, what to do, and the outcome; n8n is not told an index, which it would count from 0: %s',
		(state) => {
			const error = nodeError(node, outcome(state));
			expect(error.message).toBe('Item 2: told');
			expect(error.description).toBe('Do it.');
			expect(error.context.itemIndex).toBeUndefined();
			expect(error.context.data).toMatchObject({ outcome: state === 'notSent' ? 'not sent' : state });
		},
	);

	it('keeps its words even where they hold what n8n takes for a system code', () => {
		const told = outcome('refused', 400);
		told.report.message = 'Item 2: EPERM and ECONNREFUSED are no event names';
		expect(nodeError(node, told).message).toBe(told.report.message);
	});
});
