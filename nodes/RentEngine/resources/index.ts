import type { Resource } from '../../shared/operation';
import { create } from './leasingEvent/create';
import { getAll as getAllLeasingEvents } from './leasingEvent/getAll';
import { getAll as getAllProspects } from './prospect/getAll';
import { create as createShowing } from './showing/create';
import { getAvailability } from './showing/getAvailability';
import { getAll as getAllUnits } from './unit/getAll';

/** Everything the RentEngine node can do. */
export const resources: Resource[] = [
	{ value: 'leasingEvent', name: 'Leasing Event', operations: [create, getAllLeasingEvents] },
	{ value: 'prospect', name: 'Prospect', operations: [getAllProspects] },
	{ value: 'showing', name: 'Showing', operations: [getAvailability, createShowing] },
	{ value: 'unit', name: 'Unit', operations: [getAllUnits] },
];
