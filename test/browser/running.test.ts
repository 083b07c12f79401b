import { byHand, byId, node, openEditor, picture, type Editor } from './support/editor.ts';
import { execute, field, input, listed, openList, output, searchList } from './support/panel.ts';

let editor: Editor;

beforeAll(async () => {
	editor = await openEditor();
});

afterAll(() => editor?.close());
beforeEach(() => editor.emulator.reset());

const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';

const general = { integrationId: byId('int_any'), leadId: byId('lead_2'), notes: 'Asked for parking' };

describe('choosing from a list', () => {
	it('finds the lead by a part of the name, among the leads of the chosen integration', async () => {
		const page = await editor.open([byHand(), node('propexo', 'Propexo')], 'Propexo');
		await openList(page, 'integrationId');
		const integration = 'Lakeview Entrata (Entrata)';
		expect(await searchList(page, 'entrata', [integration])).toEqual([integration]);
		await picture(page, 'choose-integration');
		await page.getByTestId('rlc-item').filter({ hasText: integration }).click();

		await openList(page, 'leadId');
		await page.getByTestId('rlc-search').filter({ visible: true }).fill('brooks');
		const lead = page
			.getByTestId('rlc-item')
			.filter({ visible: true, hasText: 'dana.brooks2@example.com' });
		await lead.waitFor();
		for (const entry of await listed(page)) expect(entry).toMatch(/brooks/i);
		await picture(page, 'choose-lead');
		await lead.click();
		const chosen = page.getByTestId('resource-locator-leadId').getByTestId('rlc-input');
		expect(await chosen.inputValue()).toMatch(/^Dana Brooks/);
	});

	it('finds the prospect by phone number', async () => {
		const page = await editor.open([byHand(), node('rentEngine', 'RentEngine')], 'RentEngine');
		await openList(page, 'prospectId');
		await page.getByTestId('rlc-item').filter({ visible: true }).first().waitFor();
		const phone = editor.emulator.rentEngine.data.prospects.get('1001')?.phone;
		await page.getByTestId('rlc-search').filter({ visible: true }).fill(String(phone));
		const prospect = page.getByTestId('rlc-item').filter({ visible: true, hasText: '#1001' });
		await prospect.waitFor();
		await picture(page, 'choose-prospect');
		await prospect.click();
	});

	it('says in the list what is wrong when the service cannot be read', async () => {
		editor.emulator.propexo.faults.add({
			status: 401,
			body: { detail: 'Invalid token' },
			times: Infinity,
		});
		const page = await editor.open([byHand(), node('propexo', 'Propexo')], 'Propexo');
		await page.getByTestId('resource-locator-integrationId').getByTestId('rlc-input').click();
		const message = page.getByTestId('rlc-error-container').filter({ visible: true });
		await message.waitFor();
		await picture(page, 'choose-refused');
		expect(await message.innerText()).not.toContain('propexo-demo-token');
	});
});

describe('the output before the first run', () => {
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
		const page = await editor.open(nodes, 'Next');
		const items = input(page).getByTestId('run-data-schema-item');
		for (const field of fields) {
			await items
				.filter({ hasText: new RegExp(`^\\s*${field}\\s*$`) })
				.first()
				.waitFor();
		}
		if (Object.keys(parameters).length === 0) await picture(page, `preview-${name.toLowerCase()}`);
	});
});

describe('running one step', () => {
	it('shows what Propexo answered, and the event is there', async () => {
		const page = await editor.open([byHand(), node('propexo', 'Propexo', general)], 'Propexo');
		await execute(page);
		await output(page).getByText('job_id', { exact: true }).first().waitFor();
		await picture(page, 'run-propexo');
		expect(editor.emulator.propexo.ledger.created.map(({ body }) => body)).toEqual([
			{ integration_id: 'int_any', lead_id: 'lead_2', notes: 'Asked for parking' },
		]);
	});

	it('shows what RentEngine answered, and the prospect is assigned', async () => {
		const parameters = { prospectId: byId(1001), assignedToUserIds: USER };
		const page = await editor.open(
			[byHand(), node('rentEngine', 'RentEngine', parameters)],
			'RentEngine',
		);
		await execute(page);
		await output(page).getByText('event_type', { exact: true }).first().waitFor();
		await picture(page, 'run-rentengine');
		expect(editor.emulator.rentEngine.ledger.created).toHaveLength(1);
	});

	it('names the field and the way out of a value that cannot be sent, and sends nothing', async () => {
		const parameters = {
			...general,
			eventKind: 'call',
			callPhoneNumberFrom: '+1 512 555 0100',
			callPhoneNumberTo: '+1 512 555 0199',
			callStatus: 'ANSWER',
			callDuration: 90,
			callAudioLink: 'recording 17',
		};
		const page = await editor.open([byHand(), node('propexo', 'Propexo', parameters)], 'Propexo');
		await execute(page);
		const message = output(page).getByTestId('node-error-message');
		await message.waitFor();
		await picture(page, 'run-invalid');
		expect(await message.innerText()).toMatch(/'Call Audio Link'/);
		expect(editor.emulator.propexo.ledger.created).toEqual([]);
	});

	it('shows the reason in the service’s own words when it refuses', async () => {
		editor.emulator.propexo.faults.add({
			match: { method: 'POST' },
			status: 404,
			body: { detail: 'Lead not found' },
		});
		const page = await editor.open([byHand(), node('propexo', 'Propexo', general)], 'Propexo');
		await execute(page);
		const message = output(page).getByTestId('node-error-message');
		await message.waitFor();
		await picture(page, 'run-refused');
		expect(await message.innerText()).toMatch(/Propexo/);
		expect(await output(page).innerText()).not.toContain('propexo-demo-token');
	});

	it('says that nobody knows whether the event exists when the answer was lost', async () => {
		editor.emulator.propexo.faults.add({ match: { method: 'POST' }, status: 500, write: true });
		const page = await editor.open([byHand(), node('propexo', 'Propexo', general)], 'Propexo');
		await execute(page);
		const message = output(page).getByTestId('node-error-message');
		await message.waitFor();
		await picture(page, 'run-unknown');
		expect(await message.innerText()).toMatch(/unknown|may or may not|not known/i);
		expect(editor.emulator.propexo.ledger.created).toHaveLength(1);
	});
});

describe('the credential', () => {
	const CASES: Array<[type: string, name: string, token: string, verdict: string, shown: RegExp]> = [
		['propexo', 'Propexo', 'propexo-demo-token', 'accepted', /Connection tested successfully/],
		['propexo', 'Propexo', 'not-the-token', 'refused', /Couldn.t connect with these settings/],
		['rentEngine', 'RentEngine', 'rentengine-demo-token', 'accepted', /Connection tested successfully/],
		['rentEngine', 'RentEngine', 'not-the-token', 'refused', /Couldn.t connect with these settings/],
	];

	it.each(CASES)(
		'of %s %s says whether the token %s is taken',
		async (type, name, token, verdict, shown) => {
			const page = await editor.open([byHand(), node(type, name)], name);
			await page.getByTestId('credential-edit-button').click();
			const modal = page.getByTestId('editCredential-modal');
			const input = modal.getByTestId('parameter-input-token').locator('input');
			await input.fill(token);
			await modal.getByTestId('credential-save-button').click();
			await modal.getByText(shown).first().waitFor();
			await picture(modal, `credential-${name.toLowerCase()}-${verdict}`);
			expect(await modal.innerText()).not.toContain(token);
			// What the other tests use is right again.
			await input.fill(`${type.toLowerCase()}-demo-token`);
			await modal.getByTestId('credential-save-button').click();
			await modal.getByText(/Connection tested successfully/).waitFor();
		},
	);
});

describe('as a tool of an AI agent', () => {
	it('offers the same operations, and lets the model fill in fields', async () => {
		const tool = node('propexoTool', 'Propexo', { eventKind: 'email' });
		const page = await editor.open([tool], 'Propexo');
		await field(page, 'notes').waitFor();
		await picture(page, 'tool-propexo');
	});
});
