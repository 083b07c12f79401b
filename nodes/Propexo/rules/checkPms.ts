import type { IDataObject } from 'n8n-workflow';

import { eachOf } from '../../shared/process/order';
import type { AskedItem, Verdict } from '../../shared/deliver/beforeSending';
import type { FieldsOwner } from '../../shared/fields/collections';
import { allFields } from '../../shared/fields/collections';
import type { ReadItem } from '../../shared/fields/item';
import type { DoubtfulZone } from '../../shared/fields/times/convertTimes';
import type { Connection, Tools } from '../../shared/http/connection';
import { hint } from '../../shared/report/hints';
import { grouped } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import type { Pms } from '../pms';
import { ENTRATA_ZONE, pmsOf } from '../pms';
import type { Fact, FoundFact } from '../records/facts';
import {
	AGAIN,
	factOf,
	IS_LEASING_AGENT,
	isKept,
	VENDOR,
	VENDOR_OF_EVENT,
	VENDOR_OF_LEAD,
} from '../records/facts';
import { brokenRules, daysAlone, notAnAgent, shortenNotes, unknownSwitches } from './broken';
import type { CheckedWrite } from './checkedWrite';
import { spellEventName, unlistedName, uselessFields } from './eventNames';
import type { PmsRules } from './rules';

/** The fields whose record tells which PMS the write is for. */
const TELLING_PMS = { integrationId: VENDOR, eventId: VENDOR_OF_EVENT, leadId: VENDOR_OF_LEAD };

/**
 * The field of a write that tells its PMS. An event is changed in the PMS that it came from, even if the item names another
 * integration to look in.
 */
const toldBy = ({ fields }: FieldsOwner): keyof typeof TELLING_PMS => {
	const names = fields.map(({ name }) => name);
	if (names.includes('integrationId')) return 'integrationId';
	return names.includes('eventId') ? 'eventId' : 'leadId';
};

/** What Propexo says about one item. */
interface PmsFacts {
	/** Its PMS. */
	vendor?: FoundFact<string>;
	/** Whether its employee is a leasing agent; undefined if it has none. */
	agent?: FoundFact<boolean>;
}

/**
 * Checks the items of a write against the rules of the PMS of their integration, and gives the time zone of that PMS.
 * Each integration, and each event that is changed, is asked for once. If Propexo does not answer, the items are sent
 * anyway; an integration that does not exist is a problem. A rule that was only inferred gives a remark, and stops
 * nothing.
 *
 * *Send Email* is off by default. If it is off, it is left out for a PMS that does not know the field.
 */
export async function checkPms(write: CheckedWrite, tools: Tools, items: AskedItem[]): Promise<Verdict[]> {
	if (!write.pms) return items.map(({ read }) => ({ problems: write.check?.(read) ?? [] }));
	const facts = await askAbout(
		write,
		tools,
		items.map(({ read }) => read),
	);
	if (facts.some(({ vendor }) => vendor === undefined) && !tools.signal.aborted) {
		hint(tools.ctx, unchecked(write));
	}
	return items.map(({ read, options }, index) => verdict(write, read, facts[index] ?? {}, options));
}

/**
 * What a person is told when the PMS is not known, in words that hold for a run and for a preview.
 *
 * @cause A hint: Propexo did not say which PMS the integration belongs to, so the rules of that PMS could not be checked
 * beforehand. The items were sent.
 * @cure Nothing, unless the PMS refuses one. If it goes on, give the token the right to read integrations.
 */
function unchecked(write: CheckedWrite): string {
	/** @noMessage It ends the hint below. */
	const ofEntrata = hasTimes(write)
		? ' If it is Entrata, dates are not converted to Mountain Time; they go out with their offset.'
		: '';
	return `Propexo did not say which PMS the integration belongs to, so what that PMS requires was not checked.${ofEntrata}`;
}

/** Whether it sends times with their offset. */
const hasTimes = (write: FieldsOwner): boolean =>
	allFields(write).some((field) => field.kind === 'dateTime' && !field.parts);

/** Whether `checkPms` has to ask Propexo something about an item. */
export function isAskedAbout(write: CheckedWrite, connection: Connection, { values }: ReadItem): boolean {
	if (!write.pms) return false;
	const from = toldBy(write);
	const facts: Array<[Fact<string | boolean>, unknown]> = [
		[TELLING_PMS[from], values[from]],
		[IS_LEASING_AGENT, values.employeeId],
	];
	return facts.some(([fact, id]) => id !== undefined && !isKept(connection, fact, textOf(id)));
}

async function askAbout(write: CheckedWrite, tools: Tools, items: ReadItem[]): Promise<PmsFacts[]> {
	const from = toldBy(write);
	const own = await findAll(
		tools,
		TELLING_PMS[from],
		items.map(({ values }) => textOf(values[from])),
	);
	const vendors = from === 'integrationId' ? own : await orOfPlace(tools, items, own);
	const agents = items.map(({ values }, index) => {
		const isNeeded = write.leasingAgent ?? rulesOf(write, vendors[index])?.leasingAgent;
		return isNeeded ? textOf(values.employeeId) : '';
	});
	const found = await findAll(tools, IS_LEASING_AGENT, agents);
	return items.map((_, index) => ({ vendor: vendors[index], agent: found[index] }));
}

/**
 * The PMSs of items. An event is changed in the PMS that it came from. If Propexo does not show the event yet, the integration
 * that the item names to look in tells the PMS.
 */
async function orOfPlace(
	tools: Tools,
	items: ReadItem[],
	own: Array<FoundFact<string>>,
): Promise<Array<FoundFact<string>>> {
	const places = items.map(({ values }, index) =>
		typeof own[index] === 'object' ? '' : textOf(values.integrationId),
	);
	const told = await findAll(tools, VENDOR, places);
	return own.map((vendor, index) => (typeof vendor === 'object' ? vendor : (told[index] ?? vendor)));
}

/** Asks for each ID once. */
async function findAll<T extends string | boolean>(
	tools: Tools,
	fact: Fact<T>,
	ids: string[],
): Promise<Array<FoundFact<T>>> {
	const each = [...new Set(ids)].filter((id) => id !== '');
	const answers = new Map<string, FoundFact<T>>();
	await eachOf(each, async (id) => {
		answers.set(id, await factOf(tools, fact, id, tools.signal));
	});
	return ids.map((id) => answers.get(id));
}

function rulesOf(write: CheckedWrite, vendor: FoundFact<string>): PmsRules | undefined {
	return typeof vendor === 'object' ? write.pms?.[vendor.is.toUpperCase()] : undefined;
}

function verdict(
	write: CheckedWrite,
	item: ReadItem,
	{ vendor, agent }: PmsFacts,
	options: IDataObject,
): Verdict {
	/**
	 * @cause The ID of the integration is of another account or environment, or mistyped.
	 * @cure Choose the integration from the list, or check _Environment_ in the credential.
	 */
	if (vendor === 'absent' && toldBy(write) === 'integrationId') {
		const wrong =
			"is not in this Propexo account. Choose it from the list, or check its ID and the 'Environment' of the credential";
		return { problems: [{ label: 'Integration', wrong }] };
	}
	const own = () => write.check?.(item) ?? [];
	if (typeof vendor !== 'object') {
		return {
			problems: [...daysAlone(write, item), ...own()],
			doubtfulZone: MAYBE_ENTRATA,
			/** @noMessage */
			system: 'the PMS of this integration',
		};
	}
	const rules = rulesOf(write, vendor) ?? {};
	const known: Pms = pmsOf(vendor.is) ?? { name: vendor.is };
	const { name: pms, zone, eventNames } = known;
	const leftOut = unknownSwitches(rules, item);
	const against = { write, rules, pms, item, leftOut };
	spellEventName(against, known);
	const cut = options.shortenNotes === true ? shortenNotes(against) : [];
	const broken = brokenRules(against, options.ignoreUnknownFields === true);
	if (typeof agent === 'object' && !agent.is && !rules.noSuchWrite) broken.push(notAnAgent(against));
	const sure = broken.flatMap(({ problem, isSure }) => (isSure ? [problem] : []));
	if (rules.noSuchWrite && sure.length > 0) return { problems: sure, zone, system: pms };
	return {
		problems: [...sure, ...own()],
		remarks: [
			...cut,
			...broken.flatMap(({ remark, isSure }) => (isSure ? [] : [remark])),
			...uselessFields(against, known),
			...unlistedName(against, known),
		],
		leaveOut: leftOut,
		zone,
		system: pms,
		...(typeof eventNames === 'object' && { takes: { eventName: eventNames } }),
	};
}

/**
 * For an item whose PMS is not known: the time zone of the PMS that takes all times in one zone, and what could go wrong.
 *
 * @cause Entrata takes times in Mountain Time, and the node could not find out whether the event is for Entrata.
 * @cure Run it again later. If it goes on, give the token the right to read integrations, or leave _Time From_ and
 * _Time To_ empty.
 */
const MAYBE_ENTRATA: DoubtfulZone = {
	zone: ENTRATA_ZONE,
	because: `might get the wrong hour: Propexo did not say which PMS it is, and Entrata takes times in ${ENTRATA_ZONE}. ${AGAIN} integrations, or leave the field empty`,
};

/**
 * Checks items that go by different rules, those with the same rules together.
 *
 * @param of gives the rules of an item
 * @returns one verdict for each item, in their order
 */
export async function checkEach<Rules>(
	of: (item: ReadItem) => Rules,
	items: AskedItem[],
	check: (rules: Rules, items: AskedItem[]) => Promise<Verdict[]>,
): Promise<Verdict[]> {
	const verdicts: Verdict[] = [];
	for (const [rules, some] of grouped([...items.entries()], ([, { read }]) => of(read))) {
		const told = await check(
			rules,
			some.map(([, item]) => item),
		);
		some.forEach(([index], position) => {
			const verdict = told[position];
			if (verdict) verdicts[index] = verdict;
		});
	}
	return verdicts;
}
