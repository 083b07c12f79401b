import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { textOf } from '../../shared/json/text';
import { BoundedMap } from '../../shared/process/boundedMap';
import { nodeIdOf } from '../../shared/process/nodeId';
import { steadyNow } from '../../shared/process/steadyNow';
import { rentEngine } from '../api';

/** The secret of the credential; '' when there is none. */
export async function secretOf(ctx: IHookFunctions | IWebhookFunctions): Promise<string> {
	const { webhookSecret } = await ctx.getCredentials(rentEngine.credential);
	return textOf(webhookSecret).trim();
}

/** How long the secret is remembered, in ms: n8n reads the credential from its database, and webhooks come in bursts. */
const SECRET_KEPT_MS = 1_000;
/** How many triggers' secrets are remembered at a time. More are hardly published in one n8n. */
const MOST_SECRETS = 1_000;

/** The secret, or why n8n could not read it. */
type ReadSecret = { secret: string } | { failed: Error };

const secrets = new BoundedMap<{ read: Promise<ReadSecret>; until: number }>({
	most: MOST_SECRETS,
	isOver: ({ until }) => until <= steadyNow(),
});

/** The secret with which a webhook is checked; '' when there is none. A failure is not remembered. */
export async function currentSecretOf(ctx: IWebhookFunctions): Promise<ReadSecret> {
	const node = nodeIdOf(ctx);
	const { read } = secrets.getOrAdd(node, () => ({
		read: secretOf(ctx).then(
			(secret) => ({ secret }),
			(failed: Error) => ({ failed }),
		),
		until: steadyNow() + SECRET_KEPT_MS,
	}));
	if ('failed' in (await read)) secrets.delete(node);
	return await read;
}

/** The key with which two texts are hashed before they are compared. Each process makes its own. */
const COMPARISON_KEY = randomBytes(32);

/**
 * Whether a header holds a shared secret. Compared in constant time, whatever the two lengths; never throws.
 *
 * @param secret without one nothing matches
 */
export function isSecret(secret: string, given: unknown): boolean {
	if (secret === '' || typeof given !== 'string') return false;
	const hash = (text: string) => createHmac('sha256', COMPARISON_KEY).update(text).digest();
	return timingSafeEqual(hash(secret), hash(given));
}
