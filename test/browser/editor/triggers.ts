import { node, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';
import { field, fieldsWhenLike, parameters, shownFields } from '../support/panel.ts';

const hook = (type: string, name: string, parameters: Record<string, unknown> = {}) =>
	node(type, name, parameters, {
		webhookId: `9d3c0000-3333-4a4e-9d3c-${name.length.toString().padStart(12, '0')}`,
	});

/** The panels of the triggers. */
export function triggers(editor: () => Editor): void {
	describe('the Propexo Trigger', () => {
		it('starts with failed writes of all integrations, without more to fill in', async () => {
			const page = await editor().open([hook('propexoTrigger', 'Propexo Trigger')], 'Propexo Trigger');
			const expected = ['Events', 'Integration Names or IDs'];
			expect(await fieldsWhenLike(page, expected)).toEqual(expected);
			expect(await field(page, 'triggers').innerText()).toContain('Write Failed or Partly Failed');
			await picture(page, 'trigger-propexo');
		});

		it('asks for a type of record when it is to hear of records', async () => {
			const trigger = hook('propexoTrigger', 'Propexo Trigger', { triggers: ['DATA_NEW'] });
			const page = await editor().open([trigger], 'Propexo Trigger');
			const expected = ['Events', 'Record Type', 'Simplify', 'Integration Names or IDs'];
			expect(await fieldsWhenLike(page, expected)).toEqual(expected);
		});

		it('offers the integrations by name', async () => {
			const page = await editor().open([hook('propexoTrigger', 'Propexo Trigger')], 'Propexo Trigger');
			// While n8n loads the list, the control is disabled; then its box for typing lies over it.
			await field(page, 'integrationIds').locator('input:enabled:not([readonly])').click();
			const option = page.getByRole('option').filter({ visible: true, hasText: 'Lakeview Entrata' });
			await option.waitFor();
			expect(await option.count()).toBe(1);
		});
	});

	describe('the RentEngine Trigger', () => {
		it('tells how the webhook is entered in RentEngine, which has no API for it', async () => {
			const page = await editor().open(
				[hook('rentEngineTrigger', 'RentEngine Trigger')],
				'RentEngine Trigger',
			);
			const notice = parameters(page).getByRole('alert').first();
			expect(await notice.innerText()).toMatch(
				/Developer Portal[^]*X-API-Key[^]*only what RentEngine sends to the test URL/,
			);
			const shown = await shownFields(page);
			expect(shown.slice(1)).toEqual([
				'Trigger On',
				'Event Types',
				'Other Event Types',
				'Include Edits',
			]);
			await picture(page, 'trigger-rentengine');
		});

		it('leaves out what belongs to leasing events when other events are chosen', async () => {
			const trigger = hook('rentEngineTrigger', 'RentEngine Trigger', {
				triggerOn: ['prospectCreated'],
			});
			const page = await editor().open([trigger], 'RentEngine Trigger');
			const shown = await shownFields(page);
			expect(shown.slice(1)).toEqual(['Trigger On']);
		});

		it('shows the address that RentEngine is to call', async () => {
			const page = await editor().open(
				[hook('rentEngineTrigger', 'RentEngine Trigger')],
				'RentEngine Trigger',
			);
			await page.getByText('Webhook URLs', { exact: true }).click();
			const url = page.getByText(/^\s*https?:\/\/\S+\/webhook(-test)?\/\S+/).first();
			await url.waitFor();
			expect(await url.innerText()).toMatch(/\/webhook(-test)?\//);
		});
	});
}
