import type {
	ICredentialDataDecryptedObject,
	ICredentials,
	ICredentialsExpressionResolveValues,
	ICredentialType,
	IExecuteData,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { ICredentialsHelper, isExpression, NodeHelpers } from 'n8n-workflow';

/** Decrypted credentials by the name of their type. */
export type CredentialSet = Record<string, ICredentialDataDecryptedObject>;

/**
 * What n8n does with a credential at run time, without its database: fills in the defaults of the credential
 * type, drops fields that are not shown, resolves expressions and applies the type's own `authenticate`.
 */
export class EngineCredentials extends ICredentialsHelper {
	private readonly types: Map<string, ICredentialType>;
	private readonly set: CredentialSet;

	constructor(types: ICredentialType[], set: CredentialSet) {
		super();
		this.types = new Map(types.map((type) => [type.name, type]));
		this.set = set;
	}

	getParentTypes(name: string): string[] {
		return this.type(name).extends ?? [];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(name: string): INodeProperties[] {
		return this.type(name).properties;
	}

	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		_nodeCredentials: INodeCredentialsDetails,
		name: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolve?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.set[name];
		if (!stored) throw new Error(`The run has no credentials of type ${name}`);
		if (raw) return { ...stored };
		const filled = NodeHelpers.getNodeParameters(
			this.getCredentialsProperties(name),
			stored as INodeParameters,
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (!resolve) return filled;
		return resolve.workflow.expression.getParameterValue(
			filled as INodeParameters,
			resolve.runExecutionData,
			resolve.runIndex,
			resolve.itemIndex,
			resolve.node.name,
			resolve.connectionInputData,
			mode,
			{ $vars: additionalData.variables },
			executeData,
			false,
			filled as INodeParameters,
		) as ICredentialDataDecryptedObject;
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		name: string,
		incoming: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options = incoming as IHttpRequestOptions;
		const { authenticate } = this.type(name);
		if (!authenticate) return options;
		if (typeof authenticate === 'function') return await authenticate(credentials, options);
		if (!workflow || !node) throw new Error('A generic sign-in is resolved in a workflow');

		const resolved = (text: unknown): unknown =>
			isExpression(text)
				? workflow.expression.getSimpleParameterValue(node, text, 'internal', {
						$credentials: credentials,
					})
				: text;
		const target = options as unknown as Record<string, Record<string, unknown> | undefined>;
		for (const [part, entries] of Object.entries(authenticate.properties)) {
			const changed = Object.entries(entries as Record<string, unknown>).map(([key, value]) => [
				String(resolved(key)),
				String(resolved(value) ?? ''),
			]);
			// n8n changes the options that the node handed over, so this does too.
			target[part] = Object.assign(target[part] ?? {}, Object.fromEntries(changed));
		}
		return options;
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('Encrypted credentials do not exist here');
	}

	async updateCredentials(): Promise<void> {
		throw new Error('The nodes do not change credentials');
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new Error('The nodes do not change credentials');
	}

	private type(name: string): ICredentialType {
		const type = this.types.get(name);
		if (!type) throw new Error(`The engine was not given the credential type ${name}`);
		return type;
	}
}
