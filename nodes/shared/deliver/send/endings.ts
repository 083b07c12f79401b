import type { Reply } from '../../http/exchange';
import { proofOf } from '../../http/whatReplyProves';
import { becauseSaid, refusal, reportOf } from '../../report/errors';
import type { Because, Outcome } from '../../report/outcome';
import type { Claim } from './claim';
import type { Doubt } from '../doubt';
import { mayExist, NOT_FOUND_AND_REFUSED, notFoundYet, refusedAgain, STOPPED } from '../messages';
import type { ReadyItem } from '../items';
import type { Run } from '../run';
import { Halt, takeFor } from '../run';
import type { In, Past } from './states';

/** The ways in which an item can end, each with its report; memory and key learn of it. */
export class Endings {
	constructor(
		private readonly run: Run,
		private readonly item: ReadyItem,
		private readonly claim: Claim,
	) {}

	/**
	 * The event of its key exists; `isRefused` if it was refused after the service had taken it, `isOther` if it differs from
	 * the item's.
	 */
	skipped(isRefused: boolean | undefined, isOther: boolean): In<'ended'> {
		const key = this.item.key?.key ?? '';
		return this.ended({ state: 'skipped', key, isRefused, isOther });
	}

	/** Whether the service would have refused an earlier request of the item too: it says no to what both hold. */
	private refusesAlways(reply: Reply): boolean {
		const { service, refusesRepeats } = this.run.write;
		return (
			!refusesRepeats && proofOf(reply).always === true && service.complaint(reply.body).ofForm === true
		);
	}

	/**
	 * A definite no. After an earlier request in doubt, it only proves that nothing was created if the service would have refused
	 * that one too.
	 */
	refused(past: Past, reply: Reply): In<'ended'> {
		const { connection } = this.item.account;
		if (past.absent && !this.refusesAlways(reply))
			return this.unknown(
				{ ...past, sends: past.sends + 1 },
				{ ...past.absent, isRefused: true },
				refusedAgain(becauseSaid(connection, reply, this.item)),
			);
		const report = refusal(connection, reply, this.item.name, this.item);
		const { description = '' } = report;
		const added = past.absent && { description: `${NOT_FOUND_AND_REFUSED} ${description}`.trim() };
		// Nothing was created: neither the execution nor the store needs to remember the item.
		this.item.memory.forget();
		this.claim.release();
		return this.ended({ state: 'refused', report: { ...report, ...added } });
	}

	/**
	 * Nobody knows whether the record exists.
	 *
	 * @param added a sentence about the look-ups
	 */
	unknown(past: Past, doubt: Doubt, added?: string): In<'ended'> {
		this.claim.leaveBegun();
		const report = mayExist(this.run.write, this.item, doubt, { added, sends: past.sends });
		return this.ended({ state: 'unknown', report });
	}

	/** The run has stopped. */
	halted(past: Past): In<'ended'> {
		const reason: unknown = this.item.account.signal.reason;
		if (reason instanceof Halt) return this.notSent(past, reason.report, reason.consequence);
		return this.notSent(past, STOPPED);
	}

	/** The item ends before another request. *Not sent* is true only if none before was in doubt. */
	notSent(past: Past, why: Because, consequence = false): In<'ended'> {
		if (past.absent) return this.unknown(past, past.absent, notFoundYet(why.because));
		return this.ended({ state: 'notSent', report: reportOf(this.item.name, why), consequence });
	}

	/**
	 * Any other end, with its report. Every end of an attempt goes through here. An item for which nothing has to be sent makes no
	 * attempt: `deliverOne` ends what an earlier try created, and what is as it should be.
	 */
	ended(outcome: Outcome): In<'ended'> {
		const { write } = this.run;
		const { account, decision, read } = this.item;
		if (outcome.state === 'created') takeFor(account, write, outcome.rows);
		if (outcome.state !== 'unknown' && (outcome.state !== 'created' || outcome.isUnsent))
			decision.takeBack?.();
		write.trace?.end(read, outcome, account.connection.account);
		return { at: 'ended', outcome };
	}
}
