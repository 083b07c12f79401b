import { byId, useNewServices, withTiming } from '../support/services.ts';
import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import type { Timing } from '../../../nodes/shared/operation';
import { leasingEvent } from './support/run.ts';

const services = useNewServices();

const firstAt = () => services.emulator.rentEngine.ledger.requests[0]?.at;

/** Runs *Leasing Event: Create* of a node that goes by other times. */
const create = async (count: number, timing: Timing) =>
	await leasingEvent(
		withTiming(services, timing),
		{
			prospectId: byId('={{ $json.id }}'),
			assignedToUserIds: RENTENGINE_USERS[0]?.id,
			options: { outcomeUnknown: 'lookUp' },
		},
		{ items: Array.from({ length: count }, (_, index) => ({ id: 1001 + index })) },
	);

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
