import { byHand, byId, chosen, node, VIEWPORT, type Editor } from '../support/editor.ts';
import { picture } from '../support/picture.ts';
import { execute, output, scrollTo } from '../support/panel.ts';

const USER = '1259ef6e-61ee-42cb-b6bd-7fe547569d7c';

const call = {
	integrationId: chosen('int_entrata_1', 'Lakeview Entrata (Entrata)'),
	leadId: chosen('lead_2', 'Dana Brooks (dana.brooks2@example.com)'),
	eventKind: 'call',
	eventTypeId: chosen('etype_16', 'Incoming Call'),
	eventDatetime: '2026-03-02T10:15:00',
	notes: 'Asked for a two-bedroom with parking',
	callPhoneNumberFrom: '+1 512 555 0100',
	callPhoneNumberTo: '+1 512 555 0199',
	callStatus: 'ANSWER',
	callDuration: 184,
	callAudioLink: 'https://example.com/calls/123.mp3',
};

/** What a step gives, and what the user is told when it does not succeed. */
export function running(editor: () => Editor): void {
	it('shows how the call ended, and the call is there', async () => {
		const parameters = { ...call, options: { waitForResult: true } };
		const page = await editor().open([byHand(), node('propexo', 'Propexo', parameters)], 'Propexo');
		await execute(page);
		await output(page).getByText('Schema', { exact: true }).click();
		const told = output(page).getByTestId('run-data-schema-item');
		// All that was sent comes back; closed, it leaves room for what is new.
		await told
			.filter({ hasText: /^data$/ })
			.locator('.toggle')
			.click();
		await told.filter({ hasText: /write_status\s*SUCCESS/ }).waitFor();
		await page.setViewportSize({ width: VIEWPORT.width, height: 940 });
		await scrollTo(page, 'Integration');
		await picture(page, 'run-propexo');
		await page.setViewportSize(VIEWPORT);
		expect(editor().emulator.propexo.ledger.created.map(({ body }) => body)).toEqual([
			{
				integration_id: 'int_entrata_1',
				lead_id: 'lead_2',
				event_type_id: 'etype_16',
				event_datetime: '2026-03-02T09:15:00-07:00',
				notes: 'Asked for a two-bedroom with parking',
				call_phone_number_from: '+1 512 555 0100',
				call_phone_number_to: '+1 512 555 0199',
				call_status: 'ANSWER',
				call_duration: 184,
				call_audio_link: 'https://example.com/calls/123.mp3',
			},
		]);
	});

	it('shows what RentEngine answered, and the prospect is assigned', async () => {
		const parameters = { prospectId: byId(1001), assignedToUserIds: [USER] };
		const page = await editor().open(
			[byHand(), node('rentEngine', 'RentEngine', parameters)],
			'RentEngine',
		);
		await execute(page);
		await output(page).getByText('event_type', { exact: true }).first().waitFor();
		await picture(page, 'run-rentengine');
		expect(editor().emulator.rentEngine.ledger.created).toHaveLength(1);
	});

	it('names the field and the way out of a value that cannot be sent, and sends nothing', async () => {
		const parameters = { ...call, callAudioLink: 'recording 17' };
		const page = await editor().open([byHand(), node('propexo', 'Propexo', parameters)], 'Propexo');
		await execute(page);
		const message = output(page).getByTestId('node-error-message');
		await message.waitFor();
		await scrollTo(page, 'Event Type');
		await picture(page, 'run-invalid');
		expect(await message.innerText()).toMatch(/'Call Audio Link'/);
		expect(editor().emulator.propexo.ledger.created).toEqual([]);
	});

	it('runs with a kind by expression, and says when the expression gives none', async () => {
		const parameters = { ...call, eventKind: '={{ $json.kind }}', callStatus: '' };
		const page = await editor().open([byHand(), node('propexo', 'Propexo', parameters)], 'Propexo');
		await execute(page);
		const message = output(page).getByTestId('node-error-message');
		expect(await message.innerText()).toMatch(/'Event Kind' is empty/);
	});

	it('shows the reason in the service’s own words when it refuses', async () => {
		const parameters = { ...call, leadId: byId('lead_of_nobody') };
		const page = await editor().open([byHand(), node('propexo', 'Propexo', parameters)], 'Propexo');
		await execute(page);
		const message = output(page).getByTestId('node-error-message');
		await message.waitFor();
		await picture(page, 'run-refused');
		expect(await message.innerText()).toMatch(/Propexo refused it \(HTTP 400\): .*lead/i);
		expect(await output(page).innerText()).not.toContain('propexo-demo-token');
	});

	it('says that nobody knows whether the event exists when the answer was lost', async () => {
		editor().emulator.propexo.faults.add({ match: { method: 'POST' }, status: 500, write: true });
		const page = await editor().open([byHand(), node('propexo', 'Propexo', call)], 'Propexo');
		await execute(page);
		const message = output(page).getByTestId('node-error-message');
		await message.waitFor();
		await picture(page, 'run-unknown');
		expect(await message.innerText()).toMatch(/unknown|may or may not|not known/i);
		expect(editor().emulator.propexo.ledger.created).toHaveLength(1);
	});
}
