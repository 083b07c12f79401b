import type { Ledger } from '../ledger.ts';
import type { Records } from '../records.ts';
import type { JsonObject, PropexoSettings } from '../types.ts';
import type { Job, Jobs } from './jobs.ts';
import type { WebhookRecord } from './webhookRoutes.ts';

/** What every record of Propexo has. */
export interface PropexoRecord extends JsonObject {
	id: string;
	created_at: string;
	updated_at: string;
}

/** A record that came from a PMS. */
export interface SyncedRecord extends PropexoRecord {
	integration_id: string;
	integration_vendor: string;
	property_id: string;
	x_id: string;
}

export interface IntegrationRecord extends PropexoRecord {
	name: string;
	vendor: string;
	active: boolean;
	is_archived: boolean;
}

export interface LeadRecord extends SyncedRecord {
	first_name: string | null;
	last_name: string | null;
	email_1: string | null;
	phone_1: string | null;
}

/** All records of the emulated Propexo. Tests may add, change and take away. */
export interface PropexoData {
	integrations: Records<IntegrationRecord>;
	properties: Records<SyncedRecord>;
	units: Records<SyncedRecord>;
	leads: Records<LeadRecord>;
	leadSources: Records<SyncedRecord>;
	employees: Records<SyncedRecord>;
	eventTypes: Records<SyncedRecord>;
	eventSubTypes: Records<SyncedRecord>;
	eventResults: Records<SyncedRecord>;
	events: Records<SyncedRecord>;
}

/** What the routes of Propexo work on. */
export interface PropexoWorld {
	settings: PropexoSettings;
	data: PropexoData;
	jobs: Jobs;
	ledger: Ledger;
	webhooks: Records<WebhookRecord>;
	/** Registrations made so far: their IDs are not used again. */
	webhooksMade: number;
	/** The secret before the last change, by webhook ID. */
	formerSecrets: Map<string, string>;
	/** Told of every job when it is made. */
	onJob?: (job: Job) => void;
}
