import type { RateSettings } from '../types.ts';

/** The window of a token after one more request. */
export interface RateVerdict {
	allowed: boolean;
	/** Requests counted in this window, this one included. */
	used: number;
	/** Requests left in this window. */
	remaining: number;
	/** Time until the window ends, in ms. */
	resetMs: number;
}

interface Window {
	start: number;
	used: number;
}

/** Fixed windows, one per token. A window starts with its first request. Refused requests do not count. */
export class RateWindows {
	private readonly windows = new Map<string, Window>();

	/**
	 * Counts one request.
	 * @param token whose window
	 * @param now epoch ms
	 * @param limit requests allowed in a window
	 * @param windowMs length of a window
	 */
	take(token: string, now: number, limit: number, windowMs: number): RateVerdict {
		let window = this.windows.get(token);
		if (!window || now - window.start >= windowMs) {
			window = { start: now, used: 0 };
			this.windows.set(token, window);
		}
		const allowed = window.used < limit;
		if (allowed) window.used++;
		return {
			allowed,
			used: window.used,
			remaining: Math.max(0, limit - window.used),
			resetMs: Math.max(0, window.start + windowMs - now),
		};
	}

	/** Forgets all windows. */
	clear(): void {
		this.windows.clear();
	}
}

/** The headers that say when a token may send again, if the settings ask for them. */
export const untilReset = (
	{ allowed, resetMs }: RateVerdict,
	settings: Pick<RateSettings, 'resetHeader' | 'retryAfter'>,
): Record<string, string> => ({
	...(settings.resetHeader && { 'x-ratelimit-reset-after': String(resetMs / 1_000) }),
	...(settings.retryAfter && !allowed && { 'retry-after': String(Math.ceil(resetMs / 1_000)) }),
});
