import type { FastifyInstance } from 'fastify';
import type { Fault, FaultMatch } from '../server/faults.ts';
import { isSystem, ofEach, SYSTEM_NAMES, type Emulator } from '../emulator.ts';
import type { PropexoDelivery } from '../propexo/webhooks/webhooks.ts';
import type { RentEngineDelivery } from '../rentengine/webhooks.ts';
import type { TableName } from '../rentengine/records/rows.ts';
import { isObject, type JsonObject } from '../json.ts';
import { FAILURES, SAMPLES, tryFailure, trySample } from './tries.ts';

const TABLES: readonly TableName[] = ['prospects', 'units', 'leasing_events'];
const NO_SYSTEM = { error: `system must be ${SYSTEM_NAMES.map((name) => `"${name}"`).join(' or ')}` };

/** The control API: tests in other processes drive the emulator by it. */
export function addControl(app: FastifyInstance, emulator: Emulator): void {
	app.get('/api/ledger', () =>
		ofEach((system) => {
			const { requests, created } = emulator[system].ledger;
			return { requests, created };
		}),
	);

	app.post('/api/reset', () => {
		emulator.reset();
		return { ok: true };
	});

	app.post('/api/settings', (request) => {
		const wanted = objectOf(request.body);
		for (const system of SYSTEM_NAMES) Object.assign(emulator[system].settings, objectOf(wanted[system]));
		return ofEach((system) => emulator[system].settings);
	});

	/** A fault as JSON. `match.pathPattern` is an expression; `times` may be "Infinity". */
	app.post('/api/faults', (request, reply) => {
		const { system, match, times, ...fault } = objectOf(request.body);
		if (!isSystem(system)) return reply.code(400).send(NO_SYSTEM);
		const { pathPattern, ...rest } = objectOf(match);
		const wanted: FaultMatch = { ...rest };
		if (typeof pathPattern === 'string') wanted.path = new RegExp(pathPattern);
		const count = times === undefined ? {} : { times: times === 'Infinity' ? Infinity : Number(times) };
		emulator[system].faults.add({ ...(fault as Fault), ...count, match: wanted });
		return { ok: true };
	});

	/** `{ system, failure }`: lets the next write fail, as chosen on the page. */
	app.post('/api/fail', (request, reply) => {
		const { system, failure } = objectOf(request.body);
		if (!isSystem(system)) return reply.code(400).send(NO_SYSTEM);
		const chosen = FAILURES[String(failure)];
		if (!chosen) return reply.code(400).send({ error: 'There is no such failure' });
		return { told: tryFailure(emulator, system, chosen) };
	});

	/** `{ sample }`: sends a sample webhook, as chosen on the page; answers when its receiver has. */
	app.post('/api/sample', async (request, reply) => {
		const chosen = SAMPLES[String(objectOf(request.body)['sample'])];
		if (!chosen) return await reply.code(400).send({ error: 'There is no such sample' });
		return { told: await trySample(emulator, chosen) };
	});

	/** Webhooks on demand; answers when the first attempt at every receiver is over. */
	app.post('/api/deliver', async (request, reply) => {
		const { system, ...wanted } = objectOf(request.body);
		if (!isSystem(system)) return await reply.code(400).send(NO_SYSTEM);
		const asked = wanted as unknown as PropexoDelivery & RentEngineDelivery;
		return { deliveries: await emulator[system].webhooks.deliver(asked) };
	});

	/** All attempts to deliver a webhook. */
	app.get('/api/deliveries', () => ofEach((system) => emulator[system].webhooks.deliveries));

	/** `{ table, id?, row }`: makes a row of RentEngine, or changes the one with that ID in place. */
	app.post('/api/rows', (request, reply) => {
		const { table, id, row } = objectOf(request.body);
		const known = TABLES.find((name) => name === table);
		if (!known) return reply.code(400).send({ error: `table must be one of ${TABLES.join(', ')}` });
		const { rows } = emulator.rentEngine;
		return {
			row:
				id === undefined
					? rows.insert(known, objectOf(row))
					: rows.change(known, Number(id), objectOf(row)),
		};
	});
}

const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
