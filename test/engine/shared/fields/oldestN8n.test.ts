import type { INodeParameters } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';
import { NodeHelpers as Oldest } from 'n8n-workflow-oldest';

import { OPERATIONS, TRIGGERS } from '../../support/operations.ts';
import { decidersAmong, nodeOf } from '../../support/panel.ts';

/*
 * Each n8n decides by its own code which fields of a node belong to its parameters: in the editor, when a workflow is
 * activated, and in each run. An error there ends all three.
 */

/** What may stand in a parameter: nothing, what n8n stores, and what an expression or another program puts there. */
const ODD: unknown[] = [
	...[undefined, null, '', 'text', '={{ $json.a }}', 7, true, {}],
	...['', 'int_1', '={{ $json.a }}', 7].flatMap((value) =>
		[undefined, '', 'Lakeview (Yardi)'].map((cachedResultName) => ({
			...{ __rl: true, mode: 'list', value },
			cachedResultName,
		})),
	),
];

type Helpers = Pick<typeof NodeHelpers, 'getNodeParameters'>;
/** Its types know less than those of today. */
const OldestHelpers = Oldest as unknown as Helpers;

/** Each operation, and each trigger. */
const places = [
	...OPERATIONS.map(({ type, title, resource, operation, properties }) => ({
		...{ type, title, properties, at: { resource, operation } as INodeParameters },
	})),
	...TRIGGERS.map(({ type }) => ({
		...{ type, title: type.description.displayName, at: {} as INodeParameters },
		properties: type.description.properties,
	})),
];

it.each(places)(
	'$title has the same fields in the oldest n8n as in the newest, whatever stands in those that decide',
	({ type: { description }, at, properties, type }) => {
		const held = (
			{ getNodeParameters }: Pick<typeof NodeHelpers, 'getNodeParameters'>,
			set: INodeParameters,
		) => getNodeParameters(description.properties, set, true, false, nodeOf(type, set), description);
		for (const { name } of decidersAmong(properties)) {
			for (const value of ODD) {
				const set = { ...at, [name]: value } as INodeParameters;
				expect([name, value, held(OldestHelpers, set)]).toEqual([
					name,
					value,
					held(NodeHelpers, set),
				]);
			}
		}
	},
);
