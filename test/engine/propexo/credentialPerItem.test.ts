import { testCredentialPerItem } from '../support/read/credentialPerItem.ts';

describe('Propexo, with a credential of expressions', () => {
	testCredentialPerItem({
		service: 'propexo',
		read: { resource: 'lead', operation: 'getAll' },
	});
});
