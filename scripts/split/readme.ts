import type { Part } from './parts.ts';

/** What the README says of a node, as the node itself declares it. */
export interface NodeFacts {
	displayName: string;
	description: string;
	/** "Lead Event" → its operations, or "Events" of a trigger. */
	offers: Array<{ what: string; choices: string[] }>;
}

/** An option of a property, as far as it is looked at here. */
interface Choice {
	name: string;
	value: unknown;
}

/** A node's description, as far as it is looked at here. */
export interface Description {
	displayName: string;
	description: string;
	properties: Array<{
		displayName: string;
		name: string;
		options?: unknown[];
		displayOptions?: { show?: Record<string, unknown[] | undefined> };
	}>;
}

/** Reads from a node's own description what it offers. */
export function factsOf({ displayName, description, properties }: Description): NodeFacts {
	const choices = (options: unknown[] | undefined): Choice[] => (options ?? []) as Choice[];
	const resources = choices(properties.find(({ name }) => name === 'resource')?.options);
	const operations = properties.filter(({ name }) => name === 'operation');
	const events = properties.find(({ name }) => /^(events?|triggers?|triggerOn)$/.test(name));
	const ofResources = resources.map(({ name, value }) => ({
		what: name,
		choices: operations
			.filter(({ displayOptions }) => displayOptions?.show?.resource?.includes(value))
			.flatMap(({ options }) => choices(options).map((choice) => choice.name)),
	}));
	const ofTrigger = events
		? [{ what: events.displayName, choices: choices(events.options).map((choice) => choice.name) }]
		: [];
	return { displayName, description, offers: [...ofResources, ...ofTrigger] };
}

const HOME = 'https://github.com/n8n-nodes-leasing-events/n8n-nodes-leasing-events';

const TOKENS: Record<Part['service'], string> = {
	Propexo:
		'Ask Propexo, or create an API token in its dashboard. In n8n create a credential *Propexo API*, choose *Production* or *Sandbox*, and paste the token.',
	RentEngine:
		"Open *Developer Portal* at <https://app.rentengine.io/developer/portal>, choose *Create New API Key* and copy it at once: it is shown only then. It has all rights of the user who makes it. In n8n create a credential *RentEngine API* and paste the key. *Webhook Secret* is needed by the trigger alone: what RentEngine's portal shows as the key of the webhook.",
};

function row({ displayName, description, offers }: NodeFacts): string {
	const what = offers.map(({ what: name, choices }) => `*${name}*: ${choices.join(', ')}`).join('<br>');
	return `| **${displayName}** | ${description} | ${what || '–'} |`;
}

/** The README of one service's package: what n8n's verification asks for, and where the rest is told. */
export function readme(part: Part, nodes: NodeFacts[]): string {
	return `# ${part.packageName}

[n8n](https://n8n.io) community nodes that ${part.purpose}. Each event arrives **once**, within the rate limit, and
every item of your workflow ends with a clear answer: *created*, *refused*, *not sent*, or *unknown*.

## Installation

In n8n: *Settings → Community nodes → Install*, package name \`${part.packageName}\`.

## Nodes and operations

| Node | What it does | Operations |
|---|---|---|
${nodes.map(row).join('\n')}

## Credentials
<a id="getting-tokens"></a>

${TOKENS[part.service]}

The credential tests itself when you save it. A base URL must be https (or http on the machine n8n runs on).

## Usage

Put the node behind a Webhook node, choose the credential, and fill the fields with expressions. Set *Options →
Deduplication Key* to the ID that the event has where it comes from: delivered again, it is skipped. With *Options → If
Outcome Is Unknown → Look Up, Then Retry* the node asks ${part.service} itself after a time-out whether the event exists.

- A wrong value in one item means, with *Stop Workflow* on error, that nothing was sent; the message names item and field.
- Only what provably did not happen is sent again: too many requests, no connection.
- *Retry On Fail* and *Retry execution* go on where they stopped.
- The rate limit is kept across all executions of one token in a process.

What exactly happens when something goes wrong, and how it is tested: [${HOME.split('/').at(-1)}](${HOME}/blob/main/docs/reliability.md).

## Compatibility

n8n 2.x. Which versions were run, and how: [compatibility](${HOME}/blob/main/docs/compatibility.md).

## Development

This package is written by \`npm run split\` in [the project it is part of](${HOME}); changes belong there.

\`\`\`sh
npm install
npm test           # build, types, lint, n8n's package scanner, unit and engine tests
npm run emulator   # the API on loopback, with a page that shows what arrived
\`\`\`

[CHANGELOG](CHANGELOG.md) · [MIT license](LICENSE)
`;
}
