/**
 * Calls `end` once npm is gone, if npm runs this process. When npm is told to end, it ends the shell between itself and
 * this process, which gets no signal.
 */
export function whenNpmEnds(end: () => void): void {
	if (process.env['npm_lifecycle_event'] === undefined) return;
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid === parent) return;
		clearInterval(timer);
		end();
	}, 500);
	timer.unref();
}
