import type { JobWrite } from '../../../../nodes/Propexo/jobs/jobWrite';
import { resources } from '../../../../nodes/Propexo/resources';
import type { Field } from '../../../../nodes/shared/fields/field';
import { allFields } from '../../../../nodes/shared/fields/collections';
import type { Operation } from '../../../../nodes/shared/operation';

/** A write that answers with a job, found among the operations of the node. */
export interface DeclaredJob {
	/** "leadEvent: create", "appointment: create, for a lead" */
	title: string;
	/** "leadEvent" */
	resource: string;
	job: JobWrite;
	/** The value of *For* that chooses it, where the operation has several. */
	person?: string;
	/** What it sends in the body. */
	sent: Field[];
	/** Its schema in Propexo's own file: `_v1_events_leads_{event_id}_put_input`. */
	schema: string;
}

const schemaName = ({ path, method }: JobWrite): string => {
	const inPath = path
		.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
		// The file calls the ID of a lead so.
		.replace('/v1/leads/{lead_id}', '/v1/leads/{id}');
	return `${inPath.replaceAll('/', '_')}_${method.toLowerCase()}_input`;
};

/** The writes of an operation: one, or one for each kind of people. */
function writesOf(operation: Operation): Array<{ job: JobWrite; person?: string }> {
	if ('job' in operation) return [{ job: operation.job as JobWrite }];
	if (!('jobs' in operation)) return [];
	return Object.entries(operation.jobs as Record<string, JobWrite>).map(([person, job]) => ({
		job,
		person,
	}));
}

/** All of them that send something: a new one is among them by itself. */
export const JOB_WRITES: DeclaredJob[] = resources.flatMap(({ value, operations }) =>
	operations.flatMap((operation) =>
		writesOf(operation).flatMap(({ job, person }) => {
			const sent = allFields(job).filter(({ local }) => local !== true);
			if (sent.length === 0) return [];
			const title = `${value}: ${operation.value}${person === undefined ? '' : `, for ${person}s`}`;
			return [{ ...{ title, resource: value, job, person, sent }, schema: schemaName(job) }];
		}),
	),
);

/** Those that create an event of somebody. */
export const EVENT_CREATIONS: DeclaredJob[] = JOB_WRITES.filter(
	({ job: { method, path } }) => method === 'POST' && /^\/v1\/events\/\w+$/.test(path),
);

/** Those of appointments. */
export const APPOINTMENT_WRITES: DeclaredJob[] = JOB_WRITES.filter(
	({ resource }) => resource === 'appointment',
);
