import { setTimeout as sleep } from 'node:timers/promises';

/** People answer from a browser; n8n takes other programs for those that only look what a link is. */
const BROWSER =
	'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';

/** Waits until there is something. */
export async function soon<T>(look: () => T | undefined): Promise<T> {
	for (const giveUp = Date.now() + 30_000; ; await sleep(50)) {
		const found = look();
		if (found !== undefined) return found;
		if (Date.now() > giveUp) throw new Error(`Waited in vain: ${look.toString()}`);
	}
}

/**
 * Clicks one of the two buttons in a mail of n8n's review.
 *
 * @param n8n its address: the mail has that of the outside
 * @returns the mail
 */
export async function clickIn(mail: string, approved: boolean, n8n: string): Promise<string> {
	const links = [...mail.matchAll(/href="([^"]+)"/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
	const link = links.find((one) => one.includes(`approved=${approved}`)) ?? '';
	const { pathname, search } = new URL(link);
	// The execution waits a moment after its mail went out.
	for (let attempt = 0; ; attempt++) {
		const { status } = await fetch(`${n8n}${pathname}${search}`, { headers: { 'user-agent': BROWSER } });
		if (status === 200) return mail;
		if (attempt > 50) throw new Error(`n8n answered the click with ${status}`);
		await sleep(100);
	}
}
