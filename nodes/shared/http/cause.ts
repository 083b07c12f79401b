import type { Failure } from 'n8n-workflow';

import { proofOfStatus } from './whatReplyProves';

/*
 * Why something failed, as n8n reads it from an error (its `failure`, in n8n 2.41 and newer).
 *
 * An item whose outcome is unknown declares none: "temporarily unavailable" could be read as leave to send it again.
 */

export const UNAVAILABLE: Failure = { cause: 'temporarily-unavailable' };
export const CREDENTIAL_INVALID: Failure = { cause: 'credential-invalid' };
/** What the node names is not there, or may not be used. */
export const CONFIGURATION_INVALID: Failure = { cause: 'configuration-invalid' };

/** Whether a status says that it is the service's fault, or too soon: no value can be corrected. */
export const isPassing = (status: number): boolean => proofOfStatus(status).passing === true;

/** The cause behind the status of a refusal; none where a value of the item is wrong, which n8n has no cause for. */
export function causeOf(status: number): Failure | undefined {
	if (status === 401) return CREDENTIAL_INVALID;
	if (status === 429) return { cause: 'rate-limited' };
	if (isPassing(status)) return UNAVAILABLE;
	return status < 400 || [403, 404, 405].includes(status) ? CONFIGURATION_INVALID : undefined;
}
