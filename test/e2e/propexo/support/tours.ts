import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import { byId } from '../../../engine/support/locator.ts';
import { executionsOf, idle } from '../../../support/executions.ts';
import type { Shop } from '../../support/shipped.ts';
import { filledIn } from '../../support/shipped.ts';

/*
 * What the tests of the tours of all senders look at: a published workflow, and what arrived of its deliveries.
 */

/** When the newest of several leads was added. */
const LATER = { created_at: '2026-11-01T00:00:00Z', x_created_at: '2026-11-01T00:00:00Z' };

const NODES = ['Add the lead', 'Book the tour', 'Move the tour', 'Cancel the tour', 'Log the no-show'];

/** Publishes a workflow of tours, with what a user fills in for one integration. */
export function tours(shop: Shop, file: string, integration: string) {
	let published = { id: '', webhook: '' };
	const propexo = () => shop().instance.emulator.propexo;
	const rows = (all: { rows: SyncedRecord[] }) =>
		all.rows.filter(({ integration_id: at }) => at === integration);

	beforeAll(async () => {
		const integrationId = byId(integration);
		const shipped = filledIn(file).nodes.find(({ name }) => name === 'Move the tour');
		const filters = { ...(shipped?.parameters['filters'] as object), integrationId };
		const filling: Record<string, Record<string, unknown>> = Object.fromEntries(
			NODES.map((name) => [name, name === 'Move the tour' ? { filters } : { integrationId }]),
		);
		const show = rows(propexo().data.eventTypes).find(({ name }) => name === 'Show');
		Object.assign(filling['Log the no-show'] ?? {}, show && { eventTypeId: byId(show.id) });
		const [source] = rows(propexo().data.leadSources);
		Object.assign(filling['Add the lead'] ?? {}, source && { leadSourceId: byId(source.id) });
		// Calendly cannot sign in: its address is the secret.
		if (filledIn(file).nodes.some(({ name }) => name === 'Calendly'))
			filling['Calendly'] = { authentication: 'none' };
		published = await shop().publish(file, filling);
	});

	const writes = (method: string, path: RegExp): Array<Record<string, unknown> & { at: string }> =>
		propexo()
			.ledger.requests.filter((one) => one.method === method && path.test(one.path))
			.map(({ body, path: at }) => ({ ...(body as Record<string, unknown>), at }));

	return {
		propexo,
		webhook: () => published.webhook,
		/** A lead whom the PMS knows, by the name that the deliveries have. */
		lead: (position = 0) => {
			const lead = rows(propexo().data.leads)[position];
			if (!lead) throw new Error(`No lead at ${integration}`);
			return Object.assign(lead, { first_name: 'Nathan', last_name: 'Smith' });
		},
		/** The same person as a lead of another property, added later. */
		leadElsewhere() {
			const { leads, properties } = propexo().data;
			const [first] = leads.rows.filter(({ integration_id: at }) => at === integration);
			const place = rows(properties).find(({ id }) => id !== first?.property_id);
			const id = 'lead_elsewhere';
			const name = { first_name: 'Nathan', last_name: 'Smith' };
			leads.add({ ...first!, ...name, id, property_id: place?.id ?? '', ...LATER });
			return { id, property: String(place?.['name']) };
		},
		/** Its first property, whose time zone Propexo tells. */
		property: () => rows(propexo().data.properties)[0],
		/** What was written, as it was sent. */
		booked: () => writes('POST', /\/appointments\/leads\/?$/),
		moved: () => writes('PUT', /\/appointments\/leads\//),
		calledOff: () => writes('POST', /\/appointments\/leads\/cancel/),
		logged: () => writes('POST', /\/v1\/events\/leads\/?$/),
		/** The tours that the PMS shows: when in UTC, and the notes. */
		async shown(): Promise<unknown[][]> {
			const { url, token, data } = propexo();
			// What a job has written shows once something is read.
			await fetch(`${url}/v1/appointments/`, { headers: { authorization: `Bearer ${token}` } });
			return data.events.rows
				.filter(({ notes }) => /^(Calendly|ShowMojo) /.test(String(notes)))
				.map(({ appointment_datetime, notes }) => [appointment_datetime, notes]);
		},
		/** How the last execution of the workflow ended: `error` tells the team. */
		async lastEnded(): Promise<string | undefined> {
			const { session } = shop().instance;
			await idle(session, published.id);
			return (await executionsOf(session, published.id))[0]?.status;
		},
	};
}
