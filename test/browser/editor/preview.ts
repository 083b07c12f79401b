import { byHand, node, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';
import { input } from '../support/panel.ts';

/** What the next node can use before anything has run. */
export function preview(editor: () => Editor): void {
	it.each([
		['propexo', 'Propexo', {}, ['job_id', 'write_status', 'created_record_id']],
		['rentEngine', 'RentEngine', {}, ['id', 'event_type', 'prospect']],
		['propexo', 'Propexo', { resource: 'leadEvent', operation: 'get' }, ['id', 'event_name']],
		['propexo', 'Propexo', { resource: 'lead', operation: 'getAll' }, ['id', 'first_name']],
		['propexo', 'Propexo', { resource: 'writeJob', operation: 'getStatus' }, ['job_id', 'write_status']],
		['rentEngine', 'RentEngine', { resource: 'prospect', operation: 'getAll' }, ['id', 'phone']],
		['rentEngine', 'RentEngine', { resource: 'unit', operation: 'getAll' }, ['id', 'status']],
	])('can be mapped by the next node (%s %s %j)', async (type, name, parameters, fields) => {
		const nodes = [byHand(), node(type, name, parameters), node('n8n-nodes-base.noOp', 'Next')];
		const page = await editor().open(nodes, 'Next');
		const items = input(page).getByTestId('run-data-schema-item');
		for (const field of fields) {
			await items
				.filter({ hasText: new RegExp(`^\\s*${field}\\s*$`) })
				.first()
				.waitFor();
		}
		if (Object.keys(parameters).length === 0) await picture(page, `preview-${name.toLowerCase()}`);
	});
}
