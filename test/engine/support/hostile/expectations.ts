import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Emulator, LedgerRequest } from '../../../../emulator/index.ts';
import type { TestedService } from '../service.ts';
import { SERVICES } from '../service.ts';
import type { Stage } from './stage.ts';
import { UNREADABLE } from './values.ts';

/** JavaScript's words for a crash, and other words that must not be in a message. */
const CRASH =
	/\b(Type|Range|Reference|Syntax|URI)Error\b|is not a function|is not iterable|Cannot (read|convert|use|destructure|set|access)|Maximum call stack|Invalid (string|array) length|\bat \S+ \(?\S+:\d+:\d+/;

const LONGEST = 9_000;

const isReadable = (text: unknown): boolean =>
	typeof text === 'string' && text.length < LONGEST && !CRASH.test(text) && !UNREADABLE.test(text);

/** A message that a person can read, and that is not about a crash. */
export function expectReadable(text: unknown): void {
	expect({ text, isReadable: isReadable(text) }).toEqual({ text, isReadable: true });
}

/** No other host got a request, and no global was changed. */
export function expectNoHarm({ canary }: Pick<Stage, 'canary'>): void {
	expect(canary.visits).toEqual([]);
	const plain = {} as IDataObject;
	expect([plain.polluted, plain.a, Object.keys(Object.prototype)]).toEqual([undefined, undefined, []]);
}

/** How many requests the services got in all. */
export const requestsTo = (emulator: Emulator): number =>
	SERVICES.reduce((sum, { name }) => sum + emulator[name].ledger.requests.length, 0);

/** A failed item as the node reports it; undefined for any other output. */
export function reportIn({ json }: INodeExecutionData): { error: string; details: IDataObject } | undefined {
	const { error, details } = json as { error?: string; details?: IDataObject };
	return error !== undefined && details?.outcome !== undefined ? { error, details } : undefined;
}

/** Checks the output: rows, or one readable report that names the item. Gives the outcomes of the failed items. */
export function expectReports(success: INodeExecutionData[], count: number): string[] {
	const items = success.map(({ pairedItem }) => (pairedItem as { item: number }).item);
	expect(items).toEqual([...items].sort((a, b) => a - b));
	const reports = success.flatMap((output) => {
		const report = reportIn(output);
		return report ? [{ ...report, item: (output.pairedItem as { item: number }).item }] : [];
	});
	// One comparison for all of them: there are tens of thousands.
	const wrong = reports.filter(({ error, details, item }) => {
		const name = count === 1 ? '' : `Item ${item + 1} of ${count}: `;
		return !(
			error.startsWith(name) &&
			error.length >= name.length + 10 &&
			isReadable(error) &&
			isReadable(details.what_to_do) &&
			['not sent', 'refused', 'unknown'].includes(String(details.outcome))
		);
	});
	expect(wrong).toEqual([]);
	return reports.map(({ details }) => String(details.outcome));
}

/** An error as n8n shows it: made by the node, with a message that can be read. */
export function expectClearError(error: unknown, beginning: RegExp): void {
	expect(error instanceof NodeApiError || error instanceof NodeOperationError).toBe(true);
	const { message, description } = error as NodeApiError;
	expect(message).toMatch(beginning);
	expectReadable(message);
	expectReadable(description ?? '');
}

/** The addresses that requests may go to. */
export class Reach {
	private readonly paths = new Map<string, { pattern: RegExp; query: Set<string> }>();

	/** @param ids IDs that may be in a path only for the record that is meant */
	allow(requests: LedgerRequest[], ids: Set<string>): void {
		for (const { method, path, query } of requests) {
			const place = `${method} ${path
				.split('/')
				.map((part) => (ids.has(decodeURIComponent(part)) ? '*' : part))
				.join('/')}`;
			const pattern = new RegExp(`^${place.replace(/[.$]/g, '\\$&').replaceAll('*', '[^/?#]+')}$`);
			const known = this.paths.get(place) ?? { pattern, query: new Set<string>() };
			for (const key of Object.keys(query)) known.query.add(key);
			this.paths.set(place, known);
		}
	}

	/** There was no other request, none without the credential, and none with a header from the input. */
	expectKept(stage: Stage, service: TestedService): void {
		const places = [...this.paths.values()];
		const strayed = stage.asked(service).filter(({ method, path, query, headers, authorized }) => {
			const place = places.find(({ pattern }) => pattern.test(`${method} ${path}`));
			const isKnown = place && authorized && Object.keys(query).every((key) => place.query.has(key));
			return !isKnown || headers.authorization !== 'Bearer ***' || 'x-injected' in headers;
		});
		expect(strayed).toEqual([]);
	}
}
