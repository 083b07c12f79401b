import type { IDataObject } from 'n8n-workflow';

import { propexo as service } from '../../../../nodes/Propexo/api';
import { apiName } from '../../../../nodes/shared/fields/names';
import type { Findable } from '../../../../nodes/shared/find/findable';
import { hasTime, triesAll } from '../../../support/effort.ts';
import { by } from '../../support/locator.ts';
import { useNewServices } from '../../support/services.ts';
import { addRecords, CASES, runCase, valueFor } from '../support/everyField.ts';
import { samples } from '../support/samples.ts';

/*
 * Every field of every write that names a record, in every mode: none, one and several; and an API that forgets its filter or
 * does not answer.
 */

/** Whatever else is filled in, the API takes. */
const services = useNewServices({
	timing: { lookUpAfterMs: [1] },
	propexo: { ...samples.settings, checkReferences: false },
});
const propexo = () => services.emulator.propexo;

/** Whether a thing was not seen before. */
const firstSeen = (seen = new Set<unknown>()) => {
	return (one: unknown): boolean => seen.size < seen.add(one).size;
};
const [isNewPath, isNewWrite, isNewKind] = [firstSeen(), firstSeen(), firstSeen()];
/** The first field of each kind of record, and of each write; among the long tests, every field. */
const TRIED = CASES.filter(({ findable, operation }) =>
	[isNewPath(findable.path), isNewWrite(operation), triesAll].includes(true),
);
/** The first field of each kind of record; at night, every field. */
const isFirstOfKind = ({ path }: Findable): boolean => isNewKind(path) || hasTime;

describe.each(TRIED)('$title', (one) => {
	const { findable, field } = one;
	const created = () => propexo().ledger.created.length;
	const isTriedWithFaults = isFirstOfKind(findable);

	beforeEach(async () => await addRecords(services, one));

	it('takes the one record that has it, and refuses none and several', async () => {
		const before = created();
		const asked = findable.modes.flatMap((finder) =>
			['one', 'none', 'two'].map((which) => ({ finder, which })),
		);
		const rows = await runCase(
			services,
			one,
			asked.map(({ finder, which }) => by(finder.mode, valueFor(finder, which))),
		);
		const told = rows.map(({ resolved, error }) => error ?? (resolved as IDataObject)?.[apiName(field)]);
		expect(told).toEqual(
			asked.map(({ finder, which }) => {
				if (which === 'one') return 'found';
				const sentence =
					which === 'none'
						? `No ${findable.noun}.* has ${finder.is} in '${field.label}'`
						: `2 ${findable.plural}.* have ${finder.is} in '${field.label}'`;
				return expect.stringMatching(new RegExp(`^Item \\d+ of \\d+: ${sentence}`)) as string;
			}),
		);
		expect(created() - before).toBe(findable.modes.length);
		if (!field.local) {
			const bodies = propexo()
				.ledger.created.slice(before)
				.map(({ body }) => body as IDataObject);
			expect(JSON.stringify(bodies)).not.toMatch(/"(twin_\d|other)"/);
		}
	});

	const filters = findable.modes.filter(({ field }) => field.api !== undefined);
	if (isTriedWithFaults && filters.length > 0)
		it('takes nobody where the API forgets what it was asked for', async () => {
			const before = created();
			propexo().settings.ignoredFilters = filters.map(({ field }) => String(field.api));
			const rows = await runCase(
				services,
				one,
				filters.map((finder) => by(finder.mode, valueFor(finder, 'one'))),
			);
			const answered = expect.stringContaining(
				`${service.name} answered with other ${findable.plural}`,
			);
			expect(rows.map(({ error }) => error)).toEqual(filters.map(() => answered as string));
			expect(created()).toBe(before);
		});

	if (isTriedWithFaults)
		it('sends nothing where the look-up fails', async () => {
			const before = created();
			const match = { method: 'GET', path: findable.path };
			propexo().faults.add({ match, status: 500, body: {}, times: Infinity });
			const rows = await runCase(
				services,
				one,
				findable.modes.map((finder) => by(finder.mode, valueFor(finder, 'one'))),
			);
			const failed = expect.stringContaining(`'${field.label}' could not be looked up: `);
			expect(rows.map(({ error }) => error)).toEqual(findable.modes.map(() => failed as string));
			expect(created()).toBe(before);
		});
});
