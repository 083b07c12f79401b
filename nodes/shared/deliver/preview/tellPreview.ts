import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../http/connection';
import { goesOnAfterErrors } from '../../report/agentCall';
import { hint } from '../../report/hints';
import type { PreviewRow } from '../../report/outcome';
import { named } from '../../report/summary';
import { numberOf, slowestPace, durationOf } from '../../http/pace';
import type { EndedItem } from '../items';
import { isReady } from '../items';

/** @noMessage They are parts of the hint below. */
const WORDS: Array<[PreviewRow['outcome'], string]> = [
	['would_create', 'would be created'],
	['would_update', 'would be updated'],
	['would_cancel', 'would be cancelled'],
	['would_skip', 'would be skipped'],
	['not_sent', 'not sent'],
];

/**
 * Says in a hint what a run would do with the previewed items, how long that takes, and what would stop it.
 *
 * @param sentBefore how many requests each account had sent before: since then, the preview itself has sent some, such as to find
 * records
 */
export function tellPreview(
	ctx: IExecuteFunctions,
	items: EndedItem[],
	sentBefore: Map<Connection, number>,
): void {
	const indexesOf = (wanted: PreviewRow['outcome']) =>
		items.flatMap(({ outcome }, index) =>
			outcome.state === 'previewed' && outcome.row.outcome === wanted ? [index] : [],
		);
	// One that was ready to be sent, or an earlier try has sent, keeps no other from being sent.
	const isWrong = (index: number) => {
		const item = items[index]?.item;
		return item && !isReady(item) && !item.wasSent;
	};
	const found = WORDS.map(([outcome, words]) => ({ outcome, words, indexes: indexesOf(outcome) }));
	const count = found.reduce((sum, { indexes }) => sum + indexes.length, 0);
	if (count === 0) return;
	const told = found
		.filter(({ indexes }) => indexes.length > 0)
		.map(({ outcome, words, indexes }) => {
			const which = outcome === 'not_sent' && items.length > 1 ? ` (${named(indexes)})` : '';
			return `${numberOf(indexes.length)} ${words}${which}`;
		});
	const many = count === 1 ? '1 item' : `${numberOf(count)} items`;
	/**
	 * @example Preview of 300 items: 298 would be created, 2 not sent (items 5, 212). Nothing was sent.
	 * @cause A hint of _Preview Only_: what a run would do, and how long it would take.
	 * @cure Fix the items that would not be sent, then turn the preview off.
	 */
	const message = [
		`Preview of ${many}: ${told.join(', ')}. Nothing was sent.`,
		...howLong(items, sentBefore),
		...whatStops(ctx, indexesOf('not_sent').filter(isWrong), items.length),
	].join(' ');
	hint(ctx, message, false, 'info');
}

/**
 * The time that the requests take at the rate of the service: that of the account that takes longest. The run finds the
 * records again, so the requests of the preview count too.
 */
function howLong(items: EndedItem[], sentBefore: Map<Connection, number>): string[] {
	const counts = new Map(
		[...sentBefore].map(([connection, sent]) => [connection, connection.limiter.sent - sent]),
	);
	for (const { item, outcome } of items)
		if (outcome.state === 'previewed' && outcome.row.request && item.connection)
			counts.set(item.connection, (counts.get(item.connection) ?? 0) + 1);
	const slowest = slowestPace(counts);
	/** @noMessage A part of the hint above. */
	return slowest ? [`A run takes ${durationOf(slowest.ms)} (${slowest.rate}).`] : [];
}

function whatStops(ctx: IExecuteFunctions, wrong: number[], count: number): string[] {
	if (goesOnAfterErrors(ctx) || wrong.length === 0 || count < 2) return [];
	const are = wrong.length === 1 ? 'is' : 'are';
	return [
		/** @noMessage A part of the hint above. */
		`With 'On Error' set to Stop Workflow, a run sends nothing until ${named(wrong)} ${are} right.`,
	];
}
