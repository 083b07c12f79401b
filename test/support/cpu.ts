import { readFileSync } from 'node:fs';
import type { Program } from '../../demo/programs.ts';

/** Linux counts the time of processes in hundredths of a second. */
const TICK_MS = 10;

/** The CPU time of these programs so far, in ms: on a busy machine it says more than the clock. */
export function cpuMs(programs: Program[]): number {
	return programs.reduce((sum, { pid }) => {
		// The name, in brackets, may hold spaces; user and system time are the 12th and 13th field after it.
		const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
		return sum + (Number(fields[11]) + Number(fields[12])) * TICK_MS;
	}, 0);
}
