import type { Case } from './case.ts';
import { finding } from './finding.ts';
import { bulk, realMinute, webhooks, workers } from './limited.ts';
import { listing } from './listing.ts';
import { latency, volume } from './open.ts';

export const CASES: Case[] = [bulk, latency, volume, webhooks, workers, listing, realMinute, finding];
