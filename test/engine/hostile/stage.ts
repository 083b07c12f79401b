import type { Services } from '../support/services.ts';
import { createServices } from '../support/services.ts';
import { startCanary } from './canary.ts';

/** What the tests of hostile input stand on; there from the first test on. */
export interface Stage {
	services: Services;
	/** Nobody may talk to it. */
	canary: Awaited<ReturnType<typeof startCanary>>;
}

/** Sets a stage for the tests of the file, with an empty ledger for each. */
export function useStage(): Stage {
	const stage = {} as Stage;
	beforeAll(async () => {
		stage.canary = await startCanary();
		stage.services = await createServices();
	});
	afterAll(async () => {
		await stage.services.emulator.close();
		await stage.canary.close();
	});
	beforeEach(() => stage.services.emulator.reset());
	return stage;
}
