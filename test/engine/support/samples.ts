import type { INodeProperties } from 'n8n-workflow';

import type { TestedService } from './service.ts';

/** Values that are valid for every service, by the names of parameters, where the type alone is not enough. */
const BY_NAME: Record<string, unknown> = {
	timeZone: 'America/Chicago',
	dateFormat: 'MM/dd/yyyy h:mm a',
	waitTimeout: 1,
	timeout: 60_000,
	// With it on, nothing is sent.
	previewOnly: false,
};

let keys = 0;

/** A valid value for a parameter of the node's description; undefined for one without a value. */
export function sampleOf(
	property: INodeProperties,
	{ service, operation }: { service: TestedService; operation: string },
): unknown {
	const { name, type, typeOptions, options = [], modes = [] } = property;
	// Each event is a new one. A fixed text alone would be no ID.
	if (name === 'deduplicationKey') return `={{ $json.key ?? ['key ${++keys}'].at(0) }}`;
	const { ids, values, byOperation } = service.samples;
	const named = byOperation?.[operation]?.[name] ?? ids[name] ?? values?.[name] ?? BY_NAME[name];
	const [choice] = options.flatMap((option) =>
		'value' in option && option.value !== '' ? [option.value] : [],
	);
	switch (type) {
		case 'notice':
			return undefined;
		case 'resourceLocator':
			return {
				__rl: true,
				mode: (modes.find(({ name: mode }) => mode === 'id') ?? modes.at(-1))?.name,
				value: named ?? 'Some text',
			};
		case 'options':
			return choice;
		case 'multiOptions':
			return [named ?? choice].flat();
		case 'boolean':
			return named ?? true;
		case 'number':
			return named ?? typeOptions?.minValue ?? 1;
		case 'dateTime':
			return named ?? '2026-03-01T10:00:00Z';
		case 'json':
			return named ?? '{"key": "value"}';
		default:
			return named ?? 'Some text';
	}
}
