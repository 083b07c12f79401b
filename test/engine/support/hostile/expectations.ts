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

/** A message that a person can read, and that is not about a crash. */
export function expectReadable(text: unknown): void {
	expect(typeof text).toBe('string');
	expect(text).not.toMatch(CRASH);
	expect(text).not.toMatch(UNREADABLE);
	expect((text as string).length).toBeLessThan(9_000);
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
	return success.flatMap((output) => {
		const report = reportIn(output);
		if (!report) return [];
		const { item } = output.pairedItem as { item: number };
		const { error, details } = report;
		expect(error).toMatch(
			count === 1 ? /^Item 1: .{10}/s : new RegExp(`^Item ${item + 1} of ${count}: .{10}`),
		);
		expectReadable(error);
		expectReadable(details.what_to_do);
		expect(['not sent', 'refused', 'unknown']).toContain(details.outcome);
		return [String(details.outcome)];
	});
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
		for (const { method, path, query, headers, authorized } of stage.asked(service)) {
			const asked = `${method} ${path}`;
			const place = [...this.paths.values()].find(({ pattern }) => pattern.test(asked));
			expect([asked, place !== undefined, authorized]).toEqual([asked, true, true]);
			expect(Object.keys(query).filter((key) => !place?.query.has(key))).toEqual([]);
			expect(headers.authorization).toBe('Bearer ***');
			expect(headers).not.toHaveProperty('x-injected');
		}
	}
}
