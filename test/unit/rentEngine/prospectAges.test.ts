import { findableProspect } from '../../../nodes/RentEngine/records/prospects';

it.each([
	['2026-03-01T15:00:00.123456', '2026-03-01T15:00:00.123Z'],
	['2026-03-01 15:00:00', '2026-03-01T15:00:00.000Z'],
	['2026-03-01T15:00:00.123456Z', '2026-03-01T15:00:00.123456Z'],
	[null, null],
])('the age of a prospect does not go by the clocks of this machine: %s', (created_at, told) => {
	expect(findableProspect.ages?.madeAt({ created_at })).toEqual([told]);
});
