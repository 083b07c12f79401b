import type { IDataObject } from 'n8n-workflow';

import { by, byId } from '../../support/locator.ts';
import { ENTRATA, foundBy, LATER, START, useAppointments } from '../support/foundAppointments.ts';

const { change, changed, leadAt, propexo, there } = useAppointments();

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

	// A booking of Create or Update goes to such a lead too.
	it.each(['cancel', 'update'] as const)(
		'may be told by the second email address of a lead, as with %s',
		async (operation) => {
			const id = there('Calendly s7', START);
			Object.assign(leadAt(ENTRATA) ?? {}, { email_2: 'second@example.com' });
			const leadId = by('email', 'second@example.com');
			const told = await change(operation, { eventId: by('notes', 's7'), leadId });
			expect(foundBy(told)).toEqual([id]);
			expect(changed()).toEqual([id]);
		},
	);

	describe('is compared where its Propexo ID is given', () => {
		const changeById = async (operation: 'update' | 'cancel', eventId: string, more: IDataObject = {}) =>
			foundBy(await change(operation, { eventId: byId(eventId), ...more }))[0];

		it.each(['cancel', 'update'] as const)('with %s', async (operation) => {
			const other = there('of somebody else', START, 1);
			expect(await changeById(operation, other)).toMatch(/'Appointment' is somebody else's in Propexo/);
			const others = there('of a resident', START, 0, OTHERS);
			expect(await changeById(operation, others)).toMatch(/of another kind of person than 'For' says/);
			const call = { event_name: 'CallFromProspect', appointment_datetime: null };
			expect(await changeById(operation, there('a call', START, 0, call))).toMatch(
				/is the ID of no appointment, but of another event, such as a call/,
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
