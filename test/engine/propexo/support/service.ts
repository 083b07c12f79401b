import { PropexoApi } from '../../../../credentials/PropexoApi.credentials';
import { Propexo } from '../../../../nodes/Propexo/Propexo.node';
import { PropexoTrigger } from '../../../../nodes/Propexo/PropexoTrigger.node';
import { resources } from '../../../../nodes/Propexo/resources';
import type { TestedService } from '../../support/service.ts';
import { changes, driven, otherCreations, upsertedLead } from './driven.ts';
import { samples } from './samples.ts';
import { propexoDoor } from './trigger.ts';

export const service: TestedService = {
	name: 'propexo',
	title: 'Propexo',
	behind: { ofSamples: 'OTHER', any: 'The PMS' },
	node: new Propexo(),
	resources,
	trigger: new PropexoTrigger(),
	credentialType: new PropexoApi(),
	credentialFor: ({ propexo: { url, token } }) => ({ environment: 'custom', baseUrl: url, token }),
	settings: { limit: 100_000, slowFrom: 2, jobMs: 50 },
	driven: [driven],
	writes: [driven, ...otherCreations, ...changes, upsertedLead],
	door: propexoDoor,
	samples,
};
