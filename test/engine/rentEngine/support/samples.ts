import { RENTENGINE_USERS } from '../../../../emulator/index.ts';
import type { Samples } from '../../support/service.ts';
import { byId } from '../../support/locator.ts';

const ids = { prospectId: 1001, unitOfInterest: 101, unitId: 501 };
const assignedToUserIds = RENTENGINE_USERS[0]?.id;

export const samples: Samples = {
	ids,
	values: {
		assignedToUserIds,
		userIds: assignedToUserIds,
		customEventType: 'Log Note',
		email: 'renter@example.com',
		phone: '(512) 555-0100',
		agentTk: 'AB12CD',
		desiredShowingMethod: 'Self Guided',
		questionAnswers: '[{"question": "Do you have pets?", "answer": "No"}]',
	},
	chosen: [
		['nothing', {}],
		['a prospect', { prospectId: byId(ids.prospectId) }],
		['a unit', { filters: { unitOfInterest: byId(ids.unitOfInterest) } }],
		['a user', { assignedToUserIds: [assignedToUserIds] }],
	],
	settings: { eventTypes: ['Assign to User', 'Log Note'], checkWindows: false },
};
