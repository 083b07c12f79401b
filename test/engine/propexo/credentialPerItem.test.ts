import { testCredentialPerItem } from '../support/read/credentialPerItem.ts';

describe('Propexo, with a credential of expressions', () => {
	testCredentialPerItem({
		service: 'propexo',
		credential: 'propexoApi',
		read: { resource: 'lead', operation: 'getAll' },
	});
});
