import type { FieldsOwner } from '../../shared/fields/collections';
import type { About } from '../../shared/operation';
import type { JobWrite } from '../jobs/jobWrite';
import { chosenWrite } from '../jobs/jobWrite';
import type { Person } from './fields';
import { FOR, narrowed, PEOPLE } from './fields';
import { noteWritten } from './written';

/** What the operation and the writes behind it have in common. */
type Common = About & FieldsOwner & { noun: string };

/** What is different for leads, applicants and residents. */
type Own = Omit<JobWrite, keyof Common> & { noun?: string };

/**
 * An operation that writes appointments of leads, applicants or residents, as *For* says.
 *
 * @param checked `booking` or `callingOff`
 */
export function appointmentWrite(
	common: Common,
	checked: (job: JobWrite) => JobWrite,
	ownOf: (person: Person) => Own,
) {
	const jobOf = (person: Person): JobWrite =>
		checked({ ...common, ...narrowed(common, person), noteWritten, ...ownOf(person) });
	const people = Object.keys(PEOPLE) as Person[];
	const jobs = Object.fromEntries(people.map((person) => [person, jobOf(person)]));
	return chosenWrite({ ...common, chooses: FOR, jobs });
}
