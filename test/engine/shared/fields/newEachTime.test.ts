import type { IDataObject } from 'n8n-workflow';

import { isNewEachTime } from '../../../../nodes/shared/fields/newEachTime';
import { engineWith } from '../../support/probe';

/** Whether n8n evaluates an expression to another text each time, for each item. */
async function areNew(written: string, items: IDataObject[]): Promise<boolean[]> {
	let all: boolean[] = [];
	const engine = engineWith(async (ctx) => {
		all = items.map((_, index) => isNewEachTime(ctx, written, index));
		return await Promise.resolve([[]]);
	});
	const { thrown } = await engine.run({ node: 'probe', parameters: { text: '' }, items });
	expect(thrown).toBeUndefined();
	return all;
}

const ITEM = { id: 'a', at: '2026-03-01T10:00:00Z', list: ['x', 'y'] };
const isNew = async (written: string) => (await areNew(written, [ITEM]))[0];

describe('An expression', () => {
	it.each([
		// As it is.
		'={{ $now }}',
		'={{ $now.toISO() }}',
		'={{ DateTime.now().toISO() }}',
		'={{ DateTime.local().toMillis() }}',
		'={{ DateTime.utc() }}',
		'={{ new Date().getTime() }}',
		'={{ new Date }}',
		'={{ +new Date() }}',
		'={{ Date() }}',
		'={{ Date.now() }}',
		'={{ Math.random() }}',
		'={{ $execution.id }}',
		"={{ $execution['id'] }}",
		'={{ $execution?.id }}',
		'={{ $executionId }}',
		'={{ $execution.resumeUrl }}',
		// In another form.
		"={{ $now.toFormat('yyyyLLddHHmmss') }}",
		"={{ $now.format('yyyy-MM-dd HH:mm') }}",
		"={{ $now.setZone('Asia/Kolkata').toFormat('HH:mm') }}",
		'={{ $now.toUTC().toLocaleString(DateTime.DATETIME_MED) }}',
		'={{ $now.plus({ days: 1 }).toSeconds() }}',
		'={{ $now.minute }}',
		'={{ new Date().toLocaleString() }}',
		'={{ new Date().toISOString().slice(0, 19) }}',
		String.raw`={{ new Date().toISOString().replace(/\D/g, '') }}`,
		'={{ new Date(Date.now()).toJSON() }}',
		'={{ DateTime.fromMillis(Date.now()).toISO() }}',
		'={{ Math.floor(Date.now() / 1000) }}',
		'={{ Date.now().toString(36) }}',
		'={{ Math.random().toString(36).slice(2) }}',
		'={{ $execution.id.slice(-4) }}',
		'={{ $now.toISO().hash() }}',
		// Beside others.
		"={{ 'call-' + $now }}",
		"={{ $execution.id + '-' + $itemIndex }}",
		'={{ $workflow.id + $execution.id }}',
		'={{ String(Date.now()) }}',
		'={{ `${$json.id} at ${$now.toMillis()}` }}',
		"={{ [$json.id, Date.now()].join('-') }}",
		'={{ ($json.id + $now).hash() }}',
		'=call {{ $json.id }} {{ $now }}',
		"={{ $json.id + ' of $now ' + $now }}",
		// In place of what the item does not have.
		'={{ $json.none ?? $now }}',
		'={{ $json.none || $execution.id }}',
		"={{ $json.none ? 'A-' + $json.none : 'A-' + Math.random() }}",
		'={{ $ifEmpty($json.none, $now) }}',
	])('is new each time: %s', async (written) => expect(await isNew(written)).toBe(true));

	it.each([
		'={{ $json.id }}',
		'=call {{ $json.id }}',
		'={{ $today }}',
		// It is the same for a redelivery, but in a loop.
		"={{ $json.id + '-' + $runIndex }}",
		"={{ $json.id + '-' + $itemIndex }}",
		// What tells no more than the hour or the day.
		"={{ $json.id + $now.toFormat('yyyy-MM-dd') }}",
		"={{ $json.id + $now.toFormat('yyyyMMddHH') }}",
		"={{ $json.id + $now.setZone('Asia/Kolkata').toISODate() }}",
		'={{ $json.id + new Date().toISOString().slice(0, 10) }}',
		'={{ new Date().toDateString() }}',
		"={{ new Date().toISOString().split('T')[0] }}",
		"={{ $now.startOf('day').toISO() }}",
		'={{ Math.floor(Date.now() / 86400000) }}',
		'={{ $now.weekday }}',
		// Another time than now.
		'={{ new Date($json.at).getTime() }}',
		'={{ DateTime.fromISO($json.at).toMillis() }}',
		'={{ $json.at.toDateTime().toMillis() }}',
		// Not needed for this item.
		'={{ $json.id ?? $now }}',
		'={{ $json.id || $execution.id }}',
		"={{ $json.id ? 'A-' + $json.id : $now }}",
		'={{ $ifEmpty($json.id, $now) }}',
		"={{ $now > DateTime.fromISO($json.at) ? $json.id : 'x' }}",
		// Only a text.
		"={{ $json.id + ' $now' }}",
		'=$now {{ $json.id }}',
		'$now',
		'',
		// n8n cannot evaluate it.
		'={{ $now.none() }}',
		'={{ $now. }}',
	])('is the same some minutes later: %s', async (written) => expect(await isNew(written)).toBe(false));

	it('is judged for each item', async () => {
		expect(await areNew('={{ $json.id ?? $now }}', [{ id: 'a' }, {}, { id: null }])).toEqual([
			false,
			true,
			true,
		]);
	});
});
