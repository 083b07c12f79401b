import type { PmsRule } from '../../../emulator/propexo/events/kind.ts';
import { LEAD_EVENTS } from '../../../emulator/propexo/events/leads.ts';
import { apiName } from '../../../nodes/shared/fields/field';
import { allEventNames, LEAD_EVENT_RULES, pmsOf, vendorName } from '../../../nodes/Propexo/pms';
import { additionalFields, leadEventFields } from '../../../nodes/Propexo/resources/leadEvent/fields';

const writing = Object.entries(LEAD_EVENTS.create).filter(
	(entry): entry is [string, PmsRule] => entry[1] !== 'unsupported',
);
const namesOf = ({ values }: PmsRule) => values?.['event_name']?.['enum'] as string[] | undefined;
const fields = [...leadEventFields, ...additionalFields.fields];

describe('The table of PMSs', () => {
	it.each(writing)('requires of %s what the PMS itself requires', (vendor, rule) => {
		const required = (LEAD_EVENT_RULES[vendor]?.required ?? []).map((name) => {
			const field = fields.find((other) => other.name === name);
			return field && apiName(field);
		});
		expect([...required].sort()).toEqual([...rule.required].sort());
	});

	it.each(writing.filter(([, rule]) => namesOf(rule)))(
		'offers the names that %s takes, and no other',
		(vendor, rule) => {
			expect([...(pmsOf(vendor)?.eventNames ?? [])].sort()).toEqual([...(namesOf(rule) ?? [])].sort());
		},
	);

	it.each(writing)('knows whether %s can be told not to send an email', (vendor, rule) => {
		expect(LEAD_EVENT_RULES[vendor]?.sendsEmail !== false).toBe(rule.optional === 'all');
	});

	it('has as many names as the PMSs are documented with', () => {
		const count = (vendor: string) => pmsOf(vendor)?.eventNames?.length;
		expect([count('YARDI'), count('REALPAGE'), count('RESMAN'), count('RENTMANAGER')]).toEqual([
			19, 13, 16, 4,
		]);
		expect(pmsOf('PROPERTYWARE')?.eventNames).toBe('any');
	});

	it('knows nothing of a vendor that came later, and shows it as Propexo writes it', () => {
		expect(pmsOf('NEWCOMER')).toBeUndefined();
		expect(pmsOf('constructor')).toBeUndefined();
		expect(pmsOf(null)).toBeUndefined();
		expect(vendorName('NEWCOMER')).toBe('NEWCOMER');
		expect(vendorName('RENTMANAGER')).toBe('Rent Manager');
	});

	it('names with each event the PMSs that take it', () => {
		expect(allEventNames()).toContainEqual({
			name: 'CallFromProspect',
			takenBy: ['ResMan', 'Yardi', 'Yardi (REST)'],
		});
		expect(allEventNames()).toContainEqual({ name: 'NOTE', takenBy: ['Rent Manager'] });
	});

	it('puts Entrata into Mountain Time and nobody else anywhere', () => {
		const zones = Object.keys(LEAD_EVENTS.create).map((vendor) => [vendor, pmsOf(vendor)?.zone]);
		expect(zones.filter(([, zone]) => zone !== undefined)).toEqual([['ENTRATA', 'America/Denver']]);
	});
});
