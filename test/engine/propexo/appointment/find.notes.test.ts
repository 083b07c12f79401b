import { by, byId } from '../../support/locator.ts';
import { ENTRATA, foundBy, LATER, START, useAppointments } from '../support/foundAppointments.ts';

/*
 * An appointment is found by the ID that another system wrote into its notes.
 */

const { change, changed, leadAt, propexo, there } = useAppointments();

it('is found by the ID in its notes, as a word of its own, with or without a person', async () => {
	const id = there('Calendly AbC-12345. Two cats (and a dog)');
	const other = there('Calendly AbC-123456, moved', LATER);
	const ids = ['AbC-12345', ' Calendly AbC-12345 ', 'AbC-123456', 'abc-12345', 'AbC-1234', 'bC-12345'];
	const items = ids.map((one) => ({ id: one }));
	const eventId = by('notes', '={{ $json.id }}');
	const told = foundBy(await change('cancel', { eventId }, items));
	expect(told.slice(0, 3)).toEqual([id, id, other]);
	for (const none of told.slice(3))
		expect(none).toMatch(/No appointment of this lead has a note with the ID/);
	const ofAnybody = await change('cancel', { eventId, leadId: byId('') }, items);
	expect(foundBy(ofAnybody).slice(0, 3)).toEqual([id, id, other]);
	const [nowhere] = foundBy(await change('update', { eventId, leadId: byId('') }, items.slice(0, 1)));
	expect(nowhere).toMatch(
		/'Appointment' is not enough: say whose appointment it is too, or choose its 'Integration'/,
	);
});

it('is not touched by a change that comes late: its notes name a later one', async () => {
	const id = there('ShowMojo sm01 #5');
	const changes = ['sm01 #4', 'sm01 #5', 'sm01 #6', 'sm01'];
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

it('is not touched by a change that comes late either where its notes name several', async () => {
	const id = there('Calendly 47112345 #3 booked. Moved: Calendly 47112345 #5');
	const changes = ['#4', '#6'].map((number) => ({ id: `Calendly 47112345 ${number}` }));
	const told = foundBy(await change('update', { eventId: by('notes', '={{ $json.id }}') }, changes));
	expect(told).toEqual([expect.stringMatching(/No appointment/), id]);
});

it('is told from others by a number that is the ID itself, and not that of a change', async () => {
	there('Booking #4700');
	there('Tour for two people', LATER);
	there('Rent Cafe Tour #4700', LATER);
	const items = ['Booking #4711', 'Tour #4711', 'Rent Cafe Tour #4711'].map((id) => ({ id }));
	for (const leadId of [byId(leadAt(ENTRATA)?.id), byId('')]) {
		const told = foundBy(
			await change('cancel', { eventId: by('notes', '={{ $json.id }}'), leadId }, items),
		);
		expect(told).toEqual(items.map(() => expect.stringMatching(/No appointment/)));
	}
	expect(changed()).toEqual([]);
	const id = there('Booking #4711. Two cats', LATER);
	const [found] = foundBy(await change('cancel', { eventId: by('notes', 'Booking #4711') }));
	expect(found).toBe(id);
});

it('that was booked again after it was called off is the last one of those with the ID', async () => {
	there('ShowMojo sm02 #3');
	const again = there('ShowMojo sm02 #9', LATER);
	expect(foundBy(await change('cancel', { eventId: by('notes', 'sm02 #10') }))).toEqual([again]);
	there('s3 twice', START);
	there('twice s3', LATER);
	const [several] = foundBy(await change('cancel', { eventId: by('notes', 's3') }));
	expect(several).toMatch(
		/2 appointments of this lead have a note with the ID in 'Appointment': .*, begins 2027-07-17T01:45:00Z, .*; .*, begins 2027-07-15T19:30:00Z, .*\. Choose it 'By Start' or /,
	);
});

it('takes none where Propexo answers with those of somebody else', async () => {
	there('one s4', START, 1);
	propexo().settings.ignoredFilters = ['lead_id'];
	const [other] = foundBy(await change('cancel', { eventId: by('notes', 's4') }));
	expect(other).toMatch(/Propexo answered with other appointments/);
	expect(changed()).toEqual([]);
});

it('A short number is no ID that is sure: it needs the word before it in the notes', async () => {
	there('ShowMojo 9000, wants unit 4711');
	const id = there('Calendly 4711. Two cats', LATER);
	const asked = ['4711', '#4711', '4711 #3', 'Calendly 4711', 'Calendly  4711 #3', '12345678'];
	const items = asked.map((one) => ({ id: one }));
	const told = foundBy(await change('cancel', { eventId: by('notes', '={{ $json.id }}') }, items));
	for (const short of told.slice(0, 3))
		expect(short).toMatch(/'Appointment' is a short number.*as in Calendly 4711/);
	expect(told.slice(3)).toEqual([id, id, expect.stringMatching(/No appointment/)]);
});

it('What notes hold for other reasons too is no ID among those of everybody', async () => {
	const notes = [
		'Tour, Suite B12',
		'Rent $1,850, 2-bedroom',
		'Call 512-555-0100 on 2027-07-15',
		'Calendly 4711',
	];
	const [suite, , , calendly] = notes.map((one) => there(one));
	const words = [
		'tour',
		'Suite',
		'B12',
		'Suite B12',
		'$1,850',
		'1,850',
		'2-bedroom',
		'512-555-0100',
		'2027-07-15',
	];
	const items = words.map((id) => ({ id }));
	const eventId = by('notes', '={{ $json.id }}');
	for (const operation of ['cancel', 'update'] as const) {
		const filters = operation === 'update' ? { filters: { integrationId: byId(ENTRATA) } } : {};
		const told = foundBy(await change(operation, { eventId, leadId: byId(''), ...filters }, items));
		for (const one of told)
			expect(one).toMatch(/'Appointment' (?:needs a person too|is a short number|has words and no ID)/);
	}
	expect(changed()).toEqual([]);
	// Among those of one person they tell more.
	const own = foundBy(await change('cancel', { eventId }, [{ id: 'B12' }, { id: '1,850' }]));
	expect(own).toEqual([suite, expect.stringMatching(/is a short number/)]);
	const sure = await change('cancel', { eventId, leadId: byId('') }, [{ id: 'Calendly 4711' }]);
	expect(foundBy(sure)).toEqual([calendly]);
});

it('An ID whose expression finds nothing is none: the name of its system alone finds no appointment', async () => {
	there('Calendly ABCD1234', START, 1);
	there('Calendly EFGH5678');
	there('Rent Cafe 365 ABCD1234');
	const written = [
		'=Calendly {{ $json.body?.id }}',
		"={{ 'Calendly ' + ($json.body?.id ?? '') }}",
		"={{ ['Calendly', $json.body?.id].join(' ') }}",
		'=Rent Cafe 365 {{ $json.body?.id }}',
	];
	for (const operation of ['cancel', 'update'] as const)
		for (const id of written)
			for (const leadId of [byId(leadAt(ENTRATA)?.id), byId('')]) {
				const filters = operation === 'update' ? { filters: { integrationId: byId(ENTRATA) } } : {};
				const told = foundBy(
					await change(operation, { eventId: by('notes', id), leadId, ...filters }),
				);
				expect(told).toEqual([
					expect.stringMatching(
						/'Appointment' (?:is not complete: .* found nothing in the item|has words and no ID)/,
					),
				]);
			}
	expect(changed()).toEqual([]);
	const whole = { eventId: by('notes', '=Calendly {{ $json.body?.id }}') };
	const [found] = foundBy(await change('cancel', whole, [{ body: { id: 'EFGH5678' } }]));
	expect(changed()).toEqual([found]);
});

it('An appointment that says it was called off is not moved; one beside it is', async () => {
	const off = there('Calendly C1', START, 0, { event_name: 'CancelAppointment' });
	there('Calendly C2', START, 0, { type_raw: 'Canceled' });
	const again = there('Calendly C2', LATER);
	const items = [{ id: 'C1' }, { id: 'C2' }];
	const eventId = by('notes', '={{ $json.id }}');
	const notes = "={{ 'Calendly ' + $json.id }}";
	expect(foundBy(await change('update', { eventId, notes }, items))).toEqual([
		expect.stringMatching(/No appointment of this lead has a note with the ID/),
		again,
	]);
	expect(foundBy(await change('cancel', { eventId }, items))).toEqual([off, again]);
});
