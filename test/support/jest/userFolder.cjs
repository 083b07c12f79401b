'use strict';

const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** n8n-core keeps a settings file in the user folder: all workers share one folder, which goes when Jest ends. */
module.exports = () => {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-engine-'));
	process.env.N8N_USER_FOLDER = folder;
	// When it is silent, n8n still looks for the caller of each line that it does not log; below a level it does not.
	process.env.N8N_LOG_LEVEL = 'error';
	process.env.N8N_LOG_OUTPUT = 'file';
	process.env.N8N_LOG_FILE_LOCATION = join(folder, 'n8n.log');
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
};
