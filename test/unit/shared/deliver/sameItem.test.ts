import type { IDataObject } from 'n8n-workflow';

import type { ItemHashes, Meeting } from '../../../../nodes/shared/deliver/memory/sameItem';
import { isSameItem, meetingLater } from '../../../../nodes/shared/deliver/memory/sameItem';

const REMEMBERED: ItemHashes = { request: 'r', source: 's', steady: ['a', 'b'], key: 'k' };

/** Hashes that have these in common with the remembered ones, and no others. */
const sharing = (common: string, key: string | undefined = 'k'): ItemHashes => ({
	request: common.includes('request') ? 'r' : 'other r',
	source: common.includes('source') ? 's' : 'other s',
	steady: common.includes('steady') ? ['other a', 'b'] : ['other a', 'other b'],
	key,
});

const ALL = [
	'',
	'request',
	'source',
	'steady',
	'request source',
	'request steady',
	'source steady',
	'request source steady',
];

/** With what in common an item is the remembered one. */
const SAME: Record<Meeting, string[]> = {
	triedAgain: ALL.slice(1),
	comesBack: ALL.filter((common) => /request|source/.test(common)),
	isNew: ALL.filter((common) => common.includes('request') || common === 'source steady'),
};

const MEETINGS = Object.keys(SAME) as Meeting[];

describe('Whether an item is the remembered one', () => {
	it.each(MEETINGS.flatMap((meeting) => ALL.map((common) => [meeting, common] as const)))(
		'%s, with "%s" in common',
		(meeting, common) => {
			for (const isKeyTelling of [true, false])
				for (const key of ['k', undefined])
					expect(isSameItem(REMEMBERED, sharing(common, key), meeting, isKeyTelling)).toBe(
						SAME[meeting].includes(common),
					);
		},
	);

	it.each(MEETINGS)('%s: another key makes it another event, unless keys tell nothing', (meeting) => {
		const item = sharing('request source steady', 'another');
		expect(isSameItem(REMEMBERED, item, meeting, false)).toBe(true);
		expect(isSameItem(REMEMBERED, item, meeting, true)).toBe(meeting === 'triedAgain');
	});

	it.each(MEETINGS)('%s: a key that one of them lacks says nothing', (meeting) => {
		const common = 'request source steady';
		const keyless = { ...REMEMBERED, key: undefined };
		for (const key of ['k', undefined])
			expect(isSameItem(keyless, sharing(common, key), meeting, true)).toBe(true);
	});
});

describe('How an item of a later run meets the earlier ones', () => {
	const failed = (outcome: string): IDataObject => ({ error: 'Item 1: …', details: { outcome } });

	it.each<[string, IDataObject, Meeting]>([
		['its failure, unknown', { call: 1, ...failed('unknown') }, 'comesBack'],
		['its failure, not sent', { call: 1, ...failed('not sent') }, 'isNew'],
		['no failure', { call: 1 }, 'isNew'],
		['an error of another node', { call: 1, error: 'x' }, 'isNew'],
		['nothing but a failure, as all do behind a node with Continue', failed('unknown'), 'isNew'],
	])('with %s', (_, input, meeting) => {
		expect(meetingLater(input)).toBe(meeting);
	});
});
