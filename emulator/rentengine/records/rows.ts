import type { JsonObject } from '../../json.ts';
import { microseconds } from '../../data/times.ts';
import type { ProspectRecord, RentEngineWorld } from '../world.ts';

/** Tables whose rows can be made and changed from outside. */
export type TableName = 'prospects' | 'units' | 'leasing_events';

/** Things that happen in RentEngine without this API: people write in, agents change the state of an event. */
export interface RentEngineRows {
	/** A new prospect, made now unless `created_at` is given. */
	addProspect(given?: Partial<ProspectRecord>): ProspectRecord;
	/** A new row of any table; missing values are made up. */
	insert(table: TableName, given: JsonObject): JsonObject;
	/**
	 * Changes a row in place: same ID, other content.
	 * @throws RangeError when there is no such row
	 */
	change(table: TableName, id: number, changes: JsonObject): JsonObject;
}

/** Rows that are made or changed here send webhooks like all others. */
export function createRows(world: RentEngineWorld): RentEngineRows {
	const nextId = (table: 'prospects' | 'units'): number =>
		1 + Math.max(0, ...world.data[table].rows.map((row) => row.id));

	const rows: RentEngineRows = {
		addProspect: (given = {}) => rows.insert('prospects', given) as ProspectRecord,
		insert(table, given) {
			const now = microseconds(new Date());
			let record: JsonObject;
			if (table === 'leasing_events') {
				record = world.data.events.add({
					id: world.data.events.nextId(),
					created_at: now,
					notes: null,
					prospect: 0,
					planned_date_time: null,
					source: null,
					event_type: 'New',
					next_follow_up: null,
					deleted: false,
					created_by: '12345',
					context: {},
					...given,
				});
			} else if (table === 'prospects') {
				const id = nextId('prospects');
				record = world.data.prospects.add({
					id,
					name: `Prospect ${id}`,
					email: `prospect${id}@example.com`,
					phone: `+1212556${String(id % 10_000).padStart(4, '0')}`,
					status: 'New',
					source: 'Website',
					prospect_type: 'Self',
					unit_of_interest: null,
					created_at: now,
					updated_at: now,
					notes: null,
					...given,
				});
			} else {
				const id = nextId('units');
				const unit = {
					id,
					created_at: now,
					updated_at: now,
					status: 'Available',
					address: 9_000 + id,
				};
				record = world.data.units.add({ ...unit, ...given });
			}
			world.onRow?.('INSERT', table, record, null);
			return record;
		},
		change(table, id, changes) {
			const row = table === 'leasing_events' ? world.data.events.get(id) : world.data[table].get(id);
			if (!row) throw new RangeError(`${table} has no row ${id}`);
			const old = { ...row };
			Object.assign(row, changes);
			if ('updated_at' in row && changes['updated_at'] === undefined)
				row['updated_at'] = microseconds(new Date());
			world.onRow?.('UPDATE', table, row, old);
			return row;
		},
	};
	return rows;
}
