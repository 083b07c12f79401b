import { toldIn } from '../report/hints';
import { withoutItemName } from '../report/itemName';
import type { Followed } from '../report/laterOutcomes';
import { afterFollowUp, followAll } from '../report/laterOutcomes';
import type { FailedOutcome } from '../report/outcome';
import { Claim } from './send/claim';
import { keepCreated, keepInDoubt } from './send/kept';
import { doubtOf } from './doubt';
import { mayExist, refusedOnce } from './messages';
import { refusalKeyOf } from './eventKey';
import type { EndedItem } from './items';
import { stopsRun } from './items';
import type { Run } from './run';

/**
 * The last stage, once all items were sent: their results are waited for, if they want that. No other stage changes an
 * outcome:
 *
 * | Outcome | What the follow-up finds out                            | Outcome then             |
 * | ------- | ------------------------------------------------------- | ------------------------ |
 * | created | the service, or a system behind it, has refused it      | refused, or unknown ¹    |
 * |         | anything else                                           | created, with newer rows |
 * | skipped | the item of this run that did the same has been refused | skipped, and says so     |
 *
 * ¹ If an earlier request of the item is in doubt (`Trail.inDoubt`).
 *
 * What it finds out is remembered for a further try of the execution.
 *
 * @param cancelled fires when the execution is stopped
 */
export async function followUp(run: Run, ended: EndedItem[], cancelled: AbortSignal): Promise<EndedItem[]> {
	const { ctx, write, goOn } = run;
	const outcomes = ended.map(({ outcome }) => outcome);
	// A run that an item stops waits for no results: they are pending. One that goes on waits, even if it is halted.
	const signal = goOn || !ended.some(stopsRun) ? cancelled : AbortSignal.abort();
	const found = await followAll(write.followUp, { ctx, signal }, outcomes, (index) => {
		const item = ended[index]?.item;
		return item && 'request' in item ? { ...item, connection: item.account.connection } : undefined;
	});
	const told = toldIn(ctx);
	const unknown = ended.map((one, index) => {
		const end = refusedInDoubt(run, one, found[index]);
		if (end) told.refusedLater = told.refusedLater.filter((other) => other !== index);
		return end;
	});
	const refused = ended.flatMap(({ item }, index) => (found[index]?.failed && !unknown[index] ? item : []));
	await Promise.all(refused.map(async (item) => await new Claim(run, item).noteRefused()));
	const refusals = new Set(refused.flatMap((item) => refusalKeyOf(item) ?? []));
	return ended.map(({ item, outcome }, index) => {
		const inDoubt = unknown[index];
		if (inDoubt) return { item, outcome: inDoubt };
		const end = found[index];
		if (end && 'request' in item && !('isUnsent' in outcome)) keepCreated(item, end.rows);
		// It was skipped because of another item, before that was known to be refused.
		const isOfRefused = outcome.state === 'skipped' && refusals.has(refusalKeyOf(item) ?? '');
		return {
			item,
			outcome: isOfRefused ? { ...outcome, isRefused: true } : afterFollowUp(outcome, end),
		};
	});
}

/**
 * The end of an item whose request was refused later, while an earlier one is in doubt: the record may exist by that one, and
 * the refusal may come from it. Undefined for any other item.
 */
function refusedInDoubt({ write }: Run, { item }: EndedItem, end?: Followed): FailedOutcome | undefined {
	const inDoubt = 'request' in item ? item.trail.inDoubt : undefined;
	if (!end?.failed || !inDoubt || !('request' in item)) return undefined;
	keepInDoubt(item, inDoubt, end.rows);
	const { message, details } = end.failed.report;
	const added = refusedOnce(withoutItemName(item.name, message));
	const report = mayExist(write, item, doubtOf(inDoubt), { added, isRefused: true });
	return { state: 'unknown', report: { ...report, details: { ...details, ...report.details } } };
}
