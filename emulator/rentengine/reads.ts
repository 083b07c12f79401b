import type { Answer } from '../server/answer.ts';
import type { Call, Route, Schema } from '../server/route.ts';
import type { JsonObject } from '../json.ts';
import type { RentEngineWorld, UnitRecord } from './world.ts';

const TEXT: Schema = { type: 'string' };
const TIME: Schema = { type: 'string', format: 'date-time' };
const PAGING: Record<string, Schema> = {
	limit: { type: 'integer', minimum: 1, maximum: 100 },
	page_number: { type: 'integer', minimum: 0 },
};

/** Source: the parameter `statuses` of RentEngine's page on units, version 1.1.1. */
const UNIT_STATUSES =
	'Incomplete|Under Review|Available|Archived|Leased|On Hold|Expired|Withdrawn|Withdrawal Requested|Price Analysis';
/** Values between commas. */
const listOf = (one: string): Schema => ({ type: 'string', pattern: `^(${one})( ?, ?(${one}))*$` });

/** Prospects and units. Lists are bare arrays, pages count from 0. */
export const readRoutes: readonly Route<RentEngineWorld>[] = [
	{
		method: 'GET',
		path: '/prospects',
		query: { ...PAGING, created_after: TIME, created_before: TIME },
		handle: listProspects,
	},
	{
		method: 'GET',
		path: '/units',
		query: {
			...PAGING,
			unitIds: listOf('\\d+'),
			extracted_from: TEXT,
			accountId: TEXT,
			statuses: listOf(UNIT_STATUSES),
			city: TEXT,
			zip_codes: TEXT,
			updated_after: TIME,
			updated_before: TIME,
		},
		handle: listUnits,
	},
];

/** `created_after` includes its own moment. */
function listProspects({ world: { data, settings }, query }: Call<RentEngineWorld>): Answer {
	const after = timeOf(query['created_after'], -Infinity);
	const before = timeOf(query['created_before'], Infinity);
	const rows = data.prospects.rows
		.map((row) => ({ row, at: Date.parse(row.created_at) }))
		.filter(({ at }) => at >= after && at < before)
		.sort((left, right) => left.at - right.at || left.row.id - right.row.id)
		.map(({ row }) => row);
	if (settings.prospectOrder === 'newest') rows.reverse();
	return page(rows, query);
}

function listUnits({ world: { data }, query }: Call<RentEngineWorld>): Answer {
	const among = (name: string): Set<string> | undefined =>
		query[name] === undefined
			? undefined
			: new Set(
					String(query[name])
						.split(',')
						.map((part) => part.trim()),
				);
	const ids = among('unitIds');
	const statuses = among('statuses');
	const zips = among('zip_codes');
	const after = timeOf(query['updated_after'], -Infinity);
	const before = timeOf(query['updated_before'], Infinity);
	const part = (unit: UnitRecord, name: string): unknown =>
		typeof unit.address === 'object' ? unit.address[name] : undefined;
	const rows = data.units.rows.filter((unit) => {
		const updated = Date.parse(unit.updated_at);
		return (
			(!ids || ids.has(String(unit.id))) &&
			(!statuses || statuses.has(unit.status)) &&
			(!zips || zips.has(String(part(unit, 'zip_code')))) &&
			(query['city'] === undefined || part(unit, 'city') === query['city']) &&
			(query['accountId'] === undefined || unit['account_id'] === query['accountId']) &&
			(query['extracted_from'] === undefined || unit['extracted_from'] === query['extracted_from']) &&
			updated >= after &&
			updated < before
		);
	});
	return page(rows, query);
}

function page(rows: readonly unknown[], query: JsonObject): Answer {
	const limit = Number(query['limit'] ?? 50);
	const start = Number(query['page_number'] ?? 0) * limit;
	return { status: 200, body: rows.slice(start, start + limit) };
}

const timeOf = (value: unknown, otherwise: number): number =>
	typeof value === 'string' ? Date.parse(value) : otherwise;
