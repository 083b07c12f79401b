import type { IDataObject } from 'n8n-workflow';

import type { EventKind } from '../../../../emulator/propexo/events/kind.ts';
import { EVENT_KINDS } from '../../../../emulator/propexo/events/kinds.ts';
import { INTEGRATIONS } from '../../../../emulator/propexo/records/integrations.ts';
import type { PropexoRecord } from '../../../../emulator/propexo/world.ts';
import type { PmsRule } from '../../../../emulator/propexo/writes/pmsRule.ts';
import type { Field } from '../../../../nodes/shared/fields/field';
import { apiName } from '../../../../nodes/shared/fields/names';
import type { PmsRules } from '../../../../nodes/Propexo/rules/rules';
import type { DeclaredJob } from '../../../unit/propexo/support/jobWrites.ts';
import { EVENT_CREATIONS } from '../../../unit/propexo/support/jobWrites.ts';
import { byId, useNewServices } from '../../support/services.ts';
import { personOf } from '../support/driven.ts';
import { run } from '../support/run.ts';
import { samples } from '../support/samples.ts';

/*
 * What each PMS wants of a new event, as the emulated PMS has it, for the events of all kinds of people.
 */

const services = useNewServices();
const propexo = () => services.emulator.propexo;
const posts = () => propexo().ledger.requests.filter(({ method }) => method === 'POST').length;

interface Case extends DeclaredJob {
	kind: EventKind;
	vendor: string;
	/** Its integration in the emulator. */
	integration: string;
}

/** Every creation at every PMS that the emulator has rules for. */
const CASES: Case[] = EVENT_CREATIONS.flatMap((declared) =>
	EVENT_KINDS.filter(({ path }) => declared.job.path === `/v1/events/${path}`).flatMap((kind) =>
		INTEGRATIONS.filter(({ vendor }) => vendor in kind.create).map(({ id, vendor }) => ({
			...declared,
			...{ kind, vendor, integration: id },
		})),
	),
);

interface Ruled extends Case {
	rule: PmsRule;
}

const RULED = CASES.flatMap((one): Ruled[] => {
	const rule = one.kind.create[one.vendor];
	return rule === undefined || rule === 'unsupported' ? [] : [{ ...one, rule }];
});

/** Whether a rule is documented, so that it is held before anything is sent; the others are told. */
function isSure({ job, vendor }: Case, rule: 'required' | 'takes'): boolean {
	const { inferred } = job.pms?.[vendor] ?? {};
	return inferred !== 'all' && inferred !== rule;
}

/** A person of the integration, one of those that the event is about. */
const personAt = ({ kind, integration }: Pick<Case, 'kind' | 'integration'>) =>
	propexo().data[kind.people].rows.find((row) => row.integration_id === integration);

/** A value that the PMS takes. */
function sampleOf({ kind, integration, rule }: Ruled, field: Field): IDataObject[string] {
	const { data } = propexo();
	const api = apiName(field);
	const reference = kind.references[api];
	if (reference) {
		const rows: Iterable<PropexoRecord> = data[reference.among];
		return byId([...rows].find((row) => row['integration_id'] === integration)?.id);
	}
	if (api === 'application_id') {
		const [application] = (personAt({ kind, integration })?.['applications'] ?? []) as IDataObject[];
		return byId(application?.application_id);
	}
	if (api === 'email_to') return personAt({ kind, integration })?.email_1;
	const [value] = (rule.values?.[api]?.['enum'] ?? []) as string[];
	if (value !== undefined) return value;
	if (field.kind === 'choice') return field.options[0]?.value;
	if (field.kind === 'dateTime') return '2026-03-01T10:00:00-05:00';
	if (field.kind === 'boolean') return true;
	if (['dollars', 'number', 'wholeNumber'].includes(field.kind)) return 7;
	return (samples.values?.[field.name] ?? 'Some text') as string;
}

/** Runs the creation in an integration of the PMS, with a value for each of these fields. */
async function create(one: Ruled, fields: Field[]) {
	const { resource, job, integration } = one;
	const isOnTop = (field: Field) => job.fields.includes(field);
	const filled = (some: Field[]): IDataObject =>
		Object.fromEntries(some.map((field) => [field.name, sampleOf(one, field)]));
	return await run(services, resource, job.value, {
		integrationId: byId(integration),
		[personOf(one).field]: byId(personAt(one)?.id),
		...filled(fields.filter(isOnTop)),
		additionalFields: filled(fields.filter((field) => !isOnTop(field))),
	});
}

const isOfGeneral = ({ shownFor }: Field): boolean =>
	shownFor?.eventKind === undefined || shownFor.eventKind.includes('general');

/** The fields of a general event with these names of the API, but for the integration and the person. */
const fieldsOf = ({ sent, job }: Case, names: readonly string[]): Field[] =>
	sent.filter(
		(field) => names.includes(apiName(field)) && isOfGeneral(field) && !job.about.includes(field.name),
	);

const told = (hints: Array<{ message: string }>): string => hints.map(({ message }) => message).join('\n');

describe.each(RULED)('$title at $vendor', (one) => {
	const { rule, kind } = one;
	const required = fieldsOf(one, rule.required);
	const taken = rule.optional === 'all' ? Object.keys(kind.fields) : [...rule.required, ...rule.optional];

	it('is sent with no more than what the PMS requires, and nothing is told', async () => {
		const { thrown, hints } = await create(one, required);
		expect([thrown?.message, hints]).toEqual([undefined, []]);
		expect(propexo().ledger.created).toHaveLength(1);
	});

	it('is asked for what the PMS requires before anything is sent, or told of it where that was inferred', async () => {
		propexo().settings.vendorRules = false;
		const { thrown, hints } = await create(one, []);
		const isHeld = required.length > 0 && isSure(one, 'required');
		for (const { label } of required)
			expect(isHeld ? thrown?.message : told(hints)).toContain(`'${label}'`);
		expect(posts()).toBe(isHeld ? 0 : 1);
	});

	it('is sent with every field that the PMS takes', async () => {
		const { thrown, hints } = await create(one, fieldsOf(one, taken));
		// Of the two fields that say what happened, a hint tells which one the PMS goes by.
		const others = hints.filter(({ message }) => !/ uses 'Event (Name|Type)'/.test(message));
		expect([thrown?.message, others]).toEqual([undefined, []]);
		const [created] = propexo().ledger.created;
		expect(Object.keys(created?.body as IDataObject).sort()).toEqual(
			[...new Set(['integration_id', personOf(one).api, ...taken])].sort(),
		);
	});

	const { takes, lacks = [] } = one.job.pms?.[one.vendor] ?? {};
	const refused = fieldsOf(
		one,
		Object.keys(kind.fields).filter((name) => !taken.includes(name)),
	)
		// A message that is to be mailed is tested with the events of leads.
		.filter(({ name }) => takes !== undefined || (lacks.includes(name) && name !== 'emailSend'));
	if (refused.length > 0) {
		it('is stopped with the names of the fields that the PMS does not take, or told of them where that was inferred', async () => {
			propexo().settings.vendorRules = false;
			const isHeld = isSure(one, 'takes');
			const { thrown, hints } = await create(one, [...required, ...refused]);
			for (const { label } of refused)
				expect(isHeld ? thrown?.message : told(hints)).toContain(`'${label}'`);
			expect(posts()).toBe(isHeld ? 0 : 1);
		});
	}
});

/** What was only inferred warns, and Propexo decides. */
const isSureOfNone = (rules?: PmsRules): boolean =>
	rules?.noSuchWrite === true && rules.inferred === undefined;

const NONE = CASES.filter(({ kind, vendor }) => kind.create[vendor] === 'unsupported');

it.each(NONE)(
	'$title at $vendor, which takes none, says so',
	async ({ job, resource, integration, ...one }) => {
		const { field, noun } = personOf({ job, resource, ...one });
		const { thrown } = await run(services, resource, job.value, {
			...{ integrationId: byId(integration), [field]: byId(`${noun}_1`) },
		});
		expect(thrown?.message).toMatch(/takes no|does not support/);
		expect(posts()).toBe(isSureOfNone(job.pms?.[one.vendor]) ? 0 : 1);
		expect(propexo().ledger.created).toEqual([]);
	},
);
