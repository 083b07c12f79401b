import type { IDataObject } from 'n8n-workflow';

import { topNames } from '../../../nodes/shared/fields/names';
import { JOB_WRITES } from '../../unit/propexo/support/jobWrites.ts';
import { useStage } from '../support/hostile/stage.ts';
import { OPERATIONS, rightParameters, variantsOf } from '../support/operations.ts';

const stage = useStage();

/** What the last request that created something held. */
const lastBody = (): IDataObject =>
	(stage.services.emulator.propexo.ledger.created.at(-1)?.body ?? {}) as IDataObject;

/** Updates of events are sent with less than everything: MRI alone takes them. */
const WRITES = JOB_WRITES.filter(({ resource, job }) => job.method === 'POST' || resource === 'lead');

describe.each(WRITES)('$title', ({ resource, job, sent, person }) => {
	const operation = OPERATIONS.find((one) => one.resource === resource && one.operation === job.value);
	if (!operation) throw new Error(`The editor does not offer ${resource}`);

	const variants = variantsOf(operation).filter((variant) => (variant.for ?? person) === person);
	it.each(variants)('sends every field: %j', async (variant) => {
		const { success } = await stage.run(operation, rightParameters(operation, variant, true));
		expect(success.map(({ json }) => json.error)).toEqual([undefined]);
		const names = new Set(sent.flatMap(topNames));
		expect(Object.keys(lastBody()).sort()).toEqual([...names].sort());
	});
});

it('lead: upsert sends every field of a new lead', async () => {
	const operation = OPERATIONS.find((one) => one.resource === 'lead' && one.operation === 'upsert');
	if (!operation) throw new Error('The editor does not offer it');
	const { success } = await stage.run(operation, rightParameters(operation, {}, true));
	expect(success.map(({ json }) => [json.error, json.action])).toEqual([[undefined, 'created']]);
	const { sent = [] } = JOB_WRITES.find(({ title }) => title === 'lead: create') ?? {};
	expect(Object.keys(lastBody()).sort()).toEqual([...new Set(sent.flatMap(topNames))].sort());
});
