import type { IDataObject } from 'n8n-workflow';

/**
 * A value fit for the request, `undefined` when nothing was filled in, or what is wrong with it. A remark is shown
 * in a hint and stops nothing. Both complete "'Label' …", and neither repeats the value: it may be the renter's. `names`
 * are what people call the IDs of the value, by ID.
 */
export type Checked =
	{ value?: IDataObject[string]; remark?: string; names?: Record<string, string> } | { wrong: string };
