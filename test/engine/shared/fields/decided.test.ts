import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { ALL_NODES, OPERATIONS } from '../../support/operations.ts';
import { changedTo, decidersAmong, heldBy, refusedBy, shownBy, shownWith } from '../../support/panel.ts';

/*
 * n8n's editor drops the values of fields that it does not show. When an expression decides what is shown, its value
 * differs from item to item, so no field may depend on it.
 */

const EXPRESSION = '={{ $json.decides }}';

/** What an expression may be for the first item: a choice, nothing yet, or something else. */
function valuesOf({ type, options = [] }: INodeProperties): unknown[] {
	const choices = options.flatMap((option) => ('value' in option ? [option.value] : []));
	const lists = type === 'multiOptions' ? choices.map((choice) => [choice]) : choices;
	return [...lists, ...(type === 'boolean' ? [true, false] : []), '', undefined, null, 'Phone'];
}

const places = [
	...OPERATIONS.map(({ type, title, resource, operation, properties }) => ({
		...{ type, title, properties },
		at: { resource, operation } as INodeParameters,
	})),
	...ALL_NODES.filter(({ type }) => !OPERATIONS.some((operation) => operation.type === type)).map(
		({ type }) => ({
			...{ type, title: type.description.displayName, at: {} as INodeParameters },
			properties: type.description.properties,
		}),
	),
].filter(({ properties }) => decidersAmong(properties).length > 0);

const namesOf = (properties: INodeProperties[]) => properties.map(({ name }) => name);

it('there are choices that decide what is shown, in every kind of node', () => {
	expect(places.map(({ title }) => title)).toEqual(
		expect.arrayContaining([expect.stringMatching(/create/), expect.stringMatching(/Trigger/)]),
	);
});

describe.each(places)('$title', ({ type, at, properties }) => {
	const deciders = decidersAmong(properties);

	/** What each combination of choices shows, together. */
	const everything = (others: INodeParameters): Set<string> => {
		const combinations = deciders.reduce<INodeParameters[]>(
			(made, decider) =>
				made.flatMap((one) =>
					valuesOf(decider).map((value) => ({ ...one, [decider.name]: value }) as INodeParameters),
				),
			[{}],
		);
		return new Set(combinations.flatMap((one) => namesOf(shownBy(type, { ...at, ...one, ...others }))));
	};

	it.each(deciders.map((decider) => [decider.displayName, decider] as const))(
		'shows the same fields, each once, whatever an expression in %s is for the first item',
		(_, { name, ...decider }) => {
			// With expressions in the others too, it is shown itself.
			const others = Object.fromEntries(deciders.map((one) => [one.name, EXPRESSION]));
			for (const beside of [{}, others]) {
				const held = heldBy(type, { ...at, ...beside, [name]: EXPRESSION });
				const shownFor = (value: unknown) =>
					namesOf(shownWith(type, { ...held, [name]: value } as INodeParameters));
				const first = shownFor(undefined);
				expect(new Set(first).size).toBe(first.length);
				for (const value of valuesOf({ name, ...decider }))
					expect([value, shownFor(value)]).toEqual([value, first]);
			}
		},
	);

	it('shows the fields of all choices when all of them are expressions', () => {
		const parameters = Object.fromEntries(deciders.map(({ name }) => [name, EXPRESSION]));
		const resolved = Object.fromEntries(deciders.map(({ name }) => [name, 'Phone']));
		const shown = namesOf(shownBy(type, { ...at, ...parameters }, resolved));
		expect([...everything({})].filter((name) => !shown.includes(name))).toEqual([]);
		expect(new Set(shown).size).toBe(shown.length);
	});

	it.each(deciders.map((decider) => [decider.displayName, decider] as const))(
		'keeps what is chosen in the other fields when %s is changed',
		(_, decider) => {
			const others = properties.filter(
				({ name, options, noDataExpression }) =>
					name !== decider.name && options?.some((one) => 'value' in one) && !noDataExpression,
			);
			const chosen = Object.fromEntries(
				others.map((one) => [
					one.name,
					one.type === 'multiOptions' ? valuesOf(one).flat().slice(0, 2) : EXPRESSION,
				]),
			);
			const given = { ...at, ...chosen } as INodeParameters;
			const values = [...valuesOf(decider).filter(Boolean), EXPRESSION];
			const heldFor = new Map(
				values.map((value) => [
					value,
					heldBy(type, { ...given, [decider.name]: value } as INodeParameters),
				]),
			);
			for (const [from, before] of heldFor) {
				for (const [to, fresh] of heldFor) {
					if (from === to) continue;
					const after = changedTo(type, before, decider.name, to);
					const stays = Object.keys(chosen).filter((name) => name in before && name in fresh);
					const of = (held: INodeParameters) => stays.map((name) => [name, held[name]]);
					expect([from, to, of(after)]).toEqual([from, to, of(before)]);
				}
			}
		},
	);

	it('demands nothing that depends on an expression', () => {
		const parameters = Object.fromEntries(deciders.map(({ name }) => [name, EXPRESSION]));
		const always = namesOf(
			properties.filter(({ required, displayOptions }) => required && !displayOptions?.hide),
		);
		const refused = refusedBy(type, { ...at, ...parameters });
		expect(refused.filter((name) => !always.includes(name))).toEqual([]);
	});
});
