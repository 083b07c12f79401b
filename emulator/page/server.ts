import { fastify, type FastifyInstance } from 'fastify';
import { isSystem, ofEach, type Emulator } from '../emulator.ts';
import { addControl } from './control.ts';
import { pageHtml } from './html.ts';
import { namesIn } from './names.ts';
import { pageDetail, streamRows } from './rows.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

const POLICY =
	"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";

/** The ledger page and the control API for tests in other processes. It asks for no token, so it listens on loopback only. */
export function buildPage(emulator: Emulator): FastifyInstance {
	const app = fastify({ logger: false, forceCloseConnections: true, bodyLimit: 16 * 1024 * 1024 });
	const ledgers = ofEach((system) => emulator[system].ledger);

	// A web page from elsewhere, open in the same browser, must not drive the emulator.
	app.addHook('onRequest', (request, reply, done) => {
		const { origin, host } = request.headers;
		if (origin !== undefined && origin !== `http://${host}`) {
			void reply.code(403).send({ error: 'Only pages of this server may call it' });
			return;
		}
		done();
	});

	app.get('/', (_request, reply) =>
		reply
			.type('text/html; charset=utf-8')
			.header('content-security-policy', POLICY)
			.send(pageHtml(emulator.rentEngine.settings.webhookUrl)),
	);
	app.get('/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
	app.get('/page.js', (_request, reply) => reply.type('text/javascript; charset=utf-8').send(SCRIPT));

	app.get('/api/events', (_request, reply) => {
		reply.hijack();
		const raw = reply.raw;
		raw.writeHead(200, {
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
		});
		const send = (event: string, data: unknown): void => {
			raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
		};
		const stop = streamRows(ledgers, send, namesIn(emulator));
		raw.on('close', stop);
	});

	app.get('/api/requests/:system/:seq', (request, reply) => {
		const { system, seq } = request.params as { system: string; seq: string };
		const row = isSystem(system) ? ledgers[system].requests[Number(seq) - 1] : undefined;
		return row ? pageDetail(row) : reply.code(404).send({ error: 'No such request' });
	});

	addControl(app, emulator);
	return app;
}
