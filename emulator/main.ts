/** `npm run emulator`: both APIs and the ledger page, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { SYSTEM_NAMES, SYSTEMS } from './emulator.ts';
import { startEmulator } from './index.ts';
import { whenNpmEnds } from './whenNpmEnds.ts';

const HELP = `Usage: npm run emulator -- [options]
  --propexo-port <port>       default 4710
  --rentengine-port <port>    default 4720
  --page-port <port>          default 4730
  --propexo-token <token>     default propexo-demo-token; may be given again, for one more account
  --rentengine-token <token>  default rentengine-demo-token; may be given again too
  --seed <demo|large>         default demo
  --leads <number>            in Propexo, instead of those of the seed
  --help`;

const portOf = (text: string, flag: string): number => {
	const port = Number(text);
	if (!Number.isInteger(port) || port < 0 || port > 65_535)
		throw new Error(`--${flag}: "${text}" is no port`);
	return port;
};

const countOf = (text: string, flag: string): number => {
	if (!/^\d{1,6}$/.test(text)) throw new Error(`--${flag}: "${text}" is no number up to 999999`);
	return Number(text);
};

/** How wide the names are printed. */
const WIDTH = 12;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			'propexo-port': { type: 'string', default: '4710' },
			'rentengine-port': { type: 'string', default: '4720' },
			'page-port': { type: 'string', default: '4730' },
			'propexo-token': { type: 'string', multiple: true },
			'rentengine-token': { type: 'string', multiple: true },
			seed: { type: 'string', default: 'demo' },
			leads: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);
	if (values.seed !== 'demo' && values.seed !== 'large')
		throw new Error(`--seed: "${values.seed}" is neither demo nor large`);
	const emulator = await startEmulator({
		propexoPort: portOf(values['propexo-port'], 'propexo-port'),
		rentEnginePort: portOf(values['rentengine-port'], 'rentengine-port'),
		pagePort: portOf(values['page-port'], 'page-port'),
		...(values['propexo-token'] && { propexoTokens: values['propexo-token'] }),
		...(values['rentengine-token'] && { rentEngineTokens: values['rentengine-token'] }),
		seed: values.seed,
		...(values.leads !== undefined && { counts: { leads: countOf(values.leads, 'leads') } }),
	});
	for (const system of SYSTEM_NAMES) {
		const { url, accounts } = emulator[system];
		const tokens = accounts.map(({ token }) => token).join(', ');
		console.log(`${SYSTEMS[system].padEnd(WIDTH)}${url}  token ${tokens}`);
	}
	console.log(`${'Ledger'.padEnd(WIDTH)}${emulator.page.url}`);
	console.log('Ctrl-C ends it.');
	const end = (): void => void emulator.close();
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
	whenNpmEnds(end);
}

main().catch((error: unknown) => {
	const code = (error as { code?: unknown }).code;
	const message = error instanceof Error ? error.message : String(error);
	console.error(
		code === 'EADDRINUSE' ? `A port is in use: ${message}. Choose another one, see --help.` : message,
	);
	process.exitCode = 1;
});
