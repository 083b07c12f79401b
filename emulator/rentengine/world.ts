import type { JsonObject } from '../json.ts';
import type { Ledger } from '../server/ledger.ts';
import type { Records } from '../data/records.ts';
import type { RentEngineSettings } from '../types.ts';

/** A renter's interest in one unit. One person asking for several units is several prospects with one phone number. */
export interface ProspectRecord extends JsonObject {
	id: number;
	name: string;
	email: string;
	phone: string;
	status: string;
	source: string;
	prospect_type: string;
	unit_of_interest: number | null;
	created_at: string;
	updated_at: string;
	notes: string | null;
}

export interface UnitRecord extends JsonObject {
	id: number;
	created_at: string;
	updated_at: string;
	status: string;
	/** An object in practice, a number in the published documents: both occur. */
	address: JsonObject | number;
}

/** A person who works with the account. RentEngine itself has no list of them. */
export interface UserRecord {
	id: string;
	name: string;
}

/** A leasing event as the reply to its creation shows it. */
export interface LeasingEventRecord extends JsonObject {
	id: number;
	created_at: string;
	notes: string | null;
	prospect: number;
	planned_date_time: string | null;
	source: string | null;
	event_type: string;
	next_follow_up: string | null;
	deleted: boolean;
	created_by: string;
	context: JsonObject;
}

/** All records of the emulated RentEngine. Tests may add, change and take away. */
export interface RentEngineData {
	accountId: string;
	users: readonly UserRecord[];
	prospects: Records<ProspectRecord>;
	units: Records<UnitRecord>;
	events: LeasingEvents;
}

/** What happened to a row; the name RentEngine's webhooks give it. */
export type RowAction = 'INSERT' | 'UPDATE' | 'DELETE';

/** What the routes of RentEngine work on. */
export interface RentEngineWorld {
	settings: RentEngineSettings;
	data: RentEngineData;
	ledger: Ledger;
	/** Called for every row that is made or changed. */
	onRow?: (action: RowAction, table: string, record: JsonObject | null, old: JsonObject | null) => void;
}

/** Leasing events, found by prospect at once. */
export class LeasingEvents {
	/** Oldest first. */
	readonly list: LeasingEventRecord[] = [];
	private readonly byProspect = new Map<number, LeasingEventRecord[]>();
	private lastId = 70_000;

	/** The next free ID. */
	nextId(): number {
		return ++this.lastId;
	}

	add(event: LeasingEventRecord): LeasingEventRecord {
		this.lastId = Math.max(this.lastId, event.id);
		this.list.push(event);
		const known = this.byProspect.get(event.prospect);
		if (known) known.push(event);
		else this.byProspect.set(event.prospect, [event]);
		return event;
	}

	get(id: number): LeasingEventRecord | undefined {
		return this.list.find((event) => event.id === id);
	}

	/** Oldest first. */
	ofProspect(prospect: number): readonly LeasingEventRecord[] {
		return this.byProspect.get(prospect) ?? [];
	}

	clear(): void {
		this.list.length = 0;
		this.byProspect.clear();
		this.lastId = 70_000;
	}
}
