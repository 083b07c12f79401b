/** The package of one service. A new service is one more entry of `parts`. */
export interface Part {
	/** Its folder below nodes/. Its folders below test/, its credential and its workflows are named after it. */
	service: string;
	/** The package it becomes; also the last part of its repository's address. */
	packageName: string;
	description: string;
	/** Begins the README. */
	purpose: string;
	/** How to get a token, for the README. */
	token: string;
	/** Keywords of package.json that only this service has. */
	keywords: string[];
	example: Example;
}

/** The worked example of a README: a workflow that begins with a webhook, and a delivery to it. */
export interface Example {
	/** One of the service's files in workflows/. */
	file: string;
	/** Path of its webhook. */
	path: string;
	/** What is posted to it. */
	body: Record<string, string | number>;
	/** What else the user chooses in the workflow, apart from the credential. */
	choose: string;
	/** What then happens. */
	result: string;
}

export const parts: Part[] = [
	{
		service: 'Propexo',
		packageName: 'n8n-nodes-propexo',
		description:
			'n8n nodes that record leasing events through Propexo: once, correctly, and within the rate limit',
		purpose:
			'tell the property management system (Entrata, Yardi, RealPage, ResMan, MRI, Rent Manager and others), through **Propexo**, what happened with a lead: a call, an email, a tour',
		token: 'Ask Propexo, or create an API token in its dashboard. In n8n create a credential *Propexo API*, choose *Production* or *Sandbox*, and paste the token.',
		keywords: ['propexo', 'multifamily'],
		example: {
			file: 'propexo-call-log.json',
			path: 'call-ended',
			body: {
				call_id: 'call-4711',
				integration_id: 'the ID of your integration',
				event_type: 'Incoming Call',
				phone: '+1 512 555 0123',
				from: '+1 512 555 0123',
				to: '+1 512 555 0199',
				status: 'ANSWER',
				seconds: 184,
				recording: 'https://phone.example.com/recordings/4711.mp3',
				at: '2026-03-01T14:30:00-06:00',
			},
			choose: "In **Tell a person** enter the address of your chat's incoming webhook.",
			result: '`event_type` is for Entrata, MRI and RealPage Exchange; the others want an `event_name`, such as `CallFromProspect` for Yardi, which also wants an `agent`. The workflow finds the lead by the number, records the call and answers `{"recorded":true,"repeated":false,…}` with the ID of the record in Propexo, where the property management system tells one. The same `call_id` again is answered with `"repeated":true`, and nothing is recorded twice.',
		},
	},
	{
		service: 'RentEngine',
		packageName: 'n8n-nodes-rentengine',
		description:
			'n8n nodes that record leasing events in RentEngine: once, correctly, and within the rate limit',
		purpose: 'assign prospects in **RentEngine** to leasing agents and record what happened with them',
		token: "Open *Developer Portal* at <https://app.rentengine.io/developer/portal>, choose *Create New API Key* and copy it at once: it is shown only then. It has all rights of the user who makes it. In n8n create a credential *RentEngine API* and paste the key. *Webhook Secret* is needed by the trigger alone: what RentEngine's portal shows as the key of the webhook.",
		keywords: ['rentengine'],
		example: {
			file: 'rentengine-missed-call.json',
			path: 'missed-call',
			body: {
				call_id: 'call-4711',
				status: 'missed',
				from: '+1 512 555 0123',
				at: '2026-03-01T14:30:00-06:00',
			},
			choose: "In **Assign the next agent** choose the agents who take turns; in **Tell a person** enter the address of your chat's incoming webhook.",
			result: 'The workflow finds the newest prospect with the number and assigns it to the agent whose turn it is. The same `call_id` again assigns nobody.',
		},
	},
];

/** All services except one. */
export const othersThan = (part: Part): Part[] => parts.filter((other) => other !== part);
