import { codesIn, given, shipped } from '../support/shippedFiles.ts';

/*
 * How the shipped workflows cut a name that comes as one text into a first and a last name.
 */

/** The input of each workflow, with a name in it as its sender writes it. */
const INPUTS: Record<string, (name: string) => object> = {
	'propexo-calendly-tours.json': (name) => ({ body: { payload: { name } } }),
	'propexo-showmojo-tours.json': (name) => ({ body: { event: { showing: { name } } } }),
	'propexo-adf-lead.json': (name) => ({
		lead: { prospect: { customer: { contact: { name: { _: name, part: 'full' } } } } },
	}),
	'propexo-guest-cards.json': (Name) => ({ Name }),
};

const TOOLS = shipped.flatMap(({ file, nodes }) => {
	const input = INPUTS[file];
	const node = nodes.find(({ parameters }) => /\bname\b/i.test(String(parameters['lastName'])));
	return input && node ? [{ file, input, node }] : [];
});

it('are cut by four workflows', () => {
	expect(TOOLS.map(({ file }) => file).sort()).toEqual(Object.keys(INPUTS).sort());
});

describe.each(TOOLS)('$file', ({ input, node }) => {
	const cut = (name: string): unknown[] =>
		['firstName', 'lastName'].map((parameter) => {
			const [code = ''] = codesIn(String(node.parameters[parameter]));
			return given(code, { $json: input(name) });
		});

	it.each([
		['Nathan Fletcher', 'Nathan', 'Fletcher'],
		['Mary Ann Smith', 'Mary Ann', 'Smith'],
		['Maria de la Cruz', 'Maria', 'de la Cruz'],
		['Ludwig van der Berg', 'Ludwig', 'van der Berg'],
		['Ahmed Al Masri', 'Ahmed', 'Al Masri'],
		['Eva St. John', 'Eva', 'St. John'],
		['Maria del Carmen Lopez', 'Maria del Carmen', 'Lopez'],
		['Al Green', 'Al', 'Green'],
		['Van Nguyen', 'Van', 'Nguyen'],
		['de la Cruz, Maria', 'Maria', 'de la Cruz'],
		['John Smith Jr.', 'John', 'Smith Jr.'],
		['John Smith Junior', 'John', 'Smith Junior'],
		['Robert Junior', 'Robert', 'Junior'],
	])('cuts %s into %s and %s', (name, first, last) => expect(cut(name)).toEqual([first, last]));
});
