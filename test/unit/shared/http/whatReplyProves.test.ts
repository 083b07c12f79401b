import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { becauseOf, proofOf, replyIfDone } from '../../../../nodes/shared/http/whatReplyProves';
import type { Exchange } from '../../../../nodes/shared/http/exchange';
import type { Service } from '../../../../nodes/shared/http/service';

const replied = (status: number, unreadable?: string): Exchange => ({
	kind: 'replied',
	status,
	headers: {},
	...(unreadable === undefined ? { body: { id: 1 } } : { unreadable }),
});
const lost = (passing: boolean): Exchange => ({ kind: 'lost', because: 'the connection broke', passing });
const notSent = (passing: boolean): Exchange => ({ kind: 'notSent', because: 'no connection', passing });

describe('a reply with the status', () => {
	it.each([
		[[200, 201, 202, 204, 206, 299], 'done'],
		[[300, 301, 302, 304, 305, 307, 308, 399], 'refused'],
		[[400, 401, 403, 404, 405, 409, 410, 413, 415, 418, 422, 425, 426, 428, 431, 451, 498], 'refused'],
		[[429], 'didNotHappen'],
		[[100, 103, 199, 303, 408, 499, 500, 501, 502, 503, 504, 520, 524, 599, 600, 999], 'unknown'],
	])('%j shows: %s', (statuses, shows) => {
		for (const status of statuses)
			expect([status, proofOf(replied(status)).shows]).toEqual([status, shows]);
	});

	it('302 is a no that is not certain', () => {
		expect(proofOf(replied(302))).toMatchObject({ shows: 'refused', uncertain: true });
	});

	it.each([300, 301, 304, 307, 308, 399, 400, 401, 403, 404, 409, 413, 422, 425])(
		'%i is a certain no',
		(status) => {
			expect(proofOf(replied(status)).uncertain).toBeUndefined();
		},
	);

	it.each([408, 425, 429, 500, 502, 503, 504])('%i may be another one soon', (status) => {
		expect(proofOf(replied(status)).passing).toBe(true);
	});

	it.each([408, 499, 502, 503, 504, 520, 524, 599])(
		'%i may come while the service is still at work',
		(status) => {
			expect(proofOf(replied(status)).mayGoOn).toBe(true);
		},
	);

	it.each([200, 302, 303, 400, 429, 500])('%i comes when the service has ended its work', (status) => {
		expect(proofOf(replied(status)).mayGoOn).toBeUndefined();
	});

	it.each([200, 303, 400, 404, 499])('%i stays what it is', (status) => {
		expect(proofOf(replied(status)).passing).toBeUndefined();
	});

	it('any other has a row too', () => {
		for (let status = 0; status < 1_000; status++)
			expect(['done', 'refused', 'didNotHappen', 'unknown']).toContain(proofOf(replied(status)).shows);
	});

	it('has a row with a reason and a source above it', () => {
		const code = readFileSync(
			join(__dirname, '../../../../nodes/shared/http/whatReplyProves.ts'),
			'utf8',
		);
		const rows = code.match(/^.*\{ shows: '.*$/gm);
		const explained = code.match(
			/[a-z](?: |\n\t\/\/ )\([^()]*\w{3}[^()]*\)\.(\n \*\/| \*\/)?\n.*\{ shows: '.*$/gm,
		);
		expect(rows?.length).toBeGreaterThan(12);
		expect(explained).toHaveLength(rows?.length ?? 0);
	});
});

describe('a reply that cannot be read', () => {
	it('shows nothing when it is a success', () => {
		expect(proofOf(replied(200, 'a web page instead of data')).shows).toBe('unknown');
		expect(replyIfDone(replied(200, 'an empty reply'))).toBeUndefined();
	});

	it.each([204, 205])('is a success all the same when it never has a body: %i', (status) => {
		expect(proofOf(replied(status, 'an empty reply')).shows).toBe('done');
	});

	it.each([
		[404, 'refused'],
		[429, 'didNotHappen'],
		[502, 'unknown'],
	])('shows by its status %i alone: %s', (status, shows) => {
		expect(proofOf(replied(status, 'a web page instead of data')).shows).toBe(shows);
	});
});

describe('without a reply', () => {
	it.each([true, false])('a request that never left did not happen (may pass: %s)', (passing) => {
		const proof = proofOf(notSent(passing));
		expect([proof.shows, proof.passing ?? false]).toEqual(['didNotHappen', passing]);
	});

	it.each([true, false])('one that was lost may have happened (may pass: %s)', (passing) => {
		const proof = proofOf(lost(passing));
		expect([proof.shows, proof.passing ?? false, proof.mayGoOn]).toEqual(['unknown', passing, true]);
	});
});

describe('the words about an exchange', () => {
	const service = { name: 'Acme' } as Service;

	it.each([
		[replied(502, 'a web page instead of data'), 'Acme answered HTTP 502'],
		[
			replied(200, 'a web page instead of data'),
			'Acme answered HTTP 200 with a web page instead of data',
		],
		[lost(true), 'the connection broke'],
		[notSent(true), 'no connection'],
	])('%j: %s', (exchange, words) => expect(becauseOf(service, exchange)).toBe(words));
});
