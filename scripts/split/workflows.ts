import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './files.ts';
import type { Part } from './parts.ts';

/** The workflows of one service alone, whose files begin with its name, and the one that tells of the runs of others. */
export function workflowsOf(root: string, { service }: Part): string[] {
	return filesBelow(root, 'workflows').filter(
		(path) =>
			path.startsWith(`workflows/${service.toLowerCase()}-`) || path === 'workflows/run-failed.json',
	);
}

/** What the README of the whole package says of workflows: rows of its table. */
export function rowsOf(root: string, workflows: string[]): string[] {
	const lines = readFileSync(join(root, 'README.md'), 'utf8').split('\n');
	return workflows.map((path) => {
		const row = lines.find((line) => line.startsWith('|') && line.includes(`](${path})`));
		if (row === undefined) throw new Error(`README.md does not tell what ${path} does`);
		return row.replace(/ +/g, ' ');
	});
}
