import type { FromAIArgument } from 'n8n-workflow';
import { traverseNodeParameters } from 'n8n-workflow';

/**
 * The arguments of a tool through which the model of an agent fills in a parameter: the keys of its `$fromAI`.
 *
 * @param written the parameter before n8n evaluates it, or several in an object
 */
export function argumentsIn(written: unknown): string[] {
	const calls: FromAIArgument[] = [];
	traverseNodeParameters(written, calls);
	return [...new Set(calls.map(({ key }) => key))];
}
