import type { Records } from '../data/records.ts';
import type { JsonObject } from '../json.ts';
import type { Ledger } from '../server/ledger.ts';
import type { PropexoSettings } from '../types.ts';
import type { Job, Jobs } from './jobs/jobs.ts';

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

/** A person with events. */
export interface PersonRecord extends SyncedRecord {
	first_name: string | null;
	last_name: string | null;
	email_1: string | null;
	phone_1: string | null;
}

export interface WebhookRecord extends PropexoRecord {
	url: string;
	headers: { header: string; value: string }[];
	active: boolean;
	/** Every answer shows it, as Propexo's do. */
	secret: string;
	system: 'PRODUCTION';
	triggers: { id: string; trigger: string; model: string | null }[];
}

/** All records of one account of the emulated Propexo. Tests may add, change and take away. */
export interface PropexoData {
	integrations: Records<IntegrationRecord>;
	properties: Records<SyncedRecord>;
	units: Records<SyncedRecord>;
	leads: Records<PersonRecord>;
	applicants: Records<PersonRecord>;
	residents: Records<PersonRecord>;
	applications: Records<SyncedRecord>;
	leadSources: Records<SyncedRecord>;
	leadRelationships: Records<SyncedRecord>;
	addressTypes: Records<SyncedRecord>;
	floorPlans: Records<SyncedRecord>;
	employees: Records<SyncedRecord>;
	eventTypes: Records<SyncedRecord>;
	eventSubTypes: Records<SyncedRecord>;
	eventResults: Records<SyncedRecord>;
	events: Records<SyncedRecord>;
	timezones: Records<SyncedRecord>;
}

/** An appointment in the calendar of a PMS. */
export interface Booking {
	/** Of the event. */
	id: string;
	/** The calendar: ID of the agent, or of the property for an appointment without one. */
	calendar: string;
	/** Epoch ms. */
	start: number;
	end: number;
	/** It takes up no room any more. */
	cancelled?: true;
}

/** One account: what its routes work on. */
export interface PropexoWorld {
	settings: PropexoSettings;
	data: PropexoData;
	jobs: Jobs;
	/** What fills the calendars of the PMSs. */
	bookings: Records<Booking>;
	ledger: Ledger;
	webhooks: Records<WebhookRecord>;
	/** Registrations made so far: their IDs are not used again. */
	webhooksMade: number;
	/** The secret before the last change, by webhook ID. */
	formerSecrets: Map<string, string>;
	/** Called for every new job. */
	onJob?: (job: Job) => void;
}
