import { createServer } from 'node:net';
import { Failure } from './failure.ts';

/** All servers of the demo listen only here. */
export const LOOPBACK = '127.0.0.1';

/** Listens on a port for a moment; gives the port it got. */
function tryPort(port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
			const address = server.address();
			server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
		});
	});
}

/**
 * Free ports are sought here: below the ports that systems give to programs that ask for any, which another program may
 * get before the one that it is for listens.
 */
const FIRST = 12_000;
const HOW_MANY = 18_000;
const MOST_TRIES = 20;

/** A free port. */
export async function freePort(triesLeft = MOST_TRIES): Promise<number> {
	try {
		return await tryPort(FIRST + Math.floor(Math.random() * HOW_MANY));
	} catch (error) {
		if (triesLeft <= 1) throw error;
		return await freePort(triesLeft - 1);
	}
}

/**
 * Makes sure that a port can be listened on.
 * @param what whose port it is, for the message
 * @param flag how to choose another one
 * @throws Failure naming the port and the flag
 */
export async function needPort(port: number, what: string, flag: string): Promise<void> {
	try {
		await tryPort(port);
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		const why = code === 'EADDRINUSE' ? 'is in use' : `cannot be opened (${code})`;
		throw new Failure(
			`Port ${port}, for ${what}, ${why}. Choose another one: npm run demo -- ${flag} ${port + 1000}`,
		);
	}
}
