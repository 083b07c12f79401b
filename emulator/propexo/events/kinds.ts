import { APPLICANT_EVENTS } from './applicants.ts';
import type { EventKind } from './kind.ts';
import { LEAD_EVENTS } from './leads.ts';
import { RESIDENT_EVENTS } from './residents.ts';

/** Every kind of event that can be written. One more is a file like `leads.ts` and an entry here. */
export const EVENT_KINDS: readonly EventKind[] = [LEAD_EVENTS, APPLICANT_EVENTS, RESIDENT_EVENTS];
