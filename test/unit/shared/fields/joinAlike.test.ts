import fc from 'fast-check';
import type { INodeProperties } from 'n8n-workflow';

import { joinAlike } from '../../../../nodes/shared/fields/joinAlike';

/** A property of one operation; those with the same name and text are alike. */
const property = (name: string, operation: string, text = ''): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	description: text,
	displayOptions: { show: { resource: ['lead'], operation: [operation] }, hide: { kind: ['x'] } },
});

const operationsOf = ({ displayOptions }: INodeProperties) => displayOptions?.show?.['operation'];

/** What the editor shows of an operation, in its order. */
const shownFor = (properties: INodeProperties[], operation: string) =>
	properties
		.filter((one) => operationsOf(one)?.includes(operation))
		.map(({ name, description }) => `${name} ${description}`);

it('makes one property of those that several operations have alike', () => {
	const joined = joinAlike(
		[
			[property('lead', 'create'), property('notes', 'create')],
			[property('lead', 'change'), property('notes', 'change', 'of a change')],
			[property('start', 'move'), property('lead', 'move')],
		],
		'operation',
	);
	expect(joined.map((one) => [one.name, operationsOf(one)])).toEqual([
		['start', ['move']],
		['lead', ['create', 'change', 'move']],
		['notes', ['change']],
		['notes', ['create']],
	]);
	expect(joined[1]).toEqual({
		...property('lead', ''),
		displayOptions: {
			show: { resource: ['lead'], operation: ['create', 'change', 'move'] },
			hide: { kind: ['x'] },
		},
	});
});

it('shows every operation the same properties in the same order as before', () => {
	const fields = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'));
	fc.assert(
		fc.property(fc.array(fc.tuple(fields, fc.boolean()), { maxLength: 5 }), (operations) => {
			const lists = operations.map(([names, isOther], index) =>
				names.map((name) => property(name, String(index), isOther ? 'other' : '')),
			);
			const joined = joinAlike(lists, 'operation');
			lists.forEach((list, index) => {
				expect(shownFor(joined, String(index))).toEqual(shownFor(list, String(index)));
			});
			expect(joined.length).toBeLessThanOrEqual(lists.flat().length);
		}),
	);
});
