import { textOf } from '../json/text';
import type { Lost, NotSent } from './exchange';
import { Aborted } from './untilAbort';

/** Levels of causes that are looked at: n8n wraps the HTTP client's error, which wraps the system's. */
const DEEPEST_CAUSE = 6;

/** An error and its causes. */
function* causes(thrown: unknown): Generator<Record<string, unknown>> {
	let current = thrown;
	for (let depth = 0; depth < DEEPEST_CAUSE && typeof current === 'object' && current !== null; depth++) {
		yield current as Record<string, unknown>;
		current = (current as { cause?: unknown }).cause;
	}
}

/*
 * Codes of errors of Node.js and its TLS.
 */
const REFUSED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);
const NAME_UNKNOWN = new Set(['ENOTFOUND', 'EAI_AGAIN']);
/** The certificate is checked before a request is sent. */
const CERTIFICATE = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT)/;
/** Either the handshake failed or the reply was damaged on its way: the codes do not say which. */
const ENCRYPTION = /^(ERR_SSL_|EPROTO$)/;
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT']);

const notSent = (because: string, passing: boolean): NotSent => ({ kind: 'notSent', because, passing });
const lost = (because: string, passing: boolean): Lost => ({ kind: 'lost', because, passing });

/**
 * Whether a request that failed with an error may have reached the service. It counts as lost unless the error proves
 * that it never left.
 *
 * @param cancelled the execution was stopped
 */
export function readFailure(thrown: unknown, cancelled: boolean): NotSent | Lost {
	const chain = [...causes(thrown)];
	const codes = chain.map(({ code }) => textOf(code));
	const has = (known: Set<string>) => codes.some((code) => known.has(code));
	const connecting = chain.some(({ syscall }) => syscall === 'connect');
	/**
	 * @cause The name of the service's server cannot be resolved: there is no network, or _Base URL_ is mistyped.
	 * @cure Check both, then run it again. Nothing was sent.
	 */
	if (has(NAME_UNKNOWN)) return notSent("the service's address could not be looked up", true);
	/**
	 * @cause Nobody answers at the address of the service: there is no network, a firewall is in between, or _Base URL_
	 * is wrong.
	 * @cure Check these, then run it again. Nothing was sent.
	 */
	if (codes.includes('ECONNREFUSED') || (connecting && (has(REFUSED) || has(TIMED_OUT)))) {
		return notSent('no connection to the service could be made', true);
	}
	/**
	 * @cause The server shows a certificate that n8n does not trust, as behind a proxy of a company.
	 * @cure Check the address in the credential, or have the administrator of n8n add the certificate. Nothing was sent.
	 */
	if (codes.some((code) => CERTIFICATE.test(code))) {
		return notSent("the service's certificate could not be trusted", false);
	}
	/**
	 * @cause Somebody stopped the execution while a request was on its way.
	 * @cure Look whether the record exists before you run it again.
	 */
	if (cancelled) return lost('the execution was stopped while the request was under way', false);
	/**
	 * @cause The service took too long to answer: longer than the option _Timeout (Seconds)_ says, or than 30 seconds where there
	 * is no such option.
	 * @cure The words behind it say whether the record may exist. More time in _Timeout (Seconds)_ may help.
	 */
	if (thrown instanceof Aborted || has(TIMED_OUT)) {
		return lost('the service did not answer within the timeout', true);
	}
	/**
	 * @cause The connection ended before an answer came.
	 * @cure The words behind it say whether the record may exist. If it stays so, ask the administrator of the network.
	 */
	return codes.some((code) => ENCRYPTION.test(code))
		? lost('the encrypted connection failed before the service had answered', true)
		: lost('the connection broke before the service had answered', true);
}
