import type { Answer } from '../answer.ts';
import type { LedgerRequest } from '../ledger.ts';
import type { Call, Route } from '../server.ts';
import type { JsonObject } from '../types.ts';
import { custom, failure, invalidRequest, missing, notFound, unrecognized, type Issue } from './errors.ts';
import { decideResult, type Job } from './jobs.ts';
import {
	CALL_FIELDS,
	LEAD_EVENT_FIELDS,
	LEAD_EVENT_SCHEMA,
	LEAD_EVENT_UPDATE_SCHEMA,
} from './leadEventSchema.ts';
import { isCall, isOutgoingEmail, OPEN_RULE, VENDOR_RULES, type VendorRule } from './vendors.ts';
import type { IntegrationRecord, PropexoData, PropexoWorld } from './world.ts';

const IGNORE_UNKNOWN = { ignore_unknown_fields: { type: 'boolean' } };
const ALL_FIELDS = Object.keys(LEAD_EVENT_FIELDS);

/** Create and update of lead events. */
export const leadEventRoutes = (world: PropexoWorld): Route[] => [
	{
		method: 'POST',
		path: '/v1/events/leads',
		query: IGNORE_UNKNOWN,
		body: LEAD_EVENT_SCHEMA,
		dropUnknownBy: 'ignore_unknown_fields',
		handle: (call) => createLeadEvent(world, call),
	},
	{
		method: 'PUT',
		path: '/v1/events/leads/:event_id',
		query: IGNORE_UNKNOWN,
		body: LEAD_EVENT_UPDATE_SCHEMA,
		dropUnknownBy: 'ignore_unknown_fields',
		handle: (call) => updateLeadEvent(world, call),
	},
];

function createLeadEvent(world: PropexoWorld, { row, query, body: sent }: Call): Answer {
	const integration = world.data.integrations.get(String(sent['integration_id']));
	if (!integration) return invalidRequest([custom('integration_id', 'Integration not found')]);
	if (!integration.active) return failure(403, 'integration_disabled', 'The integration is not active');
	const rule = (world.settings.vendorRules ? VENDOR_RULES[integration.vendor] : undefined) ?? OPEN_RULE;
	if (rule.readOnly) {
		return failure(400, 'invalid_request', `${integration.vendor} does not support creating lead events`);
	}
	const body = query['ignore_unknown_fields'] === true ? supportedOf(sent, rule) : sent;
	const issues = [
		...vendorIssues(body, rule),
		...conditionalIssues(body, rule),
		...referenceIssues(world, body, integration),
	];
	if (issues.length > 0) return invalidRequest(issues);
	const job = startJob(world, row, { body, integration, tellsRecordId: rule.tellsRecordId });
	return accepted(world, job, Object.fromEntries(ALL_FIELDS.map((field) => [field, body[field] ?? null])));
}

function updateLeadEvent(world: PropexoWorld, { row, params, body }: Call): Answer {
	settleEvents(world);
	const event = world.data.events.get(params['event_id'] ?? '');
	if (!event) return notFound('Event');
	const integration = world.data.integrations.get(event.integration_id);
	if (!integration) return notFound('Integration');
	if (world.settings.vendorRules && integration.vendor !== 'MRI' && integration.vendor in VENDOR_RULES) {
		return failure(400, 'invalid_request', `${integration.vendor} does not support updating lead events`);
	}
	if (world.settings.vendorRules && integration.vendor === 'MRI') {
		const absent = ['event_datetime', 'event_type_id'].filter((field) => body[field] === undefined);
		if (absent.length > 0) return invalidRequest(absent.map((field) => missing(field)));
	}
	const job = startJob(world, row, { body, integration, tellsRecordId: true, updates: event.id });
	return accepted(world, job, body);
}

/** The reply to any write, in the shape that is set. The echo is not the record. */
export function accepted(world: PropexoWorld, job: Job, echo: JsonObject): Answer {
	if (world.settings.replyShape === 'meta')
		return { status: 200, body: { meta: { job_id: job.id }, result: echo } };
	return { status: 200, body: { job_id: job.id, data: echo } };
}

export interface NewJob {
	body: JsonObject;
	integration: IntegrationRecord;
	tellsRecordId: boolean;
	updates?: string;
	retryOf?: string;
}

/** Makes the job of an accepted write and notes it in the ledger. */
export function startJob(world: PropexoWorld, row: LedgerRequest, made: NewJob): Job {
	const now = Date.now();
	const result = decideResult(made.body, world.settings.jobResult, made.retryOf !== undefined);
	const recordId = made.updates ?? `event_new_${world.jobs.list.length + 1}`;
	const job = world.jobs.add({
		at: now,
		doneAt: now + world.settings.jobMs,
		body: made.body,
		integrationId: made.integration.id,
		vendor: made.integration.vendor,
		result,
		recordId: made.tellsRecordId ? recordId : null,
		...(made.updates === undefined ? {} : { updates: made.updates }),
		...(made.retryOf === undefined ? {} : { retryOf: made.retryOf }),
	});
	const kind = made.retryOf !== undefined ? 'retry' : made.updates !== undefined ? 'update' : 'event';
	world.ledger.create(row, job.id, made.body, kind, made.retryOf ?? made.updates);
	world.onJob?.(job);
	return job;
}

/** Puts the events of jobs that ended well among those that can be read. */
export function settleEvents(world: PropexoWorld): void {
	const now = Date.now();
	for (const job of world.jobs.list) {
		const status = world.jobs.statusOf(job, now);
		if (job.settled || (status !== 'SUCCESS' && status !== 'PARTIAL_SUCCESS')) continue;
		job.settled = true;
		const before = job.updates === undefined ? undefined : world.data.events.get(job.updates);
		const text = (field: string): unknown => job.body[field] ?? before?.[field] ?? null;
		const leadId = job.body['lead_id'];
		const lead = typeof leadId === 'string' ? world.data.leads.get(leadId) : undefined;
		const time = new Date(job.doneAt).toISOString();
		world.data.events.add({
			id: job.updates ?? `event_new_${job.number}`,
			created_at: before?.created_at ?? time,
			updated_at: time,
			last_seen: time,
			x_id: before?.x_id ?? `E${job.number}`,
			x_property_id: before?.['x_property_id'] ?? lead?.['x_property_id'] ?? '',
			x_leasing_agent_id: null,
			x_type_id: null,
			x_location_id: null,
			event_name: text('event_name'),
			event_datetime: text('event_datetime'),
			appointment_datetime: text('appointment_datetime'),
			type_raw: null,
			notes: text('notes'),
			agent_name: text('agent_name'),
			reasons_for_event: text('reasons_for_event'),
			associated_lead_ids: before?.['associated_lead_ids'] ?? (leadId === undefined ? null : [leadId]),
			associated_applicant_ids: null,
			associated_resident_ids: null,
			integration_id: job.integrationId,
			integration_vendor: job.vendor,
			property_id: before?.property_id ?? lead?.property_id ?? '',
		});
	}
}

const supportedOf = (body: JsonObject, rule: VendorRule): JsonObject =>
	Object.fromEntries(Object.entries(body).filter(([field]) => rule.fields.has(field)));

function vendorIssues(body: JsonObject, rule: VendorRule): Issue[] {
	const issues = rule.required.filter((field) => body[field] === undefined).map((field) => missing(field));
	const unsupported = Object.keys(body).filter((field) => !rule.fields.has(field));
	if (unsupported.length > 0) issues.push(unrecognized(unsupported));
	const name = body['event_name'];
	if (rule.eventNames && name !== undefined && !rule.eventNames.includes(String(name))) {
		const wanted = rule.eventNames.map((option) => `'${option}'`).join(' | ');
		issues.push({
			code: 'invalid_enum_value',
			received: name,
			options: rule.eventNames,
			path: ['event_name'],
			message: `Invalid enum value. Expected ${wanted}, received '${String(name)}'`,
		});
	}
	return issues;
}

/** The rules that the documents give in prose. They hold for the fields that the PMS takes. */
function conditionalIssues(body: JsonObject, rule: VendorRule): Issue[] {
	const issues: Issue[] = [];
	const demand = (field: string, when: string): void => {
		if (rule.fields.has(field) && body[field] === undefined)
			issues.push(missing(field, 'string', `Required for ${when}`));
	};
	if (isCall(body)) for (const field of CALL_FIELDS) demand(field, 'call event types');
	if (isOutgoingEmail(body)) demand('email_from', 'email outgoing event types');
	if (body['event_name'] === 'LeaseSign') demand('rent_amount_in_cents', 'the LeaseSign event');
	return issues;
}

/** Field by field, where its records are kept. */
const REFERENCES: readonly [field: string, kind: keyof PropexoData][] = [
	['lead_id', 'leads'],
	['event_type_id', 'eventTypes'],
	['event_result_id', 'eventResults'],
	['event_sub_type_id', 'eventSubTypes'],
	['employee_id', 'employees'],
	['unit_id', 'units'],
	['lead_source_id', 'leadSources'],
];

function referenceIssues(world: PropexoWorld, body: JsonObject, integration: IntegrationRecord): Issue[] {
	const { data, settings } = world;
	const issues: Issue[] = [];
	for (const [field, kind] of REFERENCES) {
		const id = body[field];
		// An integration without records of its own (`int_any`) cannot know what exists.
		const checked =
			settings.references === 'integration' || (settings.references === 'lead' && field === 'lead_id');
		if (typeof id !== 'string' || !checked || integration.id === 'int_any') continue;
		const record = data[kind].get(id);
		const foreign =
			settings.references === 'integration' && record?.['integration_id'] !== integration.id;
		if (!record || foreign) issues.push(custom(field, `No such record in this integration: ${field}`));
	}
	const lead = typeof body['lead_id'] === 'string' ? data.leads.get(body['lead_id']) : undefined;
	if (lead?.email_1 && body['email_to'] !== undefined && body['email_to'] !== lead.email_1) {
		issues.push(custom('email_to', "email_to must be the lead's primary email address"));
	}
	return issues;
}
