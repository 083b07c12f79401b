import { headersFor } from '../../../../demo/example.ts';
import type { Shipped, Shop } from '../../support/shipped.ts';
import { byId } from '../../../support/workflows.ts';

/*
 * What the tests of the mappings for leads have in common: a sender posts XML or a file, and a lead and its event are
 * there, in the one integration of the emulator whose PMS takes everything.
 */

/** What a user chooses in the two nodes of a mapping. */
export const chosen = (recording: string) => ({
	'Find or add the lead': { integrationId: byId('int_any') },
	[recording]: { integrationId: byId('int_any') },
});

/** A property of the integration, by the name and the PMS ID that the payloads have. */
export function furnish({ instance }: Shipped): void {
	const { properties } = instance.emulator.propexo.data;
	const first = properties.get('prop_1');
	if (!first) throw new Error('The emulator has no property');
	const whose = { integration_id: 'int_any', integration_vendor: 'OTHER' };
	properties.add({ ...first, ...whose, id: 'prop_court', name: 'Maple & Oak Court', x_id: 'p0001' });
}

/** The leads or events that were created since the last reset, as they were sent. */
export const created = (shop: Shop, kind: 'lead' | 'event') =>
	shop()
		.instance.emulator.propexo.ledger.created.filter((row) => row.kind === kind)
		.map(({ body }) => body as Record<string, unknown>);

/** What a sender hears. */
export interface Heard {
	status: number;
	answer: unknown;
}

/** Posts a text or bytes as they are, as a sender whose key n8n knows; gives the answer, parsed if it is JSON. */
export async function postText(
	url: string,
	body: string | Uint8Array<ArrayBuffer>,
	type = 'text/xml; charset=utf-8',
): Promise<Heard> {
	const reply = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': type, ...headersFor('headerAuth') },
		body,
	});
	const text = await reply.text();
	try {
		return { status: reply.status, answer: JSON.parse(text) as unknown };
	} catch {
		return { status: reply.status, answer: text };
	}
}

/**
 * Posts documents (text, content type) one after the other, since n8n mixes up those that come at the same moment; gives
 * the status of each.
 */
export async function statusesInTurn(
	url: string,
	documents: ReadonlyArray<readonly [string, string?]>,
): Promise<number[]> {
	const statuses: number[] = [];
	for (const [body, type] of documents) statuses.push((await postText(url, body, type)).status);
	return statuses;
}
