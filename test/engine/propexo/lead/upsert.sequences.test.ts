import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';

import type { Fault } from '../../../../emulator/index.ts';
import { runs } from '../../../support/effort.ts';
import type { Services } from '../../support/services.ts';
import { anotherProcess, byId, useServices } from '../../support/services.ts';
import { run } from '../support/run.ts';

/*
 * People come again and again, to two n8n processes, with all or some of their values, while requests fail.
 */

const TRIES = runs(1);
const SEED = 20_261_128;
const PEOPLE = 12;

/** What a request may meet: it is refused, or nobody knows whether it was carried out. */
const FAULTS: Fault[] = [
	{ status: 400 },
	{ status: 422 },
	{ close: 'before' },
	{ close: 'after' },
	{ status: 500 },
	{ status: 502, write: true },
	{ status: 200, body: '<html></html>', write: true },
];

const delivery = fc.record({
	people: fc.array(fc.record({ person: fc.nat(PEOPLE - 1), hasPhone: fc.boolean(), note: fc.nat(2) }), {
		minLength: 1,
		maxLength: PEOPLE,
		size: 'max',
	}),
	outcomeUnknown: fc.constantFrom('report', 'lookUp', 'lookUpOnly'),
	isElsewhere: fc.boolean(),
	/** Whether the run ends at the first error; whether n8n tries again, and a person after that. */
	isStopped: fc.boolean(),
	isTriedAgain: fc.boolean(),
	isRetried: fc.boolean(),
	/** Beside the next delivery, instead of before it. */
	isBesideNext: fc.boolean(),
	faults: fc.array(fc.record({ person: fc.nat(PEOPLE - 1), fault: fc.constantFrom(...FAULTS) }), {
		maxLength: PEOPLE / 2,
		size: 'max',
	}),
});
type Delivery = Omit<typeof delivery extends fc.Arbitrary<infer T> ? T : never, 'isBesideNext'>;

const LAST: Delivery = {
	people: Array.from({ length: PEOPLE }, (_, person) => ({ person, hasPhone: true, note: 0 })),
	outcomeUnknown: 'lookUp',
	isElsewhere: false,
	isStopped: false,
	isTriedAgain: false,
	isRetried: false,
	faults: [],
};

const timing = { rate: { requests: 100_000, windowMs: 1_000 }, lookUpAfterMs: [1, 60] };
const services = useServices({ timing, propexo: { jobMs: 20 } });
let there: Services;
beforeAll(() => {
	there = anotherProcess(services, timing);
});
const propexo = () => services.emulator.propexo;

let sequences = 0;
const emailOf = (person: number) => `person${person}.of${sequences}@example.com`;
const leadsOf = (person: number) =>
	propexo().ledger.created.filter(
		({ kind, body }) => kind === 'lead' && (body as IDataObject).email_1 === emailOf(person),
	).length;

const ofPms = (pms: string): IDataObject => {
	if (pms === 'int_any') return { integrationId: byId(pms) };
	const own = (rows: Iterable<IDataObject>) =>
		byId([...rows].find(({ integration_id }) => integration_id === pms)?.id as string);
	const { properties, leadSources } = propexo().data;
	return {
		integrationId: byId(pms),
		propertyId: own(properties.rows as unknown as IDataObject[]),
		leadSourceId: own(leadSources.rows as unknown as IDataObject[]),
	};
};

async function deliver(
	pms: string,
	{ people, faults, isElsewhere, ...how }: Delivery,
): Promise<Array<[number, unknown]>> {
	for (const { person, fault } of faults)
		propexo().faults.add({ match: { writes: true, bodyIncludes: emailOf(person) }, ...fault });
	const items = people.map(({ person, hasPhone, note }) => ({
		email: emailOf(person),
		phone: hasPhone ? `+1303${5_550_000 + PEOPLE * sequences + person}` : '',
		note: `note ${note}`,
	}));
	const parameters = {
		...{ ...ofPms(pms), firstName: 'Nathan', lastName: 'Smith' },
		...{ email1: '={{ $json.email }}', phone1: '={{ $json.phone }}' },
		stateFields: { notes: '={{ $json.note }}' },
		options: { outcomeUnknown: how.outcomeUnknown, timeout: 1 },
	};
	const on = isElsewhere ? there : services;
	const result = await run(on, 'lead', 'upsert', parameters, {
		items,
		onError: how.isStopped ? 'stopWorkflow' : 'continueRegularOutput',
		retryOnFail: how.isTriedAgain,
		maxTries: 2,
		waitBetweenTries: 1,
	});
	const last = result.thrown && how.isRetried ? await on.engine.retry(result) : result;
	return last.success.map(({ json, pairedItem }) => {
		const { person } = people[(pairedItem as { item: number }).item]!;
		if (json.action !== undefined)
			expect([person, json.action, leadsOf(person)]).toEqual([person, json.action, 1]);
		return [person, json.action ?? (json.details as IDataObject | undefined)?.outcome];
	});
}

describe.each(['int_any', 'int_entrata_1'])(
	'Lead: Create or Update in %s, any sequence of deliveries',
	(pms) => {
		it(
			'makes one lead of each person',
			async () => {
				await fc.assert(
					fc.asyncProperty(
						fc.array(delivery, { minLength: 3, maxLength: 6 }),
						async (deliveries) => {
							services.emulator.reset();
							sequences++;
							let beside: Array<Promise<unknown>> = [];
							for (const { isBesideNext, ...one } of deliveries) {
								beside.push(deliver(pms, one));
								if (isBesideNext) continue;
								await Promise.all(beside);
								beside = [];
							}
							await Promise.all(beside);
							propexo().faults.clear();
							const all = LAST.people.map(({ person }) => person);
							expect(all.filter((person) => leadsOf(person) > 1)).toEqual([]);
							// Other values than those in doubt may be of a request that was carried out.
							const told = await deliver(pms, LAST);
							expect(told.filter(([person]) => leadsOf(person) !== 1)).toEqual(
								told.filter(
									([person, outcome]) => outcome === 'unknown' && leadsOf(person) === 0,
								),
							);
						},
					),
					{ seed: SEED, ...TRIES, endOnFailure: true },
				);
			},
			60_000 * TRIES.numRuns,
		);
	},
);
