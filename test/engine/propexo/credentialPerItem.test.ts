import { testCredentialPerItem } from '../delivery/credentialPerItem.ts';

describe('Propexo, with a credential of expressions', () => {
	testCredentialPerItem({
		service: 'propexo',
		credential: 'propexoApi',
		read: { resource: 'lead', operation: 'getAll' },
	});
});
