import { bookingResult, cancelResult } from '../../../../nodes/Propexo/appointments/result';

describe('A refusal means that the time is taken', () => {
	it.each([
		'The time slot is no longer available. (PMS-1201)',
		'Time slot 2027-07-15 14:30 is already booked',
		'The requested time is not available, please choose another time.',
		'Slot taken',
		'This slot has already been taken by another prospect',
		'Selected appointment time is unavailable',
		'Booking failed: the time at 2:30 PM is already taken.',
		"That time isn't free",
		'The agent is already booked',
		'Error 409 - The appointment slot was just reserved',
		'Requested appointment time is not available',
		'Slot already booked',
		'This time has been taken',
		'The agent is fully booked at that time',
		'Conflicts with an existing appointment',
		'Appointment overlaps another one',
		'The selected time is unavailable.',
		'There is already an appointment scheduled for this time',
		'There is already another tour at 2:30 PM',
		'Requested appointment time conflicts with an existing appointment',
		'The new appointment conflicts with an existing one',
		'Agent is not available at the requested time',
		'The leasing consultant is busy at that time',
		'Bad request: agent is unavailable on 2027-07-15',
		'No availability at 2:30 PM',
		'There are no available slots for the selected date',
		'No time slots available at the requested time',
		'Double booking not allowed',
		'Double-bookings are not permitted',
		'The time you selected is no longer available',
		'The time you have selected is already taken',
		'The time slot that was requested is not available.',
		'The date and time selected is not available',
		'Sorry, the time you requested at 2:30 PM is already booked',
	])('by: %s', (words) => {
		expect(bookingResult.meaningOf(['Bad request', words])).toMatchObject({ what: 'slot taken' });
	});

	it.each([
		'The prospect already has a tour scheduled for this time',
		'Lead already has another appointment at the selected time',
		'This time is already booked for this lead',
		'The resident has an overlapping appointment',
		'You have already booked a tour',
		'An appointment for the guest card conflicts with this appointment',
		'Calendar service is temporarily unavailable',
		'The service is unavailable at this time',
		'The calendar is not available right now',
		'The time slot service is not available',
		'Time slots are temporarily unavailable',
		'Time zone is not available',
		'Appointment type is not available for this property',
		'Appointments are not available for this property',
		'The time was not accepted',
		'The guest card is closed and takes no more events.',
		'The appointment is cancelled already.',
		'Unit is not available until March',
		'Invalid appointment time',
		'The lead does not exist',
		'Conflicts with an existing appointment of the prospect',
		'The slot is available',
		'Agent is not available for leads of this source',
		'The appointment was already scheduled',
		'Unit is already taken',
		'The unit is already booked',
		'The property is fully booked',
		'There is already an appointment',
		'There is already an appointment for this lead',
		'There is already an appointment of the prospect at the requested time',
		'Agent is not available',
		'Agent is not available at this time',
		'Agent is not available for unit 204',
		'No availability at this time',
		'No availability for unit 204',
		'No availability for this property',
		'Double booking setting is missing',
		'The time you selected is in the past',
		'The time you selected is not available for this lead',
		'The time you have booked is already taken',
		'The time you selected is not available: you have a tour at this time',
		'You selected a time',
		'The unit you selected is no longer available',
		'The agent selected is not available',
		'The requested time slot is not available. Prospect already has an appointment at this time.',
	])('but not by: %s', (words) => {
		expect(bookingResult.meaningOf([words])).toBeUndefined();
	});
});

describe('A refusal means that the appointment is off already', () => {
	it.each([
		'The appointment is cancelled already. (PMS-1202)',
		'Appointment 4711 has already been canceled',
		'Cannot cancel: the tour was cancelled.',
		'This appointment was canceled',
		'Cannot cancel an already cancelled appointment',
		'Unable to cancel because the appointment has already been deleted by the agent',
		'Event event_12 is already cancelled',
		'Event was cancelled',
		'The appointment is in cancelled status',
		'Appointment was previously cancelled by the prospect',
		'The appointment cannot be cancelled because it has already been cancelled',
		'The appointment cannot be canceled because it was already canceled by the prospect',
		'The tour could not be cancelled: it is already cancelled. (PMS-1202)',
		'Cannot cancel this appointment since it was cancelled before',
		'Cannot cancel an appointment that is already cancelled',
		'An appointment that has already been cancelled cannot be cancelled',
		'Already cancelled',
		'Already been canceled.',
		'Previously cancelled',
		'Cancellation failed: already cancelled',
		'Error 409: already cancelled',
		'Cancellation of the appointment failed - already cancelled',
		'Appointment 4711: already cancelled',
		'The event is already in canceled status',
		'The appointment is already in a cancelled state',
		'The appointment status is already cancelled',
	])('by: %s', (words) => {
		expect(cancelResult.meaningOf(['Bad request', words])).toEqual({ done: { already_cancelled: true } });
	});

	it.each([
		'A task was canceled.',
		'The operation was canceled.',
		'The request was cancelled already',
		'The appointment request was canceled.',
		'Lead is cancelled',
		'The lease of this resident has already been cancelled',
		'The appointment was not cancelled',
		'The appointment cannot be cancelled',
		'Unable to tell whether the appointment was cancelled',
		'Only an appointment that is not already cancelled can be cancelled',
		'The appointment is already completed and cannot be cancelled',
		'Appointment canceled by the operator of the lead that has already left',
		'The request was cancelled by a timeout',
		'Already in the past: it cannot be cancelled any more',
		'The booking was canceled because of a timeout',
		'This event was canceled, task timeout',
		'Reservation cancelled because the connection was lost',
		'The appointment is cancelled, rescheduled or completed appointments cannot be changed',
		'No such appointment',
		'The appointment cannot be cancelled because the lease has already been cancelled',
		'The appointment cannot be cancelled because it has already been completed',
		'The appointment cannot be cancelled because the task was canceled',
		'The appointment cannot be cancelled because its lead is already cancelled',
		'The request failed because it has already been cancelled',
		'Cannot cancel the lease because it has already been cancelled',
		'The appointment has a task. It was already cancelled.',
		'The task failed, and the appointment cannot be cancelled. It was already cancelled.',
		'It was already cancelled',
		'It was already cancelled: the appointment',
		'The task failed: already cancelled',
		'Lease of the resident: already cancelled',
		'Already cancelled by a timeout',
		'Already cancelled requests are not repeated',
		'Not already cancelled',
		'Cannot cancel an appointment that is already completed',
		'Cannot cancel an appointment whose lead is already cancelled',
		'Cannot cancel an appointment that is not already confirmed or cancelled',
		'The lead is already in cancelled status',
		'The event is already in progress, cancelled status is not possible',
		'The event is already in completed status',
		'Cancellation failed',
		'The appointment cannot be cancelled: already in the past',
	])('but not by: %s', (words) => {
		expect(cancelResult.meaningOf([words])).toBeUndefined();
	});
});

// The words are a PMS's: nobody says how long they are.
it('What a PMS says is read at once, whatever it repeats', () => {
	const begins = [
		...['appointment', 'the time', 'the time you selected at', 'an appointment'],
		...['cannot cancel the appointment', 'cancellation of the appointment'],
	];
	const repeated = [' 1', ' at 1', ' am 1 am', ' 1 am', ' a1:-1', ' -', ' the the', ' is has'];
	const start = performance.now();
	for (const begin of begins)
		for (const words of repeated) {
			const text = (begin + words.repeat(300)).slice(0, 299);
			bookingResult.meaningOf([text]);
			cancelResult.meaningOf([text]);
		}
	expect(performance.now() - start).toBeLessThan(2_000);
});
