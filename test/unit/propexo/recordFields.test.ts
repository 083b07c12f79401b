import type { INodePropertyOptions } from 'n8n-workflow';

import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { schemaOf } from '../emulator/support/vendorSpec.ts';

const { properties } = new Propexo().description;

/** What is read as records, as resource and operation. */
const READS = properties
	.filter(({ name, required }) => name === 'fields' && required)
	.flatMap(({ displayOptions: { show = {} } = {}, options = [] }) =>
		(show['resource'] ?? []).flatMap((resource) =>
			(show['operation'] ?? []).map((operation) => ({
				resource: String(resource),
				operation: String(operation),
				offered: (options as INodePropertyOptions[]).map(({ value }) => value),
			})),
		),
	)
	// Free times are no records.
	.filter(({ operation }) => operation !== 'getAvailability');

/** The list of Propexo that a resource is read from; there is one for the events of all kinds of people. */
function listOf(resource: string): string {
	if (resource.endsWith('Event')) return 'events';
	const words = resource.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
	return words.replace(/y$/, 'ie').concat('s');
}

/** The fields of one record of a list, by Propexo's OpenAPI file. */
function fieldsOf(list: string): string[] {
	const { items = {} } = schemaOf(`_v1_${list}__get_output`).properties?.['results'] ?? {};
	const named = items.$ref?.split('/').at(-1);
	return Object.keys((named === undefined ? items : schemaOf(named)).properties ?? {});
}

it('is offered by both reads of eleven resources', () => {
	expect(READS).toHaveLength(22);
});

it.each(READS)(
	'$resource: $operation offers every field of the record in Propexo',
	({ resource, offered }) => {
		const all = fieldsOf(listOf(resource));
		expect(all).toContain('last_seen');
		expect(offered).toEqual(expect.arrayContaining(all));
	},
);
