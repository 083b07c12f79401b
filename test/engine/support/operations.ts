import type { IDataObject, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { sampleOf } from './samples.ts';
import type { TestedService } from './service.ts';
import { SERVICES } from './service.ts';

/** A node of the package, with the service it talks to. */
export interface TestedNode {
	service: TestedService;
	type: INodeType;
}

/** The nodes with operations. */
const NODES: TestedNode[] = SERVICES.map((service) => ({ service, type: service.node }));

export const TRIGGERS: TestedNode[] = SERVICES.map((service) => ({ service, type: service.trigger }));

export const ALL_NODES: TestedNode[] = [...NODES, ...TRIGGERS];

/** One operation, as the editor offers it. */
export interface TestedOperation extends TestedNode {
	/** "Propexo, leadEvent: create" */
	title: string;
	resource: string;
	operation: string;
	/** The properties of the operation, in the editor's order; those of one name come one after the other. */
	properties: INodeProperties[];
	/** Whether it sends something for each item, so that each item has an outcome; the others read. */
	writes: boolean;
}

/** A field of an operation, or a collection as a whole. */
export interface TestedField {
	/** "Notes (additionalFields)" */
	title: string;
	property: INodeProperties;
	/** The collection that it is in. */
	collection?: string;
	/** Valid parameters with which the field is shown; without the field itself. */
	parameters: IDataObject;
	/** What its collection needs besides it. */
	beside?: IDataObject;
}

const isCollection = ({ type }: INodeProperties): boolean => type === 'collection';

/** The fields in a collection. */
const inner = ({ options = [] }: INodeProperties): INodeProperties[] =>
	options.filter((option): option is INodeProperties => 'type' in option);

function operationsOf({ service, type }: TestedNode): TestedOperation[] {
	const { properties, displayName } = type.description;
	const choices = properties.filter(({ name }) => name === 'operation');
	return choices.flatMap(({ displayOptions, options = [] }) =>
		(displayOptions?.show?.resource ?? []).flatMap((given) =>
			options.flatMap((option) => {
				if (!('value' in option)) return [];
				const [resource, operation] = [String(given), String(option.value)];
				const own = properties.filter(
					({ type: kind, displayOptions: { show } = {} }) =>
						kind !== 'hidden' &&
						show?.resource?.includes(resource) &&
						show.operation?.includes(operation),
				);
				return {
					...{ service, type, resource, operation, properties: own },
					title: `${displayName}, ${resource}: ${operation}`,
					writes: own.some(({ name }) => name === 'options'),
				};
			}),
		),
	);
}

/** Every operation of every node, from the nodes' descriptions, so that a new one is included by itself. */
export const OPERATIONS: TestedOperation[] = NODES.flatMap(operationsOf);

/** All combinations of the values that decide which properties are shown. */
export function variantsOf({ properties }: TestedOperation): IDataObject[] {
	const all = [...properties, ...properties.filter(isCollection).flatMap(inner)];
	const conditions = all.flatMap(({ displayOptions: { show = {}, hide = {} } = {} }) =>
		[...Object.keys(show), ...Object.keys(hide)].map((name) => name.replace(/^\//, '')),
	);
	// What is not among the properties is fixed, such as the resource, or tells of expressions.
	const deciding = properties
		.map(({ name }) => name)
		.filter((name, index, names) => conditions.includes(name) && names.indexOf(name) === index);
	return deciding.reduce<IDataObject[]>(
		(variants, name) => {
			const owner = properties.find((property) => property.name === name);
			const values =
				owner?.type === 'boolean'
					? [false, true]
					: (owner?.options ?? []).flatMap((option) => ('value' in option ? [option.value] : []));
			return variants.flatMap((variant) => values.map((value) => ({ ...variant, [name]: value })));
		},
		[{}],
	);
}

/** Whether n8n shows a property, also one in a collection. */
function isShown(operation: TestedOperation, values: IDataObject, property: INodeProperties): boolean {
	const { resource, operation: name, type } = operation;
	const root = { resource, operation: name, ...values } as INodeParameters;
	return NodeHelpers.displayParameter(root, property, { typeVersion: 1 }, type.description, root);
}

/**
 * Valid parameters.
 *
 * @param variant one of `variantsOf`
 * @param filled whether everything is filled in, or only what must be
 */
export function rightParameters(
	operation: TestedOperation,
	variant: IDataObject,
	filled: boolean,
): IDataObject {
	const { needed = {} } = operation.service.samples;
	const found: IDataObject = {
		...{ resource: operation.resource, operation: operation.operation },
		...needed[`${operation.resource}: ${operation.operation}`],
	};
	for (const property of operation.properties) {
		const { name } = property;
		if (name in found || !isShown(operation, variant, property)) continue;
		if (name in variant) {
			found[name] = variant[name];
		} else if (isCollection(property)) {
			const shown = filled ? inner(property).filter((one) => isShown(operation, variant, one)) : [];
			found[name] = Object.fromEntries(
				shown.map((one) => [one.name, sampleOf(one, operation)]),
			) as IDataObject;
		} else if (property.required || filled) {
			const value = sampleOf(property, operation);
			if (value !== undefined) found[name] = value as IDataObject[string];
		}
	}
	return found;
}

/** All fields of an operation, each with the first parameters with which it is shown. */
export function fieldsOf(operation: TestedOperation): TestedField[] {
	const variants = variantsOf(operation);
	const found = new Map<string, TestedField>();
	const add = (property: INodeProperties, collection?: string) => {
		const title = collection ? `${property.displayName} (${collection})` : property.displayName;
		const kind = `${title} ${property.type}`;
		if (property.type === 'notice' || found.has(kind)) return;
		const variant = variants.find((one) => isShown(operation, one, property));
		if (!variant) return;
		const { [collection ?? property.name]: _, ...parameters } = rightParameters(
			operation,
			variant,
			false,
		);
		const beside = operation.service.samples.needed?.[collection ?? ''];
		found.set(kind, { title, property, collection, parameters, beside });
	};
	for (const property of operation.properties) {
		add(property);
		if (isCollection(property)) for (const one of inner(property)) add(one, property.name);
	}
	return [...found.values()];
}

/** The parameters of a field's operation, with a value for the field. */
export function withValue(field: TestedField, value: unknown): IDataObject {
	const { property, collection, parameters, beside } = field;
	const set = { ...(collection && beside), [property.name]: value } as IDataObject;
	return collection ? { ...parameters, [collection]: set } : { ...parameters, ...set };
}

/**
 * Remembers fields. What it gives says whether no earlier operation of the kind had the very same field, such as the notes
 * of all events: what is true of a field in one of them is true in all.
 */
export function firstMeeting(): (operation: TestedOperation, field: TestedField) => boolean {
	const met = new Set<string>();
	return ({ service, writes }, { property, collection }) => {
		const { displayOptions: _, description: __, ...same } = property;
		return met.size < met.add(JSON.stringify([service.name, writes, collection, same])).size;
	};
}
