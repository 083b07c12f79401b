import type { IDataObject } from 'n8n-workflow';

import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import { by, byId } from '../../support/locator.ts';
import { useNewServices } from '../../support/services.ts';
import { leadsAt, writesTo } from '../support/appointments.ts';
import { run } from '../support/run.ts';

/*
 * An appointment is found by whose it is and when it begins, or by the ID that another system wrote into its notes.
 */

const services = useNewServices({ propexo: { jobMs: 0, limit: 1e9 }, timing: { rate: { requests: 1e6 } } });
const propexo = () => services.emulator.propexo;

const ENTRATA = 'int_entrata_1';
const START = '2027-07-15T14:30:00-05:00';
const LATER = '2027-07-16T20:45:00-05:00';

const leadAt = (integration: string, position = 0) => leadsAt(services, integration)[position];

let added = 0;

/** Adds an appointment of a lead to what Propexo shows, and gives its ID. */
function there(notes: string, start = START, position = 0): string {
	const lead = leadAt(ENTRATA, position);
	const like = propexo().data.events.rows.find(({ integration_id: at }) => at === ENTRATA);
	const id = `event_there_${++added}`;
	propexo().data.events.add({
		...like,
		...{ id, notes, event_name: 'Appointment', appointment_datetime: new Date(start).toISOString() },
		associated_lead_ids: [lead?.id],
		property_id: lead?.property_id,
	} as SyncedRecord);
	return id;
}

const change = async (
	operation: 'update' | 'cancel',
	parameters: IDataObject,
	items: IDataObject[] = [{}],
	timezone = 'America/Chicago',
) =>
	await run(
		services,
		'appointment',
		operation,
		{
			for: 'lead',
			integrationId: byId(ENTRATA),
			leadId: byId(leadAt(ENTRATA)?.id),
			...(operation === 'update' && { notes: 'Moved' }),
			...parameters,
		},
		{ items, onError: 'continueRegularOutput', timezone },
	);

/** What each item found, or why it found nothing. */
const foundBy = ({ success }: Awaited<ReturnType<typeof change>>) =>
	success.map(({ json }) => json.error ?? (json.resolved as IDataObject | undefined)?.event_id);
/** The appointments that were changed, as the requests name them. */
const changed = () =>
	writesTo(services).map(({ path, body }) => (body as IDataObject).event_id ?? path.split('/').pop());

it('is found by its start, in whatever time zone and form that is given, among those of its person', async () => {
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

it('is found by its start where the PMS wrote it without an offset, by its own clock', async () => {
	const id = there('Entrata writes Mountain Time');
	Object.assign(propexo().data.events.get(id) ?? {}, { appointment_datetime: '2027-07-15T13:30:00' });
	expect(foundBy(await change('cancel', { eventId: by('start', START) }))).toEqual([id]);
});

it('is not found by a start that two have, or none; the message names no person and no time', async () => {
	there('one');
	there('two');
	const [several, none] = foundBy(
		await change('cancel', { eventId: by('start', '={{ $json.at }}') }, [{ at: START }, { at: LATER }]),
	);
	expect(several).toMatch(/2 appointments of this lead have the start in 'Appointment'/);
	expect(none).toMatch(/No appointment of this lead has the start in 'Appointment'\. Check/);
	expect(`${String(several)} ${String(none)}`).not.toMatch(/14:30|19:30|@/);
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

it('is found by the ID in its notes, as a word of its own, with or without a person', async () => {
	const id = there('Calendly AbC-1. Two cats (and a dog)');
	const other = there('Calendly AbC-12, moved', LATER);
	const ids = ['AbC-1', ' AbC-1 ', 'AbC-12', 'abc-1', 'AbC', 'cats (and'];
	const items = ids.map((one) => ({ id: one }));
	const eventId = by('notes', '={{ $json.id }}');
	const told = foundBy(await change('cancel', { eventId }, items));
	expect(told.slice(0, 3)).toEqual([id, id, other]);
	for (const none of told.slice(3))
		expect(none).toMatch(/No appointment of this lead has a note with the ID/);
	const ofAnybody = await change('cancel', { eventId, leadId: byId('') }, items);
	expect(foundBy(ofAnybody).slice(0, 3)).toEqual([id, id, other]);
	const [nowhere] = foundBy(await change('update', { eventId, leadId: byId('') }, items.slice(0, 1)));
	expect(nowhere).toMatch(/'Appointment' needs whose appointment it is, or the 'Integration', beside it/);
});

it('is not touched by a change that comes late: its notes name a later one', async () => {
	const id = there('ShowMojo s1 #5');
	const changes = ['s1 #4', 's1 #5', 's1 #6', 's1'];
	const told = foundBy(
		await change(
			'update',
			{ eventId: by('notes', '={{ $json.id }}') },
			changes.map((one) => ({ id: one })),
		),
	);
	expect(told[0]).toMatch(/No appointment.*one that a later change has reached is left as it is/);
	expect(told.slice(1)).toEqual([id, id, id]);
});

it('that was booked again after it was called off is the last one of those with the ID', async () => {
	there('ShowMojo s2 #3');
	const again = there('ShowMojo s2 #9', LATER);
	expect(foundBy(await change('cancel', { eventId: by('notes', 's2 #10') }))).toEqual([again]);
	there('s3 twice', START);
	there('twice s3', LATER);
	const [several] = foundBy(await change('cancel', { eventId: by('notes', 's3') }));
	expect(several).toMatch(/2 appointments of this lead have a note with the ID in 'Appointment'/);
});

it('takes none where Propexo answers with those of somebody else', async () => {
	there('one s4', START, 1);
	propexo().settings.ignoredFilters = ['lead_id'];
	const [other] = foundBy(await change('cancel', { eventId: by('notes', 's4') }));
	expect(other).toMatch(/Propexo answered with other appointments/);
	expect(changed()).toEqual([]);
});
