import { setTimeout as sleep } from 'node:timers/promises';
import type { IExecuteFunctions, INodeExecutionData, INodeProperties, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { FIELDS } from '../events.ts';
import { IN_FLIGHT } from './target.ts';

const properties = FIELDS.map((name): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
}));

let free = IN_FLIGHT;
const waiting: Array<() => void> = [];

/** Limits the whole process to ten requests at a time, as this package's node does. */
async function oneOfTen<T>(work: () => Promise<T>): Promise<T> {
	if (free > 0) free--;
	else await new Promise<void>((resolve) => waiting.push(resolve));
	try {
		return await work();
	} finally {
		const next = waiting.shift();
		if (next) next();
		else free++;
	}
}

interface Response {
	statusCode: number;
	headers: Record<string, string>;
	body: { job_id: string };
}

/** Sends one event; after a 429 again, as soon as the service says. */
async function create(ctx: IExecuteFunctions, index: number): Promise<INodeExecutionData> {
	const body = Object.fromEntries(FIELDS.map((name) => [name, ctx.getNodeParameter(name, index)]));
	const { baseUrl } = await ctx.getCredentials('propexoApi', index);
	for (;;) {
		const {
			statusCode,
			headers,
			body: reply,
		} = (await oneOfTen(
			async () =>
				await ctx.helpers.httpRequestWithAuthentication.call(ctx, 'propexoApi', {
					method: 'POST',
					url: `${String(baseUrl)}/v1/events/leads`,
					body,
					json: true,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				}),
		)) as Response;
		if (statusCode !== 429) return { json: { job_id: reply.job_id }, pairedItem: { item: index } };
		await sleep(1_000 * Number(headers['x-ratelimit-reset-after'] ?? 1));
	}
}

/**
 * The most that any node with ten requests under way can do: it works out the expressions and sends by n8n's own helper.
 * It does not check, wait for the rate, remember or report anything.
 */
export const hostCeiling: INodeType = {
	description: {
		displayName: 'Host Ceiling',
		name: 'hostCeiling',
		group: ['output'],
		version: 1,
		description: 'Creates lead events in Propexo',
		defaults: { name: 'Host Ceiling' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'propexoApi', required: true }],
		properties,
	},
	async execute(this: IExecuteFunctions) {
		const output: INodeExecutionData[] = [];
		let next = 0;
		const count = this.getInputData().length;
		const worker = async () => {
			for (let index = next++; index < count; index = next++) output[index] = await create(this, index);
		};
		await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
		return [output];
	},
};
