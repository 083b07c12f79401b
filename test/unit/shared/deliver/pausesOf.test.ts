import type { Doubt } from '../../../../nodes/shared/deliver/doubt';
import type { ReadyItem } from '../../../../nodes/shared/deliver/items';
import type { Run } from '../../../../nodes/shared/deliver/run';
import { pausesOf } from '../../../../nodes/shared/deliver/send/lookUp';
import { steadyNow } from '../../../../nodes/shared/process/steadyNow';

const LOOKS_MS = [1_000, 4_000];
/** From the look-up's begin to the last of them. */
const LAST_LOOK_MS = 5_000;
const GOES_ON_FOR_MS = 60_000;

/** Of a doubt: how long ago its first and its last request were begun, in ms. */
interface Given extends Pick<Doubt, 'guessed' | 'mayGoOn'> {
	sinceAgo: number;
	lastAgo?: number;
}

function pauses({ sinceAgo, lastAgo, ...doubt }: Given, goesOnForMs?: number): number[] {
	const now = steadyNow();
	const run = { write: { lookUpAfterMs: LOOKS_MS, goesOnForMs } } as unknown as Run;
	const item = { options: { timeout: 7 } } as unknown as ReadyItem;
	const last = lastAgo === undefined ? undefined : now - lastAgo;
	return pausesOf(run, item, { because: 'it was lost', lookFrom: now - sinceAgo, last, ...doubt });
}

describe('an item in doubt is looked for', () => {
	// The clock stands still.
	beforeAll(() => void jest.useFakeTimers());
	afterAll(() => void jest.useRealTimers());

	it.each<[string, Given, number[]]>([
		['after the usual pauses', { sinceAgo: 0, lastAgo: 0 }, []],
		[
			'until the service is not at work on the request any more',
			{ sinceAgo: 0, lastAgo: 0, mayGoOn: true },
			[GOES_ON_FOR_MS - LAST_LOOK_MS],
		],
		[
			'for so much the shorter time as the request was sent before, in another try perhaps',
			{ sinceAgo: 20_000, lastAgo: 20_000, mayGoOn: true },
			[GOES_ON_FOR_MS - LAST_LOOK_MS - 20_000],
		],
		[
			'from the last request on, where it was sent again',
			{ sinceAgo: 3_600_000, lastAgo: 20_000, mayGoOn: true },
			[GOES_ON_FOR_MS - LAST_LOOK_MS - 20_000],
		],
		[
			'no longer than usual where that time is over by the last look',
			{
				sinceAgo: GOES_ON_FOR_MS - LAST_LOOK_MS,
				lastAgo: GOES_ON_FOR_MS - LAST_LOOK_MS,
				mayGoOn: true,
			},
			[],
		],
		[
			'for as long as another execution may wait for its reply, where that one began it',
			{ sinceAgo: 2_700_000, guessed: true },
			[7_000],
		],
		[
			'as if that one had sent it just now, where the service may be at work on it',
			{ sinceAgo: 2_700_000, guessed: true, mayGoOn: true },
			[7_000, GOES_ON_FOR_MS - LAST_LOOK_MS - 7_000],
		],
	])('%s', (_, given, more) => {
		expect(pauses(given, GOES_ON_FOR_MS)).toEqual([...LOOKS_MS, ...more]);
	});

	it('for two minutes from the request on, unless the write says otherwise', () => {
		const [, , rest = 0] = pauses({ sinceAgo: 0, lastAgo: 0, mayGoOn: true });
		expect(LAST_LOOK_MS + rest).toBe(120_000);
	});
});
