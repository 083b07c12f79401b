import type { ICredentialTestRequest } from 'n8n-workflow';

/** What the test of a credential says when the service refuses it, by the status of the reply. */
export const refusals = (messages: Record<number, string>): ICredentialTestRequest['rules'] =>
	Object.entries(messages).map(([status, message]) => ({
		type: 'responseCode',
		properties: { value: Number(status), message },
	}));
