import type { IDataObject } from 'n8n-workflow';

import { useNewServices } from '../support/services.ts';
import { run } from './support/run.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from './support/samples.ts';
import { byId } from '../support/locator.ts';

/* Propexo keeps people whom the PMS has deleted: it only does not see them any more. */

const services = useNewServices();
const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const REMARK = 'has not seen for more than 30 days';

beforeEach(() => addLeadsOfAnyPms(services.emulator));

describe.each([
	['31 days ago', 31, true],
	['29 days ago', 29, false],
	['never', undefined, false],
])('Somebody whom Propexo has last seen %s', (_, days, isTold) => {
	const seen = (person: unknown) => {
		const last_seen = days === undefined ? null : daysAgo(days);
		return Object.assign(person as IDataObject, { last_seen });
	};
	const expectHint = (hints: Array<{ message: string }>, label: string) => {
		const told = hints.filter(({ message }) => message.includes(REMARK));
		expect(told).toHaveLength(isTold ? 1 : 0);
		if (isTold) expect(told[0]?.message).toContain(`'${label}'`);
	};

	it.each([
		['lead', 'Lead'],
		['applicant', 'Applicant'],
		['resident', 'Resident'],
	] as const)(
		'gets the event, as a person of kind %s: a hint says that the PMS may have deleted the record',
		async (kind, label) => {
			const person = seen(
				services.emulator.propexo.data[`${kind}s`].get(
					kind === 'lead' ? `${ANY_LEAD}_1` : `${kind}_1`,
				),
			);
			Object.assign(person, { integration_id: 'int_any', integration_vendor: 'OTHER' });
			const { hints, thrown } = await run(services, `${kind}Event`, 'create', {
				integrationId: byId('int_any'),
				[`${kind}Id`]: { __rl: true, mode: 'email', value: person.email_1 },
				eventKind: 'general',
				eventTypeId: byId('etype_85'),
				options: { previewOnly: true },
			});
			expect(thrown).toBeUndefined();
			expectHint(hints, label);
		},
	);

	it.each([
		['lead', 'id', 'Lead'],
		['lead', 'email', 'Lead'],
		['applicant', 'id', 'Applicant'],
		['applicant', 'email', 'Applicant'],
		['resident', 'id', 'Resident'],
		['resident', 'email', 'Resident'],
	] as const)('is read by Get with that hint: %s by %s', async (kind, mode, label) => {
		const id = kind === 'lead' ? `${ANY_LEAD}_1` : `${kind}_1`;
		const person = seen(services.emulator.propexo.data[`${kind}s`].get(id));
		const { hints, thrown } = await run(services, kind, 'get', {
			[`${kind}Id`]: { __rl: true, mode, value: mode === 'id' ? id : person.email_1 },
			filters: { integrationId: byId(person.integration_id as string) },
		});
		expect(thrown?.message).toBeUndefined();
		expectHint(hints, label);
	});

	it.each(['updated', 'unchanged'])('is %s by Create or Update with that hint', async (action) => {
		const lead = seen(services.emulator.propexo.data.leads.get(`${ANY_LEAD}_1`));
		const { hints, success } = await run(services, 'lead', 'upsert', {
			integrationId: byId('int_any'),
			email1: lead.email_1,
			...(action === 'updated' && { stateFields: { notes: 'Called' } }),
		});
		expect(success.map(({ json }) => json.action)).toEqual([action]);
		expectHint(hints, 'Match By');
	});
});
