import { DRIVEN } from '../../support/service.ts';
import { useServices } from '../../support/services.ts';
import { accountOf } from '../../support/deliver/account.ts';
import type { Driven, Emulated } from '../../support/deliver/driven.ts';
import { faultFor, itemsOf } from '../../support/deliver/driven.ts';

/** Statuses of one kind, and what an item comes to that is answered with one of them. */
const ROWS: Array<[outcome: string, statuses: number[]]> = [
	['refused', [300, 301, 304, 307, 308, 400, 405, 410, 415, 425, 451]],
	['unknown', [302, 303, 408, 499, 501, 520, 599]],
	['created', [429]],
];

describe.each(DRIVEN)('$title', (driven: Driven) => {
	const services = useServices();
	let emulated: Emulated;
	beforeAll(() => {
		emulated = driven.emulated(services.emulator);
	});

	it.each(ROWS)('is %s when its request is answered with one of %j', async (outcome, statuses) => {
		const headers = { 'retry-after': '0', location: 'http://127.0.0.1:9/' };
		statuses.forEach((status, index) =>
			emulated.faults.add(faultFor(index, { status, headers, write: outcome === 'unknown' })),
		);
		const result = await driven.run(services, driven.parameters({}), {
			items: itemsOf(statuses.length),
			onError: 'continueRegularOutput',
		});
		const account = accountOf(driven, result, statuses.length);
		expect(account.outcomes).toEqual(statuses.map(() => outcome));
		const posts = emulated.ledger.requests.filter(({ method }) => method !== 'GET');
		expect(posts).toHaveLength(statuses.length * (outcome === 'created' ? 2 : 1));
	});
});
