import type { IDataObject } from 'n8n-workflow';

/** A value fit for the request, `undefined` when nothing was filled in, or what is wrong with it. */
export type Checked = { value?: IDataObject[string] } | { wrong: string };
