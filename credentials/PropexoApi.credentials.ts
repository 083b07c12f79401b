import type { ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { PROPEXO_HOSTS } from '../nodes/Propexo/api';
import {
	httpNotice,
	NOTHING_SENT,
	NOWHERE,
	refusals,
	signedIn,
	TESTABLE_ADDRESS,
	testedAt,
} from '../nodes/shared/http/credential';

const CUSTOM = { environment: ['custom'] };

/** As the nodes read it: in any letter case, and nothing goes anywhere for one that does not exist. */
const CHOSEN = '$credentials.environment.trim().toLowerCase()';

export class PropexoApi implements ICredentialType {
	name = 'propexoApi';

	displayName = 'Propexo API';

	icon: Icon = {
		light: 'file:../nodes/Propexo/propexo.svg',
		dark: 'file:../nodes/Propexo/propexo.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events/blob/main/docs/getting-tokens.md#propexo';

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
					description: 'A PMS connected there can still be a real one',
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
			description: "An address that begins with https:// (or http:// on n8n's own machine)",
			displayOptions: { show: CUSTOM },
		},
		httpNotice('token', CUSTOM),
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'The API token from the Propexo dashboard',
		},
	];

	authenticate = signedIn;

	test: ICredentialTestRequest = {
		request: testedAt(
			`${CHOSEN} === 'custom' ? ${TESTABLE_ADDRESS} : ${CHOSEN} === 'sandbox' ? '${PROPEXO_HOSTS.sandbox}' : ${CHOSEN} === 'production' ? '${PROPEXO_HOSTS.production}' : '${NOWHERE}'`,
			'/v1/admin/integrations/',
		),
		rules: refusals({
			/**
			 * @cause The test of the credential: the token is mistyped or revoked, or of the other environment.
			 * @cure Copy the token again.
			 */
			401: "Propexo does not know this token. Copy it again, and check 'Environment': production and sandbox have their own tokens.",
			/**
			 * @cause The test of the credential: the token is right, but has no right to read what the test reads.
			 * @cure Ask the administrator of the service to allow it.
			 */
			403: 'This token has no right to read integrations. Give it that right in the dashboard.',
			/**
			 * @cause The test of the credential: another server answers at this address.
			 * @cure Check _Environment_ and _Base URL_.
			 */
			404: "Propexo does not answer at this address. Check 'Environment' and 'Base URL'.",
			/**
			 * @cause The test of the credential: _Base URL_ is no whole address, is not https, or holds a user name; or an
			 * expression in _Environment_ gave something else.
			 * @cure Enter the whole address, such as `https://api.example.com`; choose one of the three environments.
			 */
			[NOTHING_SENT]:
				"Nothing was sent. 'Base URL' must be a whole address that begins with https:// (or http:// on n8n's own machine), without a user name; 'Environment' must be Production, Sandbox or Custom.",
		}),
	};
}
