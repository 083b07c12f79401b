import { by, byId } from '../../support/locator.ts';
import { anotherProcess } from '../../support/services.ts';
import { ENTRATA, foundBy, LATER, START, useAppointments } from '../support/foundAppointments.ts';
import { run } from '../support/run.ts';

/*
 * An appointment is found by whose it is and when it begins.
 */

const { change, changed, leadAt, propexo, services, there } = useAppointments();

it('is found by its start, in any time zone and form, among those of its person', async () => {
	const id = there('one');
	there('of somebody else', START, 1);
	there('at another time', '2027-07-15T15:30:00-05:00');
	const starts = [
		START,
		'2027-07-15T19:30:00.000000Z',
		'2027-07-15 14:30',
		'1815679800',
		'7/15/2027 2:30 PM',
	];
	const told = await change(
		'update',
		{ eventId: by('start', '={{ $json.at }}'), options: { dateFormat: 'M/d/yyyy h:mm a' } },
		starts.map((at) => ({ at })),
	);
	expect(foundBy(told)).toEqual(starts.map(() => id));
	expect(changed()).toEqual(starts.map(() => id));
});

it.each([
	['without an offset, by the clock of Entrata', '2027-07-15T13:30:00'],
	['with an offset behind a space', '2027-07-15 14:30:00 -05:00'],
	['as PostgreSQL writes it', '2027-07-15 19:30:00+00'],
])('is found by its start where that is written %s', async (_, written) => {
	const id = there('one');
	Object.assign(propexo().data.events.get(id) ?? {}, { appointment_datetime: written });
	expect(foundBy(await change('cancel', { eventId: by('start', START) }))).toEqual([id]);
});

it('is not found by a start that two have, or none; the message names no person, and tells several apart', async () => {
	there('Two cats', START, 0, { created_at: '2026-03-01T09:00:00.000Z', x_created_at: null });
	there('Two dogs', START, 0, { created_at: '2026-03-04T09:00:00.000Z', x_created_at: null });
	const [several, none] = foundBy(
		await change('cancel', { eventId: by('start', '={{ $json.at }}') }, [{ at: START }, { at: LATER }]),
	);
	expect(several).toMatch(
		/2 appointments of this lead have the start in 'Appointment': .*, added 2026-03-04T09:00:00Z; .*, added 2026-03-01T09:00:00Z\. Choose it 'By ID in Its Notes' or 'By PMS ID' or 'By ID'$/,
	);
	expect(none).toMatch(/No appointment of this lead has the start in 'Appointment'\. Check/);
	expect(`${String(several)} ${String(none)}`).not.toMatch(/@|cats|dogs/);
	expect(changed()).toEqual([]);
});

it('is found at once after it was moved, and not by the time that it had', async () => {
	const id = there('one');
	const move = { eventId: by('start', '={{ $json.from }}'), start: '={{ $json.to }}' };
	expect(foundBy(await change('update', move, [{ from: START, to: LATER }]))).toEqual([id]);
	expect(foundBy(await change('update', move, [{ from: LATER, to: START }]))).toEqual([id]);
	const [old] = foundBy(await change('cancel', { eventId: by('start', LATER) }));
	expect(old).toMatch(/No appointment/);
});

it('that was moved is not found by its old start: a retry keeps it, with the field that was mended, and waits for its result', async () => {
	const starts = [START, '2027-07-15T16:30:00-05:00'];
	const ids = starts.map((start, index) => there(`${index}`, start));
	propexo().faults.add({ match: { bodyIncludes: 'bad' }, status: 400, body: { message: 'No' } });
	propexo().settings.jobResult = ({ notes }) => (notes === '0' ? 'FAILURE' : 'SUCCESS');
	const parameters = {
		...{ for: 'lead', integrationId: byId(ENTRATA), leadId: byId(leadAt(ENTRATA)?.id) },
		...{ eventId: by('start', '={{ $json.start }}'), start: '={{ $json.to }}' },
	};
	const items = starts.map((start, index) => ({ start, to: LATER.replace('20:', `${index + 10}:`) }));
	const notes = "={{ ['0', 'bad'][$itemIndex] }}";
	const stopped = await run(services, 'appointment', 'update', { ...parameters, notes }, { items });
	expect(stopped.thrown?.description).toContain('1 pending (item 1), 1 refused (item 2)');
	// Propexo shows it at its new time.
	Object.assign(propexo().data.events.get(ids[0] ?? '') ?? {}, { appointment_datetime: items[0]?.to });
	const retried = await anotherProcess(services, {}).engine.retry(stopped, {
		parameters: { ...stopped.options.parameters, notes: "={{ ['0', 'mended'][$itemIndex] }}" },
		onError: 'continueRegularOutput',
	});
	expect(retried.success.map(({ json }) => json.write_status ?? json.error)).toEqual([
		expect.stringMatching(/^Item 1 of 2: the PMS refused it/),
		'SUCCESS',
	]);
	expect(changed()).toEqual([...ids, ids[1]]);
});

it('is not found by a start that is not certain, and the message says so', async () => {
	const id = there('one', START, 0, { integration_vendor: 'RESMAN' });
	Object.assign(propexo().data.events.get(id) ?? {}, { appointment_datetime: '2027-07-15T14:30:00' });
	const [told] = foundBy(await change('cancel', { eventId: by('start', START) }));
	expect(told).toMatch(/No appointment.*one whose time is not certain, not by its start/);
	expect(changed()).toEqual([]);
});

it('is not changed where the look-up fails', async () => {
	there('one');
	const match = { method: 'GET', path: '/v1/appointments/' };
	propexo().faults.add({ match, status: 400, body: {}, times: Infinity });
	const told = foundBy(await change('cancel', { eventId: by('start', START) }));
	expect(told).toEqual([expect.stringContaining("'Appointment' could not be looked up: ")]);
	expect(changed()).toEqual([]);
});
