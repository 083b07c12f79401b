import type { IExecuteFunctions } from 'n8n-workflow';

import type { ReadItem } from '../fields/item';

/** Items that a hint shows in their own words; what comes after them is of the same kind and is counted. */
const SHOWN = 3;

/** Tells in a hint what was noticed about the items, and stopped none of them. */
export function tellRemarks(ctx: IExecuteFunctions, items: Array<{ name: string; read: ReadItem }>): void {
	const noticed = items.filter(({ read }) => read.remarks.length > 0);
	if (noticed.length === 0) return;
	const told = noticed
		.slice(0, SHOWN)
		.flatMap(({ name, read }) =>
			read.remarks.map(({ label, remark }) => `${name}: '${label}' ${remark}.`),
		);
	const more = noticed.length - SHOWN;
	if (more > 0) told.push(`The same goes for ${more} more.`);
	ctx.addExecutionHints({ message: told.join(' '), location: 'outputPane' });
}
