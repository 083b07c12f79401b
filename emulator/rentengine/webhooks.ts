import { randomBytes, randomUUID } from 'node:crypto';
import { Courier, type Delivery, type Mark } from '../server/courier.ts';
import type { JsonObject } from '../json.ts';
import type { RentEngineWorld, RowAction } from './world.ts';

/** A webhook delivered on demand. */
export interface RentEngineDelivery {
	type: RowAction;
	table: string;
	record: JsonObject | null;
	old_record?: JsonObject | null;
	/** In place of the receiver in the settings. */
	url?: string;
	secret?: string;
	/** Which `X-API-Key` goes with it (default `valid`). */
	mark?: Mark;
	/** Further deliveries of the very same text (default 0). */
	repeat?: number;
	/** `flat`, or wrapped in `data`. The setting decides unless given. */
	shape?: 'flat' | 'data';
}

/** Webhooks of the emulated RentEngine. Repeats are not documented, so there are none. */
export class RentEngineWebhooks {
	private readonly world: RentEngineWorld;
	private readonly courier = new Courier(() => ({ everyMs: 0, times: 0 }));

	constructor(world: RentEngineWorld) {
		this.world = world;
	}

	/** All attempts so far. */
	get deliveries(): Delivery[] {
		return this.courier.deliveries;
	}

	/** Resolves when no attempt is under way. */
	idle(): Promise<void> {
		return this.courier.idle();
	}

	clear(): void {
		this.courier.clear();
	}

	/** Sends a webhook for a row that was made, changed or deleted, when there is a receiver. */
	tell(type: RowAction, table: string, record: JsonObject | null, old: JsonObject | null): void {
		if (this.world.settings.webhookUrl !== '')
			void this.deliver({ type, table, record, old_record: old });
	}

	/**
	 * Delivers now.
	 * @returns the first delivery and its repeats, when all are over; nothing without a receiver
	 */
	async deliver(wanted: RentEngineDelivery): Promise<Delivery[]> {
		const { settings } = this.world;
		const url = wanted.url ?? settings.webhookUrl;
		if (url === '') return [];
		const mark = wanted.mark ?? 'valid';
		const row = {
			type: wanted.type,
			table: wanted.table,
			record: wanted.record,
			old_record: wanted.old_record ?? null,
		};
		const shape = wanted.shape ?? settings.webhookShape;
		const text = JSON.stringify(shape === 'data' ? { event_id: randomUUID(), data: row } : row);
		const key = keyFor(mark, wanted.secret ?? settings.webhookSecret);
		const headers: Record<string, string> = key === '' ? {} : { 'x-api-key': key };
		const parcel = {
			url,
			webhook: null,
			about: `${wanted.table} ${wanted.type}`,
			mark,
			headers,
			text,
		};
		return await Promise.all(
			Array.from({ length: 1 + (wanted.repeat ?? 0) }, () => this.courier.send(parcel)),
		);
	}
}

/** The shared secret; no former one is kept, so `old` is as wrong as `wrong`. */
function keyFor(mark: Mark, secret: string): string {
	if (mark === 'missing') return '';
	return mark === 'valid' ? secret : randomBytes(24).toString('hex');
}
