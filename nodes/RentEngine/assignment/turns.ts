import type { IExecuteFunctions } from 'n8n-workflow';

import { nodeIdOf } from '../../shared/process/nodeId';
import type { Outcome } from '../../shared/report/outcome';
import { usersIn } from '../records/eventTypes';
import type { Rota } from './rota';
import { rotaOf } from './rota';

/** The user who got an item, as the execution remembers it. */
interface Given {
	user: string;
	prospect: unknown;
	/** The turn was used: an event exists, or may exist. */
	counted?: boolean;
}

interface OpenTurn {
	place: string;
	user: string;
	turn: number;
	key?: string;
	users: string[];
}

/** The listed user whom the created event names. */
function assigned(outcome: Outcome, users: string[]): string | undefined {
	const rows = outcome.state === 'created' ? outcome.rows : [];
	for (const { context } of rows) {
		const id = usersIn(context)[0]?.toLowerCase();
		if (id !== undefined && users.includes(id)) return id;
	}
	return undefined;
}

/**
 * The turns of one run (*Next in Turn*).
 *
 * They are given in input order, while the requests are prepared. The execution remembers which user an item got, so that
 * a retry gives it the same one; a key gets the same user again, without a turn. The turns that were used
 * are kept in the workflow's static data, which n8n saves when an execution ends (unless it was started in the editor).
 * A turn whose item was refused or not sent is given back when the run ends: the next run begins with it.
 */
export class Turns {
	private readonly rota: Rota;
	private readonly given: Record<string, Given | undefined>;
	private readonly run: number;
	private readonly open = new Map<number, OpenTurn>();

	/** @param isPreview turns are given as in a run, and none of them counts */
	constructor(
		private readonly ctx: IExecuteFunctions,
		isPreview: boolean,
	) {
		const rota = rotaOf(nodeIdOf(ctx));
		rota.learn(this.saved().turns);
		this.rota = isPreview ? rota.copy() : rota;
		const context = ctx.getContext('node') as { turns?: Record<string, Given | undefined> };
		const given = context.turns ?? {};
		this.given = isPreview ? { ...given } : (context.turns = given);
		this.run = ctx.getWorkflowDataProxy(0).$runIndex as number;
	}

	/**
	 * The user for an item: the one it got before, or the one whose turn it is.
	 *
	 * @param users at least one
	 */
	take(users: string[], prospect: unknown, itemIndex: number, key?: string): string {
		const place = `${this.run}:${itemIndex}`;
		const before = this.given[place];
		const same = before?.prospect === prospect && users.includes(before?.user ?? '') ? before : undefined;
		if (same?.counted) return same.user;
		const known = key === undefined ? undefined : this.rota.userOf(key);
		if (known !== undefined && users.includes(known)) {
			this.given[place] = { user: known, prospect, counted: true };
			return known;
		}
		const user = same?.user ?? this.rota.next(users);
		this.given[place] = { user, prospect };
		this.open.set(itemIndex, { place, user, turn: this.rota.take(user, key), key, users });
		return user;
	}

	/** Saves the turns that were used and gives the others back. */
	settle(outcomes: Outcome[]): void {
		let used = false;
		for (const [itemIndex, { place, user, turn, key, users }] of this.open) {
			const outcome = outcomes[itemIndex];
			const counts = outcome?.state === 'created' || outcome?.state === 'unknown';
			this.rota.end(user, turn, key, counts ? (assigned(outcome, users) ?? user) : undefined);
			const given = this.given[place];
			if (!counts || !given) continue;
			given.counted = true;
			used = true;
		}
		this.open.clear();
		if (used) this.saved().turns = this.rota.toSave();
	}

	private saved(): { turns?: unknown } {
		return this.ctx.getWorkflowStaticData('node');
	}
}
