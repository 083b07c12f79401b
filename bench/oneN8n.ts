/**
 * Loaded before anything else (`node --import`): whoever asks for n8n's engine gets one and the same.
 *
 * n8n-workflow's ES module build does not load in Node, so its CommonJS build stands in for it. And the HTTP Request
 * node lives in an n8n of its own; with a second copy of the engine beside this one, errors of the one would be no
 * errors to the other.
 */
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const { resolve } = createRequire(import.meta.url);
const engine = new Map(['n8n-workflow', 'n8n-core'].map((name) => [name, pathToFileURL(resolve(name)).href]));

registerHooks({
	resolve(specifier, context, next) {
		const url = engine.get(specifier);
		return url === undefined ? next(specifier, context) : { url, format: 'commonjs', shortCircuit: true };
	},
});
