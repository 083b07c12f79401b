/** Where progress is shown; process.stdout is one. */
export interface Screen {
	write(text: string): unknown;
	isTTY?: boolean;
	columns?: number;
}

/** Shows long steps while they run. */
export interface Progress {
	/**
	 * Runs `task` and shows how long it takes: on a terminal in place, else a line about every ten seconds.
	 * @param label what is being done, e.g. "Installing n8n"
	 * @param done what to show of the result, beside the label
	 */
	step<T>(label: string, task: () => Promise<T>, done?: (result: T) => string): Promise<T>;
}

/** No progress shown: for tests. */
export const silent: Progress = { step: (_label, task) => task() };

const CLEAR_LINE = '\r\u001b[2K';
const LINE_EVERY_S = 10;

/** Shows progress on a screen. */
export function createProgress(screen: Screen): Progress {
	const inPlace = screen.isTTY === true;
	const fit = (line: string): string => line.slice(0, Math.max(20, (screen.columns ?? 80) - 1));
	return {
		async step(label, task, done) {
			const begun = Date.now();
			const seconds = (): number => Math.round((Date.now() - begun) / 1_000);
			const show = (): void => {
				if (inPlace) screen.write(CLEAR_LINE + fit(`… ${label}  ${seconds()} s`));
				else screen.write(`… ${label}  ${seconds()} s\n`);
			};
			if (inPlace) show();
			const timer = setInterval(show, inPlace ? 1_000 : LINE_EVERY_S * 1_000);
			try {
				const result = await task();
				const about = done?.(result);
				const line = `✓ ${label}${about ? `: ${about}` : ''}  ${seconds()} s`;
				screen.write(`${inPlace ? CLEAR_LINE : ''}${line}\n`);
				return result;
			} catch (error) {
				screen.write(`${inPlace ? CLEAR_LINE : ''}✗ ${label}  ${seconds()} s\n`);
				throw error;
			} finally {
				clearInterval(timer);
			}
		},
	};
}
