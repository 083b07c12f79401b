import type { Problem } from '../fields/problem';
import { withItemName } from './itemName';
import type { FailedOutcome } from './outcome';

const listed = (problems: Problem[]): string =>
	problems
		.map(({ label, under }) => `'${label}'${under === undefined ? '' : ` (under '${under}')`}`)
		.join(', ');

/**
 * Fields that are only empty, all for the same reason, in one sentence.
 *
 * @example A call needs 2 more fields: 'Call Status', 'Call Audio Link'
 * @cause Several fields that must be filled in are empty for this item. "(under …)" names where a field is added.
 * @cure Fill them in, or fix their expressions.
 */
function needed(by: string, problems: Problem[]): string {
	const which =
		by === ''
			? `${problems.length} fields are empty and must be filled in: ${listed(problems)}`
			: `${by} needs ${problems.length} more fields: ${listed(problems)}`;
	const found = problems.filter(({ byExpression }) => byExpression).length;
	if (found === 0) return which;
	/** @noMessage It is a part of the message below. */
	const whose = found === problems.length ? 'Their expressions' : `The expressions of ${found} of them`;
	return `${which}. ${whose} found nothing in this item (webhook data is under $json.body)`;
}

/** "'Title', 'Unit' and 'Status' are not accepted by …" */
function together(what: string, problems: Problem[]): string {
	const labels = problems.map(({ label }) => `'${label}'`);
	return `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)} ${what}`;
}

const isAlone = ({ whole, neededBy, together }: Problem): boolean =>
	!whole && neededBy === undefined && together === undefined;

/** Problems that are told in one sentence, with what they have in common; undefined for one that stands alone. */
function groupOf(problem: Problem, problems: Problem[]): { key: string; text: string } | undefined {
	for (const [name, tell] of [
		['neededBy', needed],
		['together', together],
	] as const) {
		const common = problem[name];
		const alike = problems.filter((other) => common !== undefined && other[name] === common);
		if (common !== undefined && alike.length > 1)
			return { key: `${name} ${common}`, text: tell(common, alike) };
	}
	const { wrong } = problem;
	const alike = problems.filter((other) => isAlone(other) && other.wrong === wrong);
	if (!isAlone(problem) || alike.length < 2) return undefined;
	/** @noMessage It ends a message about the first of them. */
	const text = `'${problem.label}' ${wrong}. The same is true of ${listed(alike.slice(1))}`;
	return { key: wrong, text };
}

/**
 * What is wrong with an item: "'Notes' is …", "A call needs 5 more fields: 'Call Status', …".
 * Fields with the same problem are told together, where the first of them would stand.
 */
export function problemTexts(problems: Problem[]): string[] {
	const told = new Set<string>();
	return problems.flatMap((problem) => {
		const { label, wrong, whole } = problem;
		const group = groupOf(problem, problems);
		if (!group) return [whole ? wrong : `'${label}' ${wrong}`];
		if (told.has(group.key)) return [];
		told.add(group.key);
		return [group.text];
	});
}

/** The outcome of an item with problems. Its details name the fields that must be corrected. */
export function invalid(name: string, problems: Problem[]): FailedOutcome {
	const message = withItemName(name, problemTexts(problems).join('; '));
	const fields = problems
		.filter(({ passing }) => !passing)
		.map(({ label, wrong, needsPerson }) => ({
			field: label,
			message: wrong,
			...(needsPerson && { needs_person: true }),
		}));
	const isWrong = fields.length > 0;
	/** @noMessage They are said beside what is wrong, and beside what could not be found out. */
	const advice = isWrong
		? 'Correct the value, or the expression it comes from.'
		: (problems.find((one) => one.advice)?.advice ?? 'Run it again later.');
	/** @noMessage The same. */
	const description = `Nothing was sent for it. ${advice}`;
	return { state: 'notSent', report: { message, description, details: { ...(isWrong && { fields }) } } };
}
