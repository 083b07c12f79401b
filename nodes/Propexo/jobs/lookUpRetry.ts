import type { LookedUp, LookUpTools } from '../../shared/deliver/write';
import type { ServiceRequest } from '../../shared/http/service';
import { contradicts } from '../../shared/find/contradicts';
import { holdsAll } from '../../shared/json/compare';
import type { LogRow } from './writeLog';
import { lookFor, rangeSince, throughLog } from './writeLog';

/** The ID at the end of a path. */
const idIn = ({ path }: ServiceRequest): string => decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));

/** Looks for a retry: another job with exactly the parameters of the job that was to be retried. */
export async function lookUpRetry(
	tools: LookUpTools,
	request: ServiceRequest,
	since: number,
): Promise<LookedUp> {
	if (rangeSince(since) === undefined) return 'undecided';
	// The write that failed may be much older than the retry.
	const range = 'month';
	let wanted: Record<string, unknown> | undefined;
	const isFirst = ({ jobId }: LogRow) => jobId === idIn(request);
	await throughLog(tools, range, since, {}, (row) => {
		if (isFirst(row)) wanted = row.parameters;
		return isFirst(row);
	});
	if (!wanted) return 'undecided';
	const first = wanted;
	return await lookFor(tools, {
		range,
		since,
		likeness: (row) => {
			if (isFirst(row)) return 'other';
			if (row.parameters === undefined) return 'perhaps';
			if (contradicts(row.parameters, first)) return 'other';
			return holdsAll(row.parameters, first) && holdsAll(first, row.parameters) ? 'same' : 'perhaps';
		},
		found: ({ jobId }) => ({ job_id: jobId }),
	});
}
