/** The CRM's events, in the CRM's own words; the example workflow translates them. */
export interface Sample {
	/** What happened, for people. */
	title: string;
	/** The system that gets it. */
	system: 'Propexo' | 'RentEngine';
	/** Body of the webhook. */
	body: CrmEvent;
}

/** The CRM's form of an event. */
export interface CrmEvent {
	/** The CRM's own ID of the event: posted again, the event must not be recorded again. */
	event_id: string;
	system: 'propexo' | 'rentengine';
	kind: string;
	notes?: string;
	[field: string]: unknown;
}

export interface SampleOptions {
	/** When the events take place. */
	now: Date;
	/** Makes the event IDs different from those of every other series. */
	series: string;
}

/** The emulator's records that the samples name (its seed "demo"). */
const LEAD = { integration_id: 'int_entrata_1', lead_id: 'lead_2' };
const LEAD_EMAIL = 'dana.brooks2@example.com';
const OFFICE = '+15125550199';

const isoDay = (time: Date): string => time.toISOString().slice(0, 10);
const seconds = (time: Date): string => `${time.toISOString().slice(0, 19)}Z`;

/** One event of each kind: call, outgoing email, appointment, show, general and assign to user. */
export function samples({ now, series }: SampleOptions): Sample[] {
	const hoursAgo = (hours: number): string => seconds(new Date(now.getTime() - hours * 3_600_000));
	const tomorrow = isoDay(new Date(now.getTime() + 24 * 3_600_000));
	return [
		{
			title: 'Call',
			system: 'Propexo',
			body: {
				event_id: `${series}-1`,
				system: 'propexo',
				kind: 'call',
				occurred_at: hoursAgo(5),
				...LEAD,
				event_type_id: 'etype_14',
				notes: 'Asked for a two-bedroom with parking',
				agent: 'Jordan Smith',
				call: {
					from: '+15125550100',
					to: OFFICE,
					status: 'ANSWER',
					seconds: 184,
					recording: 'https://phone.example.com/recordings/90210.mp3',
				},
			},
		},
		{
			title: 'Outgoing email',
			system: 'Propexo',
			body: {
				event_id: `${series}-2`,
				system: 'propexo',
				kind: 'email',
				occurred_at: hoursAgo(4),
				...LEAD,
				event_type_id: 'etype_15',
				agent: 'Jordan Smith',
				email: {
					direction: 'outgoing',
					from: 'leasing@example.com',
					to: LEAD_EMAIL,
					subject: 'Two-bedrooms with parking',
					text: 'Hello Dana,\n\nunit 103 has two bedrooms and a parking space. Would you like to see it?',
					cc: 'manager@example.com',
				},
			},
		},
		{
			title: 'Appointment',
			system: 'Propexo',
			body: {
				event_id: `${series}-3`,
				system: 'propexo',
				kind: 'appointment',
				occurred_at: hoursAgo(3),
				...LEAD,
				event_type_id: 'etype_16',
				notes: 'Will bring a friend',
				// Without an offset: a time of the workflow's time zone.
				visit: { at: `${tomorrow}T14:30:00`, from: '14:30:00', to: '15:00:00', unit_id: 'unit_11' },
			},
		},
		{
			title: 'Show',
			system: 'Propexo',
			body: {
				event_id: `${series}-4`,
				system: 'propexo',
				kind: 'show',
				occurred_at: hoursAgo(1),
				...LEAD,
				event_type_id: 'etype_17',
				title: 'First tour',
				notes: 'Liked the view, asked about pets',
				visit: { at: hoursAgo(1), unit_id: 'unit_11' },
			},
		},
		{
			title: 'General',
			system: 'Propexo',
			body: {
				event_id: `${series}-5`,
				system: 'propexo',
				kind: 'general',
				occurred_at: hoursAgo(0),
				integration_id: 'int_yardi_1',
				lead_id: 'lead_1',
				event_name: 'Chat',
				notes: 'Chatted on the web site about move-in dates',
				agent: 'Jordan Smith',
			},
		},
		{
			title: 'Assign to user',
			system: 'RentEngine',
			body: {
				event_id: `${series}-6`,
				system: 'rentengine',
				kind: 'assign to user',
				prospect_id: 1001,
				user_ids: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c', '2c6b1f0a-9d5e-4a41-8c12-5b7f0e3d9a02'],
				all_with_same_phone: false,
				source: 'Phone Call',
				notes: 'Wants to move in next month',
			},
		},
	];
}
