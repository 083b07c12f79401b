import { setTimeout as sleep } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';

import type { Emulator, Fault, LedgerCreation, LedgerRequest } from '../../../../emulator/index.ts';
import type { RunResult } from '../engine.ts';
import type { ServiceName } from '../service.ts';
import type { Services, Settings } from '../services.ts';

/** The parts of an emulated API that the tests of the delivery use. */
export interface Emulated {
	url: string;
	ledger: { requests: LedgerRequest[]; created: LedgerCreation[]; listen: Listen };
	faults: { add(fault: Fault): { used: number }; clear(): void };
	settings: { limit: number; windowMs: number; latencyMs: number; retryAfter: boolean };
	down(): Promise<void>;
	up(): Promise<void>;
}

type Listen = (listener: (row: LedgerRequest) => void) => () => void;

/** An event in the list in which a look-up looks. */
export interface ListedEvent {
	id: number;
	/** The person of the event, by `itemAt`. */
	index: number;
	/** When it was created by the clock of the service, epoch ms. */
	at: number;
}

/** One operation that creates something, in a form that the tests of all services can use. */
export interface Driven {
	service: ServiceName;
	/** As users know it. */
	title: string;
	emulated(emulator: Emulator): Emulated;
	/** Creates one event per item; items come from `itemAt`. */
	run(services: Services, parameters: IDataObject, settings: Settings): Promise<RunResult>;
	/** The parameters of a run over such items, with these options; `notes` may be another expression. */
	parameters(options: IDataObject, notes?: string): IDataObject;
	/** The field that names the person of an event, and the ID of the first person, counted from 1. */
	person: { field: string; first: string | number };
	/** The ID of a created event, in an output item; '' where the service tells none. */
	idIn(json: IDataObject): string;
	/** The list in which a look-up looks. */
	listPath: string;
	/** The reply of the list in which a look-up looks: these events, and none after them unless said so. */
	listing(rows: ListedEvent[], more?: boolean): IDataObject;
	/** A refusal for the form of a value: the service would say so at any time. */
	wrongForm: Fault;
	/** Points the credential to another address. */
	at(url: string): Settings & { credentials: Record<string, IDataObject> };
}

/** The notes of an item, as an expression. */
export const NOTES = '={{ $json.notes }}';

/** The mark of an item's event, by which it is found everywhere. */
export const markOf = (index: number): string => `mark-${String(index).padStart(5, '0')}.`;

/** An input item. */
export interface DrivenItem extends IDataObject {
	/** The mark of its event. */
	notes: string;
	/** The person, 1 to 20; each exists in every emulated API. */
	person: number;
}

/**
 * An input item. Of every three items in a row, two are of one person, so that their order matters.
 *
 * @param index position among the items
 */
export function itemAt(index: number): DrivenItem {
	const person = 1 + (index - (index % 3 === 1 ? 1 : 0));
	return { notes: `Asked for parking, ${markOf(index)}`, person: (person % 20) + 1 };
}

export const itemsOf = (count: number): DrivenItem[] =>
	Array.from({ length: count }, (_, index) => itemAt(index));

/** Long enough for every reply, however busy the machine, in ms. */
const LONG_MS = 300_000;

/** The option *Timeout* of items from `withTimeouts`, as an expression. */
export const TIMEOUT = '={{ $json.timeout }}';

/** The same items. Only those whose reply never comes are given up soon, by their positions, in ms. */
export const withTimeouts = (items: DrivenItem[], of: (index: number) => number | undefined): DrivenItem[] =>
	items.map((item, index) => ({ ...item, timeout: of(index) ?? LONG_MS }));

/** Waits until something is true, at most for some minutes. */
export async function until(holds: () => boolean): Promise<void> {
	for (const end = Date.now() + 600_000; !holds(); await sleep(5)) {
		if (Date.now() > end) throw new Error(`Waited in vain until ${holds.toString()}`);
	}
}

/** A fault for the requests that write what one item says. */
export const faultFor = (index: number, fault: Fault): Fault => ({
	match: { bodyIncludes: markOf(index) },
	...fault,
});
