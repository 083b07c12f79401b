import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

/** Where an operation may leave traces. */
const FOLDERS = ['nodes', 'emulator', 'test', 'docs', 'scripts', 'workflows', 'bench', 'demo'];
const PAGES = ['README.md', 'CONTRIBUTING.md'];
const TEXT = /\.(ts|mjs|js|json|md)$/;

interface File {
	path: string;
	text: string;
}

const OWN = 'test/unit/docs/workedExample.test.ts';
/** The name of the resource, as code, constants, pages and links have it. */
const NAME = /\bapplicantEvents?\b|\bAPPLICANT_EVENT(S|_RULES)?\b|\bApplicant Events?\b|\bapplicant-event-/;
/** Files of other operations of the resource alone. */
const OTHERS = /applicantEvent[./](get|getAll|update)\./;

/** The files that belong to the creation of an applicant event. */
const holders = (files: File[]): string[] =>
	files
		.filter(
			({ path, text }) => path !== OWN && !OTHERS.test(path) && (NAME.test(path) || NAME.test(text)),
		)
		.map(({ path }) => path)
		.sort();

const read = (path: string): File => ({ path, text: readFileSync(join(root, path), 'utf8') });

const TREE: File[] = [
	...FOLDERS.flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.map((file) => join(folder, file))
			.filter((path) => TEXT.test(path) && !path.includes('node_modules')),
	),
	...PAGES,
].map(read);

/** The files that CONTRIBUTING.md lists. */
function listed(): string[] {
	const [, after = ''] = read('CONTRIBUTING.md').text.split(
		'### A worked example: `applicantEvent: create`',
	);
	const [section = ''] = after.split(/\n##+ /);
	return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, path = '']) => path).sort();
}

describe('The worked example, applicantEvent: create', () => {
	it('lists every file that knows of it', () => {
		expect(listed()).toEqual(holders(TREE));
	});

	it('takes at most nine files, of which three in nodes/', () => {
		const files = holders(TREE);
		expect(files).toContain('nodes/Propexo/resources/applicantEvent/create.ts');
		expect(files.length).toBeLessThanOrEqual(9);
		expect(files.filter((path) => path.startsWith('nodes/')).length).toBeLessThanOrEqual(3);
	});

	it.each<[File, boolean]>([
		[{ path: 'nodes/Propexo/jobs/lookUp.ts', text: "if (resource === 'applicantEvent')" }, true],
		[{ path: 'nodes/Propexo/resources/applicantEvent/fields.ts', text: '' }, true],
		[{ path: 'nodes/Propexo/resources/applicantEvent/create.ts', text: '' }, true],
		[{ path: 'nodes/Propexo/resources/applicantEvent/update.ts', text: 'applicantEvent' }, false],
		[{ path: 'emulator/propexo/service.ts', text: 'APPLICANT_EVENTS' }, true],
		[{ path: 'docs/scaling.md', text: 'An [Applicant Event](propexo.md#applicant-event-create)' }, true],
		[{ path: 'test/engine/propexo/applicantEvent.get.test.ts', text: 'applicantEvent' }, false],
		[{ path: 'nodes/Propexo/records/people.ts', text: 'applicant, APPLICANTS, leadEvent' }, false],
	])('counts what knows of it: %j', (file, counts) => {
		expect(holders([file])).toEqual(counts ? [file.path] : []);
	});
});
