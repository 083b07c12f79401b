import type { IDataObject } from 'n8n-workflow';
import { sleep } from 'n8n-workflow';

import type { Turn } from '../http/limiter';
import { TurnedAway } from '../http/limiter';
import type { Exchange } from '../http/send';
import { send } from '../http/send';
import { hash } from '../json/hash';
import { refusal } from '../report/errors';
import type { Outcome } from '../report/outcome';
import type { ItemKey, KeyState } from './keys';
import { lookUp } from './lookUp';
import type { Because, Doubt } from './reasons';
import {
	doubtOf,
	KEY_NOT_RECORDED,
	mayExist,
	neverCreated,
	notFoundYet,
	rateExhausted,
	STOPPED,
	UNDECIDED,
	unreachable,
} from './reasons';
import type { ReadyItem, Run } from './run';
import { Halt } from './run';

/** How often a request that never reached the service is tried in all, and the first pause between, in ms. */
const CONNECTION_TRIES = 4;
const CONNECTION_PAUSE_MS = 500;
/** How often an event that a look-up did not find is sent in all. */
const SENDS_WITH_LOOK_UP = 3;
/** How often an event is looked up in all, if others take its key on meanwhile. */
const MOST_LOOK_UPS = 5;
/** How far back the request of a key that another execution began is likely to lie, in ms. */
const KEY_BEGUN_WITHIN_MS = 2_700_000;

/** Brings one item to its outcome. Never rejects for anything the network or the service does. */
export async function deliverOne(run: Run, item: ReadyItem): Promise<Outcome> {
	const key = item.options.deduplicationKey;
	const found = item.memory.found;
	if (found?.state === 'created') return created(run, found.rows);
	const letGo = key === undefined ? undefined : await run.keys.hold(key, run.signal);
	try {
		return await new Attempt(run, item).toOutcome();
	} finally {
		letGo?.();
	}
}

function created(run: Run, rows: IDataObject[]): Outcome {
	for (const row of rows) run.taken.add(run.write.idOf(row));
	return { state: 'created', rows };
}

type Reply = Extract<Exchange, { kind: 'replied' }>;

/** The way of one item from its first try to its outcome. */
class Attempt {
	private doubt?: Doubt;
	/** The last doubt that a look-up has ended: there was no such event. */
	private refuted?: Doubt;
	/** When the first request whose outcome is unknown was begun. */
	private doubtedSince?: number;
	private readonly key?: ItemKey;
	private connections = 0;
	private sends = 0;
	private lookUps = 0;

	constructor(
		private readonly run: Run,
		private readonly item: ReadyItem,
	) {
		const { request } = item;
		const key = item.options.deduplicationKey;
		if (key !== undefined) this.key = run.keys.of(key, hash(request.about ?? request));
		const found = item.memory.found;
		if (found?.state === 'begun') {
			this.doubt = { ...doubtOf(found), differs: item.memory.differs };
			this.doubtedSince = found.since;
		}
	}

	async toOutcome(): Promise<Outcome> {
		for (;;) {
			const outcome = this.doubt ? await this.resolve(this.doubt) : await this.sendOnce();
			if (outcome) return outcome;
		}
	}

	/** One try. Gives the outcome, or undefined when there is another try or a doubt to resolve. */
	private async sendOnce(): Promise<Outcome | undefined> {
		const { run, item } = this;
		let turn: Turn;
		try {
			turn = await run.limiter.next(run.signal);
		} catch (cause) {
			if (cause instanceof TurnedAway) this.haltForRate();
			return this.halted();
		}
		const known = await this.begin(turn);
		if (known) return known === 'doubtful' ? undefined : known;
		const since = Date.now();
		item.memory.keep({ state: 'begun', since: this.doubtedSince ?? since });
		const exchange = await send(run, item.request, item.options.timeout);
		if (exchange.kind === 'notSent') turn.unused();
		else turn.done(exchange.kind === 'replied' ? exchange : undefined);
		this.sends++;
		return await this.judge(exchange, since);
	}

	/** Takes the deduplication key on. Gives an outcome when it was delivered before. */
	private async begin(turn: Turn): Promise<Outcome | 'doubtful' | undefined> {
		if (!this.key) return undefined;
		let state: KeyState;
		try {
			state = await this.key.begin();
		} catch {
			turn.unused();
			return this.notSent(KEY_NOT_RECORDED);
		}
		if (state === 'new' && !this.run.signal.aborted) return undefined;
		turn.unused();
		if (state === 'new') {
			await this.takeBack();
			return this.halted();
		}
		if (state === 'done') return { state: 'skipped', key: this.key.key };
		this.doubt = {
			since: Date.now() - KEY_BEGUN_WITHIN_MS,
			guessed: true,
			differs: state === 'begunOtherwise',
			because:
				"an earlier execution began to send the event of this 'Deduplication Key' and did not get to the end",
		};
		return 'doubtful';
	}

	private async judge(exchange: Exchange, since: number): Promise<Outcome | undefined> {
		const { run } = this;
		const { service } = run.write;
		if (exchange.kind === 'notSent') return await this.connectAgain(exchange);
		if (exchange.kind === 'lost') return this.inDoubt({ since, because: exchange.because });
		const { status, body } = exchange;
		if (status >= 200 && status < 300) {
			const rows = run.write.rows(body);
			if (rows) return await this.created(rows);
			if (run.write.isRefusal?.(body)) return await this.refused(exchange);
			const what = exchange.unreadable ?? 'a reply of another form than documented';
			return this.inDoubt({
				since,
				because: `${service.name} answered HTTP ${status} with ${what}`,
				httpCode: status,
			});
		}
		if (status === 429) {
			await this.takeBack();
			if (run.limiter.isRefusing()) this.haltForRate();
			return undefined;
		}
		// 408 and 303 do not say that nothing was done; every other 3xx and 4xx does.
		if (status >= 500 || status === 408 || status === 303 || status < 200) {
			return this.inDoubt({
				since,
				because: `${service.name} answered HTTP ${status}`,
				httpCode: status,
			});
		}
		return await this.refused(exchange);
	}

	private async refused({ status, body }: Reply): Promise<Outcome> {
		const { run, item } = this;
		await this.free();
		return {
			state: 'refused',
			report: refusal(run.write.service, status, body, item.sent, run.labelOf, item.name),
		};
	}

	private async created(rows: IDataObject[]): Promise<Outcome> {
		this.item.memory.keep({ state: 'created', rows });
		// Created is created: a key left open makes a repeat of it doubtful, not this item.
		await this.key?.finish().catch((cause: Error) => {
			this.run.ctx.logger.warn(`A deduplication key could not be marked as done: ${cause.message}`);
		});
		return created(this.run, rows);
	}

	private haltForRate(): void {
		this.run.halt(new Halt(rateExhausted(this.run.write.service)));
	}

	private async connectAgain(
		exchange: Extract<Exchange, { kind: 'notSent' }>,
	): Promise<Outcome | undefined> {
		await this.takeBack();
		this.connections++;
		if (exchange.passing && this.connections < CONNECTION_TRIES) {
			const pause = CONNECTION_PAUSE_MS * 2 ** (this.connections - 1);
			// When the run is halted meanwhile, the next turn tells so.
			await sleep(pause, this.run.signal).catch(() => undefined);
			return undefined;
		}
		return this.notSent(unreachable(this.run.write.service, exchange.because));
	}

	private inDoubt(doubt: Doubt): undefined {
		// What was sent first may have been slow, and show only after a look-up had not found it.
		this.doubtedSince ??= doubt.since;
		this.doubt = { ...doubt, since: this.doubtedSince };
		this.item.memory.keep({ state: 'begun', since: this.doubtedSince, because: doubt.because });
	}

	/** Ends a doubt: reported, or looked up. Undefined means that the event does not exist and is to be sent. */
	private async resolve(doubt: Doubt): Promise<Outcome | undefined> {
		if (this.item.options.outcomeUnknown !== 'lookUp') return this.unknown(doubt);
		if (this.lookUps++ === MOST_LOOK_UPS) return this.unknown(doubt, UNDECIDED);
		// An item that an earlier try left in doubt: whoever takes its key on from now on is noticed.
		if (this.key?.isKnown === false) {
			const state = await this.key.begin().catch(() => undefined);
			if (state === undefined) return this.unknown(doubt, UNDECIDED);
			if (state === 'done') return { state: 'skipped', key: this.key.key };
		}
		const verdict = await lookUp(this.run, this.item, doubt);
		if (verdict === 'undecided') return this.unknown(doubt, UNDECIDED);
		if (verdict !== 'absent') return await this.created(verdict.found);
		this.doubt = undefined;
		this.refuted = doubt;
		if (this.sends < SENDS_WITH_LOOK_UP) return undefined;
		await this.free();
		return { state: 'refused', report: neverCreated(this.run.write, this.item.name, doubt, this.sends) };
	}

	private unknown(doubt: Doubt, added?: string): Outcome {
		const report = mayExist(this.run.write, this.item.name, doubt, this.item.options, added);
		return { state: 'unknown', report };
	}

	private halted(): Outcome {
		const reason: unknown = this.run.signal.reason;
		if (reason instanceof Halt) return this.notSent(reason.report, reason.consequence);
		return this.notSent(STOPPED);
	}

	/** The item's way ends before another request. Not sent it is only if none before was in doubt. */
	private notSent({ because, ...report }: Because, consequence = false): Outcome {
		if (this.refuted) return this.unknown(this.refuted, notFoundYet(because));
		return {
			state: 'notSent',
			report: { ...report, message: `${this.item.name}: ${because}` },
			consequence,
		};
	}

	/** Nothing came of the request, or it was not made: execution and store know what they knew before it. */
	private async takeBack(): Promise<void> {
		const { memory } = this.item;
		if (this.doubtedSince === undefined) memory.forget();
		else memory.keep({ state: 'begun', since: this.doubtedSince, because: this.refuted?.because });
		await this.giveUp(async (key) => await key.takeBack());
	}

	/** Nothing was created: neither the execution nor the store needs to remember the item. */
	private async free(): Promise<void> {
		this.item.memory.forget();
		await this.giveUp(async (key) => await key.free());
	}

	private async giveUp(how: (key: ItemKey) => Promise<void>): Promise<void> {
		if (!this.key) return;
		await how(this.key).catch((cause: Error) => {
			this.run.ctx.logger.warn(`A deduplication key could not be taken back: ${cause.message}`);
		});
	}
}
