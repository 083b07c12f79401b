import type { JsonObject } from '../../json.ts';
import type { Schema } from '../../server/route.ts';
import { custom, missing, type Issue } from '../errors.ts';
import type { IntegrationRecord, PropexoWorld } from '../world.ts';
import { REFERENCES, UPDATE_FIELDS, type EventKind, type PmsRule } from './kind.ts';

/** What is done with an event. */
export type Action = 'create' | 'update';

/** The rule for a PMS that is not listed. */
const OPEN: PmsRule = { required: [], optional: 'all', tellsRecordId: true };

/** The rule for what is done with an event at an integration. */
export function ruleOf(
	world: PropexoWorld,
	kind: EventKind,
	action: Action,
	integration: IntegrationRecord | undefined,
): PmsRule | 'unsupported' {
	if (!world.settings.vendorRules) return OPEN;
	return kind[action][integration?.vendor ?? ''] ?? OPEN;
}

const made = new WeakMap<PmsRule, Map<string, Schema>>();

/** The schema of a body for a rule; the same object each time, so that it is compiled once. */
export function schemaOf(kind: EventKind, action: Action, rule: PmsRule): Schema {
	const ofRule = made.get(rule) ?? new Map<string, Schema>();
	made.set(rule, ofRule);
	const name = `${kind.path} ${action}`;
	const schema = ofRule.get(name) ?? makeSchema(kind, action, rule);
	ofRule.set(name, schema);
	return schema;
}

function makeSchema(kind: EventKind, action: Action, rule: PmsRule): Schema {
	const generic = action === 'create' ? kind.fields : UPDATE_FIELDS;
	// The path of an update names the event, and so the integration and the person.
	const named = action === 'create' && rule !== OPEN ? ['integration_id', kind.personField] : [];
	const always = action === 'create' ? ['integration_id'] : [];
	const taken =
		rule.optional === 'all' ? Object.keys(generic) : [...named, ...rule.required, ...rule.optional];
	return {
		type: 'object',
		properties: Object.fromEntries(taken.map((field) => [field, rule.values?.[field] ?? generic[field]])),
		required: [...new Set([...always, ...named, ...rule.required])],
		additionalProperties: false,
	};
}

const CALL_NAMES = new Set(['CallToProspect', 'CallFromProspect', 'Phone call', 'Phone', 'CALL']);
/** The five that a call needs. */
const CALL_FIELDS = [
	'call_phone_number_from',
	'call_phone_number_to',
	'call_status',
	'call_duration',
	'call_audio_link',
];

/** The rules that Propexo's document gives in prose. They hold for the fields that the PMS takes. */
export function proseIssues(body: JsonObject, taken: object): Issue[] {
	const issues: Issue[] = [];
	const demand = (field: string, when: string): void => {
		if (Object.hasOwn(taken, field) && body[field] === undefined)
			issues.push(missing(field, 'string', `Required for ${when}`));
	};
	const name = String(body['event_name']);
	if (CALL_NAMES.has(name)) for (const field of CALL_FIELDS) demand(field, 'call event types');
	if (name === 'EmailToProspect' || body['email_send'] === true)
		demand('email_from', 'email outgoing event types');
	if (name === 'LeaseSign') demand('rent_amount_in_cents', 'the LeaseSign event');
	return issues;
}

/**
 * Records that a body names must exist, and belong to the same integration. `int_any` is a PMS without records of its
 * own: it takes records of every integration.
 */
export function referenceIssues(
	world: PropexoWorld,
	kind: EventKind,
	action: Action,
	rule: PmsRule,
	body: JsonObject,
	integration: IntegrationRecord,
): Issue[] {
	if (!world.settings.checkReferences) return [];
	const { data } = world;
	// The document says so of every update.
	const agentsOnly = action === 'update' || kind.leasingAgentsOnly || rule.leasingAgentsOnly;
	const issues: Issue[] = [];
	for (const [field, records] of Object.entries({ [kind.personField]: kind.people, ...REFERENCES })) {
		const id = body[field];
		if (typeof id !== 'string') continue;
		const record = data[records].get(id);
		const isForeign = integration.id !== 'int_any' && record?.['integration_id'] !== integration.id;
		if (!record || isForeign) issues.push(custom(field, `No such record in this integration: ${field}`));
		else if (field === 'employee_id' && agentsOnly && !isLeasingAgent(record))
			issues.push(custom(field, 'employee_id must have a role of LEASING_AGENT'));
	}
	const person = data[kind.people].get(String(body[kind.personField]));
	const { application_id } = body;
	if (application_id !== undefined && !applicationsOf(person).includes(application_id))
		issues.push(custom('application_id', 'No such record in this integration: application_id'));
	if (person?.email_1 && body['email_to'] !== undefined && body['email_to'] !== person.email_1)
		issues.push(custom('email_to', `email_to must be the ${kind.person}'s primary email address`));
	return issues;
}

const isLeasingAgent = ({ roles }: JsonObject): boolean =>
	Array.isArray(roles) && roles.includes('LEASING_AGENT');

/** IDs of the applications that a person has made. */
const applicationsOf = (person: JsonObject | undefined): unknown[] =>
	Array.isArray(person?.['applications'])
		? person['applications'].map((one) => (one as JsonObject)['application_id'])
		: [];
