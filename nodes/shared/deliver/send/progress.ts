import type { Connection } from '../../http/connection';
import { MOST_PLACES } from '../../http/limiter';
import { nounsOf } from '../../json/text';
import { hintAtWorkflow } from '../../report/hints';
import type { Outcome } from '../../report/outcome';
import { isFailed } from '../../report/outcome';
import type { Pace } from '../../http/pace';
import { momentInWords, numberOf, slowestPace, durationOf } from '../../http/pace';
import type { ReadyItem } from '../items';
import type { Prepared } from '../prepare';
import type { Run } from '../run';

/** How often a long run logs its progress, in ms. A shorter run logs nothing. */
const TELL_EVERY_MS = 30_000;

/** Tells how far a run is and when it will end: in n8n's log while it goes on, in a hint once it has ended. */
export class Progress {
	private readonly begun = Date.now();
	private lastTold = this.begun;
	private readonly every: number;
	/** How many items the run has. */
	private readonly count: number;
	/** How many items of each account have no outcome yet. */
	private readonly left = new Map<Connection, number>();
	/** How many items ended without an error. */
	private done = 0;
	private failed = 0;

	constructor(
		private readonly run: Run,
		items: Prepared[],
	) {
		this.every = run.write.tellEveryMs ?? TELL_EVERY_MS;
		this.count = items.length;
		for (const one of items) {
			if ('outcome' in one) this.note(one.outcome);
			else this.add(one.item.account.connection, 1);
		}
		if (this.pace(0).ms >= this.every) this.log(0);
	}

	/** An item has its outcome. */
	ended({ account }: ReadyItem, outcome: Outcome): void {
		this.note(outcome);
		this.add(account.connection, -1);
		if (Date.now() - this.lastTold >= this.every && this.done + this.failed < this.count)
			this.log(MOST_PLACES);
	}

	/** The run has ended. */
	end(): void {
		const took = Date.now() - this.begun;
		if (took < this.every) return;
		/**
		 * @example 4,997 of 5,000 lead events done in about 34 minutes (Propexo takes 150 requests in 60 s).
		 * @cause A hint at the end of a long run: how many items ended without an error, how long it took, and at which rate.
		 * @cure Nothing. Another hint names the items that ended with an error.
		 */
		const message = `${this.far(this.done)} done in ${durationOf(took)} (${this.pace(0).rate}).`;
		hintAtWorkflow(this.run.ctx, message, 'info');
	}

	/**
	 * "1,200 of 5,000 lead events"
	 *
	 * @noMessage A part of the hint above.
	 */
	private far(done: number): string {
		return `${numberOf(done)} of ${numberOf(this.count)} ${nounsOf(this.run.write.noun)}`;
	}

	private log(waiting: number): void {
		const { ctx } = this.run;
		this.lastTold = Date.now();
		const { ms, rate } = this.pace(waiting);
		/** @noMessage A part of the message below. */
		const failed = this.failed === 0 ? '' : `, ${numberOf(this.failed)} failed`;
		const until = momentInWords(Date.now() + ms, ctx.getTimezone());
		/**
		 * @example 1,200 of 5,000 lead events done, 3 failed. The rest takes about 26 minutes, until 10:47 (America/Chicago) (Propexo takes 150 requests in 60 s).
		 * @cause In n8n's log: how far a long run is, and how many items ended with errors so far.
		 * @cure Nothing.
		 */
		ctx.logger.info(
			`${this.far(this.done)} done${failed}. The rest takes ${durationOf(ms)}, until ${until} (${rate}).`,
		);
	}

	private note(outcome: Outcome): void {
		if (isFailed(outcome)) this.failed++;
		else this.done++;
	}

	private add(connection: Connection, count: number): void {
		this.left.set(connection, (this.left.get(connection) ?? 0) + count);
	}

	/**
	 * The time until all items have their outcomes: the time of the slowest account.
	 *
	 * @param waiting how many items of an account at most wait in the limiter already, which counts them itself
	 */
	private pace(waiting: number): Pace {
		const counts = [...this.left].map(([connection, left]): [Connection, number] => [
			connection,
			Math.max(0, left - waiting),
		]);
		return slowestPace(counts) ?? { ms: 0, rate: '' };
	}
}
