import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, IDataObject, INodeType, IVersionedNodeType } from 'n8n-workflow';

import type { Subject } from '../engine.ts';
import { FIELDS } from '../events.ts';
import type { Held } from '../found.ts';
import { EVENT_TYPE, INTEGRATION } from '../found.ts';
import { declarativeTwin } from './declarativeTwin.ts';
import { hostCeiling } from './hostCeiling.ts';
import type { Target } from './target.ts';

const require = createRequire(import.meta.url);

/** Expressions, so that all contestants do the work of a real mapping. */
const fromItem = (name: string) => `={{ $json.${name} }}`;
const byId = (name: string) => ({ __rl: true, mode: 'id', value: fromItem(name) });

const made = new Map<string, INodeType | IVersionedNodeType>();

/** A node's type. As n8n does, the bench makes it once in a process. */
function typeOf<T extends INodeType | IVersionedNodeType>(name: string, make: () => T): T {
	const type = (made.get(name) ?? make()) as T;
	made.set(name, type);
	return type;
}

/** The credential of this package, from the build that is published. */
function propexoApi({ url, token }: Target): Pick<Subject, 'credentialType' | 'credential'> {
	const { PropexoApi } = require('../../dist/credentials/PropexoApi.credentials.js') as {
		PropexoApi: new () => ICredentialType;
	};
	return {
		credentialType: new PropexoApi(),
		credential: { environment: 'custom', baseUrl: url, token },
	};
}

/** This package's node, from the build that is published. */
function propexo(target: Target, parameters: IDataObject): Subject {
	const { Propexo } = require('../../dist/nodes/Propexo/Propexo.node.js') as {
		Propexo: new () => INodeType;
	};
	return {
		type: typeOf('propexo', () => new Propexo()),
		typeName: 'n8n-nodes-leasing-events.propexo',
		parameters,
		...propexoApi(target),
	};
}

/** *Lead Event: Create* with nothing but its required settings, and those that are given. */
export const thisNode = (target: Target, more: IDataObject = {}): Subject =>
	propexo(target, {
		...more,
		resource: 'leadEvent',
		operation: 'create',
		integrationId: byId('integration_id'),
		leadId: byId('lead_id'),
		eventKind: 'general',
		eventName: fromItem('event_name'),
		eventDatetime: fromItem('event_datetime'),
		notes: fromItem('notes'),
	});

/** *Lead Event: Create* with leads that it finds. A row whose lead is not found does not keep the others from being sent. */
export const finder = (target: Target, held: Held): Subject => ({
	...propexo(target, {
		resource: 'leadEvent',
		operation: 'create',
		integrationId: { __rl: true, mode: 'id', value: INTEGRATION },
		leadId: { __rl: true, mode: held, value: fromItem('who') },
		eventKind: 'general',
		eventTypeId: { __rl: true, mode: 'id', value: EVENT_TYPE },
		eventDatetime: fromItem('event_datetime'),
		notes: fromItem('notes'),
	}),
	settings: { onError: 'continueRegularOutput' },
});

/** *Lead: Get Many*. */
export const lister = (target: Target, how: IDataObject): Subject =>
	propexo(target, { resource: 'lead', operation: 'getAll', ...how });

const fields = (): IDataObject => Object.fromEntries(FIELDS.map((name) => [name, fromItem(name)]));

/** The node as n8n would have it written. */
export const twin = (target: Target): Subject => ({
	type: declarativeTwin,
	typeName: 'bench.declarativeTwin',
	parameters: { operation: 'create', ...fields() },
	...propexoApi(target),
});

/** The most that any node can do. */
export const host = (target: Target): Subject => ({
	type: hostCeiling,
	typeName: 'bench.hostCeiling',
	parameters: fields(),
	...propexoApi(target),
});

/** Where the package n8n-nodes-base lies; what to require of it. */
const fromBase =
	(folder: string) =>
	(path: string): unknown =>
		require(join(folder, 'dist', path));

/**
 * n8n's HTTP Request node in its newest version, with the same five fields and this package's credential: the node that
 * users have before they change to this package.
 *
 * @param folder of the package n8n-nodes-base
 */
export function httpRequest(
	folder: string,
	target: Target,
	options: IDataObject = {},
	settings: Subject['settings'] = {},
): Subject {
	const { HttpRequest } = fromBase(folder)('nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => IVersionedNodeType;
	};
	return {
		type: typeOf('httpRequest', () => new HttpRequest()),
		typeName: 'n8n-nodes-base.httpRequest',
		parameters: {
			method: 'POST',
			url: `${target.url}/v1/events/leads`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'propexoApi',
			sendBody: true,
			bodyParameters: { parameters: FIELDS.map((name) => ({ name, value: fromItem(name) })) },
			options,
		},
		settings,
		...propexoApi(target),
	};
}

/** The HTTP Request node with n8n's own Bearer credential. */
export function httpRequestBearer(folder: string, target: Target): Subject {
	const { HttpBearerAuth } = fromBase(folder)('credentials/HttpBearerAuth.credentials.js') as {
		HttpBearerAuth: new () => ICredentialType;
	};
	const subject = httpRequest(folder, target);
	const { nodeCredentialType: _, ...parameters } = subject.parameters;
	return {
		...subject,
		parameters: {
			...parameters,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpBearerAuth',
		},
		credentialType: new HttpBearerAuth(),
		credential: { token: target.token },
	};
}
