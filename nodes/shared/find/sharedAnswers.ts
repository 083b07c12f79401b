import { untilAbort } from '../process/untilAbort';
import type { BoundedMap } from '../process/boundedMap';
import { steadyNow } from '../process/steadyNow';
import { orElse } from './get';

/*
 * Records that were read are shared by all executions of this process for a while. A burst of 500 webhooks starts 500
 * executions, and most of them ask for the same records.
 */

/** How long a record that was found is used without asking again, in ms. */
export const FOUND_MS = 60_000;
/** How long a record that was not found counts as missing, in ms. Short, because it may be created at any moment. */
export const MISSING_MS = 5_000;

/**
 * The execution that asked was stopped before it had its answer. Others that wait for the answer have to ask
 * themselves.
 */
export class Stopped extends Error {}

/** An answer and its age. */
export interface Answer<T> {
	is: T;
	/** When it was asked for, as `steadyNow` counts. */
	since: number;
}

/** A question whose answer is known or under way. */
export interface Asked<T> {
	answer: Promise<Answer<T>>;
	since: number;
}

/** Answers by account and question. */
export class SharedAnswers<T> {
	constructor(private readonly asked: BoundedMap<Asked<T>>) {}

	/** Forgets an answer. */
	drop(question: string): void {
		this.asked.delete(question);
	}

	/**
	 * The answer that is kept or under way; undefined if there is none, or the execution that asked was stopped.
	 *
	 * @param signal ends the wait
	 */
	async known(question: string, signal: AbortSignal): Promise<Answer<T> | undefined> {
		const known = this.asked.get(question);
		if (!known) return undefined;
		const isStopped = (cause: unknown) => cause instanceof Stopped || signal.aborted;
		return await orElse(untilAbort(known.answer, signal), isStopped, undefined);
	}

	/**
	 * Asks, and keeps the answer. A failure is not kept; everyone who waits for the answer gets it.
	 *
	 * @param signal of the execution that asks
	 */
	async ask(question: string, asking: () => Promise<T>, signal: AbortSignal): Promise<Answer<T>> {
		const since = steadyNow();
		const answer = asking().then(
			(is) => ({ is, since }),
			async (cause: unknown) => await Promise.reject(signal.aborted ? new Stopped() : (cause as Error)),
		);
		const asked = { answer, since };
		this.asked.set(question, asked);
		const drop = () => {
			if (this.asked.get(question) === asked) this.asked.delete(question);
		};
		answer.catch(drop);
		return await answer;
	}

	/** The answer that is kept, if it is good; otherwise asks. */
	async get(
		question: string,
		isGood: (answer: Answer<T>) => boolean | Promise<boolean>,
		asking: () => Promise<T>,
		signal: AbortSignal,
	): Promise<Answer<T>> {
		// After an answer that is no good, the executions that waited for it do not all ask: one does, the others wait
		// for it.
		for (let before: Asked<T> | undefined; ;) {
			const now = this.asked.get(question);
			if (!now || now === before) break;
			before = now;
			const known = await this.known(question, signal);
			if (known && (await isGood(known))) return known;
		}
		return await this.ask(question, asking, signal);
	}
}
