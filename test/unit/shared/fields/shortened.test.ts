import { shortened } from '../../../../nodes/shared/fields/cleaned';

it.each([
	['Tour at two', 7, 'Tour at'],
	['Tour', 4, 'Tour'],
	['Mudança', 5, 'Mudan'],
	['Cafe\u0301!', 4, 'Caf'],
	['Cafe\u0301!', 5, 'Cafe\u0301'],
	['Hi 👩‍👧!', 7, 'Hi '],
	['Hi 👩‍👧!', 8, 'Hi 👩‍👧'],
	['One\r\nTwo', 4, 'One'],
])('%j is cut at %d so that no character is broken: %j', (text, most, cut) =>
	expect(shortened(text, most)).toBe(cut),
);

it.each(['a', 'word ', '\n', '👩‍👧', 'e\u0301'])('A text of any length of %j is cut at once', (part) => {
	const most = 50_000;
	const cut = shortened(part.repeat(300_000), most);
	expect(cut.length).toBeGreaterThan(most - part.length);
	expect(cut.length).toBeLessThanOrEqual(most);
});
