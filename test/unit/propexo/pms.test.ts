import { APPOINTMENT_KINDS } from '../../../emulator/propexo/appointments/kinds.ts';
import { EVENT_KINDS } from '../../../emulator/propexo/events/kinds.ts';
import { LEAD_EVENTS } from '../../../emulator/propexo/events/leads.ts';
import { CREATE, UPDATE } from '../../../emulator/propexo/leads/rules.ts';
import type { PmsRule } from '../../../emulator/propexo/writes/pmsRule.ts';
import { apiName, apiNames } from '../../../nodes/shared/fields/names';
import { allEventNames, pmsOf, vendorName } from '../../../nodes/Propexo/pms';
import { JOB_WRITES } from './support/jobWrites.ts';

const taken = (rules: Record<string, PmsRule | 'unsupported'>) =>
	Object.entries(rules).filter((entry): entry is [string, PmsRule] => entry[1] !== 'unsupported');
const namesOf = ({ values }: PmsRule) => values?.['event_name']?.['enum'] as string[] | undefined;

const WRITES = [
	...EVENT_KINDS.flatMap(({ path, create, update }) => [
		{ rules: create, at: `/v1/events/${path}` },
		{ rules: update, at: `/v1/events/${path}/{eventId}` },
	]),
	...APPOINTMENT_KINDS.flatMap(({ events, create, update, cancel }) => [
		{ rules: create, at: `/v1/events/appointments/${events.path}` },
		{ rules: update, at: `/v1/events/appointments/${events.path}/{eventId}` },
		{ rules: cancel, at: `/v1/events/appointments/${events.path}/cancel` },
	]),
	{ rules: CREATE, at: '/v1/leads/' },
	{ rules: UPDATE, at: '/v1/leads/{leadId}' },
].flatMap(({ rules, at }) => {
	const declared = JOB_WRITES.find(({ job }) => job.path === at);
	return declared ? [{ rules, declared }] : [];
});

/** What each PMS wants of each write, by the emulator, and by the nodes. */
const RULES = WRITES.flatMap(({ rules, declared }) =>
	taken(rules).map(([vendor, rule]) => ({ ...declared, vendor, rule })),
);

describe('The tables of PMSs', () => {
	it.each(RULES)(
		'require for $title of $vendor what the PMS itself requires',
		({ job, sent, vendor, rule }) => {
			const required = (job.pms?.[vendor]?.required ?? []).flatMap((name) => {
				const field = sent.find((other) => other.name === name);
				return field ? [...apiNames(field)] : [undefined];
			});
			// The time of an appointment goes out with its date, also where the PMS requires the date alone.
			const withTime = rule.required.includes('appointment_date') ? ['appointment_time'] : [];
			const theirs = new Set([...rule.required, ...withTime]);
			expect([...required].sort()).toEqual([...theirs].sort());
		},
	);

	it.each(RULES)('know what $title of $vendor takes, or lacks', ({ job, sent, vendor, rule }) => {
		const { required = [], takes, lacks = [] } = job.pms?.[vendor] ?? {};
		const namesIn = (names: string[]) =>
			[...new Set(sent.filter(({ name }) => names.includes(name)).flatMap(apiNames))].sort();
		const others = namesIn(sent.map(({ name }) => name).filter((name) => !job.about.includes(name)));
		const optional = rule.optional === 'all' ? others : rule.optional;
		expect(namesIn(lacks).filter((name) => optional.includes(name))).toEqual([]);
		if (takes === undefined) return;
		expect(namesIn([...required, ...takes])).toEqual([...rule.required, ...optional].sort());
	});

	it.each(RULES.filter(({ job, vendor }) => job.pms?.[vendor]?.lists !== undefined))(
		'know what the page of $title of $vendor lists',
		({ job, sent, vendor, rule }) => {
			const { required = [], lists = [] } = job.pms?.[vendor] ?? {};
			const named = sent.filter(({ name }) => [...required, ...lists].includes(name));
			const names = [...new Set(named.flatMap(apiNames))];
			expect(names.sort()).toEqual([...rule.required, ...rule.optional].sort());
		},
	);

	it.each(RULES.filter(({ sent }) => sent.some(({ name }) => name === 'emailSend')))(
		'know whether $title of $vendor can be told not to send an email',
		({ job, vendor, rule }) => {
			const { lacks = [], takes } = job.pms?.[vendor] ?? {};
			const isTaken = rule.optional === 'all' || rule.optional.includes('email_send');
			expect(!lacks.includes('emailSend') && takes === undefined).toBe(isTaken);
		},
	);

	it.each(WRITES.filter(({ declared }) => ['lead', 'appointment'].includes(declared.resource)))(
		'know which PMSs have no $declared.title',
		({ rules, declared }) => {
			const none = Object.keys(rules).filter((vendor) => rules[vendor] === 'unsupported');
			const known = Object.entries(declared.job.pms ?? {}).filter(([, rule]) => rule?.noSuchWrite);
			expect(known.map(([vendor]) => vendor).sort()).toEqual(none.sort());
		},
	);

	it.each(RULES)('know how long texts of $title of $vendor may be', ({ job, sent, vendor, rule }) => {
		const known = Object.entries(job.pms?.[vendor]?.longest ?? {}).map(([name, most]) => {
			const field = sent.find((other) => other.name === name);
			return [field && apiName(field), most];
		});
		const limits = Object.entries(rule.values ?? {}).flatMap(([name, { maxLength }]) =>
			maxLength === undefined ? [] : [[name, maxLength]],
		);
		expect(Object.fromEntries(known)).toEqual(Object.fromEntries(limits));
	});

	it.each(taken(LEAD_EVENTS.create).filter(([, rule]) => namesOf(rule)))(
		'offer the names that %s takes, and no other',
		(vendor, rule) => {
			expect([...(pmsOf(vendor)?.eventNames ?? [])].sort()).toEqual([...(namesOf(rule) ?? [])].sort());
		},
	);

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
