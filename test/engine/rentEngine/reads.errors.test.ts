import type { IDataObject } from 'n8n-workflow';

import { by, byId } from '../support/locator.ts';
import { useServices } from '../support/services.ts';
import { run } from './support/run.ts';

const services = useServices();

const READS: Array<[string, string, IDataObject]> = [
	['leasingEvent', 'getAll', { prospectId: byId(1001) }],
	['prospect', 'getAll', {}],
	['showing', 'getAvailability', { unitId: byId(501) }],
	['unit', 'getAll', {}],
];

describe('An error that RentEngine answers with a success', () => {
	it.each(READS)("is told in RentEngine's words: %s, %s", async (resource, operation, parameters) => {
		services.emulator.rentEngine.faults.add({ status: 200, body: { error: 'The account is closed' } });
		const { thrown } = await run(services, resource, operation, parameters);
		expect(thrown?.message).toBe('RentEngine refused it (HTTP 200): The account is closed');
	});

	it('is told where a prospect is looked for, and nothing is sent', async () => {
		const { faults, ledger } = services.emulator.rentEngine;
		faults.add({ status: 200, body: { error: 'No access to 512-555-0100' } });
		const { thrown } = await run(services, 'leasingEvent', 'create', {
			prospectId: by('phone', '(512) 555-0100'),
			assignedToUserIds: '1259ef6e-61ee-42cb-b6bd-7fe547569d7c',
		});
		expect(thrown?.message).toContain(
			"'Prospect' could not be looked up: RentEngine refused it (HTTP 200): No access to […]",
		);
		expect(ledger.created).toEqual([]);
	});
});
