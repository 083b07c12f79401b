import { toldIn } from '../report/hints';
import { withoutItemName } from '../report/itemName';
import { afterFollowUp, followAll } from '../report/laterOutcomes';
import type { FailedOutcome, Outcome } from '../report/outcome';
import { Claim } from './send/claim';
import { keepCreated, keepInDoubt } from './send/kept';
import { begunElsewhere, doubtOf } from './doubt';
import { mayExist, refusedOnce } from './messages';
import type { CheckedItem, EndedItem, ReadyItem } from './items';
import { isReady, stopsRun } from './items';
import type { Begun } from './memory/remembered';
import type { RefusedLater } from './refusedLater';
import { refusalKeyOf } from './refusedLater';
import type { Run } from './run';

/**
 * The last stage, once all items were sent: their results are waited for, if they want that. No other stage changes an
 * outcome:
 *
 * | Outcome | What the follow-up finds out                            | Outcome then             |
 * | ------- | ------------------------------------------------------- | ------------------------ |
 * | created | the service, or a system behind it, has refused it      | refused, or unknown ¹    |
 * |         | anything else                                           | created, with newer rows |
 * | skipped | the item of this run that did the same has been refused | skipped, and says so ²   |
 *
 * ¹ If an earlier request of the item is in doubt (`Trail.inDoubt`).
 *
 * ² Unknown if that other item is.
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
		return item && isReady(item) ? { ...item, connection: item.account.connection } : undefined;
	});
	const refusals = new Map<string, RefusedLater>();
	const ends = await Promise.all(
		ended.map(async ({ item, outcome }, index) => {
			const end = found[index];
			if (!end || !isReady(item)) return outcome;
			const { inDoubt } = item.trail;
			const refused = end.failed && (inDoubt ? { sends: inDoubt.sends ?? 2 } : {});
			if (refused) refusals.set(refusalKeyOf(item) ?? '', refused);
			const isNoted = refused !== undefined && (await new Claim(run, item).noteRefused(refused));
			if (end.failed && inDoubt) {
				keepInDoubt(item, inDoubt, { rows: end.rows, isNoted });
				return refusedInDoubt(run, item, inDoubt, end.failed);
			}
			if (!('isUnsent' in outcome)) keepCreated(item, end.rows);
			return afterFollowUp(outcome, end);
		}),
	);
	const told = toldIn(ctx);
	told.refusedLater = told.refusedLater.filter((index) => ends[index]?.state !== 'unknown');
	return ended.map(({ item, outcome }, index) => {
		// It was skipped because of another item, before that was known to be refused.
		const refused = refusals.get(refusalKeyOf(item) ?? '');
		if (outcome.state === 'skipped' && refused)
			return { item, outcome: skippedFor(run, item, outcome, refused) };
		return { item, outcome: ends[index] ?? outcome };
	});
}

/**
 * The end of an item whose request was refused later, while an earlier one is in doubt: the record may exist by that one, and
 * the refusal may come from it.
 */
function refusedInDoubt(
	{ write }: Run,
	item: ReadyItem,
	inDoubt: Begun,
	{ report: said }: FailedOutcome,
): Outcome {
	const added = refusedOnce(withoutItemName(item.name, said.message));
	const { sends } = inDoubt;
	const report = mayExist(write, item, { ...doubtOf(inDoubt), isRefused: true }, { added, sends });
	return { state: 'unknown', report: { ...report, details: { ...said.details, ...report.details } } };
}

/** The end of an item that was skipped because of another one, which was refused later. */
function skippedFor(
	{ write }: Run,
	item: CheckedItem,
	outcome: Extract<Outcome, { state: 'skipped' }>,
	{ sends }: RefusedLater,
): Outcome {
	if (sends === undefined) return { ...outcome, isRefused: true };
	const doubt = begunElsewhere({ differs: outcome.isOther === true, sends }, false);
	return { state: 'unknown', report: mayExist(write, item, doubt, { sends }) };
}
