import { randomBytes } from 'node:crypto';
import type { Answer } from '../../server/answer.ts';
import type { Call, Route, Schema } from '../../server/route.ts';
import type { JsonObject } from '../../json.ts';
import { notFound } from '../errors.ts';
import { WEBHOOK_MODELS } from './models.ts';
import { page, PAGING } from '../reads/page.ts';
import type { PropexoWorld, WebhookRecord } from '../world.ts';

/** Triggers that can be asked for when a webhook is made. */
export const TRIGGERS = [
	'DATA_UPDATE',
	'DATA_NEW',
	'JOB_FAILURE',
	'SYNC_COMPLETE',
	'FIRST_SYNC_COMPLETE',
	'WRITE_OPERATION_FAILURE',
] as const;

const TEXT: Schema = { type: 'string' };
const fields = (triggers: readonly string[]): Record<string, Schema> => ({
	url: { type: 'string', format: 'uri' },
	headers: {
		type: 'array',
		items: {
			type: 'object',
			properties: { header: TEXT, value: TEXT },
			required: ['header', 'value'],
			additionalProperties: false,
		},
	},
	triggers: { type: 'array', minItems: 1, items: { type: 'string', enum: triggers } },
	active: { type: 'boolean' },
	secret: { type: 'string', minLength: 10 },
	model: { type: 'string', enum: WEBHOOK_MODELS },
});

/** Registering webhooks, and finding, changing and removing the registrations. */
export const webhookRoutes: readonly Route<PropexoWorld>[] = [
	{
		method: 'GET',
		path: '/v1/webhooks/',
		query: { active: { type: 'boolean' }, ...PAGING },
		// Inactive ones are hidden unless they are asked for.
		handle: ({ world, query }) => {
			const active = query['active'] ?? true;
			return page(
				world.webhooks.rows.filter((webhook) => webhook.active === active),
				query,
			);
		},
	},
	{
		method: 'POST',
		path: '/v1/webhooks/',
		body: {
			type: 'object',
			properties: fields(TRIGGERS),
			required: ['url', 'triggers'],
			additionalProperties: false,
		},
		handle: register,
	},
	{
		method: 'GET',
		path: '/v1/webhooks/:webhook_id',
		// Propexo's file has these for one record too.
		query: PAGING,
		handle: ({ world, params }) => {
			const webhook = world.webhooks.get(params['webhook_id'] ?? '');
			return webhook
				? { status: 200, body: { meta: { orderBy: [] }, results: webhook } }
				: notFound('Webhook');
		},
	},
	{
		method: 'PUT',
		path: '/v1/webhooks/:webhook_id',
		body: {
			type: 'object',
			properties: fields([...TRIGGERS, 'JOB_SUCCESS']),
			additionalProperties: false,
		},
		handle: change,
	},
	{
		method: 'DELETE',
		path: '/v1/webhooks/:webhook_id',
		handle: ({ world, params }) => {
			const id = params['webhook_id'] ?? '';
			world.formerSecrets.delete(id);
			return world.webhooks.delete(id)
				? { status: 200, body: { result: { id } } }
				: notFound('Webhook');
		},
	},
];

function register({ world, body }: Call<PropexoWorld>): Answer {
	const now = new Date().toISOString();
	const webhook: WebhookRecord = {
		id: `webhook_${++world.webhooksMade}`,
		created_at: now,
		updated_at: now,
		url: String(body['url']),
		headers: (body['headers'] as WebhookRecord['headers'] | undefined) ?? [],
		active: body['active'] === true,
		secret: typeof body['secret'] === 'string' ? body['secret'] : randomBytes(32).toString('hex'),
		system: 'PRODUCTION',
		triggers: [],
	};
	webhook.triggers = triggersOf(webhook.id, body);
	world.webhooks.add(webhook);
	return { status: 200, body: { result: webhook } };
}

function change({ world, params, body }: Call<PropexoWorld>): Answer {
	const webhook = world.webhooks.get(params['webhook_id'] ?? '');
	if (!webhook) return notFound('Webhook');
	const { url, headers, active, secret } = body as Partial<WebhookRecord>;
	if (secret !== undefined && secret !== webhook.secret)
		world.formerSecrets.set(webhook.id, webhook.secret);
	const changed: WebhookRecord = {
		...webhook,
		url: url ?? webhook.url,
		headers: headers ?? webhook.headers,
		active: active ?? webhook.active,
		secret: secret ?? webhook.secret,
		triggers: body['triggers'] === undefined ? webhook.triggers : triggersOf(webhook.id, body),
		updated_at: new Date().toISOString(),
	};
	world.webhooks.add(changed);
	return { status: 200, body: { result: changed } };
}

/** The model counts for the two triggers that are only about records. */
function triggersOf(webhookId: string, body: JsonObject): WebhookRecord['triggers'] {
	const model = typeof body['model'] === 'string' ? body['model'] : null;
	return (body['triggers'] as string[]).map((trigger, index) => ({
		id: `${webhookId}_trigger_${index + 1}`,
		trigger,
		model: trigger.startsWith('DATA_') ? model : null,
	}));
}
