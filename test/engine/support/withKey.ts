import type { IDataObject } from 'n8n-workflow';

/** Options of a write as its parameters hold them: the ID of the event is a field beside them. */
export function withKey(given: object): IDataObject {
	const { deduplicationKey, ...options } = given as IDataObject;
	return { ...(deduplicationKey !== undefined && { deduplicationKey }), options };
}
