import { join } from 'node:path';

const { unindented } = jest.requireActual<{ unindented(code: string): string }>(
	join(__dirname, '..', '..', '..', 'scripts', 'unindent.cjs'),
);

it('compiled code loses its indentation, and no text that it holds a blank', () => {
	const code = [
		'function told(name) {',
		'    if (name)',
		'        return `Dear ${name',
		'            .trim()},',
		'    welcome ${`to',
		'        a ${name}`}',
		'    home`;',
		'}',
	];
	expect(unindented(code.join('\n')).split('\n')).toEqual([
		'function told(name) {',
		'if (name)',
		'return `Dear ${name',
		'.trim()},',
		'    welcome ${`to',
		'        a ${name}`}',
		'    home`;',
		'}',
	]);
});
