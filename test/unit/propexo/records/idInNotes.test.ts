import { byNotes, changeIn, numberedIn } from '../../../../nodes/Propexo/records/finders';

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
