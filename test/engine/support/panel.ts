import type { INode, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

export const nodeOf = ({ description }: INodeType, parameters: INodeParameters): INode => ({
	id: '1',
	name: 'Tested',
	type: description.name,
	typeVersion: [description.version].flat().at(-1) ?? 1,
	position: [0, 0],
	parameters,
});

/** Parameters as n8n's editor holds them: with defaults, and without those that are not shown. */
export function heldBy(type: INodeType, parameters: INodeParameters): INodeParameters {
	const { properties } = type.description;
	const node = nodeOf(type, parameters);
	return NodeHelpers.getNodeParameters(properties, parameters, true, false, node, type.description) ?? {};
}

/**
 * The properties that n8n's editor shows. It compares conditions with the values that expressions have for the first
 * item, and empties what it does not show; so it does in `useNodeSettingsParameters` and `ParameterInputList`.
 *
 * @param resolved the values of parameters that hold expressions
 */
export function shownBy(
	type: INodeType,
	parameters: INodeParameters,
	resolved: INodeParameters = {},
): INodeProperties[] {
	return shownWith(type, { ...heldBy(type, parameters), ...resolved });
}

/** The properties that are shown with these values. */
export function shownWith(type: INodeType, values: INodeParameters): INodeProperties[] {
	const node = nodeOf(type, values);
	return type.description.properties.filter(
		(property) =>
			property.type !== 'hidden' &&
			NodeHelpers.displayParameter(values, property, node, type.description),
	);
}

/** Names of the fields for which n8n refuses to run. */
export function refusedBy(type: INodeType, parameters: INodeParameters): string[] {
	const node = nodeOf(type, heldBy(type, parameters));
	const issues = NodeHelpers.getNodeParametersIssues(type.description.properties, node, type.description);
	return Object.keys(issues?.parameters ?? {});
}

/** The parameters that decide what is shown and may hold an expression. */
export function decidersAmong(properties: INodeProperties[]): INodeProperties[] {
	const conditions = new Set(
		properties.flatMap(({ displayOptions: { show = {}, hide = {} } = {} }) =>
			[...Object.keys(show), ...Object.keys(hide)].map((name) => name.replace(/^\//, '').split('.')[0]),
		),
	);
	const isFirst = (one: INodeProperties) => properties.find(({ name }) => name === one.name) === one;
	return properties.filter(
		(one) => conditions.has(one.name) && one.type !== 'hidden' && !one.noDataExpression && isFirst(one),
	);
}

/** Whether the editor takes the value of a property for one that no longer fits its options. */
function isMismatched({ name, type, options = [] }: INodeProperties, values: INodeParameters): boolean {
	if (type === 'collection')
		return Object.keys(values).some((key) => !options.some((option) => option.name === key));
	return !options.some((option) => 'value' in option && option.value === values[name]);
}

/**
 * The parameters after one of them was changed in n8n's editor, which empties properties with options that depend on it;
 * so it does in `removeMismatchedOptionValues`.
 */
export function changedTo(
	type: INodeType,
	parameters: INodeParameters,
	name: string,
	value: unknown,
): INodeParameters {
	const { description } = type;
	const node = nodeOf(type, parameters);
	const filled = NodeHelpers.getNodeParameters(
		description.properties,
		parameters,
		false,
		false,
		node,
		description,
	);
	const changed = { ...filled, [name]: value } as INodeParameters;
	for (const property of description.properties) {
		const { displayOptions: { show, hide } = {}, options } = property;
		const speaksOfIt = show?.[name] !== undefined || hide?.[name] !== undefined;
		if (!(property.name in changed) || !options || !speaksOfIt) continue;
		if (
			isMismatched(property, changed) &&
			NodeHelpers.displayParameter(changed, property, node, description)
		)
			delete changed[property.name];
	}
	return heldBy(type, changed);
}
