import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../engine.ts';
import { OPERATIONS } from '../operations.ts';
import { runOf } from '../run.ts';
import type { ServiceName } from '../service.ts';
import type { Services } from '../services.ts';
import { useServices } from '../services.ts';

/** What an item says, as its fields take it. */
type Says = IDataObject;

/** An event that comes again under its ID, with changes. */
export interface Repeated {
	/** What is special about it. */
	about?: string;
	/** Parameters besides the ID; they take their values from the item. */
	parameters: IDataObject;
	first: Says;
	/** What makes it another event. */
	others: Record<string, Says>;
	/** What makes it the same event in other words. */
	same: Record<string, Says>;
	/** Adds the records it needs. */
	furnish?(services: Services): void | Promise<void>;
}

/** Other events by operation: "lead: update". */
export type RepeatedByOperation = Record<string, Repeated[]>;

const outcomeOf = ({ success: [row] }: RunResult): unknown =>
	row?.json.outcome ?? (row?.json.details as IDataObject | undefined)?.outcome;

/** An ID that comes again, with all writes of a service: what is another event, and what is the same one. */
export function describeSameEvent(service: ServiceName, table: RepeatedByOperation): void {
	const services = useServices();
	const run = runOf(service);
	let tests = 0;

	it('Every operation whose events have an ID is tried', () => {
		const all = OPERATIONS.filter(
			(one) =>
				one.service.name === service &&
				one.properties.some(({ name }) => name === 'deduplicationKey'),
		);
		expect(Object.keys(table).sort()).toEqual(
			all.map(({ resource, operation }) => `${resource}: ${operation}`).sort(),
		);
	});

	for (const [title, cases] of Object.entries(table))
		for (const { about = '', parameters, first, others, same, furnish } of cases)
			describe(`${title}${about && `, ${about}`}: an ID that comes again`, () => {
				const [resource = '', operation = ''] = title.split(': ');
				beforeEach(async () => {
					tests++;
					await furnish?.(services);
				});

				async function deliver(says: Says): Promise<RunResult> {
					const all = { deduplicationKey: '={{ $json.event_id }}', ...parameters };
					return await run(services, resource, operation, all, {
						items: [{ ...says, event_id: `${title} ${about} ${tests}` }],
						onError: 'continueRegularOutput',
					});
				}
				async function delivered(): Promise<void> {
					const result = await deliver(first);
					expect([outcomeOf(result), result.success[0]?.json.error]).toEqual([
						expect.stringMatching(/^(?:created|updated|cancelled)$/),
						undefined,
					]);
				}

				if (Object.keys(others).length > 0)
					it.each(Object.entries(others))('is told with another %s', async (_, changes) => {
						await delivered();
						const result = await deliver({ ...first, ...changes });
						expect(outcomeOf(result)).toBe('not sent');
						expect(result.success[0]?.json.error).toContain('was already used for another event');
					});

				it.each(Object.entries({ 'nothing else': {}, ...same }))(
					'is the same event with %s',
					async (_, changes) => {
						await delivered();
						expect(outcomeOf(await deliver({ ...first, ...changes }))).toBe('skipped');
					},
				);
			});
}
