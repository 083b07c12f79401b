import { pause } from '../../support/until.ts';

/** One event as the CRM has it. */
export interface CrmEvent {
	event_id: string;
	lead_id: string;
	notes: string;
}

/** A webhook that n8n confirmed. */
export interface Delivery {
	event: CrmEvent;
	/** The first one of its event, or a repeat. */
	repeat: boolean;
}

/** Posts one event; gives whether n8n confirmed it. */
async function post(url: string, event: CrmEvent): Promise<boolean> {
	try {
		const response = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(event),
			signal: AbortSignal.timeout(60_000),
		});
		await response.arrayBuffer();
		return response.ok;
	} catch {
		return false;
	}
}

/** Posts the event until n8n confirms it, as a CRM does, a second between the tries. */
export async function postUntilConfirmed(url: string, event: CrmEvent): Promise<void> {
	for (let tries = 0; tries < 120; tries++) {
		if (await post(url, event)) return;
		await pause(1_000);
	}
	throw new Error(`n8n did not confirm ${event.event_id}`);
}

/** Posts all events, `atOnce` of them at the same time; those chosen by `again` a second time after a few seconds. */
export async function burst(
	url: string,
	events: CrmEvent[],
	{ atOnce = 40, again = (): boolean => false, againAfterMs = 4_000 }: BurstOptions = {},
): Promise<Delivery[]> {
	const deliveries: Delivery[] = [];
	const repeats: Array<Promise<unknown>> = [];
	let next = 0;
	const poster = async () => {
		for (let index = next++; index < events.length; index = next++) {
			const event = events[index];
			if (!event) return;
			await postUntilConfirmed(url, event);
			deliveries.push({ event, repeat: false });
			if (!again(index)) continue;
			repeats.push(
				pause(againAfterMs)
					.then(async () => await postUntilConfirmed(url, event))
					.then(() => deliveries.push({ event, repeat: true })),
			);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, poster));
	await Promise.all(repeats);
	return deliveries;
}

export interface BurstOptions {
	atOnce?: number;
	again?: (index: number) => boolean;
	againAfterMs?: number;
}

/** Events of different leads that differ in their notes, so that each is known again wherever it arrives. */
export function eventsOf(series: string, count: number, leads: number): CrmEvent[] {
	return Array.from({ length: count }, (_, index) => ({
		event_id: `${series}-${index}`,
		lead_id: `lead_${(index % leads) + 1}`,
		notes: `${series} ${index}`,
	}));
}
