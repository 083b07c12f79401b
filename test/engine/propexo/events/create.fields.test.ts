import type { IDataObject } from 'n8n-workflow';

import { apiName } from '../../../../nodes/shared/fields/field';
import { EVENT_CREATIONS } from '../../../unit/propexo/support/jobWrites.ts';
import { useStage } from '../../support/hostile/stage.ts';
import { OPERATIONS, rightParameters, variantsOf } from '../../support/operations.ts';

const stage = useStage();

/** What the last request that created something held. */
const lastBody = (): IDataObject =>
	(stage.services.emulator.propexo.ledger.created.at(-1)?.body ?? {}) as IDataObject;

describe.each(EVENT_CREATIONS)('$title', ({ resource, job, sent }) => {
	const operation = OPERATIONS.find((one) => one.resource === resource && one.operation === job.value);
	if (!operation) throw new Error(`The editor does not offer ${resource}`);

	it.each(variantsOf(operation))('sends every field with an event of %j', async (variant) => {
		const { success } = await stage.run(operation, rightParameters(operation, variant, true));
		expect(success.map(({ json }) => json.error)).toEqual([undefined]);
		const names = new Set(sent.map(apiName));
		expect(Object.keys(lastBody()).sort()).toEqual([...names].sort());
	});
});
