import type { IDataObject } from 'n8n-workflow';
import { DateTime } from 'luxon';

import { iso } from '../../../shared/fields/times/clock';
import { UndocumentedReply } from '../../../shared/find/get';
import { readServiceTime } from '../../../shared/http/serviceTime';
import { TEXT_OR_NULL, TEXTS, WHOLE_NUMBER } from '../../../shared/json/schema';
import { textOf } from '../../../shared/json/text';
import { readOperation } from '../../../shared/operation';
import type { Columns } from '../../../shared/read/output';
import { rentEngine } from '../../api';
import { invitedTo, readAvailability } from '../../records/availability';
import { shownUnit } from './fields';

/**
 * A time of RentEngine as the clocks of the unit show it; in UTC, where its time zone is not known. What cannot be read is not
 * repeated: given to *Create*, it might be read as another time.
 */
function atUnit(written: unknown, { timezoneName }: IDataObject): string | null {
	const time = DateTime.fromMillis(readServiceTime(written), { zone: 'utc' });
	const there = time.setZone(textOf(timezoneName));
	if (!time.isValid) return null;
	return iso(there.isValid ? there : time);
}

const columns: Columns = {
	unit_id: { schema: WHOLE_NUMBER, of: ({ unitId }) => unitId },
	start: { schema: TEXT_OR_NULL, of: (row) => atUnit(row.start, row) },
	end: { schema: TEXT_OR_NULL, of: (row) => atUnit(row.end, row) },
	preferred: { type: 'boolean' },
	showing_methods: {
		schema: { ...TEXTS, type: ['array', 'null'] },
		of: ({ showingMethodsAvailable }) => showingMethodsAvailable,
	},
	invited_user_ids: { schema: TEXTS, of: invitedTo },
	time_zone: { schema: TEXT_OR_NULL, of: ({ timezoneName }) => timezoneName },
	time_zone_abbreviation: {
		schema: TEXT_OR_NULL,
		of: ({ timezoneAbbreviation }) => timezoneAbbreviation,
	},
	showing_method: { schema: TEXT_OR_NULL, of: ({ showingMethod }) => showingMethod },
	unit_status: { schema: TEXT_OR_NULL, of: ({ unitStatus }) => unitStatus },
	start_raw: { schema: TEXT_OR_NULL, of: ({ start }) => start },
	end_raw: { schema: TEXT_OR_NULL, of: ({ end }) => end },
};

/** GET /showings/availability: one row for each window in which the unit can be shown, the preferred ones first. */
export const getAvailability = readOperation(
	{
		value: 'getAvailability',
		name: 'Get Availability',
		action: 'Get the availability of a unit for showings',
		description: 'Get the times in which a unit can be shown, by its own clocks',
	},
	{
		service: rentEngine,
		fields: [shownUnit],
		collections: [],
		async rows(get, { values }) {
			const found = await readAvailability(get, values.unitId);
			if (!found) throw new UndocumentedReply();
			const { preferred, available, about } = found;
			return [
				...preferred.map((window) => ({ ...about, ...window, preferred: true })),
				...available.map((window) => ({ ...about, ...window, preferred: false })),
			];
		},
		output: { columns, others: [] },
	},
);
