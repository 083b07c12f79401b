import { afterFollowUp, followAll } from '../report/laterOutcomes';
import { Claim } from './send/claim';
import { keepCreated } from './send/kept';
import { markOfRefusal } from './eventKey';
import type { EndedItem } from './items';
import { stopsRun } from './items';
import type { Run } from './run';

/**
 * The last stage, once all items were sent: their results are waited for, if they want that. No other stage changes an
 * outcome:
 *
 * | Outcome | What the follow-up finds out                            | Outcome then             |
 * | ------- | ------------------------------------------------------- | ------------------------ |
 * | created | the service, or a system behind it, has refused it      | refused                  |
 * |         | anything else                                           | created, with newer rows |
 * | skipped | the item of this run that did the same has been refused | skipped, and says so     |
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
	const refused = ended.flatMap(({ item }, index) => (found[index]?.failed ? item : []));
	await Promise.all(refused.map(async (item) => await new Claim(run, item).markRefused()));
	const marks = new Set(refused.flatMap((item) => markOfRefusal(item) ?? []));
	return ended.map(({ item, outcome }, index) => {
		const end = found[index];
		if (end && 'request' in item && !('isUnsent' in outcome)) keepCreated(item, end.rows);
		// It was skipped because of another item, before that was known to be refused.
		const isOfRefused = outcome.state === 'skipped' && marks.has(markOfRefusal(item) ?? '');
		return {
			item,
			outcome: isOfRefused ? { ...outcome, isRefused: true } : afterFollowUp(outcome, end),
		};
	});
}
