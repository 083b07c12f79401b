import type { JsonObject } from '../../json.ts';
import type { Answer } from '../../server/answer.ts';
import type { Schema } from '../../server/route.ts';
import type { PropexoRecord } from '../world.ts';

/** The query parameters of every list. */
export const PAGING: Record<string, Schema> = {
	'order-by': { type: 'string' },
	offset: { type: 'integer', minimum: 0 },
	limit: { type: 'integer', minimum: 0, maximum: 250 },
};

/**
 * One page of `rows`, in the order the query asks for, wrapped as Propexo does.
 * @param query `offset`, `limit` (100 unless given) and `order-by` (newest first unless given)
 */
export function page(rows: PropexoRecord[], query: JsonObject): Answer {
	const offset = Number(query['offset'] ?? 0);
	const limit = Number(query['limit'] ?? 100);
	const order = String(query['order-by'] ?? 'created_at:desc')
		.split(',')
		.map((part) => part.trim().split(':'))
		.map(([field = '', direction = 'asc']) => ({ field, direction }));
	rows.sort((left, right) => {
		for (const { field, direction } of order) {
			const compared = compare(left[field], right[field]);
			if (compared !== 0) return direction === 'desc' ? -compared : compared;
		}
		// Rows that are equal by this order may come in any order: here, in another one with each page.
		return compare(left.id, right.id) * ((offset / limit) % 2 < 1 ? 1 : -1);
	});
	return {
		status: 200,
		body: {
			meta: {
				offset,
				limit,
				orderBy: order,
				hasMore: offset + limit < rows.length,
				total: rows.length,
			},
			results: rows.slice(offset, offset + limit),
		},
	};
}

function compare(left: unknown, right: unknown): number {
	if (left === right) return 0;
	if (left === null || left === undefined) return -1;
	if (right === null || right === undefined) return 1;
	return left < right ? -1 : 1;
}
