import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { run } from './run.ts';

/*
 * *Appointment: Get Availability*: items that ask for free times, and answers of PMSs.
 */

const ZONES: Record<string, string> = {
	...{ Austin: 'America/Chicago', Denver: 'America/Denver' },
	...{ Phoenix: 'America/Phoenix', Atlanta: 'America/New_York' },
};

/** The parameters over items that say where and when. */
export const PLACE = {
	integrationId: byId('={{ $json.integration }}'),
	propertyId: byId('={{ $json.property }}'),
	availabilityStartDate: '={{ $json.from }}',
	availabilityDurationDays: '={{ $json.days ?? 1 }}',
};
export const FROM = '2030-03-05';

export const hintsOf = ({ hints }: RunResult) => hints.map(({ message }) => message).join('\n');

/** The answer of a PMS with one calendar. */
export const calendar = (days: IDataObject[], more: IDataObject = {}): IDataObject => ({
	last_seen: '2026-11-26T00:00:00Z',
	calendar_type: 'PROPERTY_CALENDAR',
	...{ x_agent_id: null, agent_first_name: null, agent_last_name: null },
	...{
		default_appointment_length: 30,
		minimum_appointment_lead_time: 60,
		timezone: null,
		x_property_id: null,
	},
	calendar_days: days.map((day) => ({
		day_of_week: 'SUNDAY',
		...{ opening_time: null, closing_time: null },
		...{ simultaneous_appointment_mode: 'SINGLE', max_simultaneous_appointments: 1 },
		...day,
	})),
	...more,
});

/** Starts the services for each test of a file. */
export function useFreeTimes() {
	const services = useNewServices({
		propexo: { jobMs: 0, limit: 1e9 },
		timing: { rate: { requests: 1e6 } },
	});
	const propexo = () => services.emulator.propexo;
	return {
		services,
		propexo,
		/** The properties of an integration, with the time zone in which each is. */
		placesAt: (integration: string) =>
			propexo()
				.data.properties.rows.filter(({ integration_id }) => integration_id === integration)
				.map(({ id, x_id, city }) => ({
					integration,
					property: id,
					xId: x_id,
					zone: ZONES[String(city)] ?? '',
				})),
		free: async (items: IDataObject[], more: IDataObject = {}, timezone = 'America/New_York') =>
			await run(
				services,
				'appointment',
				'getAvailability',
				{ ...PLACE, ...more },
				{ items, onError: 'continueRegularOutput', timezone },
			),
		/** What the PMS was asked. */
		asked: () =>
			propexo()
				.ledger.requests.filter(({ path }) => path.includes('appointment-availability'))
				.map(({ body }) => body as IDataObject),
		/** Has the PMS answer the next question with these calendars. */
		answer: (...result: IDataObject[]) =>
			propexo().faults.add({
				match: { path: '/v1/appointment-availability/' },
				status: 200,
				body: { meta: { job_id: 'x' }, result },
			}),
	};
}
