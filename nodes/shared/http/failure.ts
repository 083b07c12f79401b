import { textOf } from '../json/text';
import type { Lost, NotSent } from './exchange';
import { Aborted } from '../process/untilAbort';

/** Levels of causes that are looked at: n8n wraps the HTTP client's error, which wraps the system's. */
const DEEPEST_CAUSE = 6;

/** What tells about an error. */
interface Thrown {
	name?: unknown;
	code?: unknown;
	syscall?: unknown;
	cause?: unknown;
	/** Node.js tries all addresses of a name, and gathers the errors of all of them. */
	errors: unknown[];
}

/** The parts of an error that tell what happened; undefined for anything else. */
function read(thrown: unknown, depth: number): Thrown | undefined {
	if (depth === DEEPEST_CAUSE || typeof thrown !== 'object' || thrown === null) return undefined;
	const { name, code, syscall, cause, errors } = thrown as Partial<Thrown>;
	return { name, code, syscall, cause, errors: Array.isArray(errors) ? errors : [] };
}

/** An error, its causes, and the errors that it gathers. */
function causes(thrown: unknown, depth = 0): Thrown[] {
	const one = read(thrown, depth);
	return one ? [one, ...[one.cause, ...one.errors].flatMap((other) => causes(other, depth + 1))] : [];
}

/** Whether no connection was made: of an error that gathers others, only if each of them says so. */
function isUnconnected(thrown: unknown, depth = 0): boolean {
	const one = read(thrown, depth);
	if (!one) return false;
	if (one.errors.length > 0) return one.errors.every((other) => isUnconnected(other, depth + 1));
	return one.syscall === 'connect' || one.code === 'ECONNREFUSED' || isUnconnected(one.cause, depth + 1);
}

/** n8n's own errors for addresses that it does not allow. They come before a connection is made. */
const BLOCKED_BY_N8N = new Set(['SsrfBlockedIpError', 'SsrfBlockedHostnameError']);

/*
 * Codes of errors of Node.js and its TLS.
 */
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
	const chain = causes(thrown);
	const codes = chain.map(({ code }) => textOf(code));
	const has = (known: Set<string>) => codes.some((code) => known.has(code));
	/**
	 * @cause n8n is set up to allow only some addresses (`N8N_SSRF_PROTECTION_ENABLED`), and that of the service is not among
	 * them.
	 * @cure Ask the administrator of n8n to allow it. Nothing was sent.
	 */
	if (chain.some(({ name }) => BLOCKED_BY_N8N.has(textOf(name)))) {
		return notSent("n8n does not allow the service's address; its administrator must allow it", false);
	}
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
	if (isUnconnected(thrown)) {
		return notSent('no connection to the service could be made', true);
	}
	/**
	 * @cause The server shows a certificate that n8n does not trust, as a company's proxy may.
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
	 * @cure The rest of the message says whether the record may exist. More time in _Timeout (Seconds)_ may help.
	 */
	if (thrown instanceof Aborted || has(TIMED_OUT)) {
		return lost('the service did not answer within the timeout', true);
	}
	/**
	 * @cause The connection ended before an answer came.
	 * @cure The rest of the message says whether the record may exist. If it goes on, ask the administrator of the network.
	 */
	return codes.some((code) => ENCRYPTION.test(code))
		? lost('the encrypted connection failed before the service had answered', true)
		: lost('the connection broke before the service had answered', true);
}
