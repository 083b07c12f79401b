import type { Page } from 'playwright-core';
import { byHand, chosen, node, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';
import { fieldsWhenLike, item, scrollTo } from '../support/panel.ts';

/** The nodes that n8n makes of this package's for AI agents. */
export function tool(editor: () => Editor): void {
	/** Leaves a field to the model that runs the tool. */
	async function leaveToModel(page: Page, label: string): Promise<void> {
		await item(page, label).getByTestId('from-ai-override-button').click();
		await item(page, label).getByText('Defined automatically by the model').waitFor();
	}

	it('has the fields of the node, and the model can fill them in', async () => {
		const email = {
			eventKind: 'email',
			emailDirection: 'incoming',
			integrationId: chosen('int_entrata_1', 'Lakeview Entrata (Entrata)'),
		};
		const page = await editor().open([byHand(), node('propexoTool', 'Propexo', email)], 'Propexo');
		const expected = [
			'Tool Description',
			'Resource',
			'Operation',
			'Integration',
			'Lead',
			'Event Kind',
			'Event Type',
			'Event Date and Time',
			'Notes',
			'Email Direction',
			'Email From',
			'Email To',
			'Email Subject',
			'Email Body',
			'Email CC',
			'Email BCC',
			'Send Email',
			'Event ID in Your System',
			'Additional Fields',
			'Options',
		];
		expect(await fieldsWhenLike(page, expected)).toEqual(expected);
		await leaveToModel(page, 'Notes');
		await leaveToModel(page, 'Email Subject');
		await leaveToModel(page, 'Email Body');
		await scrollTo(page, 'Event Type');
		await picture(page, 'tool-propexo');
	});
}
