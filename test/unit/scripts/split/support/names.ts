import type { Part } from '../../../../../scripts/split/parts.ts';

/** Whether a text or a path speaks of a service. */
export const names = (text: string, { service }: Part): boolean =>
	text.toLowerCase().includes(service.toLowerCase());
