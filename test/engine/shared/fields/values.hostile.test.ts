import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { TestedField, TestedOperation } from '../../support/operations.ts';
import { fieldsOf, firstMeeting, OPERATIONS, withValue } from '../../support/operations.ts';
import type { Reach } from '../../support/hostile/expectations.ts';
import { expectNoHarm, expectReports, reportIn } from '../../support/hostile/expectations.ts';
import { reachOf } from '../../support/hostile/reach.ts';
import { hasTime, portion, runs } from '../../../support/effort.ts';
import { useStage } from '../../support/hostile/stage.ts';
import { nastyJson, nastyTexts, nested } from '../../support/hostile/values.ts';

const stage = useStage();

const HOSTILE = '={{ $json.value }}';

/** How an expression may stand in the field: in place of everything, or of the ID in a resource locator. */
function places({ property: { type, modes = [] } }: TestedField): unknown[] {
	if (type !== 'resourceLocator') return [HOSTILE];
	return [{ __rl: true, mode: modes.at(-1)?.name, value: HOSTILE }, HOSTILE];
}

/** Shorter values may be words of the messages themselves. */
const isTelling = (value: unknown): value is string => typeof value === 'string' && value.trim().length >= 12;

const OF_CHOICES = ['boolean', 'multiOptions', 'options'];

/** What a message may repeat: a date, and a few words where there are words to choose from. Neither says who somebody is. */
const mayBeTold = ({ property: { type } }: TestedField, value: string): boolean =>
	/^\d[\d\-:./T +Z]+$/.test(value) ||
	(OF_CHOICES.includes(type) && value.length <= 40 && !/@|\d.*\d.*\d.*\d.*\d/.test(value));

const isFirst = firstMeeting();

const typesTried = new Map<string, number>();

/** How many fields of the same type were there before; they are checked with the same code. */
function earlierOfType({ service, writes }: TestedOperation, { property }: TestedField): number {
	const type = JSON.stringify([
		service.name,
		writes,
		property.type,
		property.modes?.map(({ name }) => name),
	]);
	const count = typesTried.get(type) ?? 0;
	typesTried.set(type, count + 1);
	return count;
}

/** What means something in an address. */
const OF_ADDRESSES = /[/\\.%?#@;\r\n]/;

describe.each(OPERATIONS)('$title, with hostile input', (operation) => {
	const { service, writes } = operation;
	const turn = OPERATIONS.indexOf(operation);
	let reach: Reach;
	beforeAll(async () => {
		reach = await reachOf(stage, operation, ({ success, thrown }, parameters) => {
			expect([parameters, thrown]).toEqual([parameters, undefined]);
			expect([parameters, success.flatMap((output) => reportIn(output) ?? [])]).toEqual([
				parameters,
				[],
			]);
			if (writes) expect(success.length).toBeGreaterThan(0);
		});
	});

	async function run(field: TestedField, place: unknown, values: unknown[]): Promise<void> {
		await stage.fresh();
		const { success, thrown } = await stage.run(operation, withValue(field, place), {
			items: values.map((value) => ({ value }) as IDataObject),
		});
		expect(thrown).toBeUndefined();
		const failed = expectReports(success, values.length);
		expect(failed).not.toContain('unknown');
		const repeating = success.filter((output) => {
			const value = values[(output.pairedItem as { item: number }).item];
			if (!isTelling(value) || mayBeTold(field, value.trim())) return false;
			return reportIn(output)?.error.includes(value.trim());
		});
		expect(repeating).toEqual([]);
		if (writes) {
			// One event may come to several rows (an assignment in bulk), but no item comes to nothing.
			const items = success.map(({ pairedItem }) => (pairedItem as { item: number }).item);
			expect(new Set(items).size).toBe(values.length);
			expect(stage.created(service).length).toBeLessThanOrEqual(success.length - failed.length);
		}
		reach.expectKept(stage, service);
		expectNoHarm(stage);
	}

	const all = fieldsOf(operation);
	const own = all
		.filter((field) => hasTime || isFirst(operation, field))
		.map((field) => ({ ...field, earlier: earlierOfType(operation, field) }))
		.filter(({ earlier }) => hasTime || earlier === 0 || earlier % 12 === 1);
	const titled = <T extends TestedField>(field: T): [string, T] => [field.title, field];
	const fields = own.map(titled);

	// A field that names a record is tried in more than the first operation: each may put the ID into another address.
	const tried = new Set(own.map(({ title }) => title));
	const names = all.filter(
		({ property, title }) => property.type === 'resourceLocator' && !tried.has(title),
	);
	const addresses = portion(names, Math.min(2, names.length), turn);
	if (addresses.length > 0) {
		it.each(addresses.map(titled))('%s: never another address', async (_title, field) => {
			const [place] = places(field);
			const texts = nastyTexts(stage.canary.host).filter((text) => OF_ADDRESSES.test(text));
			await run(field, place, texts);
		});
	}

	if (fields.length === 0) return;

	it.each(fields)('%s: what is right or a message, and never another address', async (_title, field) => {
		const texts = nastyTexts(stage.canary.host);
		const { earlier } = field;
		const tried = earlier === 0 ? texts : portion(texts, 6, earlier);
		const arrays = fc.array(nastyJson(stage.canary.host), { minLength: 10, maxLength: 10 });
		const all = places(field);
		for (const place of earlier === 0 ? all : portion(all, all.length, earlier)) {
			await fc.assert(
				fc.asyncProperty(arrays, async (values) => await run(field, place, [...tried, ...values])),
				runs(1),
			);
		}
	});

	const texts = fields.filter(([, { property }]) => ['string', 'resourceLocator'].includes(property.type));

	// In one field of every sixth operation, and in all of them where there is time for it.
	const sized = hasTime ? texts : texts.slice(0, turn % 6 === 0 ? 1 : 0);

	if (sized.length > 0) {
		it.each(sized)('%s of 10 MB ends as one outcome with a short message', async (_title, field) => {
			const [place] = places(field);
			const { success, thrown } = await stage.run(operation, withValue(field, place), {
				items: [{ value: `https://example.com/${'x'.repeat(10_000_000)}` }],
			});
			expect(thrown).toBeUndefined();
			// The service may close the connection while the body is still coming in.
			const failed = expectReports(success, 1);
			expect(failed).toHaveLength(writes ? 1 : success.length);
			expect(stage.created(service)).toEqual([]);
			expectNoHarm(stage);
		});
	}

	const depths = fields
		.filter(([, { property }]) => property.type === 'json')
		.flatMap(([title, field]) => [200, 5_000, 100_000].map((depth) => ({ title, field, depth })));

	// Few operations take JSON.
	if (depths.length > 0) {
		it.each(depths)('$title nested $depth deep is not sent', async ({ field, depth }) => {
			const { success, thrown } = await stage.run(operation, withValue(field, HOSTILE), {
				items: [{ value: nested(depth) }],
			});
			expect(thrown).toBeUndefined();
			expect(expectReports(success, 1)).toEqual(['not sent']);
		});
	}
});
