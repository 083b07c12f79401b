import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../../../nodes/Propexo/resources';
import type { Write } from '../../../../nodes/shared/deliver/write';
import type { Field } from '../../../../nodes/shared/fields/field';
import { apiName, topNames } from '../../../../nodes/shared/fields/names';
import type { DeclaredJob } from '../support/jobWrites.ts';
import { JOB_WRITES } from '../support/jobWrites.ts';

/*
 * What holds for the look-up of every write that answers with a job: a new one is among them by itself.
 */

const writeOf = ({ resource, job }: DeclaredJob): Write => {
	const { operations = [] } = resources.find(({ value }) => value === resource) ?? {};
	return (operations.find(({ value }) => value === job.value) as unknown as { write: Write }).write;
};

/** Something that can be filled in, as the API gets it. */
function sampleOf({ kind, name, ...field }: Field): IDataObject[string] {
	if (['dollars', 'number', 'wholeNumber'].includes(kind)) return 7;
	if (kind === 'boolean') return true;
	if (kind === 'ids') return [`some ${name}`];
	if ('options' in field) return field.options[0]?.value;
	return `some ${name}`;
}

/** A field that is filled in, also one within a list: `events.0.notes`. */
function filled(field: Field): IDataObject {
	const parts = topNames(field);
	if (parts.length > 1) return Object.fromEntries(parts.map((part) => [part, `some ${part}`]));
	const [top = '', , inner] = apiName(field).split('.');
	const value = sampleOf(field);
	return { [top]: inner === undefined ? value : [{ [inner]: value }] };
}

const filledIn = (fields: Field[]): IDataObject => Object.assign({}, ...fields.map(filled)) as IDataObject;

/** The category of a write in the log. */
const categoryOf = ({ job }: DeclaredJob): string | undefined => job.path.split('/')[2];

const isAbout = ({ job }: DeclaredJob, { name }: Field): boolean => job.about.includes(name);

/** Whom or what it is about, when an appointment is, and notes: the request in doubt. */
const bodyOf = (declared: DeclaredJob): IDataObject =>
	filledIn(
		declared.sent.filter((field) => isAbout(declared, field) || ['start', 'notes'].includes(field.name)),
	);

/** As the log may name a write: CREATE_LEAD_EVENT, CANCEL_LEAD_APPOINTMENT. */
function kindOf({ resource, person, job: { method, path } }: DeclaredJob): string {
	const verb = path.endsWith('/cancel') ? 'cancel' : method === 'POST' ? 'create' : 'update';
	const what = resource.replace('Event', '_event');
	return [verb, person, what]
		.filter((word) => word !== undefined)
		.join('_')
		.toUpperCase();
}

/** The IDs in the path, which the log tells along with what was sent. */
const idsOf = ({ job }: DeclaredJob): IDataObject =>
	filledIn(job.fields.filter(({ name }) => job.path.includes(`{${name}}`)));

/** What a look-up makes of a log with one row that was written since, by this write or another one. */
async function lookUp(declared: DeclaredJob, parameters: IDataObject, job_type = '', by = declared) {
	const { job } = declared;
	const path = job.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(`some ${name}`));
	const row = { job_id: 'job_1', created_at: new Date().toISOString(), parameters, job_type };
	const reply = (query: IDataObject = {}) => ({
		...{ kind: 'replied' as const, status: 200, headers: { date: new Date().toUTCString() } },
		body: { results: { logs: query.write_category === categoryOf(by) ? [row] : [] } },
	});
	return await writeOf(declared).lookUp(
		{
			account: 'one',
			signal: new AbortController().signal,
			isTaken: () => false,
			ask: async ({ query }) => await Promise.resolve(reply(query)),
		},
		{ method: job.method, path, body: bodyOf(declared) },
		Date.now() - 1_000,
	);
}

describe.each(JOB_WRITES)('The look-up of $title', (declared) => {
	const logged = { ...bodyOf(declared), ...idsOf(declared) };
	const found = { found: [expect.objectContaining({ job_id: 'job_1' })] };

	it('finds what was sent', async () => {
		expect(await lookUp(declared, logged)).toEqual(found);
	});

	it.each(Object.keys(logged))('takes no write with another %s for its own', async (name) => {
		expect(await lookUp(declared, { ...logged, [name]: 'another' })).toBe('absent');
	});

	const others = declared.sent.filter((field) => topNames(field).every((name) => !(name in logged)));
	// A cancellation says no more than what it is about.
	if (others.length > 0) {
		it.each(others.map((field) => [field.label, field] as const))(
			"takes no write for its own that has '%s' filled in too",
			async (_label, field) => {
				expect(await lookUp(declared, { ...logged, ...filled(field) })).toBe('undecided');
			},
		);
	}

	it.each(JOB_WRITES.filter(({ title }) => title !== declared.title))(
		'takes no $title for its own',
		async (other) => {
			// Of the same integration, with the same words. (Who is changed by an ID is of one kind of people alone.)
			const theirs = { ...bodyOf(other), ...idsOf(other) };
			if (theirs.event_id === undefined || logged.event_id === undefined)
				expect(await lookUp(declared, theirs, '', other)).not.toEqual(found);
			// Even if the log told no more of it than of ours.
			// The log is asked for the own category alone.
			const isListed = categoryOf(other) === categoryOf(declared);
			expect(await lookUp(declared, logged, kindOf(other), other)).toBe(
				isListed ? 'undecided' : 'absent',
			);
		},
	);
});
