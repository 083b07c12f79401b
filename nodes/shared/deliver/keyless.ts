import type { IExecuteFunctions } from 'n8n-workflow';

import { isObject } from '../json/objects';
import type { Outcome } from '../report/outcome';
import type { Reading } from './readItems';

/**
 * Tells the user of the items that were sent without a deduplication key although the option is set: an expression that
 * misses its value gives an empty key, and nothing else would show that.
 *
 * @param outcomes what the items came to, in the same order
 */
export function tellKeyless(ctx: IExecuteFunctions, readings: Reading[], outcomes: Outcome[]): void {
	const { options } = ctx.getNode().parameters;
	if (!isObject(options) || !('deduplicationKey' in options)) return;
	const keyless = readings.filter(
		(reading, index) =>
			reading.options.deduplicationKey === undefined && outcomes[index]?.state !== 'notSent',
	).length;
	if (keyless === 0) return;
	const which = readings.length === 1 ? 'The item' : `${keyless} of ${readings.length} items`;
	ctx.addExecutionHints({
		message: `${which} had no 'Deduplication Key' and went out without that protection: what is delivered again is then created again. Check the expression of the option; what a webhook brings is under $json.body, as in {{ $json.body.event_id }}.`,
		type: 'warning',
		location: 'outputPane',
	});
}
