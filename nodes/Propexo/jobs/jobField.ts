import type { RecordField } from '../../shared/fields/field';

/** The field for the write job that an operation is about. */
export const jobField = {
	name: 'jobId',
	label: 'Job ID',
	kind: 'record',
	record: "a write job's ID",
	required: true,
	local: true,
	placeholder: 'e.g. clwktsp9v000608l3c4x7k1mp',
	description: 'The job_id that came back when the event was sent',
} satisfies RecordField;
