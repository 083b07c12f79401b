import { parseArgs } from 'node:util';
import { Failure } from './failure.ts';

/** What the demo was asked to do. */
export interface DemoArguments {
	once: boolean;
	fresh: boolean;
	help: boolean;
	ports: { n8n: number; propexo: number; rentEngine: number; page: number };
}

export const USAGE = `Usage: npm run demo -- [options]

  --once                    end after the table; exit code 1 if an event is missing
  --fresh                   start with an empty n8n (the installed one is kept)
  --n8n-port <port>         default 5678
  --propexo-port <port>     default 4710
  --rentengine-port <port>  default 4720
  --page-port <port>        the ledger page, default 4730
  --help

Everything is kept in .demo here, or in the folder that LEASING_EVENTS_DEMO_DIR names. n8n is installed into its
folder n8n, or into the folder that LEASING_EVENTS_N8N_DIR names, which several checkouts may share.`;

/**
 * Reads the command line.
 * @throws Failure naming what it does not know
 */
export function readArguments(args: string[]): DemoArguments {
	try {
		const { values } = parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				fresh: { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
				'n8n-port': { type: 'string', default: '5678' },
				'propexo-port': { type: 'string', default: '4710' },
				'rentengine-port': { type: 'string', default: '4720' },
				'page-port': { type: 'string', default: '4730' },
			},
		});
		const { once, fresh, help } = values;
		const ports = {
			n8n: readPort('n8n-port', values['n8n-port']),
			propexo: readPort('propexo-port', values['propexo-port']),
			rentEngine: readPort('rentengine-port', values['rentengine-port']),
			page: readPort('page-port', values['page-port']),
		};
		return { once, fresh, help, ports };
	} catch (error) {
		if (error instanceof Failure) throw error;
		const [sentence = ''] = (error as Error).message.split('. ');
		throw new Failure(`${sentence}. See npm run demo -- --help`);
	}
}

function readPort(flag: string, text: string): number {
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65_535)
		throw new Failure(`--${flag} ${text}: a port is a number from 1 to 65535`);
	return port;
}
