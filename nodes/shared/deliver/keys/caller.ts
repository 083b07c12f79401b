import type { StoreAnswer } from './steps';

/** Asks the store something, with one call or several. */
export interface Caller {
	/** What it asks with the next call; undefined when it has nothing more to ask. */
	question(): string[] | undefined;
	/** Takes the answer. */
	take(shown: StoreAnswer): void;
}

/** One question with its answer. */
export function once(values: string[], take: Caller['take']): Caller {
	let question: string[] | undefined = values;
	return {
		question: () => question,
		take: (shown) => {
			question = undefined;
			take(shown);
		},
	};
}
