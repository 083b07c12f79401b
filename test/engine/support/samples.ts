import type { INodeProperties } from 'n8n-workflow';

/** A lead event of the emulated Propexo that takes updates; `furnish` of the stage adds it. */
export const UPDATABLE_EVENT = 'event_mri';
/** The first two write jobs of an emulated Propexo: one that the PMS refused, and one that it took. */
export const FAILED_JOB = `cljob${'1'.padStart(20, '0')}`;
export const DONE_JOB = `cljob${'2'.padStart(20, '0')}`;

/** IDs of records that the emulators hold, by the names of parameters. */
export const SAMPLE_IDS = {
	integrationId: 'int_any',
	leadId: 'lead_1',
	propertyId: 'prop_1',
	unitId: 'unit_1',
	eventId: UPDATABLE_EVENT,
	eventTypeId: 'etype_1',
	eventSubTypeId: 'esub_1',
	eventResultId: 'eres_1',
	employeeId: 'emp_1',
	leadSourceId: 'lsrc_1',
	jobId: DONE_JOB,
	prospectId: 1001,
	unitOfInterest: 101,
} as const;

/**
 * Values that are right, by the names of parameters, where the type alone does not tell.
 */
const BY_NAME: Record<string, unknown> = {
	...SAMPLE_IDS,
	assignedToUserIds: '1259ef6e-61ee-42cb-b6bd-7fe547569d7c',
	customEventType: 'Log Note',
	callPhoneNumberFrom: '+1 512 555 0100',
	callPhoneNumberTo: '+1 512 555 0199',
	phone1: '(512) 555-0100',
	callAudioLink: 'https://example.com/1.mp3',
	callRecordingUrl: 'https://example.com/2.mp3',
	emailFrom: 'leasing@example.com',
	emailTo: 'maria.alvarez1@example.com',
	emailCc: 'office@example.com',
	emailBcc: 'office@example.com',
	email1: 'nathan@example.com',
	timeFrom: '10:00',
	timeTo: '11:00',
	timeZone: 'America/Chicago',
	waitTimeout: 1,
	timeout: 60_000,
};

/** Where an operation wants another value of a name than the others. */
const BY_OPERATION: Record<string, Record<string, unknown>> = {
	retry: { jobId: FAILED_JOB },
};

let keys = 0;

/** A value that is right for a parameter, as the node's description has it; undefined for what has no value. */
export function sampleOf(property: INodeProperties, operation: string): unknown {
	const { name, type, typeOptions, options = [], modes = [] } = property;
	// Each event is a new one.
	if (name === 'deduplicationKey') return `={{ $json.key ?? 'key ${++keys}' }}`;
	const named = BY_OPERATION[operation]?.[name] ?? BY_NAME[name];
	const [choice] = options.flatMap((option) =>
		'value' in option && option.value !== '' ? [option.value] : [],
	);
	switch (type) {
		case 'notice':
			return undefined;
		case 'resourceLocator':
			return { __rl: true, mode: modes.at(-1)?.name, value: named ?? 'Some text' };
		case 'options':
			return choice;
		case 'multiOptions':
			return [named ?? choice];
		case 'boolean':
			return true;
		case 'number':
			return named ?? typeOptions?.minValue ?? 1;
		case 'dateTime':
			return '2026-03-01T10:00:00Z';
		case 'json':
			return '{"key": "value"}';
		default:
			return named ?? 'Some text';
	}
}
