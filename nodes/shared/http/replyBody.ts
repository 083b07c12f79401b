import { DEEPEST_READ, isDeeperThan } from '../json/depth';
import type { Reply } from './exchange';
import { Aborted, untilAbort } from './untilAbort';

/** The largest reply that is read, in bytes; a page of 250 records stays far below it. */
export const MAX_REPLY_BYTES = 5_000_000;

/** The part of a Node.js stream that is used. */
export interface ReplyStream extends AsyncIterable<Uint8Array> {
	destroy(): void;
}

/** A body as JSON, or why it could not be read, to complete "answered HTTP 200 with …". */
type Body = Pick<Reply, 'body' | 'unreadable'>;

/**
 * Reads a body: no more of it than `MAX_REPLY_BYTES`, and not after the deadline. Never throws.
 *
 * @cause The service's answer was too large, or did not end in time. It completes "answered HTTP 200 with …".
 * @cure Run it again later. The words behind it say whether the record may exist.
 */
export async function readBody(stream: ReplyStream, deadline: AbortSignal): Promise<Body> {
	const chunks: Uint8Array[] = [];
	let size = 0;
	const read = async () => {
		for await (const chunk of stream) {
			size += chunk.length;
			if (size > MAX_REPLY_BYTES) return { unreadable: 'a reply larger than 5 MB' };
			chunks.push(chunk);
		}
		return parse(Buffer.concat(chunks).toString('utf8'));
	};
	try {
		return await untilAbort(read(), deadline);
	} catch (cause) {
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

/**
 * @cause The service's answer is something else than data, as of a proxy or a wrong address. It completes "answered
 * HTTP 200 with …".
 * @cure Check the address in the credential. The words behind it say whether the record may exist.
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
