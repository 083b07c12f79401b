import { testCredentialPerItem } from '../delivery/credentialPerItem.ts';

describe('RentEngine, with a credential of expressions', () => {
	testCredentialPerItem({
		service: 'rentEngine',
		credential: 'rentEngineApi',
		read: { resource: 'prospect', operation: 'getAll' },
	});
});
