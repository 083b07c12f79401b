import type { LedgerCreation } from '../emulator/index.ts';
import { headersFor } from './example.ts';
import type { Sample } from './samples.ts';
import type { Row } from './table.ts';
import { whatOf, whoOf } from './table.ts';

/** The result of one webhook. */
export interface Delivery {
	sample: Sample;
	/** HTTP status of the webhook's answer; 0 when there was none. */
	status: number;
	/** ID of the event, as the system gave it and n8n passed it on. */
	id: string | undefined;
	/** The answer, to be shown when something is missing. */
	answer: string;
}

/** Posts one event to n8n, as the CRM would. */
export async function deliver(webhook: string, sample: Sample, signal?: AbortSignal): Promise<Delivery> {
	try {
		const response = await fetch(webhook, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headersFor('headerAuth') },
			body: JSON.stringify(sample.body),
			...(signal && { signal }),
		});
		const answer = await response.text();
		return { sample, status: response.status, id: idIn(answer), answer };
	} catch (error) {
		signal?.throwIfAborted();
		return { sample, status: 0, id: undefined, answer: String(error) };
	}
}

/** Propexo answers with a job, RentEngine with the event. */
function idIn(answer: string): string | undefined {
	try {
		const { job_id, id } = JSON.parse(answer) as { job_id?: unknown; id?: unknown };
		const found = job_id ?? id;
		return found === undefined ? undefined : String(found);
	} catch {
		return undefined;
	}
}

type Ledgers = Record<Sample['system'], { created: LedgerCreation[] }>;

/** Whether the system really holds the event that was delivered. */
export const isHeld = (delivery: Delivery, ledgers: Ledgers): boolean =>
	ledgers[delivery.sample.system].created.some(({ id }) => id === delivery.id);

/** Everything that the systems hold, each event by the name of its sample, and what is missing. */
export function rows(deliveries: Delivery[], ledgers: Ledgers): Row[] {
	const held = (['Propexo', 'RentEngine'] as const).flatMap((system) =>
		ledgers[system].created.map(({ id, body }): Row => {
			const delivery = deliveries.find((one) => one.sample.system === system && one.id === id);
			const event = body as Record<string, unknown>;
			return {
				system,
				event: delivery?.sample.title ?? 'Other',
				id,
				who: whoOf(event),
				what: whatOf(event),
			};
		}),
	);
	const missing = deliveries
		.filter((delivery) => !isHeld(delivery, ledgers))
		.map(({ sample, status, answer }): Row => {
			const what = `n8n answered ${status === 0 ? 'nothing' : status}: ${answer.replaceAll(/\s+/g, ' ').slice(0, 120)}`;
			return { system: sample.system, event: sample.title, id: 'MISSING', who: '', what };
		});
	return [...held, ...missing];
}
