import type { JobWrite } from '../../nodes/Propexo/jobs/jobWrite.ts';
import type { AppointmentClock, Pms } from '../../nodes/Propexo/pms.ts';
import type { PmsRules } from '../../nodes/Propexo/rules/rules.ts';
import type { Field } from '../../nodes/shared/fields/field.ts';
import type { Resource } from '../../nodes/shared/operation.ts';
import { table } from './markdown.ts';
import { tellsId } from './recordIds.ts';

/*
 * One page for each PMS, docs/pms/: what it needs, takes and answers, from the rules that the node checks by and `recordIds.ts`. Nothing in
 * them is written by hand.
 */

/** What the pages are made from. */
export interface PmsFacts {
	/** Every PMS that is known, by its `vendor`. */
	known: Array<[vendor: string, pms: Pms]>;
	resources: Resource[];
	/** The rules for asking for free times, which is no write. */
	availability: Readonly<Record<string, PmsRules | undefined>>;
}

/** A write as the pages name it: "Create lead event", "Create appointment (lead)". */
interface Named {
	title: string;
	job: JobWrite;
}

/** "Yardi (REST)" → "yardi-rest" */
const slug = (name: string): string =>
	name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/-$/, '');

function writesOf(resources: Resource[]): Named[] {
	return resources.flatMap(({ operations }) =>
		operations.flatMap((operation): Named[] => {
			if ('job' in operation) return [{ title: operation.action, job: operation.job as JobWrite }];
			if (!('jobs' in operation)) return [];
			return Object.entries(operation.jobs as Record<string, JobWrite>).map(([person, job]) => ({
				title: `${operation.action} (${person})`,
				job,
			}));
		}),
	);
}

const actionOf = (resources: Resource[], operation: string): string =>
	resources.flatMap(({ operations }) => operations).find(({ value }) => value === operation)?.action ?? '';

const fieldsOf = ({ fields, collections }: JobWrite): Array<{ field: Field; under?: string }> => [
	...fields.map((field) => ({ field })),
	...collections.flatMap(({ label, fields: inner }) => inner.map((field) => ({ field, under: label }))),
];

/** The fields as the panel shows them; those of a collection with its name. */
function labelled(job: JobWrite, names: readonly string[]): string {
	const all = fieldsOf(job);
	const labels = names.map((name) => {
		const found = all.find(({ field }) => field.name === name);
		if (!found) throw new Error(`${job.action} has no field ${name}`);
		return found.under === undefined ? found.field.label : `${found.field.label} (in ${found.under})`;
	});
	return labels.join(', ');
}

const GUESSED = '†';
const mark = (rules: PmsRules, rule: 'required' | 'takes'): string =>
	rules.inferred === 'all' || rules.inferred === rule ? ` ${GUESSED}` : '';

function needed(job: JobWrite, rules: PmsRules): string {
	const names = [...job.about, ...(rules.required ?? []).filter((name) => !job.about.includes(name))];
	return labelled(job, names) + mark(rules, 'required');
}

function takenToo(job: JobWrite, rules: PmsRules): string {
	const { takes, lists, lacks = [], longest = {}, leasingAgent, takesDays } = rules;
	const listed = takes ?? lists;
	const others = listed?.filter((name) => !job.about.includes(name)) ?? [];
	const notes = [
		Object.entries(longest).map(([name, most]) => `${labelled(job, [name])}: at most ${most} characters`),
		leasingAgent ? [`the employee must be a leasing agent${mark(rules, 'takes')}`] : [],
		takesDays ? [`a date may come without a time${takesDays === 'perhaps' ? ` ${GUESSED}` : ''}`] : [],
	].flat();
	const lacking = lacks.length > 0 ? `, but not ${labelled(job, lacks)}` : '';
	const first =
		listed === undefined
			? `every field${lacking}`
			: others.length === 0
				? 'nothing else'
				: labelled(job, others);
	const rest = takes === undefined && lists !== undefined ? ['any other field goes out with a hint'] : [];
	return [first + mark(rules, 'takes'), ...rest, ...notes].join('; ');
}

function comesBack(told: boolean | undefined, { inferred }: PmsRules): string {
	if (told === undefined) return 'not known';
	return (told ? 'yes' : 'no') + (inferred === 'all' ? ` ${GUESSED}` : '');
}

function eventNames({ eventNames: names }: Pms): string {
	if (names === undefined) return 'not known';
	if (names === 'none') return 'by its _Event Type_; it has no event names';
	if (names === 'any') return 'by any text in _Event Name_';
	return `by one of these in _Event Name_: ${names.map((name) => `\`${name}\``).join(', ')}`;
}

const eventClock = ({ name, zone }: Pms): string =>
	zone === undefined
		? 'Each time goes out with its offset, so any zone is right'
		: `Any zone is right: the node converts them to ${zone}. ${name} shows them in the property's own time`;

function appointmentClock(clock: AppointmentClock | undefined): string {
	if (!clock) return "the property's, with a hint; _Appointment Clock_ can say UTC";
	const { zone, otherwise, disputed, mayBeOff } = clock;
	if (disputed !== undefined) return `not sure (${disputed}): set _Appointment Clock_`;
	if (zone !== undefined) return `${zone}, wherever the property is`;
	if (otherwise !== undefined)
		return `the property's; ${otherwise} where Propexo does not know the property's`;
	if (mayBeOff)
		return "the property's; where Propexo says that the server clock is wrong, set _Appointment Clock_";
	return "the property's, which Propexo does not give: set _Time Zone_ to it";
}

const FOOT = `${GUESSED} Concluded from other pages of Propexo's reference. The node only gives a hint; the item goes out, and Propexo decides.`;

function page(vendor: string, pms: Pms, { resources, availability }: PmsFacts): string {
	const writes = writesOf(resources).map((one) => ({ ...one, rules: one.job.pms?.[vendor] }));
	const has = writes.filter(({ rules }) => rules && !rules.noSuchWrite);
	const none = writes.filter(({ rules }) => rules?.noSuchWrite);
	const titlesOf = (some: typeof none): string[] => some.map(({ title }) => title);
	const mayNot = titlesOf(none.filter(({ rules }) => rules?.inferred !== undefined));
	const hasNot = titlesOf(none.filter(({ rules }) => rules?.inferred === undefined));
	const unknown = writes.filter(({ rules, job }) => job.pms && !rules).map(({ title }) => title);
	const freeTimes = availability[vendor];
	if (freeTimes?.noSuchWrite) hasNot.push(actionOf(resources, 'getAvailability'));
	const rows = has.map(({ title, job, rules = {} }) => [
		title,
		needed(job, rules),
		takenToo(job, rules),
		comesBack(tellsId(job.path, vendor), rules),
	]);
	const list = (titles: string[]): string => titles.map((title) => `_${title}_`).join(', ');
	return `# ${pms.name}: what it needs, takes and answers

<!-- Made by npm run docs from the rules of the node: nodes/Propexo/pms.ts and nodes/Propexo/rules/. -->
<!-- prettier-ignore-start -->

What the [Propexo node](../propexo.md) checks for ${pms.name} before anything is sent. The other systems: [all pages](README.md).

${table(
	['', ''],
	[
		['How to say what happened', eventNames(pms)],
		['Times of events', eventClock(pms)],
		['The clock of appointments', appointmentClock(pms.appointments)],
	],
)}
${
	rows.length === 0
		? ''
		: `
${table(['Write', 'Needed', 'Also accepted', 'ID of the record comes back'], rows)}
`
}${hasNot.length === 0 ? '' : `\n**${pms.name} has no:** ${list(hasNot)}. The node says so before anything is sent.\n`}${
		mayNot.length === 0
			? ''
			: `\n**${pms.name} may have no:** ${list(mayNot)}. Propexo has no page about it; the node gives a hint, and Propexo decides.\n`
	}${
		unknown.length === 0
			? ''
			: `\n**Nothing is known about:** ${list(unknown)}. Every field goes out, and Propexo decides.\n`
	}
_Also accepted_: Propexo refuses a field that stands in neither column, unless the row says otherwise. With the option _Ignore
Unknown Fields_ it is left out.
_ID of the record comes back_: every write answers with a \`job_id\` at once. With _Wait for Result_ the node waits until ${pms.name}
has answered, and \`created_record_id\` is the record's ID in Propexo: yes, no (the record shows after Propexo's next sync), or not known.
${rows.flat().some((cell) => cell.includes(GUESSED)) ? `\n${FOOT}\n` : ''}
<!-- prettier-ignore-end -->
`;
}

function index({ known }: PmsFacts): string {
	const rows = known.map(([, pms]) => [`[${pms.name}](${slug(pms.name)}.md)`, eventNames(pms)]);
	return `# Fields for each PMS

<!-- Made by npm run docs. -->
<!-- prettier-ignore-start -->

**In short:** open the page of your property management system. It says which fields it needs, which it also accepts, which
clock it uses, and whether the ID of the new record comes back. Which system is yours stands beside the name of the
integration, in the list of _Integration_.

${table(['PMS', 'How to say what happened'], rows)}

<!-- prettier-ignore-end -->
`;
}

/** The pages by their names in docs/pms/. */
export function pmsPages(facts: PmsFacts): Map<string, string> {
	const pages = new Map([['README.md', index(facts)]]);
	for (const [vendor, pms] of facts.known) pages.set(`${slug(pms.name)}.md`, page(vendor, pms, facts));
	return pages;
}
