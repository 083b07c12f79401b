import { hash } from '../../shared/json/hash';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { BoundedMap } from '../../shared/process/boundedMap';

/**
 * How many users and keys of one node are saved, so that the workflow stays small. Those with the oldest turns go
 * first.
 */
const MOST_USERS = 500;
const MOST_KEYS = 1_000;
/** How many users of one node this process knows. A user that is forgotten counts as new. */
const MOST_KNOWN_USERS = 5_000;
/** How many nodes this process remembers. A node that is forgotten goes on from what is saved with its workflow. */
const MOST_ROTAS = 500;

/** What is saved with the workflow. It is short, because n8n loads it for every execution. */
interface Saved {
	/** `[user, number of the latest turn]`, latest first. */
	turns: Array<[string, number]>;
	/** Hash of a key → position of its user in `turns`; oldest first. */
	keys: Record<string, number>;
}

const shortHash = (key: string): string => hash(key, 12);

/**
 * Whose turn it is. Turns are numbered, and the next one goes to the user whose latest turn is longest ago. If the list
 * stays the same, the users get their turns one after the other. A new user comes first, a user who was left out for a
 * while does not catch up, and each item may have another list.
 */
export class Rota {
	/** User → number of the latest turn that was used. */
	private readonly used = new BoundedMap<number>({ most: MOST_KNOWN_USERS });
	/** User → numbers of the turns that were given and have not ended yet, oldest first. */
	private readonly open = new Map<string, number[]>();
	/** Hash of a key → its user. */
	private readonly keys = new BoundedMap<string>({ most: MOST_KEYS });
	private last = 0;

	/** Whether turns were given that have not ended. */
	get isOpen(): boolean {
		return this.open.size > 0;
	}

	/** Takes over what `toSave` gave, in this process or another one; ignores anything else. */
	learn(saved: unknown): void {
		const { turns, keys }: Partial<Record<keyof Saved, unknown>> = isObject(saved) ? saved : {};
		const users: string[] = [];
		for (const entry of Array.isArray(turns) ? turns : []) {
			const [user, turn]: unknown[] = Array.isArray(entry) ? entry : [];
			users.push(textOf(user));
			if (typeof user !== 'string' || !Number.isSafeInteger(turn)) continue;
			this.used.set(user, Math.max(Number(turn), this.used.get(user) ?? 0));
			this.last = Math.max(Number(turn), this.last);
		}
		for (const [key, position] of Object.entries(isObject(keys) ? keys : {})) {
			const user = users[Number(position)];
			if (user !== undefined && this.keys.get(key) === undefined) this.keys.set(key, user);
		}
	}

	/** The user whose turn it is. Among equals it is the first of the list, which must not be empty. */
	next(users: string[]): string {
		return users.reduce((best, user) => (this.latest(user) < this.latest(best) ? user : best));
	}

	/** The user who got the event of a key. */
	userOf(key: string): string | undefined {
		return this.keys.get(shortHash(key));
	}

	/** Gives the user a turn, for the event of a key if there is one. It counts until it is ended. */
	take(user: string, key?: string): number {
		const turn = ++this.last;
		this.open.set(user, [...(this.open.get(user) ?? []), turn]);
		if (key !== undefined) this.keys.set(shortHash(key), user);
		return turn;
	}

	/**
	 * Ends a turn.
	 *
	 * @param usedBy the user that RentEngine assigned; undefined if the turn was not used
	 */
	end(user: string, turn: number, key: string | undefined, usedBy?: string): void {
		const others = (this.open.get(user) ?? []).filter((other) => other !== turn);
		if (others.length > 0) this.open.set(user, others);
		else this.open.delete(user);
		if (usedBy !== undefined) this.used.set(usedBy, Math.max(turn, this.used.get(usedBy) ?? 0));
		if (key === undefined) return;
		if (usedBy === undefined) this.keys.delete(shortHash(key));
		else this.keys.set(shortHash(key), usedBy);
	}

	/** What to save with the workflow, for `learn`. */
	toSave(): Saved {
		const turns = this.used
			.entries()
			.sort(([, a], [, b]) => b - a)
			.slice(0, MOST_USERS);
		const positions = new Map(turns.map(([user], position) => [user, position]));
		const keys: Record<string, number> = {};
		for (const [key, user] of this.keys.entries()) {
			const position = positions.get(user);
			if (position !== undefined) keys[key] = position;
		}
		return { turns, keys };
	}

	/** The same turns, to give further ones that do not count. */
	copy(): Rota {
		const copy = new Rota();
		for (const [user, turn] of this.used.entries()) copy.used.set(user, turn);
		for (const [user, turns] of this.open) copy.open.set(user, turns);
		for (const [key, user] of this.keys.entries()) copy.keys.set(key, user);
		copy.last = this.last;
		return copy;
	}

	private latest(user: string): number {
		return Math.max(this.used.get(user) ?? 0, this.open.get(user)?.at(-1) ?? 0);
	}
}

const rotas = new BoundedMap<Rota>({ most: MOST_ROTAS, isInUse: (rota) => rota.isOpen });

/**
 * The rota of one node in this process. Executions at the same time share it, so that no turn is given twice: each of
 * them knows only what was saved when it began.
 *
 * @param nodeId see `nodeIdOf`
 */
export function rotaOf(nodeId: string): Rota {
	return rotas.getOrAdd(nodeId, () => new Rota());
}
