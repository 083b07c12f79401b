import type { ExecutionError, IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../../emulator/index.ts';
import { faultFor, itemsOf, type Driven } from '../../support/deliver/driven.ts';
import { PACE } from '../../support/deliver/faults.ts';
import { OPERATIONS, rightParameters } from '../../support/operations.ts';
import { DRIVEN, SERVICES } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useNewServices } from '../../support/services.ts';

/* What n8n reads from the error that stopped a node: its `failure`. */

const TIMING = { rate: PACE };
const HOUR_MS = 3_600_000;

const failureOf = (thrown?: ExecutionError) =>
	(thrown as { failure?: { retryAfterMs?: number; resetsAtEpochMs?: number } } | undefined)?.failure;

/** With the times until the limit opens, for which an hour was asked. */
function expectAnHour(thrown?: ExecutionError): void {
	const { retryAfterMs = 0, resetsAtEpochMs = 0, ...rest } = failureOf(thrown) ?? {};
	expect(rest).toEqual({ cause: 'rate-limited' });
	expect(Math.abs(HOUR_MS - retryAfterMs)).toBeLessThan(60_000);
	expect(Math.abs(Date.now() + HOUR_MS - resetsAtEpochMs)).toBeLessThan(60_000);
}

const CAUSES: Array<[cause: string, fault: Fault]> = [
	['credential-invalid', { status: 401 }],
	['configuration-invalid', { status: 403 }],
	['configuration-invalid', { status: 404 }],
	['configuration-invalid', { status: 405 }],
];
const WITHOUT: Fault[] = [{ status: 400 }, { status: 409 }, { status: 422 }];
/** After these nobody knows whether the event was created. */
const IN_DOUBT: Fault[] = [{ status: 500 }, { status: 503, write: true }, { close: 'after' }];

describe.each(DRIVEN)('$title', (driven: Driven) => {
	const services = useNewServices({ timing: TIMING });

	/** Runs three items, the first and the third of them for other people; gives the error that stopped the node. */
	async function stoppedBy(first?: Fault, third?: Fault): Promise<ExecutionError | undefined> {
		const { faults } = driven.emulated(services.emulator);
		if (first) faults.add(faultFor(0, first));
		if (third) faults.add(faultFor(2, third));
		const { thrown } = await driven.run(services, driven.parameters({}), { items: itemsOf(3) });
		expect(thrown?.message).toMatch(/^Item \d of 3: /);
		return thrown;
	}

	it.each(CAUSES)('says %s after %j', async (cause, fault) => {
		expect(failureOf(await stoppedBy(fault))).toEqual({ cause });
	});

	it.each(WITHOUT)('says nothing about a value that was refused: %j', async (fault) => {
		expect(failureOf(await stoppedBy(fault))).toBeUndefined();
	});

	it.each(IN_DOUBT)('says nothing where an outcome is unknown: %j', async (fault) => {
		expect(failureOf(await stoppedBy(fault))).toBeUndefined();
	});

	it.each([
		[
			'a page of a proxy',
			'<html><h1>403 Forbidden</h1></html>',
			/a proxy or firewall may also have stopped it/,
		],
		[
			'the service',
			{ error: { code: 'forbidden', message: 'Not in your plan' }, message: 'Not in your plan' },
			/has no right to do this\. Ask/,
		],
	])('says who may have forbidden it: %s', async (_, body, expected) => {
		expect((await stoppedBy({ status: 403, body }))?.description).toMatch(expected);
	});

	it('says nothing where the outcome of another item is unknown', async () => {
		expect(failureOf(await stoppedBy({ status: 401 }, { status: 500 }))).toBeUndefined();
	});

	// n8n goes by the message, and offers no retry of what was cancelled.
	it('counts as failed, and not as cancelled, whatever the service says', async () => {
		const body = { error: { message: 'It was canceled' }, message: 'It was canceled' };
		driven.emulated(services.emulator).faults.add(faultFor(0, { status: 422, body }));
		const { status, thrown } = await driven.run(services, driven.parameters({}), { items: itemsOf(1) });
		expect(thrown?.message).toMatch(/It was cancelled/);
		expect(status).toBe('error');
	});

	it('says until when the limit is used up', async () => {
		expectAnHour(await stoppedBy({ status: 429, headers: { 'retry-after': '3600' } }));
	});

	it('says that the service is out of reach', async () => {
		await driven.emulated(services.emulator).down();
		expect(failureOf(await stoppedBy())).toEqual({ cause: 'temporarily-unavailable' });
	});
});

describe.each(SERVICES)('A read of $name', ({ name }) => {
	const services = useNewServices({ timing: TIMING });
	const read = OPERATIONS.find(({ service, operation }) => service.name === name && operation === 'getAll');

	/** Reads; gives the error that stopped the node. */
	async function stoppedBy(fault?: Fault, token?: string): Promise<ExecutionError | undefined> {
		if (!read) throw new Error('Nothing is read');
		if (fault) services.emulator[name].faults.add({ ...fault, times: Infinity });
		const credential = services.credentials[`${name}Api`];
		const { thrown } = await services.run(name, rightParameters(read, {}, false), {
			credentials: { [`${name}Api`]: { ...credential, ...(token !== undefined && { token }) } },
		});
		expect(thrown).toBeDefined();
		return thrown;
	}

	it.each([...CAUSES, ['temporarily-unavailable', { status: 503 }]] as typeof CAUSES)(
		'says %s after %j',
		async (cause, fault) => {
			expect(failureOf(await stoppedBy(fault))).toEqual({ cause });
		},
	);

	it('says until when the limit is used up', async () => {
		expectAnHour(await stoppedBy({ status: 429, headers: { 'retry-after': '3600' } }));
	});

	it('says that the service is out of reach', async () => {
		await services.emulator[name].down();
		expect(failureOf(await stoppedBy())).toEqual({ cause: 'temporarily-unavailable' });
	});

	it('says that the credential cannot be used', async () => {
		expect(failureOf(await stoppedBy(undefined, ' '))).toEqual({ cause: 'credential-invalid' });
	});

	// n8n would pass the input on as if all were well.
	it.each([
		['nothing', ''],
		[read?.resource, 'nothing'],
	])('fails for each item where the run goes on, if there is no such operation', async (...chosen) => {
		const [resource, operation] = chosen;
		const settings: Settings = { items: [{ a: 1 }, { a: 2 }], onError: 'continueRegularOutput' };
		const { success, thrown } = await services.run(name, { resource, operation }, settings);
		expect(thrown).toBeUndefined();
		const message = `This node has no operation '${operation}' for '${resource}'`;
		expect(success.map(({ json }) => [json.error, (json.details as IDataObject).outcome])).toEqual(
			[1, 2].map((n) => [`Item ${n} of 2: ${message}`, 'not sent']),
		);
	});
});
