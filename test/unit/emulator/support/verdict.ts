import type { Judge } from './vendorSpec.ts';

/** A judge's verdict that says in a failed test what was wrong. */
export const verdict = (judge: Judge, value: unknown): unknown =>
	judge(value) ? 'valid' : (judge.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
