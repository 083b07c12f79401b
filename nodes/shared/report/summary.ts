import { nounsOf } from '../json/text';
import type { Outcome } from './outcome';
import { OUTCOME_NAMES } from './outcome';

/** How many ranges of items are named, so that the text stays bounded. For some hundred items it is always complete. */
const MOST_RANGES = 1_000;

/** "1–3, 5, 9–12" for the positions, counted from 1. */
export function ranges(indexes: number[]): string {
	const runs: Array<{ from: number; to: number }> = [];
	for (const index of indexes) {
		const last = runs.at(-1);
		if (last?.to === index - 1) last.to = index;
		else runs.push({ from: index, to: index });
	}
	const found = runs.map(({ from, to }) => (from === to ? `${from + 1}` : `${from + 1}–${to + 1}`));
	return found.length > MOST_RANGES ? `${found.slice(0, MOST_RANGES).join(', ')} …` : found.join(', ');
}

/** "items 1–3, 5" for the positions, counted from 1. */
export function named(indexes: number[]): string {
	return `${indexes.length === 1 ? 'item' : 'items'} ${ranges(indexes)}`;
}

/** Whether an item was not sent because of its own fields. */
function isInvalid(outcome: Outcome): boolean {
	return outcome.state === 'notSent' && outcome.report.details.fields !== undefined;
}

/**
 * The summary of a run that sent nothing.
 *
 * @cause The run stopped before anything was sent, because of the items it names or of the error before it.
 * @cure Fix them and run it again. Nothing was created.
 */
function nothingSent(nouns: string, outcomes: Outcome[]): string {
	const invalid = outcomes.flatMap((outcome, index) => (isInvalid(outcome) ? [index] : []));
	/** @noMessage It ends the message below. */
	const fix = invalid.length === 0 ? '' : ` Fix ${named(invalid)} and run it again.`;
	return `None of the ${outcomes.length} ${nouns} were sent.${fix}`;
}

/**
 * How many items ended how, and which ones: "Of 300 lead events: 212 created (items 1–212), 88 not sent (items 213–300)."
 *
 * @param words how each item ended, as its output says it: "created", "updated", "not sent"
 */
export function counted(noun: string, outcomes: Outcome[], words: string[]): string {
	const nouns = nounsOf(noun);
	if (outcomes.every(({ state }) => state === 'notSent')) return nothingSent(nouns, outcomes);
	const done = new Set(words.filter((_, index) => outcomes[index]?.state === 'created'));
	const ends = (['skipped', 'refused', 'unknown', 'notSent'] as const).map((state) => OUTCOME_NAMES[state]);
	const parts = [...done, ...ends].flatMap((word) => {
		const indexes = words.flatMap((one, index) => (one === word ? [index] : []));
		return indexes.length === 0 ? [] : [`${indexes.length} ${word} (${named(indexes)})`];
	});
	/**
	 * @cause The run stopped in the middle. The numbers are those of the rows, counted from 1.
	 * @cure _Retry_ of the execution goes on where it stopped.
	 */
	return `Of ${outcomes.length} ${nouns}: ${parts.join(', ')}.`;
}

/** What a summary says besides the outcomes. */
interface Around {
	/** As of `counted`. */
	words: string[];
	/** How many items earlier runs of the node did in the same execution, such as those of a loop. */
	earlier: number;
	/** Nothing is looked up of what is unknown. */
	staysUnknown: boolean;
	/** The items may have keys, as where each makes a new record. */
	hasKeys: boolean;
	/** Said of a sub-workflow: its error is that of the workflow that calls it, whose *Retry* calls it again. */
	ofSub?: string;
}

/**
 * A summary of all items of a run that stopped early: how many ended how, which ones, and what running it again does.
 * Of a single item nothing is counted, because its error says everything.
 */
export function summary(
	noun: string,
	outcomes: Outcome[],
	{ words, earlier, hasKeys, ofSub, staysUnknown }: Around,
): string {
	const isSingle = outcomes.length < 2;
	/**
	 * @cause A loop stopped in a later round.
	 * @cure _Retry_ of the execution goes on where it stopped.
	 */
	const before = earlier > 0 ? ` Earlier rounds of this execution did ${earlier} more.` : '';
	const any = !isSingle && outcomes.some(({ state }) => state === 'created' || state === 'unknown');
	/**
	 * @cause It ends the message below, in nodes that have the field _Event ID in Your System_.
	 * @cure Choose _Retry_ of the execution.
	 */
	const anew = hasKeys ? " A new execution would send again what has no 'Event ID in Your System'." : '';
	/** @noMessage It is a part of the message below. */
	const inDoubt = staysUnknown ? '; what is unknown stays so.' : ', and first look up what is unknown.';
	/** @noMessage It is a part of the message below. */
	const unknown = outcomes.some(({ state }) => state === 'unknown') ? inDoubt : '.';
	/**
	 * @cause The run stopped in the middle.
	 * @cure _Retry_ of the execution goes on where it stopped: see [running it
	 * again](reliability.md#running-it-again).
	 */
	const again =
		ofSub !== undefined
			? ` ${ofSub}`
			: any || earlier > 0
				? ` 'Retry' of this execution and Retry On Fail go on where it stopped: they skip what was done${unknown}${anew}`
				: '';
	return `${isSingle ? '' : counted(noun, outcomes, words)}${before}${again}`.trim();
}
