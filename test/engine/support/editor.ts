import './environment.ts';
import 'reflect-metadata';

import { LoadOptionsContext } from 'n8n-core';
import type {
	ICredentialType,
	IDataObject,
	INode,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeType,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

import { additionalDataFor } from './additional-data.ts';
import type { CredentialSet } from './credentials.ts';
import { EngineCredentials } from './credentials.ts';

export interface Editor {
	/** One page of a resource locator's *From List*, by the name of its method. */
	search(method: string, filter?: string, paginationToken?: string): Promise<INodeListSearchResult>;
	/** The choices of an options or multiOptions parameter, by the name of its method. */
	options(method: string): Promise<INodePropertyOptions[]>;
}

/**
 * Fills the lists of a node as n8n does for its editor: outside any execution, with the parameters as they stand.
 *
 * @param path of the parameter the list belongs to
 */
export function createEditor(
	type: INodeType,
	credentialTypes: ICredentialType[],
	credentials: CredentialSet,
	parameters: IDataObject = {},
	path = 'parameters',
): Editor {
	const { name, version } = type.description;
	const node: INode = {
		id: 'edited-node',
		name: 'Temp-Node',
		type: name,
		typeVersion: Array.isArray(version) ? (version.at(-1) ?? 1) : version,
		position: [0, 0],
		parameters: structuredClone(parameters) as INodeParameters,
		credentials: Object.fromEntries(Object.keys(credentials).map((id) => [id, { id, name: id }])),
	};
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => type,
			getByNameAndVersion: () => NodeHelpers.getVersionedNodeType(type),
			getKnownTypes: () => ({}),
		},
	});
	const additionalData = additionalDataFor(new EngineCredentials(credentialTypes, credentials), 'editor');
	additionalData.currentNodeParameters = node.parameters;

	const context = new LoadOptionsContext(workflow, node, additionalData, path);

	return {
		search: async (method, filter, paginationToken) => {
			const found = type.methods?.listSearch?.[method];
			if (!found) throw new Error(`${name} has no list ${method}`);
			return await found.call(context, filter, paginationToken);
		},
		options: async (method) => {
			const found = type.methods?.loadOptions?.[method];
			if (!found) throw new Error(`${name} has no options ${method}`);
			return await found.call(context);
		},
	};
}
