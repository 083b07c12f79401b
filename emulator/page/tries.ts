import { SYSTEMS, type Emulator, type SystemName } from '../emulator.ts';
import type { Delivery } from '../server/courier.ts';
import type { Fault } from '../server/faults.ts';

/*
 * What a person can try on the page: let the next write fail, and send a sample webhook.
 */

/** How a write can fail; `label` completes "fails with …". */
interface Failure {
	label: string;
	fault: Fault;
}

export const FAILURES: Record<string, Failure> = {
	lostAnswer: {
		label: 'HTTP 500, but it is carried out (the answer is lost)',
		fault: { status: 500, write: true },
	},
	serverError: { label: 'HTTP 500, and nothing is done', fault: { status: 500 } },
	cut: { label: 'a cut connection, but it is carried out', fault: { close: 'after' } },
	overLimit: { label: 'HTTP 429, over the limit', fault: { status: 429 } },
	refused: { label: 'HTTP 400, refused', fault: { status: 400 } },
	wrongToken: { label: 'HTTP 401, a wrong token', fault: { status: 401 } },
	webPage: {
		label: 'a web page instead of an answer (HTTP 502)',
		fault: {
			status: 502,
			headers: { 'content-type': 'text/html' },
			body: '<!doctype html><title>Bad gateway</title><h1>Bad gateway</h1>',
		},
	},
};

/** A webhook to try a trigger with, named as in the panel of the trigger. */
interface Sample {
	system: SystemName;
	label: string;
	send(emulator: Emulator): Promise<Delivery[]>;
}

const ofPropexo = (label: string, trigger: string): Sample => ({
	system: 'propexo',
	label,
	send: async ({ propexo }) => await propexo.webhooks.deliver({ trigger }),
});

/** A row that is made or changed sends the webhook by itself. */
const ofRentEngine = (label: string, happen: (rentEngine: Emulator['rentEngine']) => void): Sample => ({
	system: 'rentEngine',
	label,
	async send({ rentEngine }) {
		const { deliveries } = rentEngine.webhooks;
		const before = deliveries.length;
		happen(rentEngine);
		await rentEngine.webhooks.idle();
		return deliveries.slice(before);
	},
});

const NEW_PROSPECT = { name: 'Nora Sample', email: 'nora.sample@example.com', phone: '+15125550147' };

const firstProspect = ({ data }: Emulator['rentEngine']): number => data.prospects.rows[0]?.id ?? 0;

export const SAMPLES: Record<string, Sample> = {
	prospectCreated: ofRentEngine('Prospect Created', ({ rows }) => {
		rows.addProspect(NEW_PROSPECT);
	}),
	leasingEventCreated: ofRentEngine('Leasing Event Created', (rentEngine) => {
		const prospect = firstProspect(rentEngine);
		rentEngine.rows.insert('leasing_events', { prospect, event_type: 'Showing Scheduled' });
	}),
	leasingEventChanged: ofRentEngine('Leasing Event Changed', ({ rows, data }) => {
		const id = data.events.list[0]?.id ?? 0;
		const isOver = data.events.get(id)?.event_type === 'Showing Complete';
		rows.change('leasing_events', id, { event_type: isOver ? 'Showing Scheduled' : 'Showing Complete' });
	}),
	unitChanged: ofRentEngine('Unit Changed', ({ rows, data }) => {
		const unit = data.units.rows[0];
		const status = unit?.status === 'On Hold' ? 'Available' : 'On Hold';
		rows.change('units', unit?.id ?? 0, { status });
	}),
	writeFailed: ofPropexo('Write Failed or Partly Failed', 'WRITE_OPERATION_FAILURE'),
	recordCreated: ofPropexo('Record Created (an event)', 'DATA_NEW'),
	recordUpdated: ofPropexo('Record Updated (a lead)', 'DATA_UPDATE'),
	syncCompleted: ofPropexo('Sync Completed', 'SYNC_COMPLETE'),
	firstSyncCompleted: ofPropexo('First Sync Completed', 'FIRST_SYNC_COMPLETE'),
	readJobFailed: ofPropexo('Read Job Failed', 'JOB_FAILURE'),
};

const NOBODY: Record<SystemName, string> = {
	propexo: 'Nobody listens for it. Publish a workflow with a Propexo Trigger for this event',
	rentEngine:
		"Nobody listens for it. Enter the production URL of a RentEngine Trigger under 'RentEngine's webhooks go to'",
};

/** Sends a sample, and says how the receiver took it. */
export async function trySample(emulator: Emulator, { system, label, send }: Sample): Promise<string> {
	const deliveries = await send(emulator);
	if (deliveries.length === 0) return NOBODY[system];
	const failed = deliveries.find(({ status }) => status < 200 || status > 299);
	if (!failed) return `${label}: sent, and received`;
	return failed.status === 0
		? `${label}: sent, and nobody answered at ${failed.url}`
		: `${label}: sent, and answered HTTP ${failed.status}. Is the workflow published?`;
}

/** Lets the next write fail; says so. */
export function tryFailure(emulator: Emulator, system: SystemName, { label, fault }: Failure): string {
	emulator[system].faults.add({ ...fault, match: { writes: true } });
	return `The next write to ${SYSTEMS[system]} fails with ${label}`;
}
