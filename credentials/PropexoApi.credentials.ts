import type {
	IAuthenticateGeneric,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { PROPEXO_HOSTS } from '../nodes/Propexo/hosts';
import { testableAddress } from '../nodes/shared/http/testableAddress';

/** As the nodes read it: in any letter case, and nothing goes anywhere for one that does not exist. */
const CHOSEN = '$credentials.environment.trim().toLowerCase()';
const NOWHERE = 'https://environment-is-not-one-of-propexo.invalid';

export class PropexoApi implements ICredentialType {
	name = 'propexoApi';

	displayName = 'Propexo API';

	icon: Icon = {
		light: 'file:../nodes/Propexo/propexo.svg',
		dark: 'file:../nodes/Propexo/propexo.dark.svg',
	};

	documentationUrl = 'https://docs.propexo.com/documentation/about-the-api/authentication';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another address, such as a proxy or the emulator of this package',
				},
				{ name: 'Production', value: 'production' },
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: "Propexo's sandbox; a PMS connected there can still be a real one",
				},
			],
			default: 'production',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://api.example.com',
			description: 'An address that begins with https:// (or http:// on this very machine)',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The API token from the Propexo dashboard, without the word Bearer',
		},
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.token}}' } },
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: `={{ ${CHOSEN} === 'custom' ? ${testableAddress('$credentials.baseUrl')} : ${CHOSEN} === 'sandbox' ? '${PROPEXO_HOSTS.sandbox}' : ${CHOSEN} === 'production' ? '${PROPEXO_HOSTS.production}' : '${NOWHERE}' }}`,
			url: '/v1/admin/integrations/',
			qs: { limit: 1 },
			// The token is for this address alone.
			disableFollowRedirect: true,
		},
	};
}
