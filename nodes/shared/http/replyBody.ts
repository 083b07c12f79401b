import { DEEPEST_READ, isDeeperThan } from '../json/objects';
import type { Reply } from './exchange';
import { Aborted, untilAbort } from '../process/untilAbort';

/** The largest reply that is read, in bytes; a page of 250 records stays far below it. */
const MAX_REPLY_BYTES = 5_000_000;

/** The part of a Node.js stream that is used. */
export interface ReplyStream {
	readonly destroyed: boolean;
	readonly readableEnded: boolean;
	on(event: 'data', take: (chunk: Uint8Array) => void): unknown;
	once(event: 'end' | 'close', act: () => void): unknown;
	on(event: 'error', act: (cause: Error) => void): unknown;
	resume(): unknown;
	destroy(): void;
}

/** A body as JSON, or why it could not be read, to complete "answered HTTP 200 with …". */
type Body = Pick<Reply, 'body' | 'unreadable'>;

/** A reply is larger than `MAX_REPLY_BYTES`. */
class TooLarge extends Error {}

/**
 * Reads a body: no more of it than `MAX_REPLY_BYTES`, and not after the deadline. Never throws.
 *
 * @cause The service's answer was too large, did not end in time, or broke off. It completes "answered HTTP 200 with …".
 * @cure Run it again later. The rest of the message says whether the record may exist.
 */
export async function readBody(stream: ReplyStream, deadline: AbortSignal): Promise<Body> {
	try {
		const bytes = await untilAbort(wholeOf(stream), deadline);
		return parse(bytes.toString('utf8'));
	} catch (cause) {
		if (cause instanceof TooLarge) return { unreadable: 'a reply larger than 5 MB' };
		return {
			unreadable:
				cause instanceof Aborted
					? 'a reply that did not end within the timeout'
					: 'a reply that broke off in the middle',
		};
	} finally {
		stream.destroy();
	}
}

/** Reads a stream to its end. With events: `for await` takes several times as long for the one chunk of most replies. */
async function wholeOf(stream: ReplyStream): Promise<Buffer> {
	if (stream.destroyed) throw new Error('closed before it was read');
	const chunks: Uint8Array[] = [];
	let size = 0;
	await new Promise<void>((resolve, reject) => {
		stream.on('data', (chunk: Uint8Array) => {
			size += chunk.length;
			if (size > MAX_REPLY_BYTES) reject(new TooLarge());
			else chunks.push(chunk);
		});
		stream.once('end', resolve);
		// It stays: an error that comes later must not end the process.
		stream.on('error', reject);
		stream.once('close', () => {
			if (!stream.readableEnded) reject(new Error('closed before its end'));
		});
		stream.resume();
	});
	return Buffer.concat(chunks);
}

/**
 * @cause The service's answer is something other than data, such as that of a proxy or a wrong address. It completes "answered
 * HTTP 200 with …".
 * @cure Check the address in the credential. The rest of the message says whether the record may exist.
 */
function parse(text: string): Body {
	if (text.trim() === '') return { unreadable: 'an empty reply' };
	try {
		const body: unknown = JSON.parse(text);
		if (isDeeperThan(body, DEEPEST_READ))
			return {
				unreadable: `data that cannot come from this service (more than ${DEEPEST_READ} lists within lists)`,
			};
		return { body };
	} catch {
		const isPage = text.trimStart().startsWith('<');
		return { unreadable: isPage ? 'a web page instead of data' : 'a reply that is not JSON' };
	}
}
