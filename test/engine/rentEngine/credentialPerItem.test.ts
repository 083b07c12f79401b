import { testCredentialPerItem } from '../support/read/credentialPerItem.ts';

describe('RentEngine, with a credential of expressions', () => {
	testCredentialPerItem({
		service: 'rentEngine',
		read: { resource: 'prospect', operation: 'getAll' },
	});
});
