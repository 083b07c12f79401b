import type { IDataObject } from 'n8n-workflow';

import { damage } from '../../support/damage.ts';
import type { RunResult } from '../../support/engine.ts';
import { byId, useServices } from '../../support/services.ts';
import { evaluated, shippedNode } from '../../support/shipped.ts';

/*
 * The node that logs a call in the workflows for CallRail, Twilio and HubSpot, on what these post; test/e2e runs the whole
 * workflows in a real n8n.
 */

/** The renter of these calls, in a PMS that takes everything, and others whose numbers look like withheld ones. */
const LEADS = [
	['lead_renter', '5125550161'],
	['lead_austin', '7378742833'],
	['lead_office', '5125550199'],
	['lead_tracking', '5125550198'],
] as const;

/** The services with those leads, for each test of a file. */
export function useCalls() {
	const services = useServices({
		timing: { rate: { requests: 100_000 }, lookUpAfterMs: [50, 50] },
		propexo: { jobMs: 20 },
	});
	beforeEach(() => {
		const { leads } = services.emulator.propexo.data;
		for (const [id, phone_1] of LEADS)
			leads.add({ ...leads.get('lead_1')!, integration_id: 'int_any', id, phone_1 });
	});

	const created = () => services.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);
	return {
		services,
		created,
		/** How each call that was logged ended, from whom to whom, and its seconds. */
		calls: () =>
			created().map((event) => [
				event.call_status,
				event.call_phone_number_from,
				event.call_phone_number_to,
				event.call_duration,
			]),
		/** Runs the node of a workflow on what was posted. */
		log: async (file: string, bodies: IDataObject[], on = services): Promise<RunResult> => {
			const { parameters, onError } = shippedNode(file, 'Log the call');
			const items = bodies.map((body) => ({ body }));
			const settings = { items, onError, timezone: 'America/Chicago' };
			return await on.run('propexo', { ...parameters, integrationId: byId('int_any') }, settings);
		},
	};
}

/** The HTTP status that the sender hears. */
export const statusOf = (file: string, json: IDataObject): unknown =>
	evaluated((shippedNode(file, 'Answer').parameters.options as IDataObject).responseCode, json);
/** The body that the sender hears. */
export const answerOf = (file: string, json: IDataObject): unknown =>
	JSON.parse(String(evaluated(shippedNode(file, 'Answer').parameters.responseBody, json)));

/** Bodies with one damaged input each, and a key of their own. */
export function damaged(body: IDataObject, key: string, fields: readonly string[]) {
	return damage(body, fields).map((one, index) => ({
		...one,
		body: (one.field === key
			? one.body
			: { ...one.body, [key]: `${key}-damaged-${index}` }) as IDataObject,
	}));
}
