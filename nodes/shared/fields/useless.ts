import type { INodeProperties } from 'n8n-workflow';

import type { Beside, Condition, Field } from './field';

/*
 * A field that is of no use beside some records of another field (`Field.uselessBeside`).
 *
 * The editor knows which record is chosen only by the name that its list showed. An ID or an expression has no such name, so
 * the field is shown then. It also stays while it is filled in: n8n drops the value of a field that it does not show,
 * when a step runs and when the workflow is saved.
 */

/**
 * A value that is an expression. n8n 2.0 ends the run, and every activation, at a condition such as `startsWith` where the
 * value is no text; a comparison is false then.
 */
export const RAW_EXPRESSION = { _cnd: { between: { from: '=', to: '=\uffff' } } };

const EXISTS = { _cnd: { exists: true as const } };

/** The hidden parameter that says what to do with the field: `HIDDEN`, `KEPT`, or nothing special. */
const use = (name: string): string => `${name}Use`;
/** Useless and empty. */
const HIDDEN = 'hidden';
/** Useless and filled in. */
const KEPT = 'kept';
const USUAL = 'usual';

/**
 * The properties of a field, and the hidden one that decides among them.
 *
 * That one is declared several times with one name and different defaults; n8n takes the one whose conditions hold. The paths
 * begin with a slash, because n8n would otherwise try to put the fields in an order in which none depends on a later one.
 *
 * @param show where the field belongs
 */
export function whereUseful(field: Field, properties: INodeProperties[], show: Condition): INodeProperties[] {
	const { name, uselessBeside } = field;
	if (!uselessBeside) return properties;
	return [
		...properties.flatMap((property) => shownOrKept(property, name, uselessBeside)),
		...uses(name, uselessBeside, show),
	];
}

function shownOrKept(property: INodeProperties, name: string, { hint }: Beside): INodeProperties[] {
	const { show = {}, hide = {} } = property.displayOptions ?? {};
	return [
		{ ...property, displayOptions: { show, hide: { ...hide, [use(name)]: [HIDDEN, KEPT] } } },
		{ ...property, hint, displayOptions: { show: { ...show, [use(name)]: [KEPT] }, hide } },
	];
}

function uses(name: string, { field, listedAs }: Beside, show: Condition): INodeProperties[] {
	// Not a regular expression: n8n ends the run if that takes longer than a moment, as it may on a busy machine.
	const endings = {
		[`/${field}['cachedResultName']`]: listedAs.map((ending) => ({ _cnd: { endsWith: ending } })),
	};
	// Asked first, because n8n 2.0 fails at `endsWith` where there is no name. Two conditions need two paths.
	const isListed = { [`/${field}.cachedResultName`]: [EXISTS] };
	const isChosen = { ...isListed, ...endings };
	// The name of a record that was chosen before an expression took its place may still be there.
	const byExpression = { [`/${field}`]: [RAW_EXPRESSION] };
	const hidden = { displayName: 'Use', name: use(name), type: 'hidden' as const };
	return [
		{
			...hidden,
			default: HIDDEN,
			displayOptions: {
				show: { ...show, ...isChosen },
				hide: { ...byExpression, [`/${name}`]: [EXISTS] },
			},
		},
		{
			...hidden,
			default: KEPT,
			displayOptions: {
				show: { ...show, ...isChosen },
				hide: { ...byExpression, [`/${name}`]: ['', null] },
			},
		},
		{ ...hidden, default: USUAL, displayOptions: { show, hide: isListed } },
		{ ...hidden, default: USUAL, displayOptions: { show: { ...show, ...isListed }, hide: endings } },
	];
}
