import { segment } from '../../../shared/http/credential';
import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import { simplifyField } from '../../../shared/read/listing';
import { propexo } from '../../api';
import { eventField } from '../../records/fields';
import { readOne } from '../../records/paging';
import { simpleEvent } from '../../records/simplify';

/** GET /v1/events/{event_id}: one event as Propexo last saw it in the PMS. */
export const get = readOperation(
	{ value: 'get', name: 'Get', action: 'Get lead event', description: 'Read one event by its ID' },
	{
		service: propexo,
		noun: 'lead event',
		fields: [eventField, simplifyField],
		collections: [],
		rows: async (read, { values }) => {
			const event = await readOne(read, `/v1/events/${segment(textOf(values.eventId))}`, 'lead event');
			return [values.simplify === false ? event : simpleEvent(event)];
		},
	},
);
