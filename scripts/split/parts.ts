/** One service of the house, as a package of its own. */
export interface Part {
	/** Its folder below nodes/, and how its regions are named. */
	service: 'Propexo' | 'RentEngine';
	/** The package it becomes; also the last part of its repository's address. */
	packageName: string;
	description: string;
	/** Begins the README. */
	purpose: string;
	/** Words that only a test of this service uses. */
	words: RegExp;
	/** Keywords of the whole package that are not this service's. */
	foreignKeywords: string[];
}

export const parts: Part[] = [
	{
		service: 'Propexo',
		packageName: 'n8n-nodes-propexo',
		description:
			'n8n nodes that record leasing events through Propexo: once, correctly, and within the rate limit',
		purpose:
			'tell the property management system (Entrata, Yardi, RealPage, ResMan, MRI, Rent Manager and others), through **Propexo**, what happened with a lead: a call, an e-mail, a tour',
		words: /propexo|lead ?event/i,
		foreignKeywords: ['rentengine'],
	},
	{
		service: 'RentEngine',
		packageName: 'n8n-nodes-rentengine',
		description:
			'n8n nodes that record leasing events in RentEngine: once, correctly, and within the rate limit',
		purpose: 'assign prospects in **RentEngine** to leasing agents and record what happened with them',
		words: /rent ?engine|leasing ?event\b/i,
		foreignKeywords: ['propexo', 'multifamily'],
	},
];

/** All services but one. */
export const othersThan = (part: Part): Part[] => parts.filter((other) => other !== part);
