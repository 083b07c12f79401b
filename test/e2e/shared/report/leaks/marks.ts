/*
 * A token and a renter that are known again wherever they turn up, and a service that quotes both in what it refuses,
 * as services do.
 */

export const TOKEN = 'tok-MARKEDSECRET7731';

export const RENTER = {
	name: 'Zaphodine Markedperson',
	phone: '+15550427731',
	email: 'marked.person7731@example.com',
	/** An ID that tells who it is, as those of some systems do. */
	id: 'zaphodine-markedperson-7731',
};

export const NOTES = `${RENTER.name} of ${RENTER.phone} asked by ${RENTER.email}`;

/** Parts of the renter's data, for what is cut, re-cased or re-spaced on the way. */
const PERSONAL = [/zaphodine/i, /markedperson/i, /5550427731/, /marked\.person7731/i];

/** Which parts of the renter's data are in a text. */
export const personalIn = (text: string): string[] => PERSONAL.filter((mark) => mark.test(text)).map(String);

/**
 * What a service says of a request that it refuses, in the forms of all services.
 *
 * @param sent what the request held
 */
export function quoted(sent: string[]): object {
	const message = `The value ${sent.join(' of ')} (sent with Bearer ${TOKEN}) is not allowed`;
	return {
		error: {
			code: 'bad',
			message,
			details: { details: { issues: [{ path: ['notes'], message }] } },
		},
		details: [{ dataPath: '.events[0].notes', message, params: {} }],
		message,
	};
}

/** The forms in which a text may have been written down: as it is, or in a common encoding, at any place of a text. */
export function formsOf(mark: string): string[] {
	const inBase64 = [0, 1, 2].map((offset) => {
		const encoded = Buffer.from(`${'x'.repeat(offset)}${mark}`).toString('base64');
		// What stands before and after has a part in the first and last characters.
		return encoded.slice(offset === 0 ? 0 : 4, -4);
	});
	return [mark, encodeURIComponent(mark), Buffer.from(mark).toString('hex'), ...inBase64];
}
