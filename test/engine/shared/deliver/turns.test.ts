import { DRIVEN } from '../../support/service.ts';
import { useServices } from '../../support/services.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { itemAt, markOf } from '../../support/deliver/driven.ts';

/** Executions that start at once. */
const AT_ONCE = 40;
const LAST = AT_ONCE - 1;

describe.each(DRIVEN)('$title: many executions start at once', (driven: Driven) => {
	const services = useServices();

	it('one that is stopped before its request is sent sends nothing, and the others send all', async () => {
		const { ledger } = driven.emulated(services.emulator);
		const stop = new AbortController();
		const forget = ledger.listen(() => stop.abort());
		const runs = await Promise.all(
			Array.from({ length: AT_ONCE }, async (_, index) =>
				driven.run(services, driven.parameters({}), {
					items: [itemAt(index)],
					executionId: `turn ${index}`,
					...(index === LAST && { signal: stop.signal }),
				}),
			),
		);
		forget();
		expect(runs.map(({ status }) => status)).toEqual(
			runs.map((_, index) => (index === LAST ? 'canceled' : 'success')),
		);
		const sent = ledger.requests.map(({ body }) => JSON.stringify(body ?? ''));
		const times = runs.map((_, index) => sent.filter((body) => body.includes(markOf(index))).length);
		expect(times).toEqual(runs.map((_, index) => (index === LAST ? 0 : 1)));
	});
});
