import { isObject } from '../../json.ts';
import type { Answer } from '../../server/answer.ts';
import type { Call, Route, Schema } from '../../server/route.ts';
import { custom, DAY, invalidRequest, notSupported } from '../errors.ts';
import type { PropexoWorld } from '../world.ts';
import { ruleOf, type PmsRules } from '../writes/pmsRule.ts';
import { referenceIssues, type References } from '../writes/references.ts';
import { calendarOf } from './calendar.ts';

const TEXT: Schema = { type: 'string' };
export const AVAILABILITY_FIELDS: Record<string, Schema> = {
	integration_id: TEXT,
	property_id: TEXT,
	availability_start_date: DAY,
	availability_duration_days: { type: 'integer', minimum: 1, maximum: 7 },
	appointment_duration_minutes: { type: 'integer', exclusiveMinimum: 0 },
	calendar_types: {
		type: 'array',
		items: { type: 'string', enum: ['GENERAL', 'RESIDENT', 'LEASING', 'MAINTENANCE'] },
	},
	employee_id: TEXT,
};

/**
 * The rules of each PMS, from its page "Query appointment availability". The indexes of ResMan and Yardi REST have no such
 * page: inferred that they have no availability.
 */
const RULES: PmsRules = {
	ENTRATA: {
		required: ['property_id', 'availability_start_date', 'availability_duration_days'],
		optional: ['integration_id', 'appointment_duration_minutes', 'calendar_types'],
		tellsRecordId: false,
	},
	REALPAGE_RPX: {
		required: ['property_id', 'availability_start_date'],
		optional: 'all',
		tellsRecordId: false,
	},
	RENTMANAGER: 'unsupported',
	RESMAN: 'unsupported',
	YARDI_REST: 'unsupported',
	RENTVINE: 'unsupported',
};

const REFERENCES: References = { property_id: { among: 'properties' }, employee_id: { among: 'employees' } };
const ANY_OBJECT: Schema = { type: 'object' };
/** The calendars of the emulated PMSs are for these. */
const KEPT_TYPES = ['LEASING', 'GENERAL'];

const schemas = new Map<string, Schema>();

function bodySchema({ world, body }: Call<PropexoWorld>): Schema {
	const id = isObject(body) ? body['integration_id'] : undefined;
	const integration = world.data.integrations.get(String(id));
	const rule = ruleOf(world, RULES, integration);
	if (rule === 'unsupported') return ANY_OBJECT;
	const taken =
		rule.optional === 'all' ? Object.keys(AVAILABILITY_FIELDS) : [...rule.required, ...rule.optional];
	const key = JSON.stringify([rule.required, taken]);
	const schema = schemas.get(key) ?? {
		type: 'object',
		properties: Object.fromEntries(taken.map((field) => [field, AVAILABILITY_FIELDS[field]])),
		required: ['integration_id', ...rule.required],
		additionalProperties: false,
	};
	schemas.set(key, schema);
	return schema;
}

function availability({ world, body }: Call<PropexoWorld>): Answer {
	const integration = world.data.integrations.get(String(body['integration_id']));
	if (!integration) return invalidRequest([custom('integration_id', 'Integration not found')]);
	if (ruleOf(world, RULES, integration) === 'unsupported')
		return notSupported(`${integration.vendor} does not support appointment availability`);
	const issues = referenceIssues(world, REFERENCES, body, integration);
	if (issues.length > 0) return invalidRequest(issues);
	const { property_id, employee_id, calendar_types: types, availability_start_date: start } = body;
	const isKept = !Array.isArray(types) || types.some((type) => KEPT_TYPES.includes(String(type)));
	const asked = {
		from: (typeof start === 'string' ? start : new Date().toISOString()).slice(0, 10),
		days: Number(body['availability_duration_days'] ?? 7),
		minutes: Number(body['appointment_duration_minutes'] ?? 30),
	};
	const { properties, employees } = world.data;
	const result = properties.rows
		.filter(({ id, integration_id }) =>
			typeof property_id === 'string' ? id === property_id : integration_id === integration.id,
		)
		.flatMap((property) => {
			const agents = employees.rows.filter(
				({ id, property_id: of, roles }) =>
					of === property.id &&
					(typeof employee_id === 'string'
						? id === employee_id
						: (roles as string[]).includes('LEASING_AGENT')),
			);
			const own = typeof employee_id === 'string' ? [] : [undefined];
			return [...own, ...agents].map((agent) => calendarOf(world, property, agent, asked));
		});
	// It is a read that the PMS answers at once; the job is none that can be asked for.
	return { status: 200, body: { meta: { job_id: 'cljobavailability' }, result: isKept ? result : [] } };
}

/** `POST /v1/appointment-availability/`: a read in the form of a POST. */
export const availabilityRoute: Route<PropexoWorld> = {
	method: 'POST',
	path: '/v1/appointment-availability/',
	body: bodySchema,
	handle: availability,
};
