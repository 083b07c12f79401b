import type { IDataObject } from 'n8n-workflow';

import { byId, useNewServices } from '../../support/services.ts';
import { book, bookingAt, writesTo } from '../support/appointments.ts';
import { run } from '../support/run.ts';
import { addEventOfAnyPms } from '../support/samples.ts';
import { until } from '../../support/deliver/driven.ts';

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });
const propexo = () => services.emulator.propexo;
const START = '2027-07-15T14:30:00-05:00';

async function booked(integration: string): Promise<string> {
	const { success } = await book(services, [bookingAt(services, integration, START)]);
	return String(success[0]?.json.created_record_id);
}

const cancel = async (integration: string, eventId: string, more: IDataObject = {}) =>
	await run(services, 'appointment', 'cancel', {
		...{ for: 'lead', integrationId: byId(integration), eventId: byId(eventId) },
		...more,
	});

it('Calls an appointment off, and its time is free again', async () => {
	const id = await booked('int_appfolio_1');
	const { success } = await cancel('int_appfolio_1', id);
	expect(success[0]?.json).toMatchObject({ write_status: 'SUCCESS' });
	expect(success[0]?.json).not.toHaveProperty('already_cancelled');
	expect(propexo().ledger.created.at(-1)?.body).toEqual({ integration_id: 'int_appfolio_1', event_id: id });
	const again = await book(services, [bookingAt(services, 'int_appfolio_1', START)]);
	expect(again.success[0]?.json.write_status).toBe('SUCCESS');
});

it('One that was called off before is done, whether by another execution or by another item', async () => {
	const id = await booked('int_appfolio_1');
	const twice = { items: [{}, {}] };
	const { success, thrown } = await run(
		services,
		'appointment',
		'cancel',
		{ for: 'lead', integrationId: byId('int_appfolio_1'), eventId: byId(id) },
		twice,
	);
	expect(thrown).toBeUndefined();
	expect(success.map(({ json }) => json.already_cancelled)).toEqual([undefined, true]);
	const later = await cancel('int_appfolio_1', id);
	expect(later.success[0]?.json).toMatchObject({
		already_cancelled: true,
		write_errors: [expect.stringContaining('cancelled already')],
	});
});

it.each([
	['lead', 'int_resman_1', /^'Integration' belongs to ResMan, which takes no appointment cancellations/],
	['lead', 'int_yardi_1', /belongs to Yardi \(REST\), which takes no appointment cancellations/],
	['applicant', 'int_yardi_1', /belongs to Yardi \(REST\), which takes no/],
	['resident', 'int_yardi_1', /belongs to Yardi \(REST\), which takes no/],
])(
	'What a PMS does not have is told before anything is sent: of a %s at %s',
	async (person, integration, message) => {
		if (integration === 'int_yardi_1')
			Object.assign(propexo().data.integrations.get(integration) ?? {}, { vendor: 'YARDI_REST' });
		const { thrown } = await cancel(integration, 'event_1', { for: person });
		expect(thrown?.message).toMatch(message);
		expect(writesTo(services)).toEqual([]);
	},
);

it('A cancellation is previewed and reported as one, and a change as a change', async () => {
	const id = await booked('int_appfolio_1');
	const ids = { for: 'lead', integrationId: byId('int_appfolio_1'), eventId: byId('={{ $json.id }}') };
	const items = [{ id }, { id: 'event_none' }];
	const preview = { ...ids, options: { previewOnly: true } };
	const { success, hints } = await run(services, 'appointment', 'cancel', preview, { items: [{ id }] });
	expect(success[0]?.json).toMatchObject({ preview: true, outcome: 'would_cancel' });
	expect(hints[0]?.message).toMatch(/^Preview of 1 item: 1 would be cancelled/);
	propexo().faults.add({
		match: { method: 'POST', bodyIncludes: 'event_none' },
		status: 400,
		body: { message: 'No' },
		times: Infinity,
	});
	const stopped = await run(services, 'appointment', 'cancel', ids, { items });
	expect(stopped.thrown?.description).toMatch(
		/Of 2 appointment cancellations: 1 pending \(item 1\), 1 refused \(item 2\).*skip what was done/,
	);
	const noWait = { ...ids, options: { waitForResult: false } };
	const atOnce = await run(services, 'appointment', 'cancel', noWait, { items });
	expect(atOnce.thrown?.description).toMatch(/: 1 cancelled \(item 1\), 1 refused \(item 2\)/);
	const detailed = { ...ids, options: { deliveryDetails: true } };
	const told = await run(services, 'appointment', 'cancel', detailed, { items: [{ id }] });
	expect(told.success[0]?.json.delivery).toMatchObject({ outcome: 'cancelled' });
});

it('A run that is stopped while one is under way calls no further one off; the next run goes on, and says what is in doubt', async () => {
	const [first, hanging, third] = [1, 2, 3].map((number) => `event_stopped_${number}`) as [
		string,
		string,
		string,
	];
	for (const id of [first, hanging, third]) addEventOfAnyPms(services.emulator, id);
	propexo().faults.add({ match: { method: 'POST', bodyIncludes: hanging }, hang: true, write: true });
	const stop = new AbortController();
	const parameters = {
		...{ for: 'lead', integrationId: byId('int_any'), eventId: byId('={{ $json.id }}') },
		...{ deduplicationKey: '={{ $json.key }}', options: { waitForResult: false } },
	};
	// The last one waits for the one before it, which is about the same appointment.
	const items = [first, hanging, third, hanging].map((id, key) => ({ id, key: `key-${key}` }));
	const goOn = { items, onError: 'continueRegularOutput' as const };
	const running = run(services, 'appointment', 'cancel', parameters, {
		...{ ...goOn, retryOnFail: true, maxTries: 3, waitBetweenTries: 1, signal: stop.signal },
	});
	const calledOff = () => propexo().ledger.created.map(({ body }) => (body as IDataObject).event_id);
	await until(() => calledOff().length === 3);
	// Until the node has read the replies to the first and the third.
	const { processedData } = services.engine;
	await until(() => ['key-0', 'key-2'].every((key) => !processedData.holds(`open\n${key}`)));
	stop.abort();
	expect((await running).status).toBe('canceled');
	expect(calledOff().sort()).toEqual([first, hanging, third]);

	const next = await run(services, 'appointment', 'cancel', parameters, goOn);
	expect(
		next.success.map(({ json }) => json.skipped ?? (json.details as IDataObject | undefined)?.outcome),
	).toEqual([true, 'unknown', true, undefined]);
	expect(calledOff().slice(3)).toEqual([hanging]);
});
