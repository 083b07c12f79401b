import type { Postgres } from './servers.ts';

/*
 * n8n overwrites the data of an execution whose worker was killed, its input included. So that its webhook can still
 * be named, the database writes down the event of each execution at the moment n8n first saves it.
 */
const TABLE = 'leasing_event_of_execution';

/**
 * Begins to write down which event each execution is about. A series of `eventsOf` is one of `series`, or one of them with
 * a number.
 */
export async function traceEvents(postgres: Postgres, series: string[]): Promise<void> {
	await postgres.query(`
		create table ${TABLE} (execution integer primary key, event text);
		create function ${TABLE}() returns trigger language plpgsql as $trace$
		begin
			insert into ${TABLE}
				values (new."executionId", substring(new.data from '"((?:${series.join('|')})(?:-[0-9]+)+)"'))
				on conflict do nothing;
			return new;
		end $trace$;
		create trigger ${TABLE} after insert on execution_data for each row execute function ${TABLE}();
	`);
}

/** How a query finds the event of the execution `e`. */
export const EVENT_OF_EXECUTION = `(select event from ${TABLE} where execution = e.id)`;
