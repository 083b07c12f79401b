import type { Problem } from '../fields/problem';
import type { Connection } from '../http/connection';
import type { Candidate } from './candidates';
import type { Findable, Finder, ReadById, Where } from './findable';
import type { Get } from './get';
import { NothingThere, orElse, ReadFailed, whyUnusable } from './get';
import { Stopped } from './sharedAnswers';
import { OtherRecords } from './source';

/*
 * Messages about a record that was not found, or of which several were found. They repeat neither the value it was
 * looked for by nor anything else that says who the person is.
 */

/** How many records a message describes one by one. */
const MOST_TOLD = 5;

/** What was looked for, and where. */
interface LookedFor {
	findable: Findable;
	finder: Finder;
	label: string;
	where: Where;
	/** Whether the editor offers a list to choose the record from. */
	hasList?: boolean;
	/** What to do where several are found, in place of the usual words. */
	way?: string;
}

const problem = (label: string, sentence: string): Problem => ({ label, wrong: sentence, whole: true });

const passing = (label: string, sentence: string): Problem => ({
	...problem(label, sentence),
	passing: true,
});

/**
 * " of Maple Court", or '' if the name is not known.
 *
 * @throws NothingThere when there is no such place
 */
async function ofPlace({ name }: Where): Promise<string> {
	const place = await orElse(name(), (cause) => !(cause instanceof NothingThere), undefined);
	return place === undefined || place === '' ? '' : ` of ${place}`;
}

/**
 * "No lead of Maple Court has the email address in 'Lead'".
 *
 * @example No lead of Maple Court has the email address in 'Lead'
 * @cause No record has this email address, number or ID in the place that the message names.
 * @cure Check the value. What is new in the system behind a service can be found after the service's next sync.
 */
export async function noneProblem({ findable, finder, label, where, hasList }: LookedFor): Promise<Problem> {
	/** @noMessage It ends the message below. */
	const list = hasList ? "'From List' shows all there are" : undefined;
	const { noun, advice = list } = findable;
	const sentence = `No ${noun}${await ofPlace(where)} has ${finder.is} in '${label}'`;
	return problem(label, advice === undefined ? sentence : `${sentence}. ${advice}`);
}

/**
 * What is wrong with a placeholder; undefined for any other value.
 *
 * @cause The value is a placeholder for one that nobody gave: 000-000-0000 of a caller who withholds the number,
 * `noemail@noemail.com`, the ID `N/A`. It may stand for anybody.
 * @cure Give the real one, or choose _By ID_. Let an IF node keep out callers who withhold their number.
 */
export const ifPlaceholder = ({ is }: Finder, key: string): string | undefined =>
	key === ''
		? `holds a placeholder in place of ${is}, so it may be anybody's. Give the real one, or choose 'By ID'`
		: undefined;

/**
 * @cause A hint: the only employee, property or integration that has the value is not active any more, as the service says.
 * @cure Choose another one, if the PMS should not get it.
 */
export const outOfUse = (noun: string): string =>
	`is the only ${noun} found, and it is not active any more. If that is right, choose another`;

/**
 * "3 leads of Maple Court have the phone number in 'Lead': …", with what tells them apart and what to do.
 *
 * @example 2 leads of Maple Court have the phone number in 'Lead': added 2026-03-01; added 2026-03-04
 * @cause Several records have it. The message tells them apart, without names.
 * @cure Choose it in another way, such as _By ID_; for people, a write also has the option _If Several
 * Match_.
 * @param mayChoose the option *If Several Match* is there, and was not used
 */
export async function severalProblem(
	{ findable, finder, label, where, hasList, way: ownWay }: LookedFor,
	{ rows, more }: { rows: Candidate[]; more?: boolean },
	why: 'several' | 'noneActive',
	{ readById, get, mayChoose }: { readById: ReadById; get: Get; mayChoose?: boolean },
): Promise<Problem> {
	const { plural, ages } = findable;
	const count = `${more ? 'More than ' : ''}${rows.length} ${plural}`;
	const sentence = `${count}${await ofPlace(where)} have ${finder.is} in '${label}'`;
	const told = rows.slice(0, MOST_TOLD).map(({ row }) => row);
	const each = await findable.tellApart(told, readById, get).catch(() => []);
	const some = each.filter((one) => one !== '');
	const left = rows.length - some.length;
	const apart = some.length === 0 ? '' : `: ${some.join('; ')}${left > 0 ? `; and ${left} more` : ''}`;
	/** @noMessage It ends the message above. */
	const usual =
		ages && mayChoose
			? "Choose 'By ID', or add the option 'If Several Match'"
			: `Choose it ${waysBeside(finder, findable, hasList).join(' or ')}`;
	const way = ownWay ?? usual;
	/** @noMessage A part of the message above. */
	const unless = why === 'noneActive' ? '. None of them is active' : '';
	return { ...problem(label, `${sentence}${apart}${unless}. ${way}`), needsPerson: true };
}

/** The other ways of a field to name a thing. From a list a person chooses; what else tells it matters only without one. */
const waysBeside = ({ mode }: Finder, { modes }: Findable, hasList = false): string[] => [
	...(hasList
		? ["'From List'"]
		: modes.filter((other) => other.mode !== mode).map(({ field }) => `'By ${field.label}'`)),
	"'By ID'",
];

/** Why the search for a record failed. */
export function failureProblem(
	{ label, findable, finder }: { label: string } & Partial<LookedFor>,
	{ service }: Connection,
	cause: Error,
): Problem {
	if (cause instanceof NothingThere) return problem(label, `${cause.because}. ${cause.advice}`);
	if (cause instanceof ReadFailed) return { ...passing(label, cause.message), advice: cause.advice };
	/**
	 * @cause The service ignored the filter, so its answer may be about somebody else. Nothing was taken from it.
	 * @cure Run it again. If it goes on, choose _By ID_ and report it.
	 */
	if (cause instanceof OtherRecords && findable && finder) {
		return problem(
			label,
			`${service.name} answered with other ${findable.plural} than those with ${finder.is} in '${label}', so none was taken. Run it again, or choose 'By ID'`,
		);
	}
	/**
	 * @cause Somebody stopped the execution.
	 * @cure Run it again.
	 */
	if (cause instanceof Stopped) {
		return passing(label, `'${label}' could not be looked up: the execution was stopped`);
	}
	/** @noMessage The message of `whyUnusable`. */
	return passing(label, `'${label}' could not be looked up: ${whyUnusable(cause, service)}`);
}
