import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { DRIVEN, WRITES } from '../../support/service.ts';
import type { Settings } from '../../support/services.ts';
import { useServices } from '../../support/services.ts';
import type { Driven } from '../../support/deliver/driven.ts';
import { faultFor, itemAt } from '../../support/deliver/driven.ts';

const COLUMNS = ['outcome', 'item', 'key', 'found_by', 'record_ids', 'attempts', 'sent_at', 'answered_at'];
const TIME = /^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}-0[56]:00$/;
const time = expect.stringMatching(TIME) as unknown;

const deliveries = ({ success, error }: Pick<RunResult, 'success' | 'error'>): IDataObject[] =>
	[...success, ...error]
		.map(({ json }) => (json.delivery ?? (json.details as IDataObject).delivery) as IDataObject)
		.sort((a, b) => Number(a.item) - Number(b.item));

let tests = 0;
beforeEach(() => void tests++);

describe.each(WRITES)('$title: Add Delivery Details', (driven: Driven) => {
	const services = useServices({ timing: { lookUpAfterMs: [1] } });

	const modes = [undefined, 'continueErrorOutput', 'continueRegularOutput'] as const;
	// The modes are the same for all writes.
	it.each(DRIVEN.includes(driven) ? modes : modes.slice(2))(
		'tells of each item how its delivery went, with On Error at %s',
		async (onError) => {
			const emulated = driven.emulated(services.emulator);
			const parameters = driven.parameters({ deliveryDetails: true, timeZone: 'America/Chicago' });
			const goesOn = onError !== undefined;
			if (goesOn) emulated.faults.add(faultFor(3, { status: 400, body: { message: 'No' } }));
			const items = [
				itemAt(0),
				...(goesOn ? [itemAt(3), { ...itemAt(6), person: null, notes: { a: 1 } }] : []),
			];
			const result = await driven.run(services, parameters, {
				items,
				onError,
				workflowId: `details ${tests}`,
			});
			expect(result.error).toHaveLength(onError === 'continueErrorOutput' ? 2 : 0);
			const told = deliveries(result);
			for (const one of told) expect(Object.keys(one)).toEqual(COLUMNS);
			const [made] = result.success;
			expect(told).toMatchObject([
				{
					outcome: expect.stringMatching(/^(created|updated)$/),
					item: 1,
					key: null,
					record_ids: expect.stringContaining(driven.idIn(made?.json ?? {})),
					attempts: 1,
					sent_at: time,
					answered_at: time,
				},
				...(goesOn
					? [
							{ outcome: 'refused', item: 2, attempts: 1, sent_at: time, answered_at: time },
							{ outcome: 'not sent', item: 3, attempts: 0, sent_at: null, answered_at: null },
						]
					: []),
			]);
			expect(Date.parse(String(told[0]?.sent_at))).toBeLessThanOrEqual(
				Date.parse(String(told[0]?.answered_at)),
			);
		},
	);
});

describe.each(DRIVEN)('$title: Add Delivery Details, whatever happens', (driven: Driven) => {
	const services = useServices({ timing: { lookUpAfterMs: [1] } });
	const run = async (items: IDataObject[], options: IDataObject = {}, settings: Settings = {}) =>
		await driven.run(
			services,
			driven.parameters({ deliveryDetails: true, deduplicationKey: '={{ $json.id }}', ...options }),
			{
				items: items.map((item, index) => ({ ...itemAt(index * 3), id: `event ${index}`, ...item })),
				onError: 'continueErrorOutput',
				workflowId: `details ${tests}`,
				...settings,
			},
		);
	const faults = () => driven.emulated(services.emulator).faults;

	it('counts the attempts, and says which requests were answered', async () => {
		faults().add(faultFor(0, { status: 429, headers: { 'retry-after': '0' } }));
		faults().add(faultFor(3, { close: 'after' }));
		const told = deliveries(await run([{}, {}]));
		expect(told).toMatchObject([
			{ outcome: 'created', key: 'event 0', attempts: 2, answered_at: time },
			{ outcome: 'unknown', key: 'event 1', attempts: 1, sent_at: time, answered_at: null },
		]);
		expect(deliveries(await run([{}]))).toMatchObject([
			{ outcome: 'skipped', key: 'event 0', attempts: 0, sent_at: null, answered_at: null },
		]);
	});

	it('says when an item was sent that an earlier try of the execution has created', async () => {
		faults().add(faultFor(3, { status: 400 }));
		const failed = await run([{}, {}], {}, { onError: undefined });
		expect(failed.thrown).toBeDefined();
		const told = deliveries(await services.engine.retry(failed));
		expect(told).toMatchObject([
			{ outcome: 'created', attempts: 1, sent_at: time },
			{ outcome: 'created', attempts: 1, sent_at: time },
		]);
		expect(Date.parse(String(told[0]?.sent_at))).toBeLessThan(Date.parse(String(told[1]?.sent_at)));
	});

	it('is there where the credential cannot be used', async () => {
		const credential = { baseUrl: 'http://api.example.com', environment: 'custom', token: '' };
		const credentials = { [`${driven.service}Api`]: credential };
		expect(deliveries(await run([{}, {}], {}, { credentials }))).toMatchObject([
			{ outcome: 'not sent', item: 1, attempts: 0 },
			{ outcome: 'not sent', item: 2, attempts: 0 },
		]);
	});

	it('goes along with a preview', async () => {
		expect(deliveries(await run([{}], { previewOnly: true }))).toMatchObject([
			{ outcome: 'would_create', key: 'event 0', attempts: 0, sent_at: null },
		]);
	});

	it('does not make an item another one that comes back from the error output', async () => {
		faults().add(faultFor(0, { close: 'after' }));
		const { runs } = await run([{}], { deduplicationKey: undefined }, { leadsBack: 2 });
		expect(runs.map((one) => deliveries(one)[0]?.outcome)).toEqual(['unknown', 'unknown', 'unknown']);
	});
});
