import { parseArgs } from 'node:util';

/** What the bench was asked to do. */
export interface BenchArguments {
	help: boolean;
	/** Letters of the cases to run. */
	cases: string[];
	/** Small sizes, one round: shows that everything works, measures nothing. */
	quick: boolean;
}

export const USAGE = `Usage: npm run bench -- [options]

  --cases <letters>   run these alone, e.g. ad; their sections of the page are shown, and not written
  --quick             one round of a tenth of the items, to see that it works; the page is not written then
  --help

LEASING_EVENTS_N8N_DIR names the folder of the n8n that has the HTTP Request node, instead of .demo/n8n here.`;

/**
 * Reads the command line.
 *
 * @param letters of all cases
 * @throws TypeError for an option or a case that does not exist
 */
export function readArguments(args: string[], letters: string[]): BenchArguments {
	const { values } = parseArgs({
		args,
		options: {
			help: { type: 'boolean', default: false },
			quick: { type: 'boolean', default: false },
			cases: { type: 'string', default: letters.join('') },
		},
	});
	const cases = [...values.cases];
	const unknown = cases.filter((letter) => !letters.includes(letter));
	if (unknown.length > 0 || cases.length === 0)
		throw new TypeError(`--cases takes some of the letters ${letters.join('')}, and no others`);
	return { help: values.help, quick: values.quick, cases };
}
