import { shownBy, useTriggers } from '../../support/trigger/triggers.ts';
import { propexoTrigger } from '../support/trigger.ts';

// Of its own, because the limit stays used up for the account.
const triggers = useTriggers();

it('Propexo Trigger, switched on while the request limit is used up: says until when, and asks nobody to correct anything', async () => {
	const host = await propexoTrigger(triggers);
	const headers = { 'retry-after': '3600' };
	triggers.emulator.propexo.faults.add({ match: { method: 'POST' }, status: 429, headers });
	const { message, description } = await shownBy(host.activate());
	expect(message).toMatch(/^The webhook's registration: Propexo's request limit is used up until/);
	expect(description).toMatch(/^Run it again later/);
});
