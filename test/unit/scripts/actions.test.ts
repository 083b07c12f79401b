import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..', '..');
const FOLDERS = ['.github/workflows', 'scripts/split/own/.github/workflows'];

const USES = FOLDERS.flatMap((folder) =>
	readdirSync(join(root, folder)).flatMap((file) =>
		[...readFileSync(join(root, folder, file), 'utf8').matchAll(/uses: *(.+)/g)].map(([, uses = '']) => ({
			file,
			uses,
		})),
	),
).filter(({ uses }) => !uses.startsWith('./'));

/** A tag can be moved to another commit; a commit cannot be changed. */
it.each(USES)('$file takes $uses by its commit, and names its version', ({ uses }) => {
	expect(uses).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/);
});

it('every workflow takes the same commit of an action', () => {
	const actions = [...new Set(USES.map(({ uses }) => uses))];
	const names = actions.map((uses) => uses.split('@')[0]);
	expect(names).toEqual([...new Set(names)]);
	expect(names.length).toBeGreaterThan(3);
});
