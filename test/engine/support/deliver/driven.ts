import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

// #region RentEngine
import { RENTENGINE_USERS } from '../../../../emulator/index.ts';
// #endregion
import type { Emulator, Fault, LedgerCreation, LedgerRequest } from '../../../../emulator/index.ts';
// #region Propexo
import { create as createLeadEvent } from '../../../../nodes/Propexo/resources/leadEvent/create';
// #endregion
// #region RentEngine
import { create as createLeasingEvent } from '../../../../nodes/RentEngine/resources/leasingEvent/create';
// #endregion
import type { Write } from '../../../../nodes/shared/deliver/write';
import type { RunResult } from '../engine.ts';
import type { Services, Settings } from '../services.ts';
import { byId } from '../services.ts';

/** What the tests of the delivery use of an emulated API. */
export interface Emulated {
	url: string;
	ledger: { requests: LedgerRequest[]; created: LedgerCreation[]; listen: Listen };
	faults: { add(fault: Fault): { used: number }; clear(): void };
	settings: { limit: number; windowMs: number; latencyMs: number; retryAfter: boolean };
	down(): Promise<void>;
	up(): Promise<void>;
}

type Listen = (listener: (row: LedgerRequest) => void) => () => void;

/** An event in the list in which a look-up looks. */
export interface ListedEvent {
	id: number;
	/** Whose event it is, by `itemAt`. */
	index: number;
	/** When it was created by the clock of the service, epoch ms. */
	at: number;
}

/** One service, driven through its creating operation in the same way as the other. */
export interface Driven {
	service: 'propexo' | 'rentEngine';
	/** As users know it. */
	title: string;
	write: Write;
	emulated(emulator: Emulator): Emulated;
	/** Creates one event per item; items come from `itemAt`. */
	run(services: Services, parameters: IDataObject, settings: Settings): Promise<RunResult>;
	/** Key of the body (or of the event in it) that holds the notes. */
	parameters(options: IDataObject, notes?: string): IDataObject;
	/** The ID of a created event, in an output item. */
	idIn(json: IDataObject): string;
	/** The list in which a look-up looks. */
	listPath: string;
	/** The reply of the list in which a look-up looks: these events, and none after them unless said so. */
	listing(rows: ListedEvent[], more?: boolean): IDataObject;
	/** Points the credential to another address. */
	at(url: string): Settings & { credentials: Record<string, IDataObject> };
}

/** What tells the event of an item from all others, wherever it turns up. */
export const markOf = (index: number): string => `mark-${String(index).padStart(5, '0')}.`;

/**
 * An input item. Two items in a row, from every third on, are of one lead, so that order matters among them.
 *
 * @param index position among the items
 */
export function itemAt(index: number): IDataObject {
	const lead = 1 + (index - (index % 3 === 1 ? 1 : 0));
	return {
		notes: `Asked for parking, ${markOf(index)}`,
		lead: `lead_${(lead % 20) + 1}`,
		prospect: 1001 + (lead % 20),
	};
}

export const itemsOf = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => itemAt(index));

/** Waits until something is so, at most for a minute. */
export async function until(holds: () => boolean): Promise<void> {
	for (const end = Date.now() + 60_000; !holds(); await sleep(5)) {
		if (Date.now() > end) throw new Error(`Waited in vain until ${holds.toString()}`);
	}
}

/** A fault for the requests that create the event of one item. */
export const faultFor = (index: number, fault: Fault): Fault => ({
	match: { method: 'POST', bodyIncludes: markOf(index) },
	...fault,
});

const NOTES = '={{ $json.notes }}';

// #region Propexo
export const drivenPropexo: Driven = {
	service: 'propexo',
	title: 'Propexo',
	write: createLeadEvent.write,
	emulated: ({ propexo }) => propexo,
	run: async (services, parameters, settings) => await services.leadEvent(parameters, settings),
	parameters: (options, notes = NOTES) => ({ leadId: byId('={{ $json.lead }}'), notes, options }),
	idIn: ({ job_id }) => String(job_id),
	listPath: '/v1/admin/logs/writes/',
	listing: (rows, more = false) => ({
		results: {
			logs: [
				...rows.map(({ id, index, at }) => ({
					job_id: `job_${id}`,
					created_at: new Date(at).toISOString(),
					status: 'SUCCESS',
					parameters: {
						integration_id: 'int_any',
						lead_id: itemAt(index).lead,
						notes: itemAt(index).notes,
					},
				})),
				// A page is the last one unless it is full.
				...Array.from({ length: more ? 100 - rows.length : 0 }, (_, other) => ({
					job_id: `other_${other}`,
					created_at: new Date().toISOString(),
					parameters: { integration_id: 'int_any', notes: `Another, ${other}` },
				})),
			],
		},
	}),
	at: (baseUrl) => ({ credentials: { propexoApi: { environment: 'custom', baseUrl, token: 'x' } } }),
};

// #endregion
// #region RentEngine
const [user] = Object.values(RENTENGINE_USERS);
const userId = typeof user === 'string' ? user : user?.id;

export const drivenRentEngine: Driven = {
	service: 'rentEngine',
	title: 'RentEngine',
	write: createLeasingEvent.write,
	emulated: ({ rentEngine }) => rentEngine,
	run: async (services, parameters, settings) => await services.leasingEvent(parameters, settings),
	parameters: (options, notes = NOTES) => ({
		prospectId: byId('={{ $json.prospect }}'),
		assignedToUserIds: [userId],
		additionalFields: { notes },
		options,
	}),
	idIn: ({ id }) => String(id),
	listPath: '/leasing_events',
	listing: (rows, more = false) => ({
		data: rows.map(({ id, index, at }) => ({
			id,
			prospect_id: itemAt(index).prospect,
			event_type: 'Assign to User',
			notes: itemAt(index).notes,
			created_at: new Date(at).toISOString().replace('Z', ''),
			context: { assignedToUserIds: [userId], createdByUserRole: 'Property Manager' },
		})),
		page: { limit: 100, page_number: 0, has_more: more, next_page_number: more ? 1 : null },
	}),
	at: (baseUrl) => ({ credentials: { rentEngineApi: { baseUrl, token: 'x', webhookSecret: '' } } }),
};

// #endregion
/** All services there are. */
export const DRIVEN: Driven[] = [
	// #region Propexo
	drivenPropexo,
	// #endregion
	// #region RentEngine
	drivenRentEngine,
	// #endregion
];
