import { isObject, type JsonObject } from '../../json.ts';
import type { Answer } from '../../server/answer.ts';
import type { Call, Route, Schema } from '../../server/route.ts';
import { custom, failure, invalidRequest, notFound, notSupported, type Issue } from '../errors.ts';
import { endedWell, type Job, type Write } from '../jobs/jobs.ts';
import { accepted, startJob } from '../jobs/start.ts';
import type { IntegrationRecord, PropexoWorld, SyncedRecord } from '../world.ts';
import { OPEN, ruleOf, type PmsRule, type PmsRules } from './pmsRule.ts';
import { referenceIssues, type References } from './references.ts';

/** A request that passed its schema, with what it names. */
export interface Checked {
	world: PropexoWorld;
	body: JsonObject;
	integration: IntegrationRecord;
	/** The fields that the PMS takes. */
	taken: object;
	/** The record that is changed. */
	changed: SyncedRecord | undefined;
}

/** A write that Propexo accepts with a job: one method of one path. */
export interface WriteEndpoint {
	method: 'POST' | 'PUT';
	path: string;
	/** As the refusal of a PMS that has no such write says it: "creating lead events". */
	doing: string;
	/** Fields of the generic schema. */
	fields: Readonly<Record<string, Schema>>;
	/** Fields that the generic schema requires. */
	required: readonly string[];
	/** The fields that name the person. Every PMS that has rules requires them too. */
	named: readonly string[];
	rules: PmsRules;
	references: References;
	/** The record that the path names. Without this a new record is made. */
	changes?: { what: string; find(call: Call<PropexoWorld>): SyncedRecord | undefined };
	/** The ID of the record that the body names and that is changed. */
	updates?(body: JsonObject): string | undefined;
	/** Rules that the schema cannot say. */
	issues?(checked: Checked): Issue[];
	/** Why the PMS itself will refuse, in its own words: the job is made and fails. */
	refusal?(checked: Checked): string | undefined;
	/** What the PMS does at once with a write that it will not refuse; readers see it after the job. */
	begin?(checked: Checked, job: Job): void;
	creates: Write['creates'];
	log: Write['log'];
	/** Adds what the job has written to the records that can be read. */
	settle(world: PropexoWorld, job: Job): void;
}

type WriteCall = Call<PropexoWorld>;
const ANY_OBJECT: Schema = { type: 'object' };

/** The route of a write. */
export function writeRoute(endpoint: WriteEndpoint): Route<PropexoWorld> {
	const { method, path, rules } = endpoint;
	const made = new Map<PmsRule, Schema>();
	/** The same object each time for the same rule, so that it is compiled once. */
	const schemaOf = (rule: PmsRule): Schema => {
		const schema = made.get(rule) ?? makeSchema(endpoint, rule);
		made.set(rule, schema);
		return schema;
	};
	return {
		method,
		path,
		query: { ignore_unknown_fields: { type: 'boolean' } },
		dropUnknownBy: 'ignore_unknown_fields',
		// Where the PMS takes nothing, or the record is not there, the handler refuses the request.
		body(call) {
			if (endpoint.changes && !changedBy(endpoint, call)) return ANY_OBJECT;
			const rule = ruleOf(call.world, rules, integrationOf(endpoint, call));
			return rule === 'unsupported' ? ANY_OBJECT : schemaOf(rule);
		},
		handle(call) {
			const changed = changedBy(endpoint, call);
			if (endpoint.changes && !changed) return notFound(endpoint.changes.what);
			const integration = integrationOf(endpoint, call);
			if (!integration) return invalidRequest([custom('integration_id', 'Integration not found')]);
			if (!integration.active)
				return failure(403, 'integration_disabled', 'The integration is not active');
			const rule = ruleOf(call.world, rules, integration);
			if (rule === 'unsupported')
				return notSupported(`${integration.vendor} does not support ${endpoint.doing}`);
			const taken = schemaOf(rule)['properties'] as object;
			const { world, body } = call;
			return write(endpoint, call, rule, { world, body, integration, taken, changed });
		},
	};
}

/** The record that is changed. What was just written can be changed too. */
function changedBy({ changes }: WriteEndpoint, call: WriteCall): SyncedRecord | undefined {
	call.world.jobs.settle(Date.now());
	return changes?.find(call);
}

/** The integration of the record that is changed, or the one that the body names. */
function integrationOf(endpoint: WriteEndpoint, call: WriteCall): IntegrationRecord | undefined {
	const { world, body } = call;
	const named = isObject(body) ? body['integration_id'] : undefined;
	return world.data.integrations.get(
		String(endpoint.changes ? changedBy(endpoint, call)?.integration_id : named),
	);
}

function makeSchema({ fields, required, named }: WriteEndpoint, rule: PmsRule): Schema {
	const always = rule === OPEN ? required : [...required, ...named];
	const taken =
		rule.optional === 'all' ? Object.keys(fields) : [...always, ...rule.required, ...rule.optional];
	return {
		type: 'object',
		properties: Object.fromEntries(taken.map((field) => [field, rule.values?.[field] ?? fields[field]])),
		required: [...new Set([...always, ...rule.required])],
		additionalProperties: false,
	};
}

/** Checks what the schema cannot say, and starts the job. */
function write(endpoint: WriteEndpoint, call: WriteCall, rule: PmsRule, checked: Checked): Answer {
	const { world, body, integration, changed } = checked;
	const { references, creates, log, settle, fields } = endpoint;
	const agentsOnly: References = rule.leasingAgentsOnly
		? { employee_id: { among: 'employees', leasingAgent: true } }
		: {};
	const issues = [
		...(endpoint.issues?.(checked) ?? []),
		...referenceIssues(world, { ...references, ...agentsOnly }, body, integration),
	];
	if (issues.length > 0) return invalidRequest(issues);
	const refusal = endpoint.refusal?.(checked);
	const updates = changed?.id ?? endpoint.updates?.(body);
	const job = startJob(world, call.row, {
		body,
		integrationId: integration.id,
		vendor: integration.vendor,
		log,
		creates,
		tellsRecordId: rule.tellsRecordId,
		settle: (job: Job) => settle(world, job),
		...(updates === undefined ? {} : { updates }),
		...(changed === undefined ? {} : { before: changed }),
		...(refusal === undefined ? {} : { refusal }),
	});
	if (endedWell(job.result)) endpoint.begin?.(checked, job);
	return accepted(world, job, echoOf(body, fields));
}

/** The body again, with null for every field that was not given. */
const echoOf = (body: JsonObject, fields: object): JsonObject =>
	Object.fromEntries(Object.keys(fields).map((field) => [field, body[field] ?? null]));
