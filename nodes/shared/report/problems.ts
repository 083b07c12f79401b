import type { Problem } from '../fields/item';

const listed = (problems: Problem[]): string =>
	problems
		.map(({ label, under }) => `'${label}'${under === undefined ? '' : ` (under '${under}')`}`)
		.join(', ');

/** Fields that are only empty, all for the same reason, in one sentence. */
function needed(by: string, problems: Problem[]): string {
	const which =
		by === ''
			? `${problems.length} fields are empty and must be filled in: ${listed(problems)}`
			: `${by} needs ${problems.length} more fields: ${listed(problems)}`;
	const found = problems.filter(({ byExpression }) => byExpression).length;
	if (found === 0) return which;
	const whose = found === problems.length ? 'Their expressions' : `The expressions of ${found} of them`;
	return `${which}. ${whose} found nothing in this item (what a webhook brings is under $json.body)`;
}

/**
 * What is wrong with an item, as one sentence: "'Notes' is …; 'Event Kind' Call needs 5 more fields: 'Call Status', …".
 * Fields that one reason needs are told together, where the first of them would stand.
 */
export function problemText(problems: Problem[]): string {
	const told = new Set<string>();
	const sentences = problems.flatMap(({ label, wrong, whole, neededBy }) => {
		const alike = problems.filter((other) => neededBy !== undefined && other.neededBy === neededBy);
		if (neededBy === undefined || alike.length < 2) return [whole ? wrong : `'${label}' ${wrong}`];
		if (told.has(neededBy)) return [];
		told.add(neededBy);
		return [needed(neededBy, alike)];
	});
	return sentences.join('; ');
}
