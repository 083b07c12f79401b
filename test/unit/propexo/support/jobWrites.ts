import type { JobWrite } from '../../../../nodes/Propexo/jobs/jobWrite';
import { resources } from '../../../../nodes/Propexo/resources';
import type { Field } from '../../../../nodes/shared/fields/field';
import { allFields } from '../../../../nodes/shared/fields/field';

/** A write that answers with a job, found among the operations of the node. */
export interface DeclaredJob {
	/** "leadEvent: create" */
	title: string;
	/** "leadEvent" */
	resource: string;
	job: JobWrite;
	/** What it sends in the body. */
	sent: Field[];
	/** Its schema in Propexo's own file: `_v1_events_leads_{event_id}_put_input`. */
	schema: string;
}

const schemaName = ({ path, method }: JobWrite): string => {
	const inPath = path
		.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
		// The file calls the ID of a lead so.
		.replace('/leads/{lead_id}', '/leads/{id}');
	return `${inPath.replaceAll('/', '_')}_${method.toLowerCase()}_input`;
};

/** All of them that send something: a new one is among them by itself. */
export const JOB_WRITES: DeclaredJob[] = resources.flatMap(({ value, operations }) =>
	operations.flatMap((operation) => {
		if (!('job' in operation)) return [];
		const job = operation.job as JobWrite;
		const sent = allFields(job).filter(({ local }) => local !== true);
		return sent.length === 0
			? []
			: [
					{
						title: `${value}: ${operation.value}`,
						resource: value,
						job,
						sent,
						schema: schemaName(job),
					},
				];
	}),
);

/** Those that create an event of somebody. */
export const EVENT_CREATIONS: DeclaredJob[] = JOB_WRITES.filter(
	({ job: { method, path } }) => method === 'POST' && path.startsWith('/v1/events/'),
);
