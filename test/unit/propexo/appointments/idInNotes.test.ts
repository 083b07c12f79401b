import { byNotes, changeIn, whyUnsure, numberedIn } from '../../../../nodes/Propexo/appointments/idInNotes';

/* The rules for the ID that another system wrote into the notes of an appointment. */

const isFound = (id: string, notes: string): boolean =>
	byNotes
		.of({ notes })
		.map((held) => byNotes.alike(String(held)))
		.includes(byNotes.alike(id));

it.each([
	['Calendly 4711 #3', 'Calendly 4711'],
	['4711abcd #12', '4711abcd'],
	['Booking #4711 #3', 'Booking #4711'],
	// The number belongs to the ID where nothing before it is one.
	['Booking #4711', 'Booking #4711'],
	['Order #12', 'Order #12'],
	['Unit 12 #4711', 'Unit 12 #4711'],
	['Unit 1204 Booking #4711', 'Unit 1204 Booking #4711'],
])('%j is sought as %j', (id, sought) => expect(byNotes.alike(id)).toBe(sought));

it.each([
	['Booking #4711', 'Booking #4711. Two cats', true],
	['Booking #4711', '(Booking #4711)', true],
	['Booking #4711 #2', 'Booking #4711 #1', true],
	['Rent Cafe Tour #4711', 'From Rent Cafe Tour #4711', true],
	['Booking #4711', 'Booking #4700', false],
	['Booking #4711', 'Booking for two', false],
	['Booking #4711', 'Booking #47112', false],
	['Calendly 4711 #3', 'Calendly 4711 #2', true],
])('%j in the notes %j: %s', (id, notes, is) => expect(isFound(id, notes)).toBe(is));

it.each([
	['Calendly 47112345 #3 booked. Moved: Calendly 47112345 #5', '47112345', 5],
	['Calendly 47112345 #5, Calendly 47112345 #3', 'Calendly 47112345', 5],
	['Calendly 47112345, Calendly 47112345 #2', 'Calendly 47112345', 2],
	['Calendly 47112345 #2, Calendly 99112345 #7', 'Calendly 47112345', 2],
	['Calendly 47112345', 'Calendly 47112345', undefined],
	['Booking #4711', 'Booking', undefined],
])('The notes %j tell the last change of %j: %s', (notes, id, change) =>
	expect(changeIn(notes, id)).toBe(change),
);

it('Only numbers behind an ID are those of changes', () => {
	expect(numberedIn('Tour of Unit #12 for Booking #4711')).toEqual([]);
	expect(numberedIn('ShowMojo sm47 #3')).toEqual([{ ids: ['sm47', 'ShowMojo sm47'], change: 3 }]);
});

it.each([
	['Calendly', 'words', 'words'],
	['Two cats', 'words', 'words'],
	['4711', 'number', 'number'],
	['#4711', 'number', 'number'],
	['4711 #3', 'number', 'number'],
	['$1,850', 'number', 'number'],
	['14:30', 'number', 'number'],
	['B12', undefined, 'little'],
	['2-bedroom', undefined, 'little'],
	['24-hour-notice', undefined, 'little'],
	['Suite B12', undefined, 'little'],
	['sm4791', undefined, 'little'],
	['2027-07-15', undefined, 'little'],
	['512-555-0100', undefined, 'little'],
	['Calendly 4711', undefined, undefined],
	['Calendly  4711 #3', undefined, undefined],
	['ShowMojo sm4791 #4', undefined, undefined],
	['Booking #4711', undefined, undefined],
	['12345678', undefined, undefined],
	['#12345678', undefined, undefined],
	['ABCD1234', undefined, undefined],
	// Cal.com and Calendly write IDs with few digits, or none.
	['bKqTzXcVn4pLrWsYhGf7jA', undefined, undefined],
	['Cal.com bKqTzXcVnMpLrWsYhGfDjA', undefined, undefined],
	['GBGBDCAADAEDCRZ2', undefined, undefined],
	['ShowingTimeAppointments', 'words', 'words'],
	['Apartmentbesichtigung', 'words', 'words'],
	['0f9d2c1e-8a7b-4c3d-9e2f-1a2b3c4d5e6f', undefined, undefined],
])('The doubt of %j is, with a person: %s; without: %s', (id, own, anybodys) =>
	expect([whyUnsure(id, false), whyUnsure(id, true)]).toEqual([own, anybodys]),
);

it.each(['x', 'aB', '.', '"', ' '])('Notes and IDs of any length of %j are read at once', (sign) => {
	const long = sign.repeat(100_000);
	expect(isFound('Booking #4711', `${long} Booking #4711`)).toBe(true);
	expect([undefined, 'words', 'number']).toContain(whyUnsure(`${long}~`, false));
});
