import type { Part } from './parts.ts';

/** What the README says of a node, as the node itself declares it. */
export interface NodeFacts {
	displayName: string;
	description: string;
	/** "Lead Event" → its operations, or "Tables" of a trigger → their names. */
	offers: Array<{ what: string; choices: string[] }>;
}

/** The parts of a property's option that are used here. */
interface Choice {
	name: string;
	value: unknown;
}

/** The parts of a node's description that are used here. */
export interface Description {
	displayName: string;
	description: string;
	properties: Array<{
		displayName: string;
		name: string;
		type: string;
		options?: unknown[];
		displayOptions?: { show?: Record<string, unknown[] | undefined> };
	}>;
}

/** Reads from a node's own description what it offers. */
export function factsOf({ displayName, description, properties }: Description): NodeFacts {
	const choices = (options: unknown[] | undefined): Choice[] => (options ?? []) as Choice[];
	const resources = choices(properties.find(({ name }) => name === 'resource')?.options);
	const operations = properties.filter(({ name }) => name === 'operation');
	const ofResources = resources.map(({ name, value }) => ({
		what: name,
		choices: operations
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(value))
			.flatMap(({ options }) => choices(options).map((choice) => choice.name)),
	}));
	// A trigger has no operations: it offers the events that can start it.
	const ofTrigger = properties
		.filter(({ type, options = [] }) => type === 'multiOptions' && options.length > 0)
		.filter(({ name }, index, all) => all.findIndex((one) => one.name === name) === index)
		.map(({ displayName: what, options }) => ({
			what,
			choices: choices(options).map(({ name }) => name),
		}));
	return { displayName, description, offers: resources.length > 0 ? ofResources : ofTrigger };
}

/** The project that the packages are made from. */
export const HOME = 'https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events';

/** What the README tells of the package. */
export interface Contents {
	nodes: NodeFacts[];
	/** Paths of its workflows. */
	workflows: string[];
}

function row({ displayName, description, offers }: NodeFacts): string {
	const what = offers.map(({ what: name, choices }) => `*${name}*: ${choices.join(', ')}`).join('<br>');
	return `| **${displayName}** | ${description} | ${what || '–'} |`;
}

/** The README of one service's package: what n8n's verification requires, and links to the rest. */
export function readme(part: Part, { nodes, workflows }: Contents): string {
	const { file, choose } = part.example;
	return `# ${part.packageName}

[n8n](https://n8n.io) community nodes that ${part.purpose}. Each event arrives **once**, within the rate limit, and
every item of your workflow ends with a clear answer: *created*, *skipped*, *refused*, *not sent*, or *unknown*.

## Installation

In n8n: *Settings → Community nodes → Install*, package name \`${part.packageName}\`.

## Nodes and operations

| Node | What it does | Operations or events |
|---|---|---|
${nodes.map(row).join('\n')}

## Credentials
<a id="getting-tokens"></a>

${part.token}

## Usage

Put the node after a Webhook node, choose the credential, and fill the fields with expressions. Set *Event ID in
Your System* to the ID that the event has where it comes from: delivered again, it is skipped. With *Options → If
Outcome Is Unknown → Look Up, Then Report* the node asks ${part.service} itself after a timeout whether the event exists.

- A wrong value in one item means, with *Stop Workflow* on error, that nothing was sent; the message names item and field.
- Only what provably did not happen is sent again: too many requests, no connection.
- *Retry On Fail* and *Retry execution* go on where they stopped.

## Example

1. Import [\`workflows/${file}\`](workflows/${file}) (*⋯ → Import from file*) and choose the credential in its nodes. In its webhook make a _Header Auth_ credential
   (any name, such as \`X-Api-Key\`, and a long random value).
   ${choose}
2. Publish the workflow, and post what your phone system or CRM would post: [an example, and what then happens](WORKFLOWS.md#an-example).

More to start from: [${workflows.length} workflows](WORKFLOWS.md).

## Compatibility

n8n 2.x: [the versions that were tested](${HOME}/blob/main/docs/compatibility.md).

[CHANGELOG](CHANGELOG.md) · [Security](SECURITY.md) · [MIT license](LICENSE) · [the whole project](${HOME})
`;
}

/**
 * The page that tells what each workflow does, and shows how to call the one of the README. It is not in the README, which
 * is published with the code.
 *
 * @param rows of the table of workflows
 */
export const workflowsPage = ({ example }: Part, rows: string[]): string => `# Workflows to start from

Import one in n8n (*⋯ → Import from file*); notes on its canvas say what to fill in.

| File in [\`workflows/\`](workflows) | What it does |
|---|---|
${rows.join('\n')}

## An example

What a phone system or a CRM would post to [${example.file}](workflows/${example.file}):

\`\`\`sh
curl -X POST https://your-n8n.example.com/webhook/${example.path} \\
  -H 'content-type: application/json' -H 'X-Api-Key: your long random value' \\
  -d '${JSON.stringify(example.body, undefined, 2)}'
\`\`\`

${example.result}
`;
