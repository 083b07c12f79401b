import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');

/** Where an operation may leave code. */
const FOLDERS = ['nodes', 'emulator', 'test'];
const CODE = /\.(ts|mjs|js|json)$/;
const PAGE = /\.md$/;

interface File {
	path: string;
	text: string;
}

const OWN = 'test/unit/docs/workedExample.test.ts';
/** The name of the resource, as code, constants and pages have it. */
const NAME = /\bapplicantEvents?\b|\bAPPLICANT_EVENT(S|_RULES)?\b|\bApplicant Events?\b/;
/** Files of other operations of the resource alone. */
const OTHERS = /applicantEvent[./](get|getAll|update)\./;

/** The files of code that belong to the creation of an applicant event. Any page may speak of it. */
const holders = (files: File[]): string[] =>
	files
		.filter(
			({ path, text }) =>
				CODE.test(path) && path !== OWN && !OTHERS.test(path) && (NAME.test(path) || NAME.test(text)),
		)
		.map(({ path }) => path)
		.sort();

const read = (path: string): File => ({ path, text: readFileSync(join(root, path), 'utf8') });

/** Those of git, new ones too. */
const TREE: File[] = execFileSync(
	'git',
	['ls-files', '--cached', '--others', '--exclude-standard', '--', ...FOLDERS],
	{ cwd: root, encoding: 'utf8' },
)
	.split('\n')
	.filter((path) => CODE.test(path) && existsSync(join(root, path)))
	.map(read);

/** The files that CONTRIBUTING.md lists. */
function listed(): string[] {
	const [, after = ''] = read('CONTRIBUTING.md').text.split(
		'### A worked example: `applicantEvent: create`',
	);
	const [section = ''] = after.split(/\n##+ /);
	return [...section.matchAll(/^\| `([^`]+)`/gm)].map(([, path = '']) => path).sort();
}

describe('The worked example, applicantEvent: create', () => {
	it('lists every file of code that knows of it, and its pages', () => {
		const pages = listed().filter((path) => PAGE.test(path));
		expect(listed().filter((path) => !pages.includes(path))).toEqual(holders(TREE));
		expect(pages).toHaveLength(3);
		expect(pages.filter((path) => NAME.test(read(path).text))).toEqual(pages);
	});

	it('takes at most nine files, of which three in nodes/', () => {
		const files = listed();
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
		[{ path: 'docs/scaling.md', text: 'An [Applicant Event](propexo.md#applicant-event-create)' }, false],
		[{ path: 'test/engine/propexo/applicantEvent.get.test.ts', text: 'applicantEvent' }, false],
		[{ path: 'nodes/Propexo/records/people.ts', text: 'applicant, APPLICANTS, leadEvent' }, false],
	])('counts what knows of it: %j', (file, counts) => {
		expect(holders([file])).toEqual(counts ? [file.path] : []);
	});
});
