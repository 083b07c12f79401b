import { RENTENGINE_USERS } from '../../../emulator/index.ts';
import { describeSameEvent } from '../support/deliver/sameEvent.ts';
import { byId } from '../support/services.ts';
import { timeOf } from './support/driven.ts';

const [one = '', other = ''] = RENTENGINE_USERS.map(({ id }) => id);
const USERS = { userIds: `${one}, ${other}` };

describeSameEvent('rentEngine', {
	'leasingEvent: create': [
		{
			about: 'to users of the list',
			parameters: {
				prospectId: byId('={{ $json.prospect }}'),
				eventType: '={{ $json.type }}',
				...{ assignedToUserIds: '={{ $json.users }}', customEventType: 'Log Note' },
				additionalFields: { notes: '={{ $json.notes }}', source: '={{ $json.source }}' },
			},
			first: { prospect: 1001, type: 'Assign to User', users: [one, other] },
			others: {
				prospect: { prospect: 1002 },
				user: { users: [one] },
				type: { type: 'other' },
			},
			same: {
				'the prospect as a text': { prospect: '1001' },
				'the users in another order': { users: [other, one] },
				'the users as a text': { users: `${one}, ${other}` },
				'other notes': { notes: 'Received again' },
				'another source': { source: 'Email' },
			},
		},
		{
			about: 'to users by ID',
			parameters: {
				prospectId: byId(1001),
				...{ usersFrom: 'id', userIds: '={{ $json.userIds }}' },
			},
			first: USERS,
			others: { user: { userIds: one } },
			same: {
				'the users in another order': { userIds: `${other}, ${one}` },
				'names before the users': { userIds: `Jordan = ${one}, Sam = ${other}` },
			},
		},
		{
			about: 'of another type',
			parameters: {
				prospectId: byId(1001),
				...{ eventType: 'other', customEventType: '={{ $json.type }}' },
				context: '={{ $json.context }}',
			},
			first: { type: 'Log Note', context: '{"a": 1, "b": 2}' },
			others: { type: { type: 'Log Call' }, context: { context: '{"a": 1, "b": 3}' } },
			same: { 'the context in another order': { context: { b: 2, a: 1 } } },
			furnish: ({ emulator }) => {
				emulator.rentEngine.settings.eventTypes = ['Log Note', 'Log Call'];
			},
		},
	],
	'showing: create': [
		{
			parameters: {
				unitId: byId('={{ $json.unit }}'),
				plannedForTime: '={{ $json.at }}',
				...{ firstName: '={{ $json.first }}', lastName: 'Renter', prospectType: '={{ $json.type }}' },
				...{ email: '={{ $json.email }}', phone: '={{ $json.phone }}' },
				...{ creditScore: '={{ $json.score }}', income: '$5000-$6000/month' },
			},
			first: {
				...{ unit: 501, at: timeOf(0), type: 'Self', first: 'Riley', score: '700+' },
				...{ email: 'renter@example.com', phone: '(512) 555-0100' },
			},
			others: {
				unit: { unit: 502 },
				time: { at: timeOf(1) },
				email: { email: 'other@example.com' },
				'phone number': { phone: '(512) 555-0101' },
			},
			same: {
				'the time in another form': { at: timeOf(0).replace('.000Z', '+00:00') },
				'the email in another letter case': { email: 'Renter@Example.com' },
				'the phone number in another form': { phone: '+1 512 555 0100' },
				'a first name in full': { first: 'Riley Ann' },
			},
		},
	],
});
