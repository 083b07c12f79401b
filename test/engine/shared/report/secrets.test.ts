import type { IDataObject } from 'n8n-workflow';

import { part } from '../../../support/effort.ts';
import type { Fault, LedgerRequest } from '../../../../emulator/index.ts';
import type { RunResult } from '../../support/engine.ts';
import { DRIVEN } from '../../support/service.ts';
import { byId, useServices } from '../../support/services.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt } from '../../support/deliver/driven.ts';
import { withToken } from '../../support/deliver/pool.ts';

const TOKEN = 'tok-Zq7Secret-0451-never-shown';
const RENTER = {
	name: 'Zebulon Quartermaine',
	phone: '+1 (737) 555-0142',
	email: 'zebulon.quartermaine@mail.example',
	notes: 'Zebulon Quartermaine, +1 (737) 555-0142, zebulon.quartermaine@mail.example:\nmoves "soon"',
};

/** Any of these in an error is a leak: parts of the token and of the renter's record. */
const MARKS = [
	'Zq7Secret',
	'Secret-0451',
	'Zebulon',
	'ZEBULON',
	'Quartermaine',
	'quartermaine',
	'5550142',
	'555-0142',
	'555 0142',
];

/** Bodies of refusals that repeat what was sent, in the shapes of the APIs and in others. */
function echoes(sent: unknown): unknown[] {
	const text = JSON.stringify(sent);
	const words = [
		`Invalid value: ${RENTER.notes}`,
		`notes ${JSON.stringify(RENTER.notes)} are not allowed`,
		`unknown contact ${RENTER.name.toUpperCase()} (7375550142)`,
		`token ${TOKEN} may not do this; got Authorization: Bearer ${TOKEN}`,
		text,
		RENTER.notes.repeat(30).slice(0, 1_200),
	];
	return words.flatMap((message) => [
		{ error: { code: 'invalid_request', message } },
		{
			error: {
				message: 'x',
				details: { details: { issues: [{ code: 'custom', path: ['notes'], message }] } },
			},
		},
		{
			error: {
				message: 'x',
				details: { details: { issues: [{ code: 'unrecognized_keys', keys: [message] }] } },
			},
		},
		{ error: message, details: [{ dataPath: '.events[0].notes', message, params: {} }] },
		{ error: message, details: [{ instancePath: '', message, params: { additionalProperty: message } }] },
		{ message },
		message,
	]);
}

/** Everything about an error that n8n or a log could show, and all that it hangs on. */
function told(cause: unknown, seen = new Set<unknown>()): string {
	if (typeof cause !== 'object' || cause === null) return String(cause);
	if (seen.has(cause)) return '';
	seen.add(cause);
	const names = [
		...Object.getOwnPropertyNames(cause),
		'message',
		'description',
		'context',
		'stack',
		'cause',
	];
	return names.map((name) => `${name}: ${told((cause as Record<string, unknown>)[name], seen)}`).join('\n');
}

describe.each(DRIVEN)('$title: an error', (driven: Driven) => {
	const services = useServices(withToken(TOKEN));

	const items: IDataObject[] = [{ ...itemAt(0), notes: RENTER.notes }, itemAt(1)];
	const options = { timeout: 1_000, deduplicationKey: '' };

	function expectSilence(result: RunResult, expected = true): void {
		const shown = [
			told(result.thrown),
			JSON.stringify(result.saved.resultData.error ?? null),
			JSON.stringify(
				Object.values(result.saved.resultData.runData).flatMap((runs) =>
					runs.map(({ error }) => error),
				),
			),
			JSON.stringify(result.error.map(({ json: { error, details } }) => ({ error, details }))),
			JSON.stringify(result.success.map(({ json: { error, details } }) => ({ error, details }))),
		].join('\n');
		if (expected) expect(`${String(result.thrown?.message)}${shown}`).toContain('Item 1 of 2');
		for (const mark of MARKS) expect(shown).not.toContain(mark);
	}

	const run = async (onError: 'stopWorkflow' | 'continueErrorOutput') =>
		await driven.run(services, driven.parameters(options), { items, onError });

	const onFirst = (fault: Fault): Fault => ({
		match: { method: 'POST', bodyIncludes: 'Quartermaine' },
		...fault,
	});

	const FAULTS: Array<[string, Fault]> = [
		...[302, 400, 401, 403, 404, 408, 409, 422, 500, 503].map((status): [string, Fault] => [
			`HTTP ${status}`,
			{ status, redirectTo: status === 302 ? `http://127.0.0.1:9/?t=${TOKEN}` : undefined },
		]),
		['no answer', { hang: true }],
		['a closed connection', { close: 'before' }],
		['a web page', { status: 200, body: `<html>${TOKEN} ${RENTER.notes}</html>` }],
		['cut-off JSON', { status: 200, body: `{"data": "${RENTER.name} ${TOKEN}` }],
		['another form', { status: 200, body: { error: RENTER.notes, token: TOKEN } }],
	];

	it.each(FAULTS)('after %s tells nothing of the renter and the token', async (_, fault) => {
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			services.emulator.reset();
			driven.emulated(services.emulator).faults.add(onFirst(fault));
			expectSilence(await run(onError));
		}
	});

	it('of a service that repeats what was sent tells nothing of it', async () => {
		const sent = { events: [{ notes: RENTER.notes, prospect_id: 1001 }], notes: RENTER.notes };
		for (const [index, body] of part([...echoes(sent).entries()], 3)) {
			services.emulator.reset();
			for (const status of [400 + (index % 5), 200 + 300 * (index % 2)]) {
				driven.emulated(services.emulator).faults.add(onFirst({ status, body }));
				expectSilence(await run(index % 2 ? 'stopWorkflow' : 'continueErrorOutput'));
			}
		}
	});

	it('about a value that is not right does not tell the value', async () => {
		const wrong = {
			...driven.parameters(options),
			[driven.person.field]: byId('={{ { name: $json.notes } }}'),
		};
		for (const onError of ['stopWorkflow', 'continueErrorOutput'] as const) {
			expectSilence(await driven.run(services, wrong, { items, onError }));
		}
	});

	it('of an address nobody answers at tells nothing of the token', async () => {
		await driven.emulated(services.emulator).down();
		const result = await run('stopWorkflow');
		await driven.emulated(services.emulator).up();
		expectSilence(result);
	});

	it('leaves neither in what n8n keeps of the node, but for the output', async () => {
		driven.emulated(services.emulator).faults.add(onFirst({ close: 'before' }));
		const { saved } = await run('stopWorkflow');
		const kept = JSON.stringify(saved.executionData?.contextData ?? {});
		expect(kept).toContain('begun');
		expect(kept).not.toContain('Quartermaine');
		expect(JSON.stringify(saved)).not.toContain(TOKEN);
	});

	it('is about a request that was signed in, and in no other way than by the header', async () => {
		await run('stopWorkflow');
		const { requests } = driven.emulated(services.emulator).ledger;
		expect(requests.every(({ authorized }: LedgerRequest) => authorized)).toBe(true);
		expect(
			JSON.stringify(requests.map(({ path, query, body }) => ({ path, query, body }))),
		).not.toContain(TOKEN);
	});
});
