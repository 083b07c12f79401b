import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Session } from '../../../../../demo/rest.ts';
import type { N8nHome } from '../../../../../demo/n8n.ts';
import { executionsOf } from '../../../../support/executions.ts';
import { formsOf } from './marks.ts';

const holds = (text: string, forms: string[]): boolean => forms.some((form) => text.includes(form));

/** Every value of every table, one after the other, by the name of its column. */
function* valuesIn(file: string): Generator<[column: string, text: string]> {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
		for (const { name } of tables) {
			for (const row of database.prepare(`SELECT * FROM "${String(name)}"`).iterate()) {
				for (const [column, value] of Object.entries(row as Record<string, unknown>)) {
					const text =
						value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value);
					yield [`${String(name)}.${column}`, text];
				}
			}
		}
	} finally {
		database.close();
	}
}

/** The files of n8n's user folder, but for installed packages and the database, which is read by its tables. */
function filesOf(folder: string): string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesOf(path);
		return entry.isFile() && !/^database\.sqlite/.test(entry.name) ? [path] : [];
	});
}

/** What the editor asks n8n for. */
async function* answersOf(session: Session): AsyncGenerator<[path: string, text: string]> {
	const executions = await executionsOf(session);
	const workflows = await session.get<Array<{ id: string }>>('/workflows');
	const credentials = await session.get<Array<{ id: string }>>('/credentials');
	const paths = [
		'/executions?limit=100',
		'/workflows',
		'/credentials',
		'/settings',
		...workflows.map(({ id }) => `/workflows/${id}`),
		...credentials.map(({ id }) => `/credentials/${id}?includeData=true`),
		...executions.map(({ id }) => `/executions/${id}`),
	];
	for (const path of paths) yield [path, JSON.stringify(await session.get(path))];
}

/**
 * Looks for a text in all that n8n keeps and shows: its database, its user folder, its log, and the answers to the
 * editor. Gives the places, each once, without numbers.
 */
export async function placesOf(mark: string, home: N8nHome, session: Session): Promise<string[]> {
	const forms = formsOf(mark);
	const places = new Set<string>();
	for (const [column, text] of valuesIn(join(home.userFolder, '.n8n', 'database.sqlite'))) {
		if (holds(text, forms)) places.add(`database: ${column}`);
	}
	for (const file of [...filesOf(home.userFolder), home.log]) {
		if (holds(readFileSync(file, 'latin1'), forms))
			places.add(`file: ${relative(home.userFolder, file)}`);
	}
	for await (const [path, text] of answersOf(session)) {
		if (holds(text, forms)) places.add(`editor: ${path.replace(/\/\d+$/, '/…')}`);
	}
	return [...places].sort();
}
