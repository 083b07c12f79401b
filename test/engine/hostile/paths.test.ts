import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { Propexo } from '../../../nodes/Propexo/Propexo.node';
import { RentEngine } from '../../../nodes/RentEngine/RentEngine.node';
import { byId } from '../support/services.ts';
import { useStage } from './stage.ts';
import { nastyTexts } from './values.ts';

const stage = useStage();

const SERVICES = {
	propexo: { description: new Propexo().description, credential: 'propexoApi' },
	rentEngine: { description: new RentEngine().description, credential: 'rentEngineApi' },
} as const;
type ServiceName = keyof typeof SERVICES;

/** Every operation of both nodes with the IDs it takes. */
function operations(): Array<[string, ServiceName, string, string, string[]]> {
	return (['propexo', 'rentEngine'] as const).flatMap((service) => {
		const { properties } = SERVICES[service].description;
		const choices = properties.filter(({ name }) => name === 'operation');
		return choices.flatMap(({ displayOptions, options }) => {
			const resource = String(displayOptions?.show?.resource?.[0]);
			return (options ?? []).flatMap((option) => {
				const operation = 'value' in option ? String(option.value) : '';
				const ids = idsOf(properties, resource, operation);
				return ids.length === 0
					? []
					: [[`${service} ${resource} ${operation}`, service, resource, operation, ids] as const];
			});
		}) as Array<[string, ServiceName, string, string, string[]]>;
	});
}

function idsOf(properties: INodeProperties[], resource: string, operation: string): string[] {
	const names = properties
		.filter(({ type, displayOptions }) => {
			const show = displayOptions?.show ?? {};
			return (
				type === 'resourceLocator' &&
				show.resource?.includes(resource) &&
				show.operation?.includes(operation)
			);
		})
		.map(({ name }) => name);
	return [...new Set(names)];
}

/** Which paths a run asked for, with `id` where the ID stands. */
async function pathsWith(service: ServiceName, operation: IDataObject, ids: string[], id: string) {
	const { emulator, engine, credentials } = stage.services;
	emulator.reset();
	const { credential } = SERVICES[service];
	const result = await engine.run({
		node: service,
		parameters: {
			...operation,
			...Object.fromEntries(ids.map((name) => [name, byId('={{ $json.id }}')])),
		},
		credentials: { [credential]: credentials[credential] },
		items: [{ id }],
		onError: 'continueRegularOutput',
	});
	return { result, requests: emulator[service].ledger.requests };
}

const HARMLESS = 'harmless1';

/** What else operations require. */
const OTHERS = {
	eventKind: 'general',
	eventDatetime: '2026-03-01T10:00:00Z',
	assignedToUserIds: ['1259ef6e-61ee-42cb-b6bd-7fe547569d7c'],
};

describe('IDs that are paths, addresses and headers', () => {
	it.each(operations())(
		'%s: reaches the paths of its operation and no other',
		async (_n, service, resource, operation, ids) => {
			const parameters = { resource, operation, ...OTHERS };
			const unknown = await pathsWith(service, parameters, ids, HARMLESS);
			const known = await pathsWith(
				service,
				parameters,
				ids,
				service === 'propexo' ? 'int_any' : '1001',
			);
			// One place in the path is the ID's; nothing in it may end the place.
			const allowed = new Set(
				[...unknown.requests, ...known.requests].map(({ method, path }) =>
					`${method} ${path}`.replace(/harmless1|int_any|1001/, '*'),
				),
			);
			const patterns = [...allowed].map(
				(path) => new RegExp(`^${path.replace(/[.$]/g, '\\$&').replace('*', '[^/?#]+')}$`),
			);
			for (const id of nastyTexts(stage.canary.host)) {
				const { result, requests } = await pathsWith(service, parameters, ids, id);
				expect(result.thrown).toBeUndefined();
				for (const { method, path, headers } of requests) {
					const asked = `${method} ${path}`;
					expect([id, asked, patterns.some((pattern) => pattern.test(asked))]).toEqual([
						id,
						asked,
						true,
					]);
					expect(headers.authorization).toBe('Bearer ***');
					expect(headers).not.toHaveProperty('x-injected');
				}
			}
			expect(stage.canary.visits).toEqual([]);
		},
	);
});

/** Creates a lead event with a credential of which something was changed. */
async function withCredential(changes: IDataObject) {
	const { engine, credentials } = stage.services;
	return await engine.run({
		node: 'propexo',
		parameters: {
			resource: 'leadEvent',
			operation: 'create',
			integrationId: byId('int_any'),
			leadId: byId('lead_1'),
		},
		credentials: {
			propexoApi: { ...credentials.propexoApi, ...changes } as typeof credentials.propexoApi,
		},
	});
}

describe('tokens and base URLs that would break out', () => {
	it.each([
		['a line break', 'token\r\nX-Injected: 1'],
		['a null character', 'token\u0000'],
		['a letter beyond ASCII', 'tökén'],
		['a bidirectional mark', 'token\u202e'],
		['a space', 'Bearer token'],
	])('a token with %s is refused before anything is sent, and not repeated', async (_what, token) => {
		stage.services.emulator.reset();
		const { thrown } = await withCredential({ token });
		expect(thrown?.message).toBe("The 'Token' of the credential cannot be used");
		expect(JSON.stringify(thrown)).not.toContain(token);
		expect(stage.services.emulator.propexo.ledger.requests).toEqual([]);
	});

	it.each([
		['plain http to another machine', () => 'http://api.example.com'],
		['a user name', () => 'https://user:secret@api.example.com'],
		['a file', () => 'file:///etc/passwd'],
		['another host behind a loopback look-alike', () => `http://127.0.0.1.example.com`],
		['an @ that hides the host', () => `http://127.0.0.1@${stage.canary.host}`],
		['no address', () => 'javascript:alert(1)'],
	])('a base URL with %s is refused before anything is sent', async (_what, baseUrl) => {
		const { thrown } = await withCredential({ baseUrl: baseUrl() });
		expect(thrown?.message).toMatch(
			/^The 'Base URL' of the credential (cannot be used|is not an address)$/,
		);
		expect(stage.canary.visits).toEqual([]);
	});

	it('a base URL with a query or a fragment sends no request elsewhere', async () => {
		stage.services.emulator.reset();
		const baseUrl = `${stage.services.emulator.propexo.url}/?x=http://${stage.canary.host}#y`;
		await withCredential({ baseUrl });
		const posts = stage.services.emulator.propexo.ledger.requests.filter(
			({ method }) => method === 'POST',
		);
		expect(posts.map(({ path }) => path)).toEqual(['/v1/events/leads']);
		expect(stage.canary.visits).toEqual([]);
	});
});
