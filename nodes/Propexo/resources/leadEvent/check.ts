import type { CheckTools, Verdict } from '../../../shared/deliver/write';
import type { Field } from '../../../shared/fields/field';
import type { Problem, ReadItem } from '../../../shared/fields/item';
import { textOf } from '../../../shared/json/text';
import type { Pms } from '../../pms';
import { pmsOf } from '../../pms';
import type { Asked } from '../../records/integrations';
import { integrationOf } from '../../records/integrations';
import { additionalFields, leadEventFields } from './fields';

const labels = new Map(
	[...leadEventFields, ...additionalFields.fields].map(({ name, label }) => [name, label]),
);

/** The one event that tells of a rent. Source: `rent_amount_in_cents` on Propexo's page "Create event for a lead". */
const LEASE_SIGN = 'LeaseSign';

/**
 * Holds lead events against what the PMS of their integration requires, and gives its time zone. Each integration is
 * asked for once. One that cannot be asked for is no obstacle; one that does not exist is.
 *
 * A *Send Email* that is off, as every email begins with it, is left out for a PMS that does not know the field.
 */
export async function checkLeadEvents(tools: CheckTools, items: ReadItem[]): Promise<Verdict[]> {
	const idOf = ({ values }: ReadItem) => textOf(values.integrationId);
	const ids = [...new Set(items.map(idOf))];
	const answers = await Promise.all(ids.map(async (id) => await integrationOf(tools, id, tools.signal)));
	const asked = new Map(ids.map((id, index) => [id, answers[index]]));
	if (answers.includes(undefined) && !tools.signal.aborted) {
		tools.ctx.addExecutionHints({
			message:
				'Propexo did not tell which PMS the integration is of, so the events were sent without a check of what that PMS requires. Times without an offset were read in the time zone of the workflow, or that of the options.',
			location: 'outputPane',
		});
	}
	return items.map((item) => verdict(item, asked.get(idOf(item))));
}

function verdict(item: ReadItem, asked: Asked): Verdict {
	if (asked === 'absent') {
		const wrong =
			"does not exist in this Propexo account. Choose it from the list, or check its ID and the 'Environment' of the credential";
		return { problems: [{ label: 'Integration', wrong }] };
	}
	const pms = pmsOf(asked?.vendor);
	const leaveOut = pms?.sendsEmail === false && item.values.emailSend === false ? ['emailSend'] : [];
	return { problems: [...missing(item, pms), ...withoutRent(item)], leaveOut, zone: pms?.zone };
}

function missing({ values }: ReadItem, pms: Pms | undefined): Problem[] {
	return (pms?.required ?? [])
		.filter((name) => values[name] === undefined)
		.map((name) => ({
			label: labels.get(name) ?? name,
			wrong: `is empty, and ${textOf(pms?.name)} requires it${whereFound(name)}`,
			neededBy: textOf(pms?.name),
			...(isAdded(name) && { under: additionalFields.label }),
		}));
}

function withoutRent({ values }: ReadItem): Problem[] {
	if (values.eventName !== LEASE_SIGN || values.rentAmountInCents !== undefined) return [];
	const name = 'rentAmountInCents';
	const wrong = `is empty and must be filled in when 'Event Name' is ${LEASE_SIGN}${whereFound(name)}`;
	return [{ label: labels.get(name) ?? name, wrong }];
}

/** Fields of the collection are not seen until they are added. */
function isAdded(name: string): boolean {
	const isIn = (fields: Field[]) => fields.some((field) => field.name === name);
	return isIn(additionalFields.fields) && !isIn(leadEventFields);
}

function whereFound(name: string): string {
	return isAdded(name) ? ` (add it under '${additionalFields.label}')` : '';
}
