import { RentEngineApi } from '../../../../credentials/RentEngineApi.credentials';
import { RentEngine } from '../../../../nodes/RentEngine/RentEngine.node';
import { RentEngineTrigger } from '../../../../nodes/RentEngine/RentEngineTrigger.node';
import { resources } from '../../../../nodes/RentEngine/resources';
import type { TestedService } from '../../support/service.ts';
import { driven, showing } from './driven.ts';
import { samples } from './samples.ts';
import { rentEngineDoor, SECRET } from './trigger.ts';

export const service: TestedService = {
	name: 'rentEngine',
	title: 'RentEngine',
	node: new RentEngine(),
	resources,
	trigger: new RentEngineTrigger(),
	credentialType: new RentEngineApi(),
	credentialFor: ({ rentEngine: { url, token } }) => ({ baseUrl: url, token, webhookSecret: SECRET }),
	settings: { limit: 100_000 },
	driven: [driven],
	writes: [driven, showing],
	door: rentEngineDoor,
	samples,
};
