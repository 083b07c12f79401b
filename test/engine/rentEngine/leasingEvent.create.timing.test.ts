import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { RentEngineApi } from '../../../credentials/RentEngineApi.credentials';
import { RentEngine } from '../../../nodes/RentEngine/RentEngine.node';
import { resources } from '../../../nodes/RentEngine/resources';
import type { Timing } from '../../../nodes/shared/operation';
import { runOperation } from '../../../nodes/shared/operation';
import { createEngine } from '../support/engine.ts';
import type { Services } from '../support/services.ts';
import { byId, createServices } from '../support/services.ts';

let services: Services;
beforeEach(async () => {
	services = await createServices();
});
afterEach(async () => await services.emulator.close());

const firstAt = () => services.emulator.rentEngine.ledger.requests[0]?.at;

/** Runs *Leasing Event: Create* of a node that goes by other times. */
async function create(count: number, timing: Timing) {
	class Timed extends RentEngine {
		override async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			return await runOperation(this, resources, timing);
		}
	}
	const engine = createEngine({ nodeTypes: [new Timed()], credentialTypes: [new RentEngineApi()] });
	return await engine.run({
		node: 'rentEngine',
		parameters: {
			resource: 'leasingEvent',
			operation: 'create',
			prospectId: byId('={{ $json.id }}'),
			assignedToUserIds: RENTENGINE_USERS[0]?.id,
			options: { outcomeUnknown: 'lookUp' },
		},
		credentials: { rentEngineApi: services.credentials.rentEngineApi },
		items: Array.from({ length: count }, (_, index) => ({ id: 1001 + index })),
	});
}

describe('a run with times of its own', () => {
	it('begins with the rate that it is given', async () => {
		// The emulator's own limit, which overrules it, is known with the first reply.
		services.emulator.rentEngine.settings.latencyMs = 300;
		const { success } = await create(6, { rate: { requests: 2 } });
		expect(success).toHaveLength(6);
		const times = services.emulator.rentEngine.ledger.requests.map(({ at }) => at - (firstAt() ?? 0));
		expect(times.filter((ms) => ms < 250)).toHaveLength(2);
	});

	it('looks up an event in doubt when it says', async () => {
		services.emulator.rentEngine.faults.add({ match: { method: 'POST' }, close: 'after' });
		const { success } = await create(1, { lookUpAfterMs: [1] });
		expect(success).toHaveLength(1);
		const [sent, looked] = services.emulator.rentEngine.ledger.requests;
		expect(looked?.method).toBe('GET');
		expect((looked?.at ?? Infinity) - (sent?.at ?? 0)).toBeLessThan(900);
	});
});
