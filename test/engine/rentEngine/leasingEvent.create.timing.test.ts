import { byId, useNewServices, withTiming } from '../support/services.ts';
import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import type { Timing } from '../../../nodes/shared/operation';
import { leasingEvent } from './support/run.ts';

const services = useNewServices();

/** When each request arrived, in ms after the first one. */
function arrivals(): number[] {
	const times = services.emulator.rentEngine.ledger.requests.map(({ at }) => at);
	return times.map((at) => at - (times[0] ?? at));
}

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

/** Far longer than a busy machine holds up a request that may go out. */
const REPLY_AFTER_MS = 3_000;
/** Later than the node looks by itself. A busy machine only makes it later still. */
const LOOK_AFTER_MS = 3_000;

describe('a run that is given other times', () => {
	it('begins with the rate that it is given', async () => {
		// The emulator's own limit, which overrules it, is known with the first reply.
		services.emulator.rentEngine.settings.latencyMs = REPLY_AFTER_MS;
		const { success } = await create(6, { rate: { requests: 2 } });
		expect(success).toHaveLength(6);
		expect(arrivals().filter((ms) => ms < REPLY_AFTER_MS - 50)).toHaveLength(2);
	});

	it('looks up an event in doubt when it says', async () => {
		services.emulator.rentEngine.faults.add({ match: { method: 'POST' }, close: 'after' });
		const { success } = await create(1, { lookUpAfterMs: [LOOK_AFTER_MS] });
		expect(success).toHaveLength(1);
		const { requests } = services.emulator.rentEngine.ledger;
		expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET']);
		expect(arrivals()[1]).toBeGreaterThanOrEqual(LOOK_AFTER_MS - 50);
	});
});
