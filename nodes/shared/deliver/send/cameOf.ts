import type { IDataObject } from 'n8n-workflow';

import type { Exchange, Lost, NotSent, Reply } from '../../http/exchange';
import { proofOf } from '../../http/whatReplyProves';
import type { Write } from '../write';

/** What came of a request that must not arrive twice. */
export type Came =
	| { is: 'made'; rows: IDataObject[] }
	| { is: 'refused'; reply: Reply }
	/** Nothing was done, and it may be sent again. */
	| { is: 'turnedAway' }
	| { is: 'notConnected'; exchange: NotSent }
	/** Nobody knows. `mayGoOn`: the service may still be at work on it. */
	| { is: 'inDoubt'; exchange: Reply | Lost; mayGoOn?: true };

/**
 * What came of the request of an item: what the exchange proves (`whatReplyProves.ts`), and for a success what its body
 * says, as the record in it is the proof.
 */
export function cameOf(exchange: Exchange, write: Pick<Write, 'rows' | 'isRefusal'>): Came {
	if (exchange.kind === 'notSent') return { is: 'notConnected', exchange };
	const { shows, uncertain } = proofOf(exchange);
	if (exchange.kind === 'lost' || shows === 'unknown' || uncertain) return inDoubt(exchange);
	if (shows === 'didNotHappen') return { is: 'turnedAway' };
	if (shows === 'refused') return { is: 'refused', reply: exchange };
	const rows = write.rows(exchange.body);
	if (rows) return { is: 'made', rows };
	if (write.isRefusal?.(exchange.body)) return { is: 'refused', reply: exchange };
	/**
	 * @cause The service answered that it took the request, and in a form that nobody has documented.
	 * @cure Look in the service whether the record exists. Check the address in the credential.
	 */
	const unreadable = 'a reply of another form than documented';
	return inDoubt({ unreadable, ...exchange });
}

const inDoubt = (exchange: Reply | Lost): Came => ({
	is: 'inDoubt',
	exchange,
	mayGoOn: proofOf(exchange).mayGoOn,
});
