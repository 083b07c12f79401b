import { inOrder } from '../../shared/process/order';
import type { CheckTools, Verdict } from '../../shared/deliver/write';
import type { Field, FieldsOwner } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/field';
import type { Problem, ReadItem } from '../../shared/fields/item';
import { textOf } from '../../shared/json/text';
import type { PmsRules, WriteRules } from '../pms';
import { pmsOf, vendorName } from '../pms';
import type { Fact, Found } from '../records/facts';
import { find, IS_LEASING_AGENT, VENDOR, VENDOR_OF_EVENT } from '../records/facts';

/** How many records are asked for at the same time. */
const AT_ONCE = 8;

/** What the check has to know of a write. */
export interface CheckedWrite extends FieldsOwner {
	/** What the PMSs want of it. Left out: nothing is checked. */
	pms?: WriteRules;
	/** The employee must be a leasing agent, whatever the PMS. */
	leasingAgent?: true;
	/** Rules of Propexo between the fields of one item, whatever the PMS. */
	check?(item: ReadItem): Problem[];
}

/** What Propexo told about one item. */
interface Told {
	/** Its PMS. */
	vendor: Found<string>;
	/** Whether its employee is a leasing agent; undefined if it has none. */
	agent?: Found<boolean>;
}

/**
 * Holds the items of a write against what the PMS of their integration wants, and gives its time zone. Each integration
 * is asked for once, and so is each event that is changed. One that cannot be asked for is no obstacle; an integration
 * that does not exist is. A rule that was only inferred is told in a hint.
 *
 * A *Send Email* that is off, as every email begins with it, is left out for a PMS that does not know the field.
 */
export async function checkPms(
	write: CheckedWrite,
	tools: CheckTools,
	items: ReadItem[],
): Promise<Verdict[]> {
	if (!write.pms) return items.map((item) => ({ problems: write.check?.(item) ?? [] }));
	const told = await askAbout(write, tools, items);
	if (told.some(({ vendor }) => vendor === undefined) && !tools.signal.aborted) {
		hint(
			tools,
			'Propexo did not tell which PMS the integration is of, so the events were sent without a check of what that PMS requires. If it is Entrata, their times were not told in Mountain Time.',
		);
	}
	const doubts = new Set<string>();
	const verdicts = items.map((item, index) => verdict(write, item, told[index], doubts));
	for (const doubt of doubts) hint(tools, doubt);
	return verdicts;
}

const hint = ({ ctx }: CheckTools, message: string): void =>
	ctx.addExecutionHints({ message, location: 'outputPane' });

async function askAbout(write: CheckedWrite, tools: CheckTools, items: ReadItem[]): Promise<Told[]> {
	const isNew = write.fields.some(({ name }) => name === 'integrationId');
	const [fact, from] = isNew ? [VENDOR, 'integrationId'] : [VENDOR_OF_EVENT, 'eventId'];
	const vendors = await findAll(
		tools,
		fact,
		items.map(({ values }) => textOf(values[from])),
	);
	const agents = items.map(({ values }, index) => {
		const isNeeded = write.leasingAgent ?? rulesOf(write, vendors[index])?.leasingAgent;
		return isNeeded ? textOf(values.employeeId) : '';
	});
	const found = await findAll(tools, IS_LEASING_AGENT, agents);
	return items.map((_, index) => ({ vendor: vendors[index], agent: found[index] }));
}

/** Asks for each ID once. */
async function findAll<T extends string | boolean>(
	tools: CheckTools,
	fact: Fact<T>,
	ids: string[],
): Promise<Array<Found<T>>> {
	const each = [...new Set(ids)].filter((id) => id !== '');
	const answers = new Map<string, Found<T>>();
	await inOrder(each, AT_ONCE, async (index) => {
		const id = each[index] ?? '';
		answers.set(id, await find(tools, fact, id, tools.signal));
	});
	return ids.map((id) => answers.get(id));
}

function rulesOf(write: CheckedWrite, vendor: Found<string>): PmsRules | undefined {
	return typeof vendor === 'object' ? write.pms?.[vendor.is.toUpperCase()] : undefined;
}

function verdict(write: CheckedWrite, item: ReadItem, told: Told | undefined, doubts: Set<string>): Verdict {
	const { vendor, agent } = told ?? {};
	if (vendor === 'absent' && item.values.integrationId !== undefined) {
		const wrong =
			"does not exist in this Propexo account. Choose it from the list, or check its ID and the 'Environment' of the credential";
		return { problems: [{ label: 'Integration', wrong }] };
	}
	const rules = rulesOf(write, vendor);
	const is = typeof vendor === 'object' ? vendor.is : undefined;
	const pms = vendorName(is);
	const empty = (rules?.required ?? [])
		.filter((name) => item.values[name] === undefined)
		.map((name) => missing(write, name, `is empty, and ${pms} requires it`, pms));
	if (rules?.inferred) {
		for (const { label } of empty)
			doubts.add(
				`${pms} probably requires '${label}', which is empty in some items. They were sent without it: Propexo decides.`,
			);
	}
	return {
		problems: [
			...(rules?.inferred ? [] : empty),
			...(typeof agent === 'object' && !agent.is ? [notAnAgent(write, pms)] : []),
			...(write.check?.(item) ?? []),
		],
		leaveOut: rules?.sendsEmail === false && item.values.emailSend === false ? ['emailSend'] : [],
		zone: pmsOf(is)?.zone,
		system: is === undefined ? 'the PMS of this integration' : pms,
	};
}

function notAnAgent(write: CheckedWrite, pms: string): Problem {
	const by = write.leasingAgent ? 'Propexo' : pms;
	const wrong = `must be a leasing agent: ${by} takes nobody else here. Choose one from the list`;
	return { label: labelOf(write, 'employeeId'), wrong };
}

const labelOf = (write: FieldsOwner, name: string): string =>
	allFields(write).find((field) => field.name === name)?.label ?? name;

/**
 * The problem of a field that is empty. One of a collection is not seen until it is added.
 *
 * @param wrong completes "'Label' …"
 * @param neededBy what needs it, where that may need other fields too
 */
export function missing(write: FieldsOwner, name: string, wrong: string, neededBy?: string): Problem {
	const isIn = (fields: Field[]) => fields.some((field) => field.name === name);
	const collection = isIn(write.fields) ? undefined : write.collections.find(({ fields }) => isIn(fields));
	return {
		label: labelOf(write, name),
		wrong: collection ? `${wrong} (add it under '${collection.label}')` : wrong,
		...(neededBy !== undefined && { neededBy }),
		...(collection && { under: collection.label }),
	};
}
