import { RENTENGINE_USERS } from '../../../../emulator/index.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, NOTES } from '../../support/deliver/driven.ts';
import { byId } from '../../support/locator.ts';
import { leasingEvent } from './run.ts';

const [user] = RENTENGINE_USERS;

/** *Leasing Event: Create*. */
export const driven: Driven = {
	service: 'rentEngine',
	title: 'RentEngine',
	emulated: ({ rentEngine }) => rentEngine,
	run: leasingEvent,
	parameters: (options, notes = NOTES) => ({
		prospectId: byId('={{ $json.person && 1000 + $json.person }}'),
		assignedToUserIds: [user?.id],
		additionalFields: { notes },
		options,
	}),
	person: { field: 'prospectId', first: 1001 },
	idIn: ({ id }) => String(id),
	listPath: '/leasing_events',
	listing: (rows, more = false) => ({
		data: rows.map(({ id, index, at }) => ({
			id,
			prospect_id: 1000 + itemAt(index).person,
			event_type: 'Assign to User',
			notes: itemAt(index).notes,
			created_at: new Date(at).toISOString().replace('Z', ''),
			context: { assignedToUserIds: [user?.id], createdByUserRole: 'Property Manager' },
		})),
		page: { limit: 100, page_number: 0, has_more: more, next_page_number: more ? 1 : null },
	}),
	at: (baseUrl) => ({ credentials: { rentEngineApi: { baseUrl, token: 'x', webhookSecret: '' } } }),
};
