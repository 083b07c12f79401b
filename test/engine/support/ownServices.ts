import { AsyncLocalStorage } from 'node:async_hooks';

import { withToken } from './deliver/pool.ts';
import type { Services, ServicesOptions } from './services.ts';
import { createServices } from './services.ts';

let tests = 0;

/** What a test has for itself. */
interface Own {
	/** No other test of the worker has it. */
	number: number;
	services?: Services;
}

/** As `it`: the test runs at the same time as the others. */
interface TestAtOnce {
	(name: string, work: () => Promise<void>): void;
	each: jest.Each;
}

/**
 * Services for tests that mostly wait: those of one `describe` run at the same time, which saves minutes. Each has its own
 * database and its own emulator, at an address and with tokens that are new to the nodes.
 *
 * @param options as of `useNewServices`
 * @param before what to do before each test
 */
export function useOwnServices(options: ServicesOptions = {}, before?: () => void) {
	const current = new AsyncLocalStorage<Own>();
	const own = (): Own => {
		const known = current.getStore();
		if (!known)
			throw new Error(
				'Services of their own have those tests alone that are declared with `test`, not `it`',
			);
		return known;
	};
	const alone = async (work: () => Promise<void>): Promise<void> => {
		const number = ++tests;
		const token = withToken(`own-${process.pid}-${number}`);
		// What listens to the emulator belongs to the test, too.
		await current.run({ number }, async () => {
			const services = await createServices({ ...token, ...options });
			own().services = services;
			try {
				before?.();
				await work();
			} finally {
				await services.emulator.close();
			}
		});
	};
	const test = ((name, work) => it.concurrent(name, async () => await alone(work))) as TestAtOnce;
	test.each = ((...rows: [readonly unknown[]]) =>
		(name: string, work: (...row: unknown[]) => Promise<void>) =>
			it.concurrent.each(...rows)(
				name,
				async (...row: unknown[]) => await alone(async () => await work(...row)),
			)) as unknown as jest.Each;
	return {
		test,
		/** Those of the test that asks. */
		services: new Proxy({} as Services, {
			get: (_, name) => Reflect.get(own().services ?? {}, name) as unknown,
		}),
		/** A number that is the test's own, e.g. for a key. */
		ownNumber: () => own().number,
	};
}
