import { doubtOf } from '../../../../nodes/shared/deliver/doubt';
import { steadyClock, steadyNow, wallTimeOf } from '../../../../nodes/shared/process/steadyNow';

const BEGAN = Date.parse('2026-03-01T12:00:00Z');
const HOUR = 3_600_000;

describe('the steady clock', () => {
	let wall: number;
	let counted: number;
	let now: () => number;
	beforeEach(() => {
		wall = BEGAN;
		counted = 500;
		now = steadyClock(
			() => wall,
			() => counted,
		);
	});
	/** Time passes: by the machine's clock, and as the process counts. */
	const pass = (byWall: number, byCount = byWall) => {
		wall += byWall;
		counted += byCount;
		return now() - BEGAN;
	};

	it('goes on with the machine', () => {
		expect([pass(10), pass(2_000), pass(0)]).toEqual([10, 2_010, 2_010]);
	});

	it('goes on evenly when the clock is set back', () => {
		expect([pass(1_000), pass(-HOUR, 1_000), pass(1_000)]).toEqual([1_000, 2_000, 3_000]);
	});

	it('has gone on while the machine was suspended', () => {
		expect([pass(1_000), pass(8 * HOUR, 40), pass(1_000)]).toEqual([
			1_000,
			8 * HOUR + 1_000,
			8 * HOUR + 2_000,
		]);
	});

	it('does not add up how coarse the two clocks are', () => {
		for (let looks = 0; looks < 10_000; looks++) pass(1, 0.5);
		expect(pass(0)).toBe(5_000);
	});
});

describe('a moment that another process reads', () => {
	afterEach(() => jest.restoreAllMocks());

	it('is kept by the clock of the machine, and counts from there', () => {
		// The process counts an hour more than the machine's clock shows from now on.
		const { timeOrigin } = performance;
		jest.spyOn(Date, 'now').mockReturnValue(Date.now());
		jest.spyOn(performance, 'now').mockImplementation(() => Date.now() - timeOrigin + HOUR);
		const begun = steadyNow();
		expect(begun - Date.now()).toBeGreaterThan(HOUR / 2);
		const kept = wallTimeOf(begun);
		expect(Math.abs(kept - Date.now())).toBeLessThan(1_000);
		const { lookFrom } = doubtOf({ since: kept - 10_000 });
		expect(Math.abs(steadyNow() - 10_000 - lookFrom)).toBeLessThan(1_000);
	});

	it('is not known, and may be long ago, where the clock shows less than then', () => {
		for (const ahead of [10, 5_000, HOUR]) {
			const { lookFrom, last, guessed } = doubtOf({ since: Date.now() + ahead });
			expect(lookFrom).toBeLessThan(steadyNow() - HOUR / 2);
			expect([last, guessed]).toEqual([undefined, true]);
		}
	});
});
