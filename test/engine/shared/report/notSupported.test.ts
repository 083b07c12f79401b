import type { IDataObject } from 'n8n-workflow';

import type { LedgerRequest } from '../../../../emulator/index.ts';
import { reportIn } from '../../support/hostile/expectations.ts';
import { useStage } from '../../support/hostile/stage.ts';
import type { TestedOperation } from '../../support/operations.ts';
import { OPERATIONS, rightParameters, variantsOf } from '../../support/operations.ts';

const stage = useStage();

const parametersOf = (operation: TestedOperation): IDataObject =>
	rightParameters(operation, variantsOf(operation)[0] ?? {}, false);

const isRead = ({ method }: LedgerRequest): boolean => method === 'GET';

/** The request that an operation is about: what it sends, or else what it reads first. */
async function ownRequestOf(operation: TestedOperation): Promise<LedgerRequest> {
	await stage.run(operation, parametersOf(operation));
	const asked = stage.asked(operation.service);
	const own = asked.find((request) => !isRead(request)) ?? asked[0];
	if (!own) throw new Error(`${operation.title} asks for nothing`);
	return own;
}

/** A 405 that complains of a field too, as no documentation rules out. */
const REFUSAL = {
	error: {
		code: 'method_not_allowed',
		message: 'Not available here',
		details: { issues: [{ code: 'custom', path: ['notes'], message: 'Wrong' }] },
	},
};

it.each(OPERATIONS.map((operation) => [operation.title, operation] as const))(
	'%s: a 405 says that the system behind does not support it, and blames no field',
	async (_, operation) => {
		const { method, path } = await ownRequestOf(operation);
		await stage.fresh();
		const { faults } = stage.services.emulator[operation.service.name];
		const fault = faults.add({ match: { method, path }, times: Infinity, status: 405, body: REFUSAL });
		const { success } = await stage.run(operation, parametersOf(operation));
		expect(fault.used).toBe(1);
		expect(stage.created(operation.service)).toEqual([]);

		const [report] = success.flatMap((item) => reportIn(item) ?? []);
		const [, system] = /^(.+) does not support this \(HTTP 405\)/.exec(report?.error ?? '') ?? [];
		const { title, behind = { ofSamples: title, any: title } } = operation.service;
		// What reads, and what only has the ID of a job, does not know the system of its record.
		const knows = operation.writes && !operation.properties.some(({ name }) => name === 'jobId');
		expect(system).toBe(knows ? behind.ofSamples : behind.any);
		expect(report?.details.outcome).toBe('refused');
		expect(report?.details.what_to_do).toMatch(/^Correcting a field does not help. /);
		expect(report?.details.what_to_do).not.toMatch(/Correct the field|Choose/);
	},
);
