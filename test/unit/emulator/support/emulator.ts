import { startEmulator, type Emulator, type EmulatorOptions } from '../../../../emulator/index.ts';

/**
 * An emulator for the tests of a file or of a `describe`; each finds it as it was at first.
 *
 * @returns filled in before the first test
 */
export function useEmulator(options: EmulatorOptions = {}): Emulator {
	const emulator = {} as Emulator;
	beforeAll(async () => void Object.assign(emulator, await startEmulator(options)));
	beforeEach(() => emulator.reset());
	afterAll(async () => await emulator.close());
	return emulator;
}
