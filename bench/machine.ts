import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
	cpu: string;
	cores: number;
	memoryGb: number;
	node: string;
	system: string;
	/** The load: how many processes needed a core in the minute before. */
	load: string;
}

/** The machine that the bench runs on, with its load now. */
export function thisMachine(): Machine {
	const model = cpus()[0]?.model.trim() ?? '';
	return {
		cpu: model === '' ? 'unknown processor' : model,
		cores: availableParallelism(),
		memoryGb: Math.round(totalmem() / 1_073_741_824),
		node: process.versions.node,
		system: `${type()} ${release().split('-')[0] ?? ''}`,
		load: (loadavg()[0] ?? 0).toFixed(1),
	};
}
