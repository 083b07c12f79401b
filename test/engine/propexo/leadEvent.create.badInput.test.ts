import type { IDataObject } from 'n8n-workflow';

import { byId } from '../support/services.ts';
import { useLeadEvents } from './support/leadEvents.ts';

const { create, posts, propexo, sent } = useLeadEvents();

describe('Bad input', () => {
	it('is told of an integration that does not exist, and nothing is sent', async () => {
		const { thrown } = await create('int_gone', { eventName: 'Other' });
		expect(thrown?.message).toBe(
			"'Integration' is not in this Propexo account. Choose it from the list, or check its ID and the 'Environment' of the credential",
		);
		expect(posts()).toBe(0);
	});

	it.each<[string, IDataObject, string]>([
		[
			'a line break in an ID',
			{ leadId: byId('lead_1\nlead_2') },
			"'Lead' must be a lead's Propexo ID: a single one",
		],
		['a slash in an ID', { leadId: byId('leads/1') }, "'Lead' must be a lead's Propexo ID: a single one"],
		[
			'a name for an ID',
			{ integrationId: byId('Cedar Group Yardi') },
			"'Integration' must be an integration's ID",
		],
	])('is told of %s', async (_, parameters, message) => {
		const { thrown } = await create('int_any', parameters);
		expect(thrown?.message).toContain(message);
		expect(propexo().ledger.requests).toEqual([]);
	});

	it.each<[string, () => IDataObject, RegExp, RegExp]>([
		[
			'a lead that does not exist',
			() => ({
				integrationId: byId('int_rentmanager_1'),
				leadId: byId('lead_gone'),
				eventName: 'NOTE',
			}),
			/'Lead': No such record/,
			/'By ID' takes the ID that Propexo has\. .*'By Email'.*or choose from the list/,
		],
		[
			"a unit's number where its ID belongs",
			() => ({ unitId: byId('204'), eventKind: 'show' }),
			/'Unit': No such record/,
			/'By ID' takes the ID that Propexo has\. .*or choose from the list/,
		],
		[
			'an integration that is switched off',
			() => {
				const row = propexo().data.integrations.get('int_any');
				if (row) propexo().data.integrations.add({ ...row, active: false });
				return {};
			},
			/The integration is not active/,
			/Switch it on in Propexo's dashboard/,
		],
		[
			'a property that is switched off',
			() => {
				const body = { error: { code: 'invalid_request', message: 'The property is disabled' } };
				propexo().faults.add({ match: { method: 'POST' }, status: 400, body });
				return {};
			},
			/The property is disabled/,
			/Switch it on in Propexo's dashboard/,
		],
		[
			'a PMS that takes no lead events',
			() => ({ integrationId: byId('int_appfolio_1'), leadId: byId('lead_9') }),
			/AppFolio does not support this \(HTTP 405\)/,
			/Correcting a field does not help/,
		],
		[
			"an address that is not the lead's own",
			() => ({ eventKind: 'email', emailFrom: 'leasing@example.com', emailTo: 'somebody@example.org' }),
			/'Email To': email_to must be the lead's primary/,
			/Leave 'Email To' empty/,
		],
		[
			'a field the PMS does not take',
			() => ({
				integrationId: byId('int_rentmanager_1'),
				leadId: byId('lead_6'),
				eventName: 'NOTE',
				additionalFields: { title: 'Tour' },
			}),
			/'Title': is not accepted by this integration's PMS/,
			/'Ignore Unknown Fields'/,
		],
	])('is told of %s, with what to do', async (_, parameters, message, advice) => {
		const { thrown } = await create('int_any', parameters());
		expect(thrown?.message).toMatch(message);
		expect(thrown?.description).toMatch(advice);
		expect([thrown?.message, thrown?.description, JSON.stringify(thrown?.context)].join()).not.toContain(
			'somebody@example.org',
		);
		expect(propexo().ledger.created).toEqual([]);
	});

	it('is dropped by Propexo when the user says so', async () => {
		const { thrown } = await create('int_rentmanager_1', {
			eventName: 'NOTE',
			additionalFields: { title: 'Tour' },
			options: { ignoreUnknownFields: true },
		});
		expect(thrown).toBeUndefined();
		expect(sent()).toHaveLength(1);
	});
});
