import { segment } from '../../../shared/credential';
import { simplifyField } from '../../../shared/listing';
import { readOperation } from '../../../shared/operation';
import { textOf } from '../../../shared/text';
import { propexo } from '../../api';
import { readOne } from '../../records';
import { simpleEvent } from '../../simplify';
import { eventField } from '../records';

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
