/** Two users of the emulated RentEngine, in the order of their turns. */
export const USERS = [
	'1259ef6e-61ee-42cb-b6bd-7fe547569d7c',
	'2c6b1f0a-9d5e-4a41-8c12-5b7f0e3d9a02',
] as const;

/** What a user fills in to choose them. */
export const BOTH_USERS = { assignedToUserIds: USERS.join(', ') };

/** Whom a created event assigns the prospect to. */
export const assigneesOf = (event: Record<string, unknown>): string[] =>
	(event['context'] as { assignedToUserIds: string[] }).assignedToUserIds;
