import type { WorkflowNode } from '../../../demo/example.ts';
import type { Emulator } from '../../../emulator/index.ts';

/** What is particular to a service, in the test that its own package gets: `support/tried.ts` of its folder. */
export interface Tried {
	system: 'propexo' | 'rentEngine';
	/** Fields of its credential beside those for the emulator. */
	credential?: Record<string, string>;
	/** Makes the delivery of the worked example one that the emulator knows the renter of. */
	prepareExample(emulator: Emulator): object;
	/** What a user fills in, by the name of the node. */
	filling: Record<string, object>;
	/** What the workflow of the example answers to the delivery, and to the same one again. */
	answers?: { first: object; again: object };
	trigger: { name: string; parameters: Record<string, unknown> };
	/** A node that records an event with these notes, whatever started it. */
	behind(notes: string): WorkflowNode;
	/** Makes the service deliver to the trigger. */
	happens(emulator: Emulator, webhook: string): Promise<unknown>;
}
