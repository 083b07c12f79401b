import type { INode, INodeParameters, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

const nodeOf = ({ description }: INodeType, parameters: INodeParameters): INode => ({
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
	const values = { ...heldBy(type, parameters), ...resolved };
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
			[...Object.keys(show), ...Object.keys(hide)].map((name) => name.split('.')[0]),
		),
	);
	const isFirst = (one: INodeProperties) => properties.find(({ name }) => name === one.name) === one;
	return properties.filter(
		(one) => conditions.has(one.name) && one.type !== 'hidden' && !one.noDataExpression && isFirst(one),
	);
}
