import type { IDataObject } from 'n8n-workflow';

import { toldIn } from '../../report/hints';
import { invalid, problemTexts } from '../../report/problems';
import { resolvedOf } from '../../find/resolved';
import type { ServiceRequest } from '../../http/service';
import { picked } from '../../json/objects';
import { reportOf } from '../../report/errors';
import type { Because, FailedOutcome, PreviewRow } from '../../report/outcome';
import { DOES, isFailed } from '../../report/outcome';
import type { KeyState } from '../keys/itemKey';
import { nameOf } from '../keys/peek';
import type { Claimed, PeekedKey } from '../claimed';
import { claimedAs, isOfOther, notRecorded, peekedKeysOf, peekedState } from '../claimed';
import { knownRefused, refusedLaterOf } from '../refusedLater';
import { allKeysOf, keysOf } from '../eventKey';
import type { OwnDoubt, RecordClaim } from '../beforeSending';
import type { Doubt } from '../doubt';
import { begunElsewhere, doubtIn } from '../doubt';
import { mayExist } from '../messages';
import { isLookedUp, isSentAgain } from '../options';
import type { CheckedItem, EndedItem, ReadyItem } from '../items';
import type { Prepared } from '../prepare';
import type { Run } from '../run';

/** What a run would do with one item. */
interface Would {
	outcome: PreviewRow['outcome'];
	request?: ServiceRequest;
	problems?: string[];
	/** How a run would end it, if it would not send it. */
	failed?: FailedOutcome;
}

/** What an earlier item of the preview would make. */
interface Made {
	item: ReadyItem;
	event: string;
	/** The values of the record so far, if the item makes one under a claim. */
	values: IDataObject;
}

const SKIP: Would = { outcome: 'would_skip' };

/** @param isOther the event of the key differs from the item's */
const skipped = (isOther = false): Would => (isOther ? { ...SKIP, problems: [OF_OTHER] } : SKIP);

const notSent = (failed: FailedOutcome, problems = [failed.report.message]): Would => ({
	outcome: 'not_sent',
	problems,
	failed,
});

const notSentBecause = (why: Because): Would => notSent({ state: 'notSent', report: reportOf('', why) });

/**
 * Ends the items that are only previewed: tells what a run would do with each (*Preview Only*). Everything was checked and
 * found as for a run. Here follows what the delivery decides: from the execution's memory, from the keys, and from what
 * earlier items of the preview would make. Nothing is sent, claimed or remembered.
 */
export async function previewAll(run: Run, items: Prepared[]): Promise<Prepared[]> {
	const asked = items.filter(({ item }) => item.isPreview);
	if (asked.length === 0) return items;
	const ready = asked.flatMap((one) => ('outcome' in one ? [] : [one.item]));
	const preview = new Preview(run, await peekedKeysOf(run, ready));
	const previewed: Prepared[] = [];
	// One after the other: an earlier item may make what a later one would make again.
	for (const [index, one] of items.entries()) {
		const { item } = one;
		if (!item.isPreview) {
			previewed.push(one);
			continue;
		}
		const would = 'outcome' in one ? withoutSending(one) : await preview.of(one.item);
		if (would.failed) toldIn(run.ctx).wouldFail.set(index, would.failed);
		previewed.push({ item, outcome: { state: 'previewed', row: rowOf(item, would) } });
	}
	return previewed;
}

function rowOf({ read }: CheckedItem, { outcome, request, problems = [] }: Would): PreviewRow {
	return {
		outcome,
		preview: true,
		request: request ? shown(request) : null,
		resolved: resolvedOf(read) ?? {},
		problems,
	};
}

/** A request as a person reads it. */
function shown({ method, path, query, body = {} }: ServiceRequest): IDataObject {
	const filled = picked(body, (_, value) => value !== undefined);
	return { method, path, ...(query && { query }), body: filled };
}

/** An item that is not sent: it has problems, or its record is as it should be. */
function withoutSending({ outcome, item }: EndedItem): Would {
	if (!isFailed(outcome)) return outcome.state === 'skipped' ? skipped(outcome.isOther) : SKIP;
	const problems = problemTexts(item.read.problems);
	return notSent(outcome, outcome.state === 'unknown' ? [outcome.report.message, ...problems] : problems);
}

class Preview {
	private readonly made = new Map<string, Made>();
	/** Each key that the store has as done or begun, with the event it has it for. */
	private readonly known = new Map<string, PeekedKey>();

	constructor(
		private readonly run: Run,
		private readonly keys: Map<string, PeekedKey> | undefined,
	) {
		for (const one of keys?.values() ?? [])
			if (one.state !== 'free' && !isOfOther(one.state)) this.known.set(one.key, one);
	}

	async of(item: ReadyItem): Promise<Would> {
		const would = await this.would(item);
		// One that changes what an earlier item makes claims nothing.
		if (would.request) this.note(item);
		return would;
	}

	private note(item: ReadyItem): void {
		const event = item.key?.event ?? '';
		const made = { item, event, values: { ...item.request.body } };
		for (const name of allKeysOf(item)) {
			const isOfOtherEvent = (this.known.get(name)?.event ?? event) !== event;
			if (!isOfOtherEvent && !this.made.has(name)) this.made.set(name, made);
		}
	}

	private async would(item: ReadyItem): Promise<Would> {
		const { memory, options, request, decision } = item;
		if (memory.found?.state === 'created') return SKIP;
		if (!this.keys && keysOf(item).length > 0) return notSentBecause(notRecorded(item));
		const before = doubtIn(memory);
		if (before) {
			const { doubt, ownSince: since, sends } = before;
			const isDone = allKeysOf(item).some((name) => this.stateOf(item, name) === 'done');
			const isAsked = isDone || isLookedUp(options) || decision.claim !== undefined;
			const claimed = isAsked ? await this.claimed(item, { since, sends }) : undefined;
			return claimed ?? this.inDoubt(item, doubt);
		}
		return (await this.claimed(item)) ?? this.sendAs(request);
	}

	/**
	 * What to do about an item whose key was claimed by another one; undefined if all its keys are free.
	 *
	 * @param own earlier requests of the item that are in doubt
	 */
	private async claimed(item: ReadyItem, own?: OwnDoubt): Promise<Would | undefined> {
		for (const name of allKeysOf(item)) {
			const made = this.made.get(name);
			if (made && item.decision.claim) return await this.sameRecord(item.decision.claim, made);
			const state = this.stateOf(item, name);
			if (state !== 'free') return await this.after(item, name, state, own);
		}
		return undefined;
	}

	/** The state of a key once the items before this one are done. */
	private stateOf({ key }: ReadyItem, name: string): KeyState {
		const event = key?.event ?? '';
		const made = this.made.get(name);
		if (made) return made.event === event ? 'done' : 'doneOtherEvent';
		const state = this.keys?.get(nameOf(name, event))?.state ?? 'free';
		const known = this.known.get(name);
		if (state !== 'free' || !known || known.event === event) return state;
		return known.state === 'done' ? 'doneOtherEvent' : 'begunOtherEvent';
	}

	/** What to do about an item by the state of one of its keys; undefined if the item may be sent. */
	private async after(
		item: ReadyItem,
		name: string,
		state: KeyState,
		own?: OwnDoubt,
	): Promise<Would | undefined> {
		const isRecord = item.decision.claim !== undefined;
		const first = claimedAs(state, name, item);
		if (first.is === 'ofOther') return await this.after(item, first.own, this.stateOf(item, first.own));
		const claimed = this.made.has(name) ? first : await this.ifRefused(item, first);
		switch (claimed.is) {
			case 'ours':
				return undefined;
			case 'denied':
				return notSentBecause(claimed.because);
			case 'underWay':
				return isRecord ? { outcome: 'would_update' } : { ...SKIP, problems: [UNDER_WAY] };
			case 'done':
				return (await this.recordOf(item, name, true, own)) ?? skipped(claimed.isOther);
			case 'begun': {
				const found = await this.recordOf(item, name, false, own);
				return found ?? this.inDoubt(item, begunElsewhere(claimed, isRecord));
			}
		}
	}

	/** A request in doubt: it is looked up in a run, if the item asks for that. */
	private inDoubt({ options, request }: ReadyItem, doubt: Doubt): Would {
		const report = mayExist(this.run.write, { name: '', options, request }, doubt);
		const { message } = report;
		const failed: FailedOutcome = { state: 'unknown', report };
		if (!isLookedUp(options) || doubt.differs) return notSent(failed);
		/** @noMessage Both messages are above. */
		if (!isSentAgain(options) || doubt.isRefused)
			return notSent(failed, [`${message}. ${ONLY_LOOKED_UP}`]);
		/** @noMessage Both messages are above. */
		return this.sendAs(request, [`${message}. ${LOOKED_UP}`]);
	}

	private sendAs(request: ServiceRequest, problems?: string[]): Would {
		const does = this.run.write.does?.(request) ?? 'creates';
		return { outcome: DOES[does].would, request, problems };
	}

	/** If the key is the claim of a record: another execution has made the record, or was about to. */
	private async recordOf(
		item: ReadyItem,
		key: string,
		isMade: boolean,
		own?: OwnDoubt,
	): Promise<Would | undefined> {
		const isDone = async (name: string) => (await this.stateNow(item, name)) === 'done';
		const again = await item.decision.claim?.again({
			...{ keys: [key], isMade, own, isDone },
			request: item.request,
		});
		if (!again) return undefined;
		if ('keys' in again) {
			for (const next of again.keys.values()) {
				const would = await this.after(item, next, await this.stateNow(item, next), own);
				if (would) return would;
			}
			return this.sendAs(item.request);
		}
		const { decision, read = item.read } = again;
		if (decision.problem) return notSent(invalid('', [decision.problem]));
		return decision.rows ? SKIP : this.sendAs(this.run.write.request(read, item.options));
	}

	private async stateNow(item: ReadyItem, key: string, event = ''): Promise<KeyState> {
		return await peekedState(this.run, item, key, event);
	}

	/** What a claim means where the service took the event and refused it later. */
	private async ifRefused(item: ReadyItem, claimed: Claimed): Promise<Claimed> {
		if (claimed.is !== 'done') return claimed;
		const stateOf = async (name: string, event: string) => await this.stateNow(item, name, event);
		return knownRefused(claimed, await refusedLaterOf(this.run, item, stateOf));
	}

	/** An earlier item of the preview would make the record: this one changes what differs. */
	private async sameRecord({ changes }: RecordClaim, { item: first, values }: Made): Promise<Would> {
		const changed = await changes(values);
		if (Object.keys(changed).length === 0) return SKIP;
		Object.assign(values, changed);
		const { noun } = this.run.write;
		return {
			outcome: 'would_update',
			/**
			 * @cause In a preview: an item before this one makes the record that this one needs.
			 * @cure Nothing.
			 */
			problems: [`${first.name} adds the same ${noun}; this item then changes what differs`],
		};
	}
}

/**
 * @cause In a preview: the event with this ID was delivered with another person, kind or time, and the option _Same ID, Other
 * Event_ is _Skip_.
 * @cure Nothing, if it is the same event after a change. See [the same ID, another event](twice.md#the-same-id-another-event).
 */
const OF_OTHER =
	"The event with this 'Event ID in Your System' differs in person, kind or time; the values of this item would not be recorded";
/**
 * @cause In a preview: another execution sends the same event at this moment.
 * @cure Nothing: it will be skipped.
 */
const UNDER_WAY = "Another execution is sending the event with this 'Event ID in Your System'";
/**
 * @cause In a preview: an earlier run left the item in doubt, and the option _If Outcome Is Unknown_ looks it up.
 * @cure Nothing.
 */
const LOOKED_UP = 'A run looks it up first, and sends it only if it is not there';
/**
 * @cause In a preview: an earlier run left the item in doubt, and the option _If Outcome Is Unknown_ only looks it up.
 * @cure Nothing, if a run finds it. Otherwise look in the service: if it is missing there, send it with another _Event ID in
 * Your System_.
 */
const ONLY_LOOKED_UP = 'A run looks it up; it does not send it again';
