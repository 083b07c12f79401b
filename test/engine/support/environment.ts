import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { types } from 'node:util';

/**
 * n8n-core keeps a settings file in its user folder and logs to the console. Both are set up here, so this
 * module has to be imported before n8n-core.
 */
const userFolder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';

afterAll(() => rmSync(userFolder, { recursive: true, force: true }));

/**
 * Jest gives each test file globals of its own, so that errors made by Node itself (an AbortError, a refused
 * connection) are no `instanceof Error` there. n8n runs without such a wall; this takes it down.
 */
Object.defineProperty(Error, Symbol.hasInstance, {
	value(this: unknown, value: unknown): boolean {
		const inherits = Function.prototype[Symbol.hasInstance].call(this, value);
		return inherits || (this === Error && types.isNativeError(value));
	},
});
