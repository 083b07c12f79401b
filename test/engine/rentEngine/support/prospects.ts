import type { IDataObject } from 'n8n-workflow';

import { RENTENGINE_USERS } from '../../../../emulator/index.ts';
import type { Settings, byId } from '../../support/services.ts';
import { useNewServices } from '../../support/services.ts';
import { leasingEvent } from './run.ts';

export const [user] = RENTENGINE_USERS;
const DAY_MS = 86_400_000;
export const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

/** An account whose prospects a test chooses, assignments to those who are found, and what reached RentEngine. */
export function useProspects() {
	const services = useNewServices({ rentEngine: { limit: 100_000 } });
	const rentEngine = () => services.emulator.rentEngine;
	const lookUps = () => rentEngine().ledger.requests.filter(({ path }) => path.endsWith('/prospects'));
	const recipients = () =>
		rentEngine().ledger.created.map(({ body }) => (body as { prospect_id: number }).prospect_id);

	/** Gives the account these prospects, each with an address and a number of their own; those of `days` ago. */
	function prospects(...given: IDataObject[]): void {
		rentEngine().data.prospects.replace([]);
		given.forEach((one, index) => {
			const own = { email: `person${index}@example.com`, phone: `+1512555${1000 + index}` };
			const { days, ...row } = one;
			const created_at = daysAgo(Number(days ?? 10));
			rentEngine().rows.addProspect({ id: 2001 + index, ...own, created_at, ...row });
		});
	}

	const create = async (
		prospectId: ReturnType<typeof byId>,
		more: IDataObject = {},
		settings: Settings = {},
	) => await leasingEvent(services, { prospectId, assignedToUserIds: user!.id, ...more }, settings);

	return { services, rentEngine, prospects, create, lookUps, recipients };
}
