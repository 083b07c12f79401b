import type { IDataObject } from 'n8n-workflow';

import type { SyncedRecord } from '../../../../emulator/propexo/world.ts';
import { MAX_IN_FLIGHT } from '../../../../nodes/shared/http/limiter';
import { by, byId } from '../../support/locator.ts';
import { until } from '../../support/deliver/driven.ts';
import { anotherProcess, useNewServices, withTiming } from '../../support/services.ts';
import { book, leadsAt, writesTo } from '../support/appointments.ts';
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
function there(notes: string, start = START, position = 0, more: IDataObject = {}): string {
	const lead = leadAt(ENTRATA, position);
	const like = propexo().data.events.rows.find(({ integration_id: at }) => at === ENTRATA);
	const id = `event_there_${++added}`;
	propexo().data.events.add({
		...like,
		...{ id, notes, event_name: 'Appointment', appointment_datetime: new Date(start).toISOString() },
		associated_lead_ids: [lead?.id],
		property_id: lead?.property_id,
		...more,
	} as SyncedRecord);
	return id;
}

const change = async (
	operation: 'update' | 'cancel',
	parameters: IDataObject,
	items: IDataObject[] = [{}],
	timezone = 'America/Chicago',
	on = services,
) =>
	await run(
		on,
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

describe('Whose appointment it is', () => {
	const OTHERS = { associated_lead_ids: null, associated_resident_ids: ['resident_1'] };

	it('must be known to find it by its start: one that nobody named is never looked for in a whole integration', async () => {
		there('of somebody else', START, 1);
		const eventId = by('start', START);
		const [without] = foundBy(await change('cancel', { eventId, leadId: byId('') }));
		expect(without).toMatch(
			/'Appointment' is not enough: say whose appointment it is too, because somebody else's/,
		);
		const filters = { integrationId: byId(ENTRATA) };
		const [moved] = foundBy(await change('update', { eventId, leadId: byId(''), filters }));
		expect(moved).toMatch(/'Appointment' is not enough: say whose appointment it is/);
		expect(changed()).toEqual([]);
	});

	it.each([
		['start', START],
		['notes', 's5'],
	])('is not guessed by %s where its expression finds nothing', async (mode, value) => {
		there('one s5', START, 1);
		for (const operation of ['cancel', 'update'] as const) {
			const leadId = by('email', '={{ $json.body.email }}');
			const filters = operation === 'update' ? { filters: { integrationId: byId(ENTRATA) } } : {};
			const told = await change(operation, { eventId: by(mode, value), leadId, ...filters });
			expect(foundBy(told)).toEqual([expect.stringMatching(/'Lead' is empty for this item/)]);
		}
		expect(changed()).toEqual([]);
	});

	it("may be left empty where the appointment's Propexo ID is given", async () => {
		const id = there('one');
		const told = await change('cancel', { eventId: byId(id), leadId: by('email', '={{ $json.none }}') });
		expect(told.success[0]?.json.error).toBeUndefined();
		expect(changed()).toEqual([id]);
	});

	describe('is compared where its Propexo ID is given', () => {
		const changeById = async (operation: 'update' | 'cancel', eventId: string, more: IDataObject = {}) =>
			foundBy(await change(operation, { eventId: byId(eventId), ...more }))[0];

		it.each(['cancel', 'update'] as const)('with %s', async (operation) => {
			const other = there('of somebody else', START, 1);
			expect(await changeById(operation, other)).toMatch(
				/'Appointment' is not of this lead: .*somebody else/,
			);
			const others = there('of a resident', START, 0, OTHERS);
			expect(await changeById(operation, others)).toMatch(/of another kind of person than 'For' says/);
			const call = { event_name: 'CallFromProspect', appointment_datetime: null };
			expect(await changeById(operation, there('a call', START, 0, call))).toMatch(
				/is the ID of another event, such as a call/,
			);
			expect(changed()).toEqual([]);
			const own = there('own');
			const nobodys = there('names nobody', LATER, 0, { associated_lead_ids: null });
			// Not every PMS tells the time of an appointment.
			const named = ['Viewing', 'Meeting', 'Other'].map((event_name) =>
				there(event_name, START, 0, { event_name, appointment_datetime: null }),
			);
			const ids = [own, nobodys, ...named];
			for (const id of ids) expect(await changeById(operation, id)).toBeUndefined();
			expect(changed()).toEqual(ids);
		});

		it('and whose it is cannot be found out: nothing is sent', async () => {
			const id = there('own');
			const match = { method: 'GET', path: `/v1/events/${id}` };
			propexo().faults.add({ match, status: 400, body: {}, times: Infinity });
			expect(await changeById('cancel', id)).toMatch(/'Appointment' could not be compared with 'Lead'/);
			expect(changed()).toEqual([]);
			expect(await changeById('cancel', id, { leadId: byId('') })).toBeUndefined();
		});

		it('with its own record alone, if Propexo answers with another one', async () => {
			const [id, own] = [there('of somebody else', START, 1), there('own')];
			const body = { results: propexo().data.events.get(own) };
			propexo().faults.add({ match: { path: `/v1/events/${id}` }, status: 200, body, times: Infinity });
			expect(await changeById('cancel', id)).toMatch(/'Appointment' could not be compared with 'Lead'/);
			expect(changed()).toEqual([]);
		});

		it('one that Propexo does not show yet is called off by its ID alone', async () => {
			expect(await changeById('cancel', 'event_new')).not.toMatch(/'Appointment' (?:is|could)/);
			expect(changed()).toEqual(['event_new']);
		});

		it('without a person it is read only where it is moved', async () => {
			const others = there('of a resident', START, 0, OTHERS);
			expect(await changeById('update', others, { leadId: byId('') })).toMatch(/than 'For' says/);
			expect(changed()).toEqual([]);
			const own = there('own');
			const before = propexo().ledger.requests.length;
			expect(await changeById('cancel', others, { leadId: byId('') })).toMatch(/refused.*event_id/);
			expect(await changeById('cancel', own, { leadId: byId('') })).toBeUndefined();
			const paths = propexo().ledger.requests.slice(before);
			expect(paths.filter(({ path }) => [others, own].some((id) => path.includes(id)))).toEqual([]);
			expect(changed()).toEqual([others, own]);
		});
	});

	it("must be of the kind that 'For' says; an appointment that names nobody is taken", async () => {
		there('Calendly R100', START, 0, OTHERS);
		there('Calendly R200', START, 0, { ...OTHERS, associated_lead_ids: [] });
		const both = there('Calendly R300', START, 0, { associated_applicant_ids: ['applicant_1'] });
		const untold = there('Calendly R400', START, 0, { associated_lead_ids: null });
		const ids = ['R100', 'R200', 'R300', 'R400'].map((id) => ({ id: `Calendly ${id}` }));
		const eventId = by('notes', '={{ $json.id }}');
		const told = foundBy(await change('cancel', { eventId, leadId: byId('') }, ids));
		expect(told).toEqual([
			expect.stringMatching(/No appointment has a note with the ID.*'For'/),
			expect.stringMatching(/No appointment/),
			both,
			untold,
		]);
		expect(changed()).toEqual([both, untold]);
		const forEach = { for: '={{ $json.for }}', leadId: byId(''), residentId: byId('') };
		const asked = [
			{ id: 'Calendly R100', for: 'lead' },
			{ id: 'Calendly R100', for: 'resident' },
		];
		const items = await change('cancel', { eventId, ...forEach, options: { previewOnly: true } }, asked);
		expect(items.success.map(({ json }) => json.outcome)).toEqual(['not_sent', 'would_cancel']);
	});
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
			expect(one).toMatch(
				/'Appointment' (?:is not unique enough without|is a short number|has words and no ID)/,
			);
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

it('The appointment to be called off is found by a lead of its property', async () => {
	const { leads } = propexo().data;
	const first = leadAt(ENTRATA);
	const email = 'tours.twice@example.com';
	const elsewhere = propexo().data.properties.rows.find(
		({ id, integration_id: at }) => at === ENTRATA && id !== first?.property_id,
	);
	Object.assign(first ?? {}, { email_1: email });
	const id = there('Calendly P1');
	leads.add({
		...first!,
		id: 'lead_elsewhere',
		property_id: elsewhere?.id ?? '',
		created_at: '2030-01-01T00:00:00Z',
	});
	const parameters = { leadId: by('email', email), eventId: by('notes', 'P1') };
	const ifSeveralMatch = { options: { ifSeveralMatch: 'newest' } };
	const [other] = foundBy(await change('cancel', { ...parameters, ...ifSeveralMatch }));
	expect(other).toMatch(/No appointment of this lead/);
	const filters = { propertyId: byId(first?.property_id) };
	expect(foundBy(await change('cancel', { ...parameters, ...ifSeveralMatch, filters }))).toEqual([id]);
});

it('is not changed where the look-up fails', async () => {
	there('one');
	const match = { method: 'GET', path: '/v1/appointments/' };
	propexo().faults.add({ match, status: 400, body: {}, times: Infinity });
	const told = foundBy(await change('cancel', { eventId: by('start', START) }));
	expect(told).toEqual([expect.stringContaining("'Appointment' could not be looked up: ")]);
	expect(changed()).toEqual([]);
});

describe('What the node has written is known before Propexo shows it', () => {
	let count = 0;
	let id = '';

	beforeEach(() => {
		id = `ShowMojo sm${++count}00`;
	});

	/** Books a tour of the lead with these notes. */
	async function bookWith(notes: string, position = 0): Promise<void> {
		const source = propexo().data.leadSources.rows.find(({ integration_id: at }) => at === ENTRATA);
		const lead = String(leadAt(ENTRATA, position)?.id);
		const item = { integration: ENTRATA, lead, start: LATER, notes, source: source?.id };
		await book(services, [item], { waitForResult: false });
	}

	/** The same of one that Propexo does not show yet. @returns what shows it, and tells its ID */
	async function bookUnseen(notes: string, position = 0): Promise<() => string> {
		const { url, token, data } = propexo();
		await bookWith(notes, position);
		// What a job has written shows once something is read; then it is taken out again.
		await fetch(`${url}/v1/appointments/`, { headers: { authorization: `Bearer ${token}` } });
		const seen = data.events.rows.find((row) => row['notes'] === notes);
		if (!seen) throw new Error('Nothing was booked');
		data.events.delete(seen.id);
		return () => {
			data.events.add(seen);
			return seen.id;
		};
	}

	const called = async (operation: 'update' | 'cancel', number: number, on = services) => {
		const parameters = {
			...{ eventId: by('notes', `${id} #${number}`), notes: `${id} #${number}` },
			...(operation === 'update' && { start: LATER }),
		};
		return foundBy(await change(operation, parameters, [{}], undefined, on))[0];
	};

	const MOVES = { method: 'PUT', path: /appointments/ };
	/** Takes back what Propexo shows of the moves of an appointment, as before its next sync. */
	async function unsynced(appointment: string, notes: string): Promise<void> {
		const { url, token, data } = propexo();
		await fetch(`${url}/v1/appointments/`, { headers: { authorization: `Bearer ${token}` } });
		Object.assign(data.events.get(appointment) ?? {}, { notes });
	}
	const notesSent = () => writesTo(services).map(({ body }) => (body as IDataObject).notes);

	it('a tour that was booked again is called off, and not the one that was called off before', async () => {
		const first = there(`${id} #41`);
		expect(await called('cancel', 43)).toBe(first);
		const show = await bookUnseen(`${id} #44. Two cats`);
		expect(await called('cancel', 45)).toMatch(/No appointment of this lead/);
		expect(await called('update', 46)).toMatch(/No appointment of this lead/);
		const again = show();
		expect(await called('cancel', 45)).toBe(again);
		const booking = 'leads';
		expect(changed()).toEqual([first, booking, again]);
	});

	it('a tour that the PMS did not take in the end is not waited for', async () => {
		const first = there(`${id} #41`);
		propexo().settings.jobResult = 'FAILURE';
		await bookWith(`${id} #44`);
		propexo().settings.jobResult = 'SUCCESS';
		expect(await called('cancel', 45)).toBe(first);
	});

	it('an older move that comes late changes nothing, though Propexo shows the old notes', async () => {
		const moved = there(`${id} #31`);
		expect(await called('update', 33)).toBe(moved);
		Object.assign(propexo().data.events.get(moved) ?? {}, { notes: `${id} #31` });
		expect(await called('update', 32)).toMatch(
			/No appointment.*one that a later change has reached is left/,
		);
		expect(await called('update', 34)).toBe(moved);
		expect(await called('cancel', 36)).toBe(moved);
		expect(await called('update', 35)).toMatch(/No appointment/);
	});

	it.each(['cancel', 'update'] as const)(
		'an older change behind a newer one of the same run: %s',
		async (operation) => {
			const own = there(`${id} #9`);
			const other = there('ShowMojo other99 #9', LATER);
			const ids = [`${id} #11`, `${id} #10`, 'ShowMojo other99 #10', `${id} #12`].map((one) => ({
				id: one,
			}));
			const parameters = { eventId: by('notes', '={{ $json.id }}') };
			const notes = operation === 'update' ? { notes: '={{ $json.id }}' } : {};
			const told = foundBy(await change(operation, { ...parameters, ...notes }, ids));
			expect(told).toEqual([
				own,
				expect.stringMatching(/a newer change of it, with a higher number/),
				other,
				own,
			]);
			expect(changed().sort()).toEqual([own, own, other].sort());
			const sent = writesTo(services).map(({ body }) => (body as IDataObject).notes);
			expect(sent).not.toContain(`${id} #10`);
		},
	);

	it.each(['cancel', 'update'] as const)(
		'an older change behind a newer one stops the run before anything is sent, and a preview says so: %s',
		async (operation) => {
			there(`${id} #9`);
			const items = [11, 10].map((number) => ({ id: `${id} #${number}` }));
			const parameters = { eventId: by('notes', '={{ $json.id }}') };
			const previewed = await change(
				operation,
				{ ...parameters, options: { previewOnly: true } },
				items,
			);
			expect(previewed.success.map(({ json }) => json.outcome)).toEqual([
				`would_${operation}`,
				'not_sent',
			]);
			const stopping = { for: 'lead', integrationId: byId(ENTRATA), leadId: byId(leadAt(ENTRATA)?.id) };
			const notes = operation === 'update' ? { notes: 'Moved' } : {};
			const { thrown } = await run(
				services,
				'appointment',
				operation,
				{ ...stopping, ...parameters, ...notes },
				{ items },
			);
			expect(thrown?.message).toMatch(/^Item 2 of 2: 'Appointment' .*with a higher number/);
			expect(changed()).toEqual([]);
		},
	);

	it('an older change goes out where the newer one before it is not sent', async () => {
		const own = there(`${id} #9`);
		const items = [
			{ id: `${id} #11`, notes: '' },
			{ id: `${id} #10`, notes: 'Moved' },
		];
		const parameters = { eventId: by('notes', '={{ $json.id }}'), notes: '={{ $json.notes }}' };
		expect(foundBy(await change('update', parameters, items))).toEqual([
			expect.stringMatching(/'Notes' is empty/),
			own,
		]);
		expect(changed()).toEqual([own]);
	});

	it('a move that was looked up in vain is not sent again behind a newer one', async () => {
		const own = there(`${id} #1`);
		propexo().faults.add({ match: MOVES, close: 'before' });
		const looking = withTiming(services, { rate: { requests: 1e6 }, lookUpAfterMs: [300] });
		const parameters = {
			...{ for: 'lead', leadId: byId(leadAt(ENTRATA)?.id), start: LATER },
			...{ eventId: by('notes', `${id} #2`), notes: `${id} #2`, options: { outcomeUnknown: 'lookUp' } },
		};
		const settings = { onError: 'continueRegularOutput' as const };
		const older = run(looking, 'appointment', 'update', parameters, settings);
		await until(() => notesSent().length === 1);
		expect(await called('update', 3)).toBe(own);
		const [told] = (await older).success;
		expect(told?.json.details).toMatchObject({
			outcome: 'unknown',
			what_to_do: expect.stringMatching(/a newer change of it, with a higher number/),
		});
		expect(notesSent()).toEqual([`${id} #2`, `${id} #3`]);
	});

	it('moves that newer ones overtake while n8n saves their IDs are not sent, and keep neither their IDs nor their places', async () => {
		const names = Array.from({ length: MAX_IN_FLIGHT + 2 }, (_, index) => `ShowMojo late${index}00`);
		const own = names.map((name) => there(`${name} #1`));
		const moves = (number: number) => names.map((name) => ({ id: `${name} #${number}` }));
		const parameters = {
			eventId: by('notes', '={{ $json.id }}'),
			notes: '={{ $json.id }}',
		};
		const { processedData } = services.engine;
		const record = processedData.checkProcessedAndRecord.bind(processedData);
		let isClaiming = false;
		let claim = () => {};
		const newerAreSent = new Promise<void>((resolve) => (claim = resolve));
		const recording = jest
			.spyOn(processedData, 'checkProcessedAndRecord')
			.mockImplementation(async (values, ...call) => {
				if (values.some((value) => `${value}`.startsWith('seen\n'))) {
					isClaiming = true;
					await newerAreSent;
				}
				return await record(values, ...call);
			});
		const older = change('update', { ...parameters, deduplicationKey: '={{ $json.id }}' }, moves(2));
		await until(() => isClaiming);
		expect(foundBy(await change('update', parameters, moves(3)))).toEqual(own);
		claim();
		expect(foundBy(await older)).toEqual(
			own.map(() => expect.stringMatching(/a newer change of it, with a higher number/)),
		);
		recording.mockRestore();
		expect(moves(2).filter(({ id: move }) => processedData.holds(`seen\n${move}`))).toEqual([]);
		expect(foundBy(await change('update', parameters, moves(4)))).toEqual(own);
		expect(notesSent()).toEqual([...moves(3), ...moves(4)].map(({ id: move }) => move));
	});

	it('a newer move of which nobody knows whether it was carried out holds an older one back', async () => {
		const own = there(`${id} #1`);
		propexo().faults.add({ match: MOVES, close: 'after' });
		expect(await called('update', 3)).toMatch(/may or may not/);
		await unsynced(own, `${id} #1`);
		expect(await called('update', 2)).toMatch(/one that a later change has reached is left/);
		expect(await called('update', 4)).toBe(own);
		expect(notesSent()).toEqual([`${id} #3`, `${id} #4`]);
	});

	it('a newer move that another n8n process tried again, and of which nobody knows, holds an older one back there', async () => {
		const own = there(`${id} #1`);
		propexo().faults.add({ match: MOVES, close: 'after' });
		const unknown = await run(services, 'appointment', 'update', {
			...{ for: 'lead', integrationId: byId(ENTRATA), leadId: byId(leadAt(ENTRATA)?.id), start: LATER },
			...{ eventId: by('notes', `${id} #3`), notes: `${id} #3` },
		});
		expect(unknown.thrown?.message).toContain('may or may not');
		await unsynced(own, `${id} #1`);
		const other = anotherProcess(services, { rate: { requests: 1e6 } });
		expect((await other.engine.retry(unknown)).thrown?.message).toContain('may or may not');
		expect(await called('update', 2, other)).toMatch(/one that a later change has reached is left/);
		expect(notesSent()).toEqual([`${id} #3`]);
	});

	it.each([{ status: 400 }, { status: 422 }])(
		'a newer move that was refused holds nothing back: %j',
		async (fault) => {
			const own = there(`${id} #1`);
			propexo().faults.add({ match: MOVES, ...fault });
			expect(await called('update', 3)).toMatch(/Propexo refused it/);
			expect(await called('update', 2)).toBe(own);
		},
	);

	it('a newer move that the PMS did not take in the end holds nothing back', async () => {
		const own = there(`${id} #1`);
		propexo().settings.jobResult = 'FAILURE';
		expect(await called('update', 3)).toMatch(/PMS refused it/);
		propexo().settings.jobResult = 'SUCCESS';
		expect(await called('update', 2)).toBe(own);
	});

	it('a tour that was perhaps booked again: the one before it is not called off in its place', async () => {
		const first = there(`${id} #1`);
		expect(await called('cancel', 2)).toBe(first);
		propexo().faults.add({ match: { method: 'POST', path: /appointments/ }, close: 'before' });
		await bookWith(`${id} #3`);
		expect(await called('cancel', 4)).toMatch(/No appointment of this lead/);
		expect(changed()).toEqual([first, 'leads']);
	});

	it('a tour without a number beside one with a number: none is called off', async () => {
		there(`${id} #41`);
		there(id, LATER);
		expect(await called('cancel', 45)).toMatch(/2 appointments/);
		expect(changed()).toEqual([]);
	});

	it('a tour of somebody else with the same ID keeps nothing from being changed', async () => {
		const own = there(`${id} #41`);
		await bookUnseen(`${id} #44`, 1);
		expect(await called('cancel', 45)).toBe(own);
	});
});
