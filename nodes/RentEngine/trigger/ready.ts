import type { IHookFunctions, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import { entriesOf, textOf } from '../../shared/json/text';
import { expectChoices } from '../../shared/fields/triggerFields';
import { NOT_READY, reject, warn } from '../../shared/webhook/incoming';
import { staysOn } from '../../shared/webhook/start';
import { ABOUT_OTHERS, EVENTS } from './events';
import { triggerProperties } from './fields';
import { secretOf } from './secret';

/*
 * What no webhook can be taken without: the secret of the credential, and the choices of the node.
 */

/** The events that are chosen, and the tables that are named. */
export function chosenIn(ctx: IHookFunctions | IWebhookFunctions) {
	const get = (name: string, separator?: RegExp) => entriesOf(ctx.getNodeParameter(name, ''), separator);
	return { triggerOn: get('triggerOn'), otherTables: get('otherTables', /[,;\s]/) };
}

const EVENT_VALUES = EVENTS.map(({ value }) => textOf(value));

/** What is wrong with the choices of the node: with them, no webhook could ever start the workflow. */
function wrongChoice(
	ctx: IHookFunctions | IWebhookFunctions,
): { message: string; description: string } | undefined {
	const { triggerOn, otherTables } = chosenIn(ctx);
	if (triggerOn.length === 0) {
		/**
		 * @cause _Trigger On_ is empty.
		 * @cure Choose at least one event and publish the workflow again.
		 */
		return {
			message: "No event is chosen in 'Trigger On'",
			description: 'Choose at least one event and publish the workflow again.',
		};
	}
	const unknown = triggerOn.find((event) => !EVENT_VALUES.includes(event));
	if (unknown !== undefined) {
		/**
		 * @cause An expression, or a workflow that was written elsewhere, names an event that the list does not have.
		 * @cure Choose from the list, or use the values that the message names.
		 */
		return {
			message: `'Trigger On' names an event that does not exist: '${unknown}'`,
			description: `Choose from the list, or let the expression give one of these: ${EVENT_VALUES.join(', ')}. Then publish the workflow again.`,
		};
	}
	if (otherTables.length > 0 || !ABOUT_OTHERS.some((event) => triggerOn.includes(event))) return undefined;
	/**
	 * @cause An event of other records is chosen, and no table is named.
	 * @cure Enter the names of the tables, or leave out the events of other records.
	 */
	return {
		message: "'Other Tables' is empty, and an event of other records is chosen",
		description:
			"Enter the names of the tables as RentEngine spells them, or take these events out of 'Trigger On'. Then publish the workflow again.",
	};
}

/** @throws a NodeOperationError when there is no secret, or the choices are wrong */
async function expectReady(ctx: IHookFunctions): Promise<void> {
	expectChoices(ctx, triggerProperties);
	const wrong = wrongChoice(ctx);
	if (wrong) throw new NodeOperationError(ctx.getNode(), wrong.message, { description: wrong.description });
	if ((await secretOf(ctx)) !== '') return;
	/**
	 * @cause The workflow is published, and the credential has no _Webhook Secret_.
	 * @cure Enter the API key that is set for the webhook in RentEngine's Developer Portal, and publish the workflow
	 * again.
	 */
	throw new NodeOperationError(ctx.getNode(), "The RentEngine credential holds no 'Webhook Secret'", {
		description:
			"Without it nobody can tell RentEngine's webhooks from forged ones, so none is accepted. Enter the API key that is set for the webhook in RentEngine's Developer Portal as 'Webhook Secret' and publish the workflow again.",
	});
}

/**
 * Checks when the workflow is published that there is a secret, and that the choices are right. When n8n starts, n8n's log
 * tells what is wrong: the webhook's address stays, and each webhook is answered as its own check says.
 *
 * @throws a NodeOperationError, shown in the editor
 */
export async function isReady(ctx: IHookFunctions): Promise<true> {
	await staysOn(ctx, async () => await expectReady(ctx));
	return true;
}

/**
 * The answer to a webhook that comes while a choice is wrong: it is not taken, so that RentEngine may send it again.
 * Undefined where the choices are right.
 */
export function rejectedWrongChoice(ctx: IWebhookFunctions): IWebhookResponseData | undefined {
	const wrong = wrongChoice(ctx);
	if (!wrong) return undefined;
	warn(
		ctx,
		/**
		 * @example A webhook was not accepted: No event is chosen in 'Trigger On'.
		 * @cause In n8n's log: a webhook came while a choice of the trigger was wrong, so that it could start nothing. It was
		 * answered with 503.
		 * @cure Correct the choice, and publish the workflow again.
		 */
		`A webhook was not accepted: ${wrong.message}.`,
	);
	return reject(ctx, NOT_READY);
}
