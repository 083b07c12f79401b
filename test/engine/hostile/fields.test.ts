import fc from 'fast-check';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import {
	additionalFields as leadEventAdditional,
	leadEventFields,
} from '../../../nodes/Propexo/resources/leadEvent/fields';
import {
	additionalFields as leasingEventAdditional,
	leasingEventFields,
} from '../../../nodes/RentEngine/resources/leasingEvent/fields';
import type { Field } from '../../../nodes/shared/fields';
import { writeOptions } from '../../../nodes/shared/options';
import { byId } from '../support/services.ts';
import { useStage } from './stage.ts';
import { nastyJson, nastyTexts, nested, UNREADABLE } from './values.ts';

const stage = useStage();

const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';

/** Parameters with which an event is fine, by the condition under which a field is shown. */
const fine: IDataObject = {
	general: { eventKind: 'general' },
	call: {
		eventKind: 'call',
		callPhoneNumberFrom: '+1 512 555 0100',
		callPhoneNumberTo: '+1 512 555 0199',
		callStatus: 'ANSWER',
		callDuration: 5,
		callAudioLink: 'https://example.com/1.mp3',
	},
	email: { eventKind: 'email', emailDirection: 'outgoing', emailFrom: 'leasing@example.com' },
	appointment: { eventKind: 'appointment' },
	'Assign to User': { eventType: 'Assign to User', assignedToUserIds: USER },
	other: { eventType: 'other', customEventType: 'Log Note', context: '{}' },
};

const HOSTILE = '={{ $json.value }}';

/** The parameters of a node with one field left to the items. */
function parametersFor(field: Field, collection: string | undefined, standard: string): IDataObject {
	const [condition] = Object.values(field.shownFor ?? {}).flat();
	const base = fine[condition ?? standard] as IDataObject;
	const value = field.kind === 'record' ? byId(HOSTILE) : HOSTILE;
	return collection ? { ...base, [collection]: { [field.name]: value } } : { ...base, [field.name]: value };
}

type Case = [name: string, field: Field, collection: string | undefined];
const cases = (fields: Field[], collection?: string): Case[] =>
	fields.map((field) => [collection ? `${field.label} (${collection})` : field.label, field, collection]);

/** Every item has one output, in order: created, or one readable sentence that names the item. */
function expectOutcomes(success: INodeExecutionData[], values: unknown[]): number {
	// One event may come to several rows (an assignment in bulk), but they stand in the order of the items.
	const items = success.map(({ pairedItem }) => (pairedItem as { item: number }).item);
	expect([...new Set(items)]).toEqual(values.map((_, item) => item));
	const failed = success.filter(({ json }) => 'error' in json);
	for (const { json, pairedItem } of failed) {
		const { item } = pairedItem as { item: number };
		const { error, details } = json as { error: string; details: IDataObject };
		expect(error).toMatch(new RegExp(`^Item ${item + 1} of ${values.length}: .{10}`));
		expect(error.length).toBeLessThan(1_500);
		expect(error).not.toMatch(UNREADABLE);
		expect(['not sent', 'refused']).toContain(details.outcome);
		const value = values[item];
		if (typeof value === 'string' && value.trim().length >= 12) expect(error).not.toContain(value.trim());
	}
	return success.length - failed.length;
}

function expectNoHarm(): void {
	expect(stage.canary.visits).toEqual([]);
	expect(({} as IDataObject).polluted).toBeUndefined();
	expect(({} as IDataObject).a).toBeUndefined();
}

describe('Propexo, Lead Event: Create, with hostile input', () => {
	const all = [
		...cases(leadEventFields),
		...cases(leadEventAdditional.fields, 'additionalFields'),
		...cases(writeOptions, 'options'),
	];
	it.each(all)(
		'%s: an event that is right or a message, and never another address',
		async (_n, field, where) => {
			const parameters = parametersFor(field, where, 'general');
			const arrays = fc.array(nastyJson(stage.canary.host), { minLength: 10, maxLength: 10 });
			const run = async (values: unknown[]) => {
				stage.services.emulator.propexo.reset();
				const { success, thrown } = await stage.services.leadEvent(parameters, {
					items: values.map((value) => ({ value }) as IDataObject),
					onError: 'continueRegularOutput',
				});
				expect(thrown).toBeUndefined();
				const created = expectOutcomes(success, values);
				const { ledger } = stage.services.emulator.propexo;
				expect(ledger.created.length).toBeLessThanOrEqual(created);
				for (const { method, path, query, headers, authorized } of ledger.requests) {
					expect(`${method} ${path}`).toMatch(
						/^(POST \/v1\/events\/leads|GET \/v1\/admin\/integrations\/[^/?#]+\/)$/,
					);
					expect(Object.keys(method === 'POST' ? query : {})).toEqual([]);
					expect(authorized).toBe(true);
					expect(headers).not.toHaveProperty('x-injected');
				}
				expectNoHarm();
			};
			await run(nastyTexts(stage.canary.host));
			await fc.assert(fc.asyncProperty(arrays, run), { numRuns: 8 });
		},
	);

	it('takes no address of a recording but http and https', async () => {
		const values = [
			'javascript:alert(1)',
			'file:///etc/passwd',
			'data:text/html,x',
			'ftp://x.example/1',
			'//x.example',
		];
		const { success } = await stage.services.leadEvent(
			{ ...(fine.call as IDataObject), callAudioLink: HOSTILE },
			{ items: values.map((value) => ({ value })), onError: 'continueRegularOutput' },
		);
		for (const { json } of success) {
			expect(json.error).toContain(
				"'Call Audio Link' must be a web address that begins with https:// or http://",
			);
		}
		expect(stage.services.emulator.propexo.ledger.requests).toEqual([]);
	});

	it.each([
		['Notes', { eventKind: 'general', notes: HOSTILE }],
		['Email Body', { ...(fine.email as IDataObject), emailBody: HOSTILE }],
		['Call Audio Link', { ...(fine.call as IDataObject), callAudioLink: HOSTILE }],
		['Lead', { leadId: byId(HOSTILE) }],
	])('%s of 10 MB ends as one outcome with a short message', async (_name, parameters: IDataObject) => {
		const { success } = await stage.services.leadEvent(parameters, {
			items: [{ value: `https://example.com/${'x'.repeat(10_000_000)}` }],
			onError: 'continueRegularOutput',
		});
		expect(success).toHaveLength(1);
		const { error, details } = success[0]?.json as { error: string; details: IDataObject };
		expect(error.length).toBeLessThan(1_500);
		// The service may close the connection while the body is still coming in.
		expect(['not sent', 'refused', 'unknown']).toContain(details.outcome);
		expect(stage.services.emulator.propexo.ledger.created).toEqual([]);
	});
});

describe('RentEngine, Leasing Event: Create, with hostile input', () => {
	const all = [
		...cases(leasingEventFields),
		...cases(leasingEventAdditional.fields, 'additionalFields'),
		...cases(writeOptions, 'options'),
	];
	it.each(all)(
		'%s: an event that is right or a message, and never another address',
		async (_n, field, where) => {
			const parameters = parametersFor(field, where, 'Assign to User');
			const arrays = fc.array(nastyJson(stage.canary.host), { minLength: 10, maxLength: 10 });
			const run = async (values: unknown[]) => {
				stage.services.emulator.rentEngine.reset();
				const { success, thrown } = await stage.services.leasingEvent(parameters, {
					items: values.map((value) => ({ value }) as IDataObject),
					onError: 'continueRegularOutput',
				});
				expect(thrown).toBeUndefined();
				const created = expectOutcomes(success, values);
				const { ledger } = stage.services.emulator.rentEngine;
				expect(ledger.created.length).toBeLessThanOrEqual(created);
				for (const { method, path, headers, authorized } of ledger.requests) {
					expect([method, authorized]).toEqual([expect.stringMatching(/^(GET|POST)$/), true]);
					expect(path).toMatch(/\/leasing_events$/);
					expect(headers).not.toHaveProperty('x-injected');
				}
				expectNoHarm();
			};
			await run(nastyTexts(stage.canary.host));
			await fc.assert(fc.asyncProperty(arrays, run), { numRuns: 8 });
		},
	);

	it.each([200, 5_000, 100_000])('a context nested %i deep ends as one outcome', async (depth) => {
		const { success, thrown } = await stage.services.leasingEvent(
			{ ...(fine.other as IDataObject), context: HOSTILE },
			{ items: [{ value: nested(depth) }], onError: 'continueRegularOutput' },
		);
		expect(thrown).toBeUndefined();
		expect(success).toHaveLength(1);
		expect(success[0]?.json).toMatchObject({ error: expect.stringMatching(/^Item 1: /) });
	});
});
