import { vendorName } from '../../../nodes/Propexo/pms';
import { EVENT_CREATIONS } from './support/jobWrites.ts';

const nameOf = (vendor: string) => vendorName(vendor).replace(' (REST)', '');

describe.each(EVENT_CREATIONS)('Event Name and Event Type of $title', ({ job }) => {
	it.each(['eventName', 'eventTypeId'])('%s says in the panel which PMSs go by it', (name) => {
		const field = job.fields.find((one) => one.name === name);
		const rules = job.pms ?? {};
		const needing = Object.keys(rules).filter((vendor) => rules[vendor]?.required?.includes(name));
		for (const pms of Object.keys(rules).map(nameOf)) {
			const isNamed = new RegExp(`\\b${pms}(,| and|$)`).test(field?.hint ?? '');
			expect([pms, isNamed]).toEqual([pms, needing.map(nameOf).includes(pms)]);
		}
	});
});
