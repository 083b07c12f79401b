import type { IDataObject } from 'n8n-workflow';

import type { RunResult } from '../../support/engine.ts';
import { useOwnServices } from '../../support/ownServices.ts';
import { byId } from '../../support/services.ts';
import type { Services, Settings } from '../../support/services.ts';
import { run } from './run.ts';
import { addLeadsOfAnyPms, ANY_LEAD } from './samples.ts';

/*
 * *Lead: Create or Update*, most often in an integration whose PMS takes all fields and shows a new lead at once.
 */

export const timing = { rate: { requests: 100_000 }, lookUpAfterMs: [20, 60, 150, 300] };

/** The fields of most items. */
export const NEW = { firstName: 'Nathan', lastName: 'Smith', email1: '={{ $json.email }}' };

let count = 0;
/** A number that no other test of the file gets. */
export const next = () => ++count;
/** A person whom nobody knows. */
export const stranger = () => ({ email: `stranger${next()}@example.com` });

export const rowsOf = ({ success }: RunResult) => success.map(({ json }) => json);

/** The fields that say where a lead is added, and what a PMS wants of it besides. */
export function placedIn({ data }: Services['emulator']['propexo'], pms: string): IDataObject {
	const own = (rows: Iterable<unknown>) =>
		byId(([...rows] as IDataObject[]).find(({ integration_id }) => integration_id === pms)?.id as string);
	return {
		integrationId: byId(pms),
		propertyId: own(data.properties.rows),
		leadSourceId: own(data.leadSources.rows),
	};
}

function addLeads({ emulator }: Services): void {
	addLeadsOfAnyPms(emulator);
	// They may be the person that the items name, and the items know the first name better.
	for (const lead of emulator.propexo.data.leads.rows)
		if (lead.id.startsWith(ANY_LEAD)) Object.assign(lead, { first_name: 'N.', last_name: 'Smith' });
}

/**
 * Starts the services for each test of a file; the tests run at the same time. What a process remembers of a lead belongs to
 * the address: each test has its own.
 */
export function useUpsert() {
	const { services, test } = useOwnServices({ timing, propexo: { jobMs: 20 } }, () => addLeads(services));
	const propexo = () => services.emulator.propexo;
	const writes = () => propexo().ledger.requests.filter(({ method }) => method !== 'GET');
	return {
		services,
		test,
		propexo,
		writes,
		/** What was written. */
		bodies: () => writes().map(({ body }) => body as IDataObject),
		madeLeads: () => propexo().ledger.created.filter(({ kind }) => kind === 'lead'),
		/** A lead that is there. */
		known: (number: number) => propexo().data.leads.get(`${ANY_LEAD}_${number}`),
		/** Runs it, in this process or another one. */
		upsert: async (parameters: IDataObject, settings: Settings = {}, on: Services = services) =>
			await run(on, 'lead', 'upsert', { integrationId: byId('int_any'), ...parameters }, settings),
	};
}
