import type { JsonObject } from '../../json.ts';
import type { Answer } from '../../server/answer.ts';
import type { Call, Route, Schema } from '../../server/route.ts';
import { failure } from '../errors.ts';
import { createRows } from '../records/rows.ts';
import type { LeasingEventRecord, ProspectRecord, RentEngineWorld, UnitRecord } from '../world.ts';
import { abbreviationOf, SHOWING_METHODS, windowsOf } from './windows.ts';

const TEXT: Schema = { type: 'string' };
const SCHEDULED = 'Showing Scheduled';

const PROSPECT_DATA: Schema = {
	type: 'object',
	properties: {
		firstName: TEXT,
		lastName: TEXT,
		email: { type: 'string', format: 'email' },
		phone: { type: 'string', pattern: '^\\d{10}$' },
		creditScore: TEXT,
		income: TEXT,
		questionAnswers: {
			type: 'array',
			// What stands beside the question was not seen, but for `fixedQuestionType`.
			items: {
				type: 'object',
				properties: { question: TEXT, fixedQuestionType: TEXT },
				required: ['question'],
			},
		},
		prospectType: { type: 'string', enum: ['Self', 'Agent'] },
		agentTk: { type: 'string', minLength: 6, maxLength: 6 },
	},
	required: [
		...['firstName', 'lastName', 'email', 'phone', 'creditScore', 'income'],
		...['questionAnswers', 'prospectType'],
	],
	additionalProperties: false,
	if: { type: 'object', properties: { prospectType: { const: 'Agent' } }, required: ['prospectType'] },
	then: { type: 'object', required: ['agentTk'] },
};

/** Body of "Create a showing". Of `rescheduleEvent` no type was seen. */
const CREATE_SCHEMA: Schema = {
	type: 'object',
	properties: {
		unitId: { type: 'number' },
		plannedForTime: { type: 'string', format: 'date-time' },
		desiredShowingMethod: TEXT,
		rescheduleEvent: {},
		prospectData: PROSPECT_DATA,
	},
	required: ['unitId', 'plannedForTime', 'prospectData'],
	additionalProperties: false,
};

interface ProspectData extends JsonObject {
	firstName: string;
	lastName: string;
	email: string;
	phone: string;
	creditScore: string;
	income: string;
	prospectType: string;
}

interface NewShowing extends JsonObject {
	unitId: number;
	plannedForTime: string;
	desiredShowingMethod?: string;
	rescheduleEvent?: unknown;
	prospectData: ProspectData;
}

/** When units can be shown, and planning a showing. */
export const showingRoutes: readonly Route<RentEngineWorld>[] = [
	{
		method: 'GET',
		path: '/showings/availability',
		query: { unitId: { type: 'integer' } },
		handle: availability,
	},
	{ method: 'POST', path: '/showings/create', body: CREATE_SCHEMA, handle: createShowing },
];

const unitIdMissing = {
	keyword: 'required',
	dataPath: '',
	schemaPath: '#/required',
	params: { missingProperty: 'unitId' },
	message: "should have required property 'unitId'",
};

function availability({ world: { data }, query }: Call<RentEngineWorld>): Answer {
	const unitId = query['unitId'];
	if (unitId === undefined) return failure(400, 'Invalid query parameters', [unitIdMissing]);
	const unit = data.units.get(Number(unitId));
	if (!unit) return failure(404, 'Unit not found');
	const { zone, preferred, available } = windowsOf(data, unit);
	return {
		status: 200,
		body: {
			availability: {
				unitId: unit.id,
				preferredShowingWindows: preferred,
				availableShowingWindows: available,
				showingMethod: SHOWING_METHODS[0],
				timezoneName: zone,
				timezoneAbbreviation: abbreviationOf(zone),
				unitStatus: unit.status,
			},
		},
	};
}

/** Refusals after the schema are in words of this emulator: none was seen. */
function createShowing({ world, body, row }: Call<RentEngineWorld>): Answer {
	const { settings, data } = world;
	const wanted = body as NewShowing;
	const unit = data.units.get(wanted.unitId);
	if (!unit) return failure(404, 'Unit not found');
	const method = wanted.desiredShowingMethod;
	if (method !== undefined && !SHOWING_METHODS.includes(method) && settings.checkReferences)
		return failure(400, 'The unit is not shown by this method');
	if (settings.checkWindows && !isOpen(world, unit, wanted.plannedForTime))
		return failure(400, 'The unit cannot be shown at this time');
	const prospect = prospectOf(world, wanted);
	if (failsPrescreening(world, wanted.prospectData)) {
		addEvent(world, prospect, 'Prescreen Rejected - Self reported credit', null);
		return failure(400, 'Prescreening failed');
	}
	const event = plan(world, prospect, wanted);
	world.ledger.create(row, String(event.id), wanted, 'showing');
	return { status: 200, body: { statusText: 'success' } };
}

function isOpen({ data }: RentEngineWorld, unit: UnitRecord, time: string): boolean {
	const at = Date.parse(time);
	const { available, preferred } = windowsOf(data, unit);
	return [...available, ...preferred].some(
		({ start, end }) => Date.parse(start) <= at && at < Date.parse(end),
	);
}

const failsPrescreening = ({ settings }: RentEngineWorld, data: ProspectData): boolean =>
	data.prospectType === 'Self' &&
	[data.creditScore, data.income].some((answer) => settings.failingAnswers.includes(answer));

/** The interest of the person in the unit; a new one, where there is none yet. */
function prospectOf(world: RentEngineWorld, { unitId, prospectData: person }: NewShowing): ProspectRecord {
	const known = world.data.prospects.rows.find(
		({ phone, unit_of_interest: unit }) => unit === unitId && phone.endsWith(person.phone),
	);
	if (known) return known;
	const { firstName, lastName, email, phone, prospectType } = person;
	return createRows(world).addProspect({
		name: `${firstName} ${lastName}`,
		email,
		phone: `+1${phone}`,
		status: 'Showing Desired',
		source: 'Website',
		prospect_type: prospectType,
		unit_of_interest: unitId,
	});
}

const addEvent = (
	world: RentEngineWorld,
	prospect: ProspectRecord,
	event_type: string,
	planned_date_time: string | null,
): LeasingEventRecord =>
	createRows(world).insert('leasing_events', {
		prospect: prospect.id,
		event_type,
		planned_date_time,
		source: 'Showing Scheduler',
	}) as LeasingEventRecord;

/** The event of a showing. One that is moved is changed in place, as RentEngine does with its events. */
function plan(
	world: RentEngineWorld,
	prospect: ProspectRecord,
	{ plannedForTime, rescheduleEvent }: NewShowing,
): LeasingEventRecord {
	const planned_date_time = new Date(plannedForTime).toISOString();
	const earlier = world.data.events
		.ofProspect(prospect.id)
		.findLast(({ event_type }) => event_type === SCHEDULED);
	const moves = rescheduleEvent !== undefined && rescheduleEvent !== false;
	if (!moves || !earlier) return addEvent(world, prospect, SCHEDULED, planned_date_time);
	return createRows(world).change('leasing_events', earlier.id, {
		planned_date_time,
	}) as LeasingEventRecord;
}
