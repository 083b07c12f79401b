import type { IDataObject } from 'n8n-workflow';
import fc from 'fast-check';

import type { Manner } from '../../support/deliver/deliveries.ts';
import {
	deliveriesOf,
	inTurn,
	LAST,
	runIn,
	SEQUENCES_MS,
	timing,
	tried,
} from '../../support/deliver/deliveries.ts';
import type { Services } from '../../support/services.ts';
import { anotherProcess, byId, useServices } from '../../support/services.ts';
import { run } from '../support/run.ts';

/*
 * People come again and again, to two n8n processes, with all or some of their values, while requests fail.
 */

const PEOPLE = 12;

const comes = fc.record({ person: fc.nat(PEOPLE - 1), hasPhone: fc.boolean(), note: fc.nat(2) });
const people = fc.array(comes, { minLength: 1, maxLength: PEOPLE, size: 'max' });
type People = Array<{ person: number; hasPhone: boolean; note: number }>;
const EVERYBODY: People = Array.from({ length: PEOPLE }, (_, person) => ({
	person,
	hasPhone: true,
	note: 0,
}));

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

async function deliver(pms: string, people: People, manner: Manner): Promise<Array<[number, unknown]>> {
	for (const { of, fault } of manner.faults)
		propexo().faults.add({ match: { writes: true, bodyIncludes: emailOf(of) }, ...fault });
	const items = people.map(({ person, hasPhone, note }) => ({
		email: emailOf(person),
		phone: hasPhone ? `+1303${5_550_000 + PEOPLE * sequences + person}` : '',
		note: `note ${note}`,
	}));
	const parameters = {
		...{ ...ofPms(pms), firstName: 'Nathan', lastName: 'Smith' },
		...{ email1: '={{ $json.email }}', phone1: '={{ $json.phone }}' },
		stateFields: { notes: '={{ $json.note }}' },
		options: { outcomeUnknown: manner.outcomeUnknown, timeout: 1 },
	};
	const on = manner.isElsewhere ? there : services;
	const { success } = await runIn(
		manner,
		on,
		async (settings) => await run(on, 'lead', 'upsert', parameters, { items, ...settings }),
	);
	return success.map(({ json, pairedItem }) => {
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
				await tried(deliveriesOf(people, PEOPLE), async (deliveries) => {
					services.emulator.reset();
					sequences++;
					await inTurn(
						deliveries,
						async ({ brings, manner }) => await deliver(pms, brings, manner),
					);
					const all = EVERYBODY.map(({ person }) => person);
					expect(all.filter((person) => leadsOf(person) > 1)).toEqual([]);

					propexo().faults.clear();
					const told = await deliver(pms, EVERYBODY, LAST);
					// Other values than those in doubt may be of a request that was carried out.
					expect(told.filter(([person]) => leadsOf(person) !== 1)).toEqual(
						told.filter(([person, outcome]) => outcome === 'unknown' && leadsOf(person) === 0),
					);
				});
			},
			SEQUENCES_MS,
		);
	},
);
