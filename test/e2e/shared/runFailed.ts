import type { WorkflowFile } from '../../../demo/example.ts';
import { executionsOf, idle } from '../../support/executions.ts';
import { eventually } from '../../support/until.ts';
import { post } from '../support/instance.ts';
import { filledIn, type Shop } from '../support/shipped.ts';

/** A workflow that answers 200 and lets its run fail where a person has to know. */
const FAILING = 'propexo-calendly-tours.json';

export function runFailed(shop: Shop): void {
	it('tells a person of a run that failed, of which workflow it was and why, and leads there', async () => {
		const { activate, deactivate, publishFilled, instance, chat } = shop();
		const errorWorkflow = await activate('run-failed.json');
		// n8n publishes no workflow in which a record is still to be chosen.
		const failing = JSON.parse(
			JSON.stringify(filledIn(FAILING, { Calendly: { authentication: 'none' } })).replaceAll(
				'"mode":"list","value":""',
				'"mode":"id","value":"int_any"',
			),
		) as WorkflowFile;
		const settings = { ...failing.settings, errorWorkflow };
		const { id, webhook } = await publishFilled({ ...failing, settings });
		expect((await post(webhook, {})).status).toBe(200);
		await idle(instance.session, id);
		const [run] = await executionsOf(instance.session, id);
		await eventually(() =>
			expect(chat.said()).toEqual([
				expect.stringMatching(
					/^A run of "Propexo: Calendly → tours" failed: A tour of Calendly was not recorded: It names no event\.\nNode: Tell the team\nhttp/,
				),
			]),
		);
		expect(chat.said()[0]).toMatch(new RegExp(`/workflow/${id}/executions/${run?.id}$`));
		await deactivate(id);
		await deactivate(errorWorkflow);
	});
}
