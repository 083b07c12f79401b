import { testCredential } from '../../support/index.ts';
import type { ServiceName } from '../../support/operations.ts';
import { ALL_NODES } from '../../support/operations.ts';
import { credentialTypes } from '../../support/services.ts';
import { useStage } from '../../support/hostile/stage.ts';

const stage = useStage();

const services = [...new Set(ALL_NODES.map(({ service }) => service))];

describe.each(services)('The test of the %s credential', (service: ServiceName) => {
	const test = async () => {
		const name = `${service}Api` as const;
		const type = credentialTypes.find((one) => one.name === name);
		if (!type) throw new Error(`There is no credential ${name}`);
		return await testCredential(type, stage.services.credentials[name]);
	};

	it('is green for the emulator, so that the others say something', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it.each([301, 302, 303, 307, 308])('takes the token to no other address: HTTP %i', async (status) => {
		for (const host of [stage.canary.host, stage.canary.host.replace('127.0.0.1', 'localhost')]) {
			stage.services.emulator[service].faults.add({ status, redirectTo: `http://${host}/stolen` });
			expect(await test()).toMatchObject({ status: 'Error', statusCode: status });
		}
		expect(stage.canary.visits).toEqual([]);
	});
});
