import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { RENTENGINE_BASE_URL } from '../nodes/RentEngine/api';
import {
	httpNotice,
	NOTHING_SENT,
	refusals,
	signedIn,
	TESTABLE_ADDRESS,
	testedAt,
} from '../nodes/shared/http/credential';

export class RentEngineApi implements ICredentialType {
	name = 'rentEngineApi';

	displayName = 'RentEngine API';

	icon: Icon = {
		light: 'file:../nodes/RentEngine/rentEngine.svg',
		dark: 'file:../nodes/RentEngine/rentEngine.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events/blob/main/docs/getting-tokens.md#rentengine';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			required: true,
			default: RENTENGINE_BASE_URL,
			placeholder: 'e.g. https://api.example.com',
			description: "An address that begins with https:// (or http:// on n8n's own machine)",
		},
		httpNotice('API key'),
		{
			displayName: 'API Key',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: "From RentEngine's Developer Portal",
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

	authenticate = signedIn;

	test: ICredentialTestRequest = {
		request: testedAt(TESTABLE_ADDRESS, '/units'),
		rules: refusals({
			/**
			 * @cause The test of the credential: the API key is mistyped or revoked.
			 * @cure Copy the API key again.
			 */
			401: "RentEngine does not know this API key. Copy it again from the Developer Portal into 'API Key'.",
			/**
			 * @cause The test of the credential: the API key is right, but has no right to read what the test reads.
			 * @cure Ask the administrator of the service to allow it.
			 */
			403: 'RentEngine knows this API key, but it has no right to read units. Ask the administrator of RentEngine to allow it.',
			/**
			 * @cause The test of the credential: another server answers at this address.
			 * @cure Check _Base URL_.
			 */
			404: "RentEngine does not answer at this address. Check 'Base URL'.",
			/**
			 * @cause The test of the credential: _Base URL_ is no whole address, is not https, or holds a user name.
			 * @cure Enter the whole address, such as `https://api.example.com`.
			 */
			[NOTHING_SENT]:
				"Nothing was sent. 'Base URL' must be a whole address that begins with https:// (or http:// on n8n's own machine), without a user name.",
		}),
	};
}
