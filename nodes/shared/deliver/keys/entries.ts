/** What an item sends with its key. */
export interface KeyedEvent {
	/** Hash of what makes two events the same. A redelivery has the same one. */
	event: string;
	/** Hash of the whole request. It also changes with fields that do not make another event, such as notes. */
	request: string;
}

/**
 * The entries of one key in n8n's store. A call can only ask which entries are new, and adds them at the same time.
 *
 * | Entry     | Says                                                     | Until                            |
 * | --------- | -------------------------------------------------------- | -------------------------------- |
 * | `seen`    | The key has been begun                                   | it is released, or forgotten     |
 * | `event`   | Which event it was begun for                             | it is released, or forgotten     |
 * | `request` | Which request it was begun with                          | it is done or released           |
 * | `open`    | It is not done. Each claim of a begun key adds a round   | it is done or released           |
 * | `busy`    | An item is working on it                                 | that work ends                   |
 * | `nonce`   | Whose claim it is: a random text of each claim           | the claim ends                   |
 * | `met`     | An item has come with the key. Alone it means nothing    | it is forgotten                  |
 *
 * So a done key has two entries and its `met`, and a key of unknown outcome has four and its `met`. Their order
 * matters: n8n forgets the oldest entry first, and the rest of a begun key must never look like a done one. For the
 * same reason there is an entry for "not done" and none for "done": a call that is cut short leaves an `open` behind,
 * so the key is in doubt and no event is lost.
 */
export class Entries {
	readonly seen: string;
	readonly event: string;
	readonly request: string;
	readonly busy: string;

	constructor(
		readonly key: string,
		about: KeyedEvent,
	) {
		this.seen = `seen\n${key}`;
		this.event = `event\n${key}\n${about.event}`;
		this.request = `request\n${key}\n${about.request}`;
		this.busy = `busy\n${key}`;
	}

	/** @param round 1 for the first claim of the key, 2 for the next one, and so on */
	open(round: number): string {
		return `open${round === 1 ? '' : round}\n${this.key}`;
	}

	/** The `open` of all rounds up to this one. */
	opens(round: number): string[] {
		return Array.from({ length: round }, (_, index) => this.open(index + 1));
	}

	/** @param text the random text of a claim */
	nonce(text: string): string {
		return `nonce\n${text}`;
	}
}

/** The entry `met` of a key. No claim reads it, so it may be added and forgotten at any time. */
export const metEntry = (key: string): string => `met\n${key}`;
