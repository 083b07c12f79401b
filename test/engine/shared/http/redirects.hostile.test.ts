import { testCredential } from '../../support/index.ts';
import { SERVICES } from '../../support/service.ts';
import { useStage } from '../../support/hostile/stage.ts';

const stage = useStage();

describe.each(SERVICES)('The test of the $name credential', ({ name, credentialType }) => {
	const test = async () => await testCredential(credentialType, stage.services.credentials[`${name}Api`]);

	it('is green for the emulator, so that the others say something', async () => {
		expect(await test()).toMatchObject({ status: 'OK' });
	});

	it.each([301, 302, 303, 307, 308])('takes the token to no other address: HTTP %i', async (status) => {
		for (const host of [stage.canary.host, stage.canary.host.replace('127.0.0.1', 'localhost')]) {
			stage.services.emulator[name].faults.add({ status, redirectTo: `http://${host}/stolen` });
			expect(await test()).toMatchObject({ status: 'Error', statusCode: status });
		}
		expect(stage.canary.visits).toEqual([]);
	});
});
