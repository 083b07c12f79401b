import { bookingResult, cancelResult } from '../../../../nodes/Propexo/appointments/result';

describe('The words of a PMS about a booking', () => {
	it.each([
		'The time slot is no longer available. (PMS-1201)',
		'Requested appointment time is not available',
		'Slot already booked',
		'This time has been taken',
		'The agent is fully booked at that time',
		'Conflicts with an existing appointment',
		'Appointment overlaps another one',
		'The selected time is unavailable.',
	])('say that the time is taken: %s', (words) => {
		expect(bookingResult.reading(['Failed.', words])).toMatchObject({
			what: 'slot taken',
			details: { slot_taken: true },
		});
	});

	it.each([
		'The guest card is closed and takes no more events.',
		'The appointment is cancelled already.',
		'Unit is not available until March',
		'Invalid appointment time',
		'The lead does not exist',
	])('say something else: %s', (words) => {
		expect(bookingResult.reading([words])).toBeUndefined();
	});
});

describe('The words of a PMS about a cancellation', () => {
	it.each([
		'The appointment is cancelled already. (PMS-1201)',
		'Appointment has already been canceled',
		'Event was cancelled',
	])('say that it is done: %s', (words) => {
		expect(cancelResult.reading([words])).toEqual({ done: { already_cancelled: true } });
	});

	it.each([
		'The appointment cannot be cancelled',
		'The request was cancelled by a timeout',
		'Already in the past: it cannot be cancelled any more',
		'No such appointment',
	])('say something else: %s', (words) => {
		expect(cancelResult.reading([words])).toBeUndefined();
	});
});
