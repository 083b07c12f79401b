import type { INodePropertyOptions } from 'n8n-workflow';

import { WEBHOOK_MODELS } from '../../../../emulator/propexo/webhooks/models.ts';
import { TRIGGERS } from '../../../../emulator/propexo/webhooks/routes.ts';
import { PropexoTrigger } from '../../../../nodes/Propexo/PropexoTrigger.node';

const { description } = new PropexoTrigger();

function optionsOf(name: string): INodePropertyOptions[] {
	const found = description.properties.find((property) => property.name === name);
	return (found?.options ?? []) as INodePropertyOptions[];
}

const values = (name: string) => optionsOf(name).map(({ value }) => value);

describe('Propexo Trigger, what can be chosen', () => {
	it('is every event that Propexo can be asked for, and no other', () => {
		expect(values('triggers').sort()).toEqual([...TRIGGERS].sort());
	});

	it('is every type of record that Propexo knows, once, and any', () => {
		expect(values('model').sort()).toEqual(['', ...WEBHOOK_MODELS].sort());
	});

	it('shows types of records by name, those that most people want first', () => {
		const names = optionsOf('model').map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['Events of Leads', 'AP Codes', 'CRM Events']));
		const last = names.indexOf('Accounting Entities');
		for (const name of ['Any', 'Leads', 'Applicants', 'Residents', 'Events', 'Units', 'Properties'])
			expect(names.indexOf(name)).toBeLessThan(last);
	});
});
