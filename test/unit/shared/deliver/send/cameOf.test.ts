import type { IDataObject } from 'n8n-workflow';

import type { Came } from '../../../../../nodes/shared/deliver/send/cameOf';
import { cameOf } from '../../../../../nodes/shared/deliver/send/cameOf';
import type { Exchange, Reply } from '../../../../../nodes/shared/http/exchange';

/** A service that answers with the ID of the record, or with a 2xx that says no. */
const write = {
	rows: (body: unknown) => ((body as IDataObject | undefined)?.id ? [body as IDataObject] : undefined),
	isRefusal: (body: unknown) => (body as IDataObject | undefined)?.no === true,
};

const replied = (status: number, more: Partial<Reply> = {}): Exchange => ({
	kind: 'replied',
	status,
	headers: {},
	...more,
});

describe('What came of a request', () => {
	it.each<[string, Exchange, Came['is']]>([
		['a success with the record', replied(201, { body: { id: 7 } }), 'made'],
		['a success without it', replied(200, { body: { fine: true } }), 'inDoubt'],
		['a success without a body', replied(204), 'inDoubt'],
		['a success that cannot be read', replied(200, { unreadable: 'HTML' }), 'inDoubt'],
		['a success that says no', replied(200, { body: { no: true } }), 'refused'],
		['a no', replied(400, { body: { id: 7 } }), 'refused'],
		['a page that moved, which some answer after they did it', replied(302), 'inDoubt'],
		['too many requests', replied(429), 'turnedAway'],
		['a failure of the service', replied(500), 'inDoubt'],
		['a gateway that gave up', replied(504), 'inDoubt'],
		['no reply', { kind: 'lost', because: 'it timed out', passing: true }, 'inDoubt'],
		['no connection', { kind: 'notSent', because: 'no route', passing: true }, 'notConnected'],
	])('%s: %j is %s', (_, exchange, is) => {
		expect(cameOf(exchange, write).is).toBe(is);
	});

	it.each<[string, Exchange, true | undefined]>([
		['a gateway that gave up', replied(504), true],
		['a failure of the service', replied(500), undefined],
		['no reply', { kind: 'lost', because: 'it timed out', passing: true }, true],
		['a success without the record', replied(200, { body: { fine: true } }), true],
		['a success that cannot be read', replied(200, { unreadable: 'HTML' }), true],
		['a success without a body', replied(204), undefined],
	])('%s: whether the service may still be at work on it', (_, exchange, mayGoOn) => {
		expect(cameOf(exchange, write)).toEqual(expect.objectContaining({ is: 'inDoubt', mayGoOn }));
	});
});
