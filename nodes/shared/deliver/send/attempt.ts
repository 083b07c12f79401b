import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import { sendIn } from '../../http/sendAgain';
import { NoSlot } from '../../http/queue';
import type { Exchange, NotSent } from '../../http/exchange';
import { steadyNow } from '../../process/steadyNow';
import { becauseSaid, rateExhausted, unreachable } from '../../report/errors';
import { isFailed } from '../../report/outcome';
import type { Came } from './cameOf';
import { cameOf } from './cameOf';
import { Claim } from './claim';
import type { OwnDoubt } from '../beforeSending';
import type { ClaimedByOther } from '../claimed';
import { begunOf, keepBegun, keepCreated } from './kept';
import { Endings } from './endings';
import { lookUp } from './lookUp';
import type { Doubt } from '../doubt';
import { begunElsewhere, doubtIn } from '../doubt';
import { NOT_FOUND, UNDECIDED } from '../messages';
import { isLookedUp, isSentAgain, MOST_SENDS, timeoutMs } from '../options';
import type { ReadyItem } from '../items';
import { prepareAgain, underKeys } from '../prepare';
import type { Run } from '../run';
import { Halt } from '../run';
import type { In, Over, Past, State, UnderWay } from './states';

type Doubted = Extract<Came, { is: 'inDoubt' }>;

/** What is known of an item that stays in doubt. */
type InDoubt = Pick<In<'inDoubt'>, 'past' | 'doubt'>;

const BARRED = { isBarred: true } as const;

/** How often an event is looked up in all: others may claim its key in between. */
const MOST_LOOK_UPS = 5;

/** The steps of one item from state to state; `states.ts` has the table of them. */
export class Attempt {
	readonly claim: Claim;
	private readonly end: Endings;
	/** Set once the item is in trouble; ends the trouble. */
	endTrouble?: () => void;

	constructor(
		private readonly run: Run,
		private readonly item: ReadyItem,
	) {
		this.claim = new Claim(run, item);
		this.end = new Endings(run, item, this.claim);
	}

	async toEnd(): Promise<Over> {
		let state: State = this.begin();
		while (state.at !== 'ended' && state.at !== 'anew') state = await this.next(state);
		return state;
	}

	private begin(): UnderWay {
		const past: Past = { connections: 0, sends: 0, lookUps: 0 };
		const before = doubtIn(this.item.memory);
		if (!before) return { at: 'waiting', past };
		const { doubt, ownSince, sends } = before;
		return { at: 'inDoubt', doubt, past: { ...past, sends, ownSince } };
	}

	private async next(state: UnderWay): Promise<State> {
		switch (state.at) {
			case 'waiting':
				return await this.waiting(state);
			case 'claiming':
				return await this.claiming(state);
			case 'claimed':
				return await this.claimed(state);
			case 'sending':
				return await this.sending(state);
			case 'inDoubt':
				return await this.inDoubt(state);
		}
	}

	/** Waits until a slot is near. */
	private async waiting({ past }: In<'waiting'>): Promise<State> {
		const { connection, signal, trouble } = this.item.account;
		try {
			if (!this.endTrouble) await trouble.untilOver(signal);
			return { at: 'claiming', place: await connection.limiter.place(signal), past };
		} catch (cause) {
			return this.noSlot(past, cause);
		}
	}

	/** Claims the key, if the item has one: no item sends without its claim. Other items need not wait for that. */
	private async claiming({ past, place }: In<'claiming'>): Promise<State> {
		const claimed = await this.claim.take();
		if (claimed.is === 'ours') return { at: 'claimed', place, past };
		place.leave();
		if (claimed.is === 'denied') return this.end.notSent(past, claimed.because);
		if (claimed.is === 'underWay') {
			await this.claim.waitForOther(this.item.account.signal);
			return { at: 'waiting', past };
		}
		const doubt = begunElsewhere(claimed, this.item.decision.claim !== undefined);
		const before = await this.claimedBefore(past, claimed);
		if ('at' in before) return before;
		const sends = Math.max(past.sends, claimed.sends ?? 1);
		return { at: 'inDoubt', past: { ...before.past, sends }, doubt };
	}

	/**
	 * Another item or execution has claimed the key. If the event is done, the item is skipped; if the key is the claim of a
	 * record, what is known of the record decides. In all other cases the item is in doubt.
	 */
	private async claimedBefore(
		past: Past,
		{ is, keys, isOther, isRefused, sends }: ClaimedByOther,
	): Promise<State | Pick<InDoubt, 'past'>> {
		const { item } = this;
		// One request of that event was refused: the service may have taken another one.
		const begun = is === 'begun' ? keys : past.begun;
		const inDoubt = { past: { ...past, begun, ...(sends !== undefined && BARRED) } };
		const next = await prepareAgain(this.run.write, item, {
			keys,
			isMade: is === 'done',
			own: this.ownDoubt(past),
			request: item.request,
			isDone: async (name) => (await this.claim.stateOf(name)) === 'done',
		});
		if (!next) return is === 'done' ? this.end.skipped(isRefused, isOther) : inDoubt;
		if (!('outcome' in next)) return { at: 'anew', item: next.item };
		// An earlier request of the item may have made the record, whatever keeps it from being sent now.
		if (isFailed(next.outcome) && past.ownSince !== undefined)
			return past.absent
				? this.end.unknown(past, past.absent, NOT_FOUND)
				: { past: { ...inDoubt.past, ...BARRED } };
		return this.end.ended(next.outcome);
	}

	/** The item's own requests that are in doubt, also under earlier keys. */
	private ownDoubt({ ownSince: since, sends }: Past): OwnDoubt | undefined {
		return since === undefined ? this.item.ownBefore : { since, sends };
	}

	/** Waits for the slot. */
	private async claimed({ past, place }: In<'claimed'>): Promise<State> {
		const { signal, trouble } = this.item.account;
		try {
			const slot = await place.slotIfSoon(signal);
			if (slot && (this.endTrouble || !trouble.isMany)) return { at: 'sending', slot, past };
			slot?.giveBack();
		} catch (cause) {
			return this.noSlot(past, cause);
		}
		this.giveClaimBack(past);
		return { at: 'waiting', past };
	}

	/** The item does not send now. The key of one in doubt stays begun. */
	private giveClaimBack({ ownSince }: Past): void {
		if (ownSince === undefined) this.claim.giveBack();
		else this.claim.leaveBegun();
	}

	private noSlot(past: Past, cause: unknown): State {
		if (cause instanceof NoSlot) this.haltForRate();
		return this.end.halted(past);
	}

	/** Sends the request; what the exchange shows decides the next state. */
	private async sending({ past, slot }: In<'sending'>): Promise<State> {
		if (!this.claim.maySend()) return { at: 'claiming', place: slot.backToPlace(), past };
		const { request, options, read, account, decision } = this.item;
		const late = decision.begin?.() ?? this.run.write.trace?.begin(read, account.connection.account);
		if (late) {
			slot.giveBack();
			this.giveClaimBack(past);
			return this.end.notSent(past, late);
		}
		const since = steadyNow();
		const sentAt = Date.now();
		const own = { ownSince: past.ownSince ?? since, sends: past.sends + 1 };
		keepBegun(this.item, own, { ...this.firstOf(past, since), last: since });
		const exchange = await sendIn(slot, account.connection, request, timeoutMs(options));
		this.note(sentAt, exchange);
		const came = cameOf(exchange, this.run.write);
		switch (came.is) {
			case 'made':
				this.noteDoubt(past, past.absent, past.sends + 1);
				return await this.done(came.rows);
			case 'refused':
				return this.end.refused(past, came.reply);
			case 'inDoubt':
				return this.doubted(past, since, came);
			case 'notConnected':
				return await this.notConnected(past, came.exchange);
			case 'turnedAway':
				this.notHappened(past);
				if (account.connection.limiter.isRefusing()) this.haltForRate();
				return { at: 'waiting', past };
		}
	}

	/**
	 * Since when a look-up looks: from the first request in doubt on, also that of another execution, as its record may show late.
	 *
	 * @param since when the item's present request was begun
	 */
	private firstOf({ absent }: Past, since: number): Pick<Doubt, 'lookFrom' | 'guessed' | 'does'> {
		const does = absent?.does ?? this.run.write.does?.(this.item.request);
		return {
			lookFrom: absent?.lookFrom ?? since,
			...(absent?.guessed && { guessed: true }),
			...(does !== 'creates' && { does }),
		};
	}

	private note(sentAt: number, { kind }: Exchange): void {
		const { trail } = this.item;
		trail.attempts++;
		if (kind === 'notSent') return;
		trail.sentAt = sentAt;
		trail.answeredAt = kind === 'replied' ? Date.now() : undefined;
	}

	/** Ends a doubt: reports it, or asks the service. */
	private async inDoubt(state: In<'inDoubt'>): Promise<State> {
		if (isLookedUp(this.item.options) && state.past.lookUps === MOST_LOOK_UPS)
			return this.end.unknown(state.past, state.doubt, UNDECIDED);
		if (this.claim.isKnown) return await this.lookUp(state);
		// An earlier try left the item in doubt, perhaps with another key or none. Claims that others make from now on must be
		// noticed, and others must notice that the event of the key is in doubt.
		const claimed = await this.claimInDoubt(state);
		return 'at' in claimed ? claimed : await this.lookUp(claimed);
	}

	private async lookUp({ past, doubt }: InDoubt): Promise<State> {
		const { options } = this.item;
		if (!isLookedUp(options)) return this.end.unknown(past, doubt);
		this.beginTrouble();
		const looked = await lookUp(this.run, this.item, doubt);
		if (looked === 'undecided') return this.end.unknown(past, doubt, UNDECIDED);
		if (looked !== 'absent' && 'older' in looked) {
			const instead = this.item.decision.claim?.insteadOf(looked.older, past.begun ?? []);
			if (!instead) return this.end.unknown(past, doubt, UNDECIDED);
			const isOther = [...instead].some(([key, next]) => key !== next);
			if (isOther && isSentAgain(options) && !past.isBarred)
				return { at: 'anew', item: underKeys(this.item, instead) };
		}
		if (looked === 'absent' || 'older' in looked) {
			if (!isSentAgain(options) || past.isBarred || past.sends >= MOST_SENDS)
				return this.end.unknown(past, doubt, NOT_FOUND);
			return { at: 'waiting', past: { ...past, lookUps: past.lookUps + 1, absent: doubt } };
		}
		if (looked.remark) this.item.read.remarks.push(looked.remark);
		this.noteDoubt(past, past.sends > (looked.copies ?? 1) ? doubt : undefined, past.sends);
		return await this.done(looked.found);
	}

	/** Claims the key of an item that an earlier try left in doubt. */
	private async claimInDoubt({ past, doubt }: InDoubt): Promise<State | InDoubt> {
		const { account, options } = this.item;
		const claimed = await this.claim.take();
		if (claimed.is === 'denied')
			return this.end.unknown(past, doubt, isLookedUp(options) ? UNDECIDED : undefined);
		if (claimed.is === 'underWay') {
			// What another item does with the key decides what to do about this one. Its request has just gone out.
			await this.claim.waitForOther(account.signal);
			const last = steadyNow();
			if (!account.signal.aborted) return { at: 'inDoubt', past, doubt: { ...doubt, last } };
		}
		if (claimed.is === 'ours' || claimed.is === 'underWay') return { past, doubt };
		const before = await this.claimedBefore(past, claimed);
		if ('at' in before) return before;
		// Another execution may have sent another request since: not finding this one proves nothing about that.
		return { ...before, doubt: claimed.differs ? { ...doubt, differs: true } : doubt };
	}

	/** The service has taken a request. If it refuses that one later, it may be because of an earlier one that is in doubt. */
	private noteDoubt({ ownSince }: Past, doubt: Doubt | undefined, sends: number): void {
		if (doubt) this.item.trail.inDoubt = begunOf({ ownSince: ownSince ?? doubt.lookFrom, sends }, doubt);
	}

	private async done(made: IDataObject[]): Promise<State> {
		const rows = this.item.complete(made);
		this.item.decision.noteTaken?.(rows);
		keepCreated(this.item, rows);
		await this.claim.finish(rows);
		return this.end.ended({ state: 'created', rows });
	}

	private doubted(past: Past, since: number, { exchange, mayGoOn }: Doubted): State {
		const ownSince = past.ownSince ?? since;
		const because = becauseSaid(this.item.account.connection, exchange, this.item);
		const httpCode = exchange.kind === 'replied' ? exchange.status : undefined;
		const after = { ...past, sends: past.sends + 1, ownSince };
		const doubt: Doubt = { ...this.firstOf(past, since), last: since, because, httpCode, mayGoOn };
		keepBegun(this.item, { ownSince, sends: after.sends }, doubt);
		return { at: 'inDoubt', past: after, doubt };
	}

	private async notConnected(past: Past, exchange: NotSent): Promise<State> {
		this.notHappened(past);
		const { service } = this.run.write;
		const pause = service.retryAfterMs[past.connections];
		if (!exchange.passing || pause === undefined)
			return this.end.notSent(past, unreachable(service, exchange));
		this.beginTrouble();
		// If the run is halted meanwhile, the next wait for a slot ends the item.
		const { signal } = this.item.account;
		await sleep(pause, signal).catch(() => undefined);
		return { at: 'waiting', past: { ...past, connections: past.connections + 1 } };
	}

	private beginTrouble(): void {
		this.endTrouble ??= this.item.account.trouble.begin();
	}

	private haltForRate(): void {
		const { account } = this.item;
		account.halt(new Halt(rateExhausted(account.connection)));
	}

	/** The request did not happen: memory and key are as they were before it. */
	private notHappened(past: Past): void {
		if (past.ownSince === undefined) this.item.memory.forget();
		else {
			const own = { ownSince: past.ownSince, sends: past.sends };
			keepBegun(this.item, own, past.absent ?? { lookFrom: past.ownSince });
		}
		this.giveClaimBack(past);
	}
}
