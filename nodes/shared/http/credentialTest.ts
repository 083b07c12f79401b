import type { ICredentialTestRequest, IHttpRequestMethods } from 'n8n-workflow';

import { OWN_HOST } from './addresses';

/*
 * What the test of a credential asks and says. It is made of expressions, which n8n evaluates with the credential.
 */

/**
 * The address of a test that is to send nothing. Nothing can be posted to a `data:` address, so n8n answers the request itself,
 * with `NOTHING_SENT`, for which the credential has its own words.
 */
export const NOWHERE = 'data:,';
export const NOTHING_SENT = 405;

/**
 * The address and the method of a credential's `test` request.
 *
 * @param address an expression that gives the base URL, or `NOWHERE`
 */
export const testedAt = (address: string): { baseURL: string; method: IHttpRequestMethods } => ({
	baseURL: `={{ ${address} }}`,
	method: `={{ (${address}) === '${NOWHERE}' ? 'POST' : 'GET' }}` as IHttpRequestMethods,
});

const TYPED = '$credentials.baseUrl';
const ALLOWED = String.raw`/^\s*(https:\/\/[^@\/\s]+|http:\/\/${OWN_HOST}(:\d+)?)(\/|\s*$)/i`;

/**
 * The base URL of a credential, as an expression for its `test` request. An address that `checkedBaseUrl` refuses becomes
 * `NOWHERE`, so that no token is sent to it.
 */
export const TESTABLE_ADDRESS = `(${ALLOWED}.test(${TYPED}) ? ${TYPED}.trim().replace(/\\/+$/, '') : '${NOWHERE}')`;

/** What the test of a credential says when the service refuses it, by the status of the reply. */
export const refusals = (messages: Record<number, string>): ICredentialTestRequest['rules'] =>
	Object.entries(messages).map(([status, message]) => ({
		type: 'responseCode',
		properties: { value: Number(status), message },
	}));
