/**
 * Loaded before anything else (`node --import`): everything gets the same copy of n8n's engine.
 *
 * n8n-workflow's ES module build does not load in Node, so its CommonJS build is used. The HTTP Request node comes from
 * another n8n. With a second copy of the engine, `instanceof` would not recognise the errors of the first.
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
