import { DateTime } from 'luxon';

import { hasOffset } from '../../shared/fields/times/clock';
import type { RecordFinder } from '../records/record';

/**
 * @cause An appointment is to be found by its start, and nothing says whose it is. Somebody else's may begin at the same
 * time.
 * @cure Say whose appointment it is. If nobody knows, find it by the ID in its notes.
 */
const NO_PERSON =
	"is not enough: say whose appointment it is too, because somebody else's may begin at the same time";

const lacksPerson = (within: object): string | undefined =>
	['lead_id', 'applicant_id', 'resident_id'].some((filter) => filter in within) ? undefined : NO_PERSON;

/** The minute of a moment, which PMSs keep no finer; '' for a text without an offset. */
function minuteAlike(text: string): string {
	const at = DateTime.fromISO(text, { setZone: true });
	return at.isValid && hasOffset(text) ? `${Math.floor(at.toMillis() / 60_000)}` : '';
}

/** Finds appointments by `start`, as their clocks tell it. It has no `query`: their list has no filter by time. */
export const byStart: RecordFinder = {
	mode: 'start',
	is: 'the start',
	field: {
		name: 'start',
		label: 'Start',
		kind: 'dateTime',
		anyAge: true,
		description: 'When it begins now, before any move, in any time zone',
	},
	alike: minuteAlike,
	of: ({ start }) => [start],
	lacks: lacksPerson,
};
