import type { INodeParameters, INodeType } from 'n8n-workflow';

import { INTEGRATIONS } from '../../../emulator/propexo/records/integrations.ts';
import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { vendorName } from '../../../nodes/Propexo/pms';
import { heldBy, shownBy } from '../../engine/support/panel.ts';

/*
 * Which of the two fields that say what happened the panel shows. The tables are written from Propexo's pages about each
 * PMS, not from the nodes.
 */

const NAME = ['eventName'];
const TYPE = ['eventTypeId'];
const BOTH = [...NAME, ...TYPE];

/** What a PMS goes by; both, where its pages do not say. */
const GOES_BY: Record<string, Record<string, string[]>> = {
	lead: {
		...{ ENTRATA: TYPE, MRI: TYPE, REALPAGE_RPX: TYPE },
		...{ PROPERTYWARE: NAME, REALPAGE: NAME, RENTMANAGER: NAME, RESMAN: NAME },
		...{ YARDI: NAME, YARDI_REST: NAME },
	},
	applicant: {
		...{ ENTRATA: TYPE, MRI: TYPE, REALPAGE: TYPE, REALPAGE_RPX: TYPE },
		YARDI_REST: NAME,
	},
	resident: {
		...{ ENTRATA: TYPE, MRI: TYPE, REALPAGE: TYPE, REALPAGE_RPX: TYPE },
		BUILDIUM: [],
	},
};

const VENDORS = [...INTEGRATIONS.map(({ vendor }) => vendor), 'YARDI_REST', 'RENTVINE', 'NEWCOMER'];

const { description } = new Propexo();
/** The panel of the creation of events alone: n8n looks at every property each time. */
const node = {
	description: {
		...description,
		properties: description.properties.filter(({ displayOptions: { show = {} } = {} }) => {
			const isOfEvents = (resource: unknown) => String(resource).endsWith('Event');
			const { resource, operation } = show;
			if (resource === undefined) return true;
			return resource.some(isOfEvents) && (operation?.includes('create') ?? true);
		}),
	},
} as INodeType;
const rl = (mode: string, value: string, more = {}) => ({ __rl: true, mode, value, ...more });
/** An integration as it is stored once it was chosen from the list. */
const listed = (name: string, value = 'int_1') => rl('list', value, { cachedResultName: name });

const of = (resource: string, integrationId: object, more: object = {}) =>
	({ resource, operation: 'create', integrationId, ...more }) as INodeParameters;
const fieldsOf = (parameters: INodeParameters) =>
	shownBy(node, parameters).filter(({ name }) => BOTH.includes(name));
const shown = (parameters: INodeParameters) => fieldsOf(parameters).map(({ name }) => name);
const filledIn = (parameters: INodeParameters) => {
	const held = heldBy(node, parameters);
	return Object.fromEntries(BOTH.flatMap((name) => (name in held ? [[name, held[name]]] : [])));
};

const FILLED = { eventName: rl('name', 'Show'), eventTypeId: rl('id', 'etype_1') };

const cases = Object.entries(GOES_BY).flatMap(([person, table]) =>
	VENDORS.map((vendor) => ({ resource: `${person}Event`, vendor, wanted: table[vendor] ?? BOTH })),
);

describe.each(cases)('$resource, an integration of $vendor', ({ resource, vendor, wanted }) => {
	const pms = vendorName(vendor);

	it.each([
		['', `Lakeview (${pms})`],
		['that is switched off', `Lakeview (${pms}, not active)`],
		['that is archived', `Lakeview (${pms}, not active, archived)`],
		['named after other PMSs', `Yardi (MRI), Entrata (Yardi) (${pms})`],
	])('shows what the PMS goes by when one is chosen from the list %s', (_, name) => {
		expect(shown(of(resource, listed(name)))).toEqual(wanted);
	});

	it('shows both, and keeps both, where the PMS cannot be known', () => {
		const expression = '={{ $json.integration }}';
		for (const integration of [
			rl('id', 'int_1'),
			rl('name', `Lakeview (${pms})`),
			rl('id', expression),
			rl('list', expression),
			// It was chosen from the list before an expression took its place.
			rl('list', expression, { cachedResultName: `Lakeview (${pms})` }),
			rl('list', '', { cachedResultName: '' }),
			// Another one has the same name, and the list adds the ID.
			listed(`Lakeview (${pms}), int_2`),
		]) {
			expect(shown(of(resource, integration))).toEqual(BOTH);
			expect(filledIn(of(resource, integration, FILLED))).toEqual(FILLED);
		}
	});

	it('hides no field that is filled in, loses nothing, and says what to do about it', () => {
		const parameters = of(resource, listed(`Lakeview (${pms})`), FILLED);
		expect(shown(parameters)).toEqual(BOTH);
		expect(filledIn(parameters)).toEqual(FILLED);
		for (const { name, hint } of fieldsOf(parameters)) {
			const isUseless = /does not use it: empty it/.test(hint ?? '');
			expect([name, isUseless]).toEqual([name, !wanted.includes(name)]);
		}
	});

	it('keeps an expression, whatever it is for the first item', () => {
		const given = {
			eventName: rl('name', '={{ $json.none }}'),
			eventTypeId: rl('id', '={{ $json.none }}'),
		};
		expect(filledIn(of(resource, listed(`Lakeview (${pms})`), given))).toEqual(given);
	});

	it('hides it once it is emptied', () => {
		const empty = { eventName: rl('name', ''), eventTypeId: rl('list', '') };
		expect(shown(of(resource, listed(`Lakeview (${pms})`), empty))).toEqual(wanted);
	});

	it('shows it again when an integration of another PMS is chosen', () => {
		const before = heldBy(node, of(resource, listed(`Lakeview (${pms})`)));
		// As the editor does: what equals its default is dropped before a change.
		const { eventNameUse: _, eventTypeIdUse: __, ...stored } = before;
		expect(shown({ ...stored, integrationId: rl('id', 'int_any') })).toEqual(BOTH);
	});
});
