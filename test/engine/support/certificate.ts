import { generateKeyPairSync, sign } from 'node:crypto';

/* X.509 certificates for servers of a test, in DER (RFC 5280): a sequence of tagged values, each with its length. */

function value(tag: number, ...contents: Buffer[]): Buffer {
	const content = Buffer.concat(contents);
	const { length } = content;
	const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => value(0x30, ...parts);
const set = (...parts: Buffer[]): Buffer => value(0x31, ...parts);
const oid = (hex: string): Buffer => value(0x06, Buffer.from(hex, 'hex'));
const integer = (number: number): Buffer => value(0x02, Buffer.from([number]));
const bits = (content: Buffer): Buffer => value(0x03, Buffer.from([0]), content);
const octets = (content: Buffer): Buffer => value(0x04, content);
const text = (content: string): Buffer => value(0x0c, Buffer.from(content));
/** `YYMMDDHHMMSSZ` */
const time = (at: Date): Buffer =>
	value(0x17, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(2, 14)}Z`));

const ECDSA_WITH_SHA256 = sequence(oid('2a8648ce3d040302'));
const nameOf = (common: string): Buffer => sequence(set(sequence(oid('550403'), text(common))));
const subjectAltName = (host: string): Buffer =>
	sequence(oid('551d11'), octets(sequence(value(0x82, Buffer.from(host)))));

/** A certificate with its private key, as text. */
export interface Certificate {
	cert: string;
	key: string;
}

interface Wanted {
	host?: string;
	from?: Date;
	until?: Date;
	/** Whose key signs it; left out, its own. */
	issuer?: Certificate;
}

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

/** Makes a certificate for a server. */
export function certificate({
	host = 'localhost',
	from = inDays(-2),
	until = inDays(2),
	issuer,
}: Wanted = {}): Certificate {
	const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const told = sequence(
		value(0xa0, integer(2)),
		integer(1),
		ECDSA_WITH_SHA256,
		nameOf(issuer ? 'The issuer' : host),
		sequence(time(from), time(until)),
		nameOf(host),
		publicKey.export({ type: 'spki', format: 'der' }),
		value(0xa3, sequence(subjectAltName(host))),
	);
	const signature = sign('sha256', told, issuer?.key ?? privateKey);
	const base64 = sequence(told, ECDSA_WITH_SHA256, bits(signature)).toString('base64');
	const lines = base64.match(/.{1,64}/g) ?? [];
	return {
		cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
		key: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
	};
}
