import type { PropexoSettings } from '../../types.ts';
import type { Write } from './jobs.ts';

/** How long after the end of its job a record can be read, in ms: a new lead of some PMSs only with the next sync. */
export const syncMsOf = ({ leadSyncMs }: PropexoSettings, { creates, updates, vendor }: Write): number =>
	creates === 'lead' && updates === undefined ? (leadSyncMs[vendor] ?? 0) : 0;
