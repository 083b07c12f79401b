import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { RENTENGINE_BASE_URL } from '../nodes/RentEngine/hosts';
import { testableAddress } from '../nodes/shared/http/testableAddress';

export class RentEngineApi implements ICredentialType {
	name = 'rentEngineApi';

	displayName = 'RentEngine API';

	icon: Icon = {
		light: 'file:../nodes/RentEngine/rentEngine.svg',
		dark: 'file:../nodes/RentEngine/rentEngine.dark.svg',
	};

	documentationUrl = 'https://docs.rentengine.io/openapi';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: RENTENGINE_BASE_URL,
			placeholder: 'e.g. https://api.example.com',
			description: 'An address that begins with https:// (or http:// on this very machine)',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "An API key from RentEngine's Developer Portal, without the word Bearer",
		},
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'What RentEngine sends as X-API-Key with its webhooks. Only the RentEngine Trigger needs it.',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${testableAddress('$credentials.baseUrl')} }}`,
			url: '/units',
			qs: { limit: 1 },
			// The token is for this address alone.
			disableFollowRedirect: true,
		},
	};
}
