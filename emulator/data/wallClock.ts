const DAY_MS = 86_400_000;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
	const known = formats.get(zone);
	if (known) return known;
	const made = new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		dateStyle: 'short',
		timeStyle: 'medium',
	});
	formats.set(zone, made);
	return made;
}

/** What the clocks of a time zone show at a time (epoch ms): `2026-03-01` and `09:30:00`. */
export function wallOf(at: number, zone: string): { date: string; time: string } {
	const [date = '', time = ''] = formatOf(zone).format(at).split(' ');
	return { date, time };
}

/**
 * When the clocks of a time zone show this, as epoch ms. A time that they show twice is the first; one that they skip is
 * as much later as they skip.
 */
export function instantOf(date: string, time: string, zone: string): number {
	const asUtc = Date.parse(`${date}T${time}Z`);
	const offsetAt = (at: number): number => {
		const wall = wallOf(at, zone);
		return Date.parse(`${wall.date}T${wall.time}Z`) - at;
	};
	const [before, after] = [offsetAt(asUtc - DAY_MS), offsetAt(asUtc + DAY_MS)];
	const fits = [asUtc - before, asUtc - after].filter((at) => at + offsetAt(at) === asUtc);
	return fits.length > 0 ? Math.min(...fits) : asUtc - before;
}
