import { BoundedMap } from '../process/boundedMap';
import { Limiter } from './limiter';
import type { Rate } from './service';

/** How many accounts a process may use within some minutes. The limiter of each takes a few kB at most. */
const MOST_LIMITERS = 5_000;

const limiters = new BoundedMap<Limiter>({
	most: MOST_LIMITERS,
	isOver: (limiter) => limiter.isIdle(Date.now()),
	isInUse: (limiter) => limiter.isBusy(),
});

/**
 * The one limiter of this process for an account.
 *
 * @param account the `account` of a connection
 */
export function limiterFor(account: string, rate: Rate): Limiter {
	return limiters.getOrAdd(account, () => new Limiter(rate));
}
