import { createHmac, randomBytes } from 'node:crypto';
import { Courier, type Delivery, type Mark } from '../../server/courier.ts';
import type { JsonObject } from '../../json.ts';
import { jobErrors, type Job } from '../jobs/jobs.ts';
import { syncMsOf } from '../jobs/sync.ts';
import type { PropexoWorld, WebhookRecord } from '../world.ts';

/** A webhook delivered on demand. */
export interface PropexoDelivery {
	/** Propexo's name for it; a sample is sent unless `data` is given. */
	trigger: string;
	/** The data, without the wrapper. */
	data?: JsonObject;
	/** One registration. Left out: every active one that asked for the trigger (and the model). */
	webhookId?: string;
	/** A receiver without a registration, with its secret. */
	url?: string;
	secret?: string;
	/** How it is signed (default `valid`). */
	mark?: Mark;
	/** Further deliveries of the very same text (default 0). */
	repeat?: number;
	/** `{ trigger, data, meta }` or the data alone; both are documented. The setting decides unless given. */
	shape?: 'wrapped' | 'flat';
}

/** The model of a new record, and the job that reads it from the PMS. */
const READ = {
	event: { object: 'events', jobType: 'READ_LEAD_EVENTS' },
	lead: { object: 'leads', jobType: 'READ_LEADS' },
	appointment: { object: 'events', jobType: 'READ_APPOINTMENTS' },
} as const;

/** Webhooks of the emulated Propexo: those of its own writes, and any other on demand. */
export class PropexoWebhooks {
	private readonly world: PropexoWorld;
	private readonly courier: Courier;

	constructor(world: PropexoWorld) {
		this.world = world;
		this.courier = new Courier(() => ({
			everyMs: world.settings.redeliverMs,
			times: world.settings.redeliverTimes,
		}));
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

	/**
	 * Delivers now.
	 * @returns the first attempt for every receiver and repeat, when all are over
	 */
	async deliver(wanted: PropexoDelivery): Promise<Delivery[]> {
		const data = wanted.data ?? sampleData(wanted.trigger);
		const shape = wanted.shape ?? this.world.settings.webhookShape;
		const text = JSON.stringify(shape === 'wrapped' ? wrapped(wanted.trigger, data) : data);
		const sends: Promise<Delivery>[] = [];
		for (const target of this.targets(wanted, data)) {
			for (let count = 0; count <= (wanted.repeat ?? 0); count++) {
				const mark = wanted.mark ?? 'valid';
				const headers = { ...target.headers, ...this.signature(text, target, mark) };
				sends.push(this.courier.send({ ...target, about: wanted.trigger, mark, headers, text }));
			}
		}
		return await Promise.all(sends);
	}

	/** Called for every new job; the webhook goes out when the job ends. */
	follow(job: Job): void {
		const { webhooks, settings } = this.world;
		if (webhooks.size === 0 || job.result === 'PENDING') return;
		if (job.result !== 'SUCCESS') this.courier.later(settings.jobMs, () => void this.tellFailure(job));
		if (job.result === 'FAILURE') return;
		this.courier.later(settings.jobMs + syncMsOf(settings, job), () => void this.tellRecord(job));
	}

	private tellFailure(job: Job): Promise<Delivery[]> {
		const trigger = 'WRITE_OPERATION_FAILURE';
		return this.deliver({
			trigger,
			data: {
				event: trigger,
				integration_id: job.integrationId,
				vendor: job.vendor,
				root_job_id: job.id,
				write_status: job.result,
				errors: jobErrors(job.result, job.refusal),
			},
		});
	}

	private async tellRecord(job: Job): Promise<void> {
		this.world.jobs.settle(Date.now());
		const { object, jobType } = READ[job.creates];
		const record = this.world.data[object].get(job.recordId);
		if (!record) return;
		const trigger = job.before ? 'DATA_UPDATE' : 'DATA_NEW';
		await this.deliver({
			trigger,
			data: {
				context: { property_id: record.property_id },
				...(job.before ? { diff: differenceOf(job.before, record) } : { payload: payloadOf(record) }),
				event: trigger,
				integration_id: job.integrationId,
				job_id: job.id,
				job_type: jobType,
				meta: { integration_id: job.integrationId, object },
				object,
				record_id: record.id,
				root_job_id: job.id,
				vendor: job.vendor,
			},
		});
	}

	private targets(wanted: PropexoDelivery, data: JsonObject): Target[] {
		if (wanted.url !== undefined) {
			return [
				{
					url: wanted.url,
					webhook: null,
					secret: wanted.secret ?? '',
					formerSecret: undefined,
					headers: {},
				},
			];
		}
		const told = data['object'] ?? (data['meta'] as JsonObject | undefined)?.['object'];
		// Registrations spell it with underscores, deliveries with hyphens.
		const object = typeof told === 'string' ? told.replaceAll('-', '_') : told;
		const asked = (webhook: WebhookRecord): boolean =>
			wanted.webhookId === undefined
				? webhook.active &&
					webhook.triggers.some(
						({ trigger, model }) =>
							trigger === wanted.trigger && (model === null || model === object),
					)
				: webhook.id === wanted.webhookId;
		return this.world.webhooks.rows.filter(asked).map((webhook) => ({
			url: webhook.url,
			webhook: webhook.id,
			secret: webhook.secret,
			formerSecret: this.world.formerSecrets.get(webhook.id),
			headers: Object.fromEntries(webhook.headers.map(({ header, value }) => [header, value])),
		}));
	}

	/** `propexo-signature`: HMAC-SHA256 of the raw body with the secret, in hex. */
	private signature(text: string, target: Target, mark: Mark): Record<string, string> {
		if (mark === 'missing') return {};
		const stranger = randomBytes(32).toString('hex');
		const secret = { valid: target.secret, old: target.formerSecret ?? stranger, wrong: stranger }[mark];
		return { 'propexo-signature': createHmac('sha256', secret).update(text).digest('hex') };
	}
}

/** With `meta` beside `data`, as the generated reference of the webhooks has it. */
function wrapped(trigger: string, { meta, ...data }: JsonObject): JsonObject {
	return { trigger, data, ...(meta !== undefined && { meta }) };
}

/** What stands around the payload, and not in it. */
const AROUND = new Set(['id', 'property_id', 'integration_id', 'integration_vendor']);

/**
 * A new record as a webhook has it. Source: the example of the page on DATA_NEW, which has few fields, and the guide to the
 * design: lists that the API puts into a record are not there. It is inferred that fields without a value are left out.
 */
function payloadOf(record: JsonObject): JsonObject {
	const entries = Object.entries(record).filter(
		([name, value]) => !AROUND.has(name) && value !== null && typeof value !== 'object',
	);
	return Object.fromEntries(entries);
}

/** The fields that an update has changed, as they were and as they are. */
function differenceOf(before: JsonObject, now: JsonObject): JsonObject {
	const changed = Object.keys(now).filter((field) => now[field] !== before[field] && field !== 'last_seen');
	const of = (record: JsonObject): JsonObject =>
		Object.fromEntries(changed.map((field) => [field, record[field]]));
	return { previous: of(before), new: of(now) };
}

interface Target {
	url: string;
	webhook: string | null;
	secret: string;
	formerSecret: string | undefined;
	headers: Record<string, string>;
}

/** The data of each trigger, as Propexo's documents show it. */
export function sampleData(trigger: string): JsonObject {
	const common = { event: trigger, integration_id: 'int_entrata_1', vendor: 'ENTRATA' };
	switch (trigger) {
		case 'WRITE_OPERATION_FAILURE':
			return {
				...common,
				root_job_id: 'cljobsample',
				write_status: 'FAILURE',
				errors: jobErrors('FAILURE'),
			};
		case 'JOB_FAILURE':
		case 'JOB_SUCCESS':
			return { ...common, job_id: 'cljobsample2', job_type: 'READ_LEADS', root_job_id: 'cljobsample' };
		case 'DATA_NEW':
			return {
				...common,
				context: { property_id: 'prop_3' },
				job_id: 'cljobsample2',
				job_type: 'READ_LEAD_EVENTS',
				meta: { integration_id: 'int_entrata_1', object: 'events' },
				object: 'events',
				payload: {
					created_at: '2026-03-01T15:00:00.000Z',
					event_name: 'Appointment',
					notes: 'Wants to see the two-bedroom',
				},
				record_id: 'event_sample',
				root_job_id: 'cljobsample',
			};
		case 'DATA_UPDATE':
			return {
				...common,
				context: { property_id: 'prop_3' },
				job_id: 'cljobsample2',
				job_type: 'READ_LEADS',
				meta: { integration_id: 'int_entrata_1', object: 'leads' },
				object: 'leads',
				record_id: 'lead_2',
				root_job_id: 'cljobsample',
				diff: { previous: { status: 'ACTIVE' }, new: { status: 'LEASED' } },
			};
		default:
			return { ...common, successful_job_count: 12, failed_job_count: 0, is_sync_finished: true };
	}
}
