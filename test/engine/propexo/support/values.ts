import type { IDataObject } from 'n8n-workflow';

import { useServices } from '../../support/services.ts';
import { leadEvent } from './run.ts';

/** The services, and *Lead Event: Create* on one item with a value that is right or wrong. */
export function useValues() {
	const services = useServices({
		timing: { rate: { requests: 100_000 } },
	});
	const created = () => services.emulator.propexo.ledger.created.map(({ body }) => body as IDataObject);
	return {
		services,
		created,
		requests: () => services.emulator.propexo.ledger.requests.length,
		/** Runs the node on one item; gives what was sent, or what the item was refused with. */
		outcome: async (parameters: IDataObject, item: IDataObject = {}): Promise<IDataObject | string> => {
			services.emulator.reset();
			const { thrown, hints } = await leadEvent(services, parameters, { items: [item] });
			if (thrown) {
				expect(created()).toEqual([]);
				return thrown.message;
			}
			return { ...created()[0], hints: hints.map(({ message }) => message) };
		},
	};
}
