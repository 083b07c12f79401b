import { APPOINTMENT_KINDS } from '../../../emulator/propexo/appointments/kinds.ts';
import { EVENT_KINDS } from '../../../emulator/propexo/events/kinds.ts';
import { CREATE } from '../../../emulator/propexo/leads/rules.ts';
import type { PmsRule } from '../../../emulator/propexo/writes/pmsRule.ts';
import { pmsOf } from '../../../nodes/Propexo/pms';
import { RECORD_IDS } from '../../../scripts/docs/recordIds.ts';

const CREATES: Record<string, Record<string, PmsRule | 'unsupported'>> = {
	...Object.fromEntries(EVENT_KINDS.map(({ path, create }) => [`/v1/events/${path}`, create])),
	...Object.fromEntries(
		APPOINTMENT_KINDS.map(({ events, create }) => [`/v1/events/appointments/${events.path}`, create]),
	),
	'/v1/leads/': CREATE,
};

const TOLD = Object.entries(RECORD_IDS).flatMap(([path, { yes, no }]) =>
	[...yes, ...no].map((vendor) => ({ path, vendor, tells: yes.includes(vendor) })),
);

it.each(TOLD)('docs/pms/ and the emulator say the same of the ID after $path of $vendor', (told) => {
	expect(pmsOf(told.vendor)).toBeDefined();
	expect(CREATES[told.path]?.[told.vendor]).toMatchObject({ tellsRecordId: told.tells });
});
