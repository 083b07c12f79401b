import type { CheckTools, Verdict } from '../../shared/deliver/write';
import type { Field, FieldsOwner } from '../../shared/fields/field';
import { allFields } from '../../shared/fields/field';
import type { Problem, ReadItem } from '../../shared/fields/item';
import { textOf } from '../../shared/json/text';
import type { WriteRules } from '../pms';
import { pmsOf, vendorName } from '../pms';
import type { Asked } from '../records/integrations';
import { integrationOf } from '../records/integrations';

/** What the check has to know of a write. */
export interface CheckedWrite extends FieldsOwner {
	/** What the PMSs want of it; none: it is written to the PMS that it was written to before. */
	pms?: WriteRules;
	/** Rules of Propexo between the fields of one item, whatever the PMS. */
	check?(item: ReadItem): Problem[];
}

/**
 * Holds the items of a write against what the PMS of their integration requires, and gives its time zone. Each
 * integration is asked for once. One that cannot be asked for is no obstacle; one that does not exist is.
 *
 * A *Send Email* that is off, as every email begins with it, is left out for a PMS that does not know the field.
 */
export async function checkPms(
	write: CheckedWrite,
	tools: CheckTools,
	items: ReadItem[],
): Promise<Verdict[]> {
	const idOf = ({ values }: ReadItem) => textOf(values.integrationId);
	const ids = write.pms ? [...new Set(items.map(idOf))] : [];
	const answers = await Promise.all(ids.map(async (id) => await integrationOf(tools, id, tools.signal)));
	const asked = new Map(ids.map((id, index) => [id, answers[index]]));
	if (answers.includes(undefined) && !tools.signal.aborted) {
		tools.ctx.addExecutionHints({
			message:
				'Propexo did not tell which PMS the integration is of, so the events were sent without a check of what that PMS requires. If it is Entrata, their times were not told in Mountain Time.',
			location: 'outputPane',
		});
	}
	return items.map((item) => verdict(write, item, asked.get(idOf(item))));
}

function verdict(write: CheckedWrite, item: ReadItem, asked: Asked): Verdict {
	if (asked === 'absent') {
		const wrong =
			"does not exist in this Propexo account. Choose it from the list, or check its ID and the 'Environment' of the credential";
		return { problems: [{ label: 'Integration', wrong }] };
	}
	const rules = asked && write.pms?.[asked.vendor.toUpperCase()];
	const pms = vendorName(asked?.vendor);
	const problems = (rules?.required ?? [])
		.filter((name) => item.values[name] === undefined)
		.map((name) => missing(write, name, `is empty, and ${pms} requires it`, pms));
	return {
		problems: [...problems, ...(write.check?.(item) ?? [])],
		leaveOut: rules?.sendsEmail === false && item.values.emailSend === false ? ['emailSend'] : [],
		zone: pmsOf(asked?.vendor)?.zone,
	};
}

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
		label: allFields(write).find((field) => field.name === name)?.label ?? name,
		wrong: collection ? `${wrong} (add it under '${collection.label}')` : wrong,
		...(neededBy !== undefined && { neededBy }),
		...(collection && { under: collection.label }),
	};
}
