import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { isObject } from '../../shared/json/objects';
import { BoundedMap } from '../../shared/process/boundedMap';
import { nodeIdOf } from '../../shared/process/nodeId';

/** The test URL and the production URL are registered separately. */
type Kind = 'production' | 'test';

/** A registration of a webhook that this node made in Propexo. */
export interface Registration {
	/** Propexo's ID of it; '' as long as it is in doubt whether it was registered. */
	id: string;
	url: string;
	/** The secret with which Propexo signs its deliveries. */
	secret: string;
	/** When it was made, in epoch ms by the machine's clock. */
	madeAt: number;
	/** A request for it was in doubt, so that Propexo may have more than one with its secret, or none. */
	doubted: boolean;
}

/** How many registrations this process remembers: n8n stores each within seconds, so the latest ones matter. */
const MOST_MADE = 1_000;

type Context = IHookFunctions | IWebhookFunctions;

/*
 * n8n saves a node's static data only after its trigger is switched on (older versions: after all triggers of the
 * workflow are), and a webhook under way may write an old copy back. So this process also remembers what it registered
 * itself: a delivery that comes at once finds its secret, and n8n's tidying up after a failure finds the registration.
 */
const made = new BoundedMap<Registration>({ most: MOST_MADE });

function asRegistration(value: unknown): Registration | undefined {
	if (!isObject(value)) return undefined;
	const { id, url, secret, madeAt, doubted } = value;
	if (typeof id !== 'string' || typeof url !== 'string' || typeof secret !== 'string') return undefined;
	if (secret === '') return undefined;
	return { id, url, secret, madeAt: Number(madeAt) || 0, doubted: doubted === true || id === '' };
}

/** What is remembered of the node's registration, in this process and with the workflow. */
export interface Memory {
	/** The registration that the node made last, or undefined. */
	recall(): Registration | undefined;
	/** Keeps a registration in both places. */
	remember(registration: Registration): void;
	/** Drops the registration in both places. */
	forget(): void;
}

/** The memory of one of the node's two registrations. */
export function memoryOf(ctx: Context, kind: Kind): Memory {
	const key = `${nodeIdOf(ctx)}\n${kind}`;
	const saved = () => ctx.getWorkflowStaticData('node');
	return {
		recall() {
			const stored = asRegistration(saved()[kind]);
			const own = made.get(key);
			if (!stored || !own) return stored ?? own;
			return own.madeAt > stored.madeAt ? own : stored;
		},
		remember(registration) {
			made.set(key, registration);
			saved()[kind] = { ...registration } satisfies IDataObject;
		},
		forget() {
			made.delete(key);
			delete saved()[kind];
		},
	};
}
