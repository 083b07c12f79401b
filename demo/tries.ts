import { existsSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { SENDER_KEY, VISITOR } from './example.ts';
import { ASSISTANT_TOKEN, DEMO_PMS, type DemoPms, type Door, type Shipped } from './shipped.ts';

/*
 * How each automation can be tried: with the files of demo/files/<automation>/. A file is called after the address that takes
 * it, and after the PMS of the renter in it, where it makes a difference: `call-ended.yardi.json`. Beside one that its sender
 * signs, a file with the same name and the ending `.headers` holds the signature, made with `SIGNING_KEY`.
 */

/** One file, and where it goes. */
export interface Try {
	/** The automation, as it is called in workflows/. */
	name: string;
	/** The PMS of the renter in the file; none in RentEngine. */
	pms?: DemoPms;
	/** `post`: it is the body of a request. `upload`: a person uploads it to a page. */
	how: 'post' | 'upload';
	url: string;
	/** The file's path. */
	file: string;
	contentType: string;
	/** A file with more headers, one a line. */
	headers?: string;
	/** The address asks in this way who comes. */
	asksBy?: string;
}

const HEADERS = '.headers';

const CONTENT_TYPES: Record<string, string> = {
	'.json': 'application/json',
	'.xml': 'application/xml',
	'.form': 'application/x-www-form-urlencoded',
	'.csv': 'text/csv',
	'.txt': 'text/plain',
};

/**
 * Every file of demo/files/, with the address that takes it.
 *
 * @param files the folder
 * @param url of n8n
 */
export function triesOf(files: string, all: Shipped[], url: string): Try[] {
	const automations = [...new Set(all.map(({ name }) => name))];
	return automations.flatMap((name) => {
		const folder = join(files, name);
		if (!existsSync(folder)) return [];
		const names = readdirSync(folder).sort();
		return names
			.filter((file) => !file.endsWith(HEADERS))
			.map((file): Try => {
				const headers = `${file.slice(0, -extname(file).length)}${HEADERS}`;
				const [path = '', second] = file.split('.');
				const pms = DEMO_PMS.find((one) => one === second);
				const found = doorFor(all, path, pms);
				if (!found) throw new Error(`demo/files/${name}/${file}: no automation listens at "${path}"`);
				const isForm = found.kind === 'form';
				return {
					...{ name, how: isForm ? 'upload' : 'post', file: join(folder, file) },
					...(pms !== undefined && { pms }),
					url: `${url}/${found.kind}/${found.path}`,
					contentType: CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
					...(names.includes(headers) && { headers: join(folder, headers) }),
					...(found.asksBy !== undefined && { asksBy: found.asksBy }),
				};
			});
	});
}

/** Of two that take the same file, the one that is set up for the PMS. */
function doorFor(all: Shipped[], path: string, pms: DemoPms | undefined): Door | undefined {
	const fitting = all.flatMap((one) =>
		one.doors.filter((door) => door.shippedPath === path).map((door) => ({ door, pms: one.pms })),
	);
	return (fitting.find((one) => one.pms === pms) ?? fitting[0])?.door;
}

/**
 * The lines that tell a person how to try each automation.
 *
 * @param here gives the path of a file as a person at the terminal can type it
 */
export function guide(all: Shipped[], tries: Try[], url: string, here: (file: string) => string): string[] {
	return all.flatMap((one) => {
		const { name, id, workflow, pms, needs, doors } = one;
		const own = tries.filter(
			(other) =>
				other.name === name && (pms === undefined || other.pms === undefined || other.pms === pms),
		);
		const lines = needs
			? [`needs ${needs}: ${url}/workflow/${id}`]
			: own.length > 0
				? own.map((other) => lineOf(other, here))
				: [orElse(doors, `${url}/workflow/${id}`, url)];
		return [workflow.name, ...lines.map((line) => `  ${line}`)];
	});
}

function lineOf(
	{ how, url, file, contentType, headers, asksBy }: Try,
	here: (file: string) => string,
): string {
	const { user, password } = VISITOR;
	if (how === 'upload')
		return `open ${url}${asksBy === undefined ? '' : ` (user ${user}, password ${password})`} and upload ${here(file)}`;
	const more = [
		...(headers === undefined ? [] : [`-H @${here(headers)}`]),
		...(asksBy === 'headerAuth' ? [`-H '${SENDER_KEY.name}: ${SENDER_KEY.value}'`] : []),
		...(asksBy === 'basicAuth' ? [`-u ${user}:${password}`] : []),
	];
	return ['curl', `-H 'content-type: ${contentType}'`, ...more, `--data-binary @${here(file)}`, url].join(
		' ',
	);
}

/** For an automation that takes no file. */
function orElse(doors: Door[], workflow: string, url: string): string {
	const mcp = doors.find(({ kind }) => kind === 'mcp');
	if (mcp)
		return `give an assistant that speaks MCP the address ${url}/mcp/${mcp.path} and the token ${ASSISTANT_TOKEN}`;
	return `open ${workflow} and choose Execute workflow`;
}
