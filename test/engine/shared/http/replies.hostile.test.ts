import fc from 'fast-check';

import type { Fault, LedgerRequest } from '../../../../emulator/index.ts';
import type { TestedService } from '../../support/service.ts';
import type { Act, Came } from '../../support/hostile/acts.ts';
import { ACTS, KNOWN_IDS, PRIVATE } from '../../support/hostile/acts.ts';
import {
	expectClearError,
	expectNoHarm,
	expectReports,
	Reach,
	reportIn,
} from '../../support/hostile/expectations.ts';
import { hasTime, portion, runs } from '../../../support/effort.ts';
import { useStage } from '../../support/hostile/stage.ts';
import { complaints, deepened, endless, spoiled, WRONG_REPLIES } from '../../support/hostile/values.ts';

const stage = useStage();

/** One request of an act, with the answer that it gets when all is well. */
interface Step {
	match: Fault['match'];
	reads: boolean;
	reply: unknown;
}

const REFUSING = [300, 302, 307, 400, 401, 403, 404, 409, 413, 418, 422, 451];
const TAKING = [200, 201, 202, 204, 206];
/** After these, what reads asks again and what sends does not. */
const FAILING = [500, 503, 599];

/** Where the acts of a service go when all is well. */
const reaches = new Map<TestedService, Reach>();
const steps = new Map<Act, Step[]>();

/** Free times are asked for with a POST. */
const isRead = ({ method, path }: LedgerRequest) => method === 'GET' || /availability\/?$/.test(path);

/** A reply with the first entries of its lists: enough to be spoiled. */
function shortened(value: unknown): unknown {
	if (typeof value !== 'object' || value === null) return value;
	if (Array.isArray(value)) return value.slice(0, 2).map(shortened);
	return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]));
}

async function stepOf(service: TestedService, request: LedgerRequest): Promise<Step> {
	const { method, path, query, reply } = request;
	const { url, token } = stage.services.emulator[service.name];
	const reads = isRead(request);
	const address = new URL(path, url);
	for (const [name, value] of Object.entries(query)) address.searchParams.set(name, String(value));
	// The ledger keeps the beginning of a long answer.
	const again = reads
		? await fetch(address, {
				method,
				headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
				body: method === 'GET' ? undefined : JSON.stringify(request.body),
			})
		: new Response(reply?.body);
	return {
		match: { method, path: new RegExp(`^${path.replace(/[.$]/g, '\\$&')}$`) },
		reads,
		reply: shortened(await again.json()),
	};
}

/** Does it all once more, from the beginning. */
async function perform(act: Act, fault?: Fault): Promise<Came> {
	await stage.fresh();
	const { faults } = stage.services.emulator[act.service.name];
	if (act.way === 'looks up') {
		for (const method of ['POST', 'PUT']) faults.add({ match: { method }, status: 500, write: true });
	}
	if (fault) faults.add(fault);
	return await act.perform(stage);
}

/** Whatever came back: one outcome or list, told in readable words without secrets, after requests that are its own. */
function judge({ service, way }: Act, { run, list, error }: Came): string[] {
	expectNoHarm(stage);
	reaches.get(service)?.expectKept(stage, service);
	// An event that a look-up did not find is sent again.
	const sent = stage.asked(service).filter((request) => !isRead(request)).length;
	expect(sent).toBeLessThanOrEqual(way === 'looks up' ? 3 : way === undefined ? 0 : 1);
	if (error !== undefined) expectClearError(error, /^\S/);
	for (const entry of list ?? []) expect(typeof entry.name).toBe('string');
	if (!run) return [];
	expect(run.thrown).toBeUndefined();
	const outcomes = expectReports(run.success, 1);
	const told = JSON.stringify(run.success.map(reportIn));
	if (JSON.stringify(run.options.parameters).includes(PRIVATE)) expect(told).not.toContain(PRIVATE);
	expect(told).not.toContain(stage.services.emulator[service.name].token);
	if (way !== undefined) expect(run.success.length).toBeGreaterThan(0);
	return outcomes;
}

/** What the same reader has read for an earlier act, such as a list with another choice made, is not read again. */
const known = new Set<string>();
const isNew = (key: string): boolean => !known.has(key) && known.add(key).has(key);

beforeAll(async () => {
	for (const act of ACTS) {
		const { service } = act;
		const { run, list, error } = await perform(act);
		const reports = (run?.success ?? []).flatMap((item) => reportIn(item) ?? []);
		// A look-up may not be able to decide.
		if (act.way !== 'looks up')
			expect([act.title, run?.thrown, reports]).toEqual([act.title, undefined, []]);
		// Some lists want another choice first.
		if (!run && !list)
			expectClearError(error, /^(Choose|.* belongs to another|.*uses event types|.*takes any)/);
		const reach = reaches.get(service) ?? new Reach();
		reach.allow(stage.asked(service), new Set([...KNOWN_IDS, ...stage.created(service)]));
		reaches.set(service, reach);
		const own = stage
			.asked(service)
			.filter((request) => !['waits', 'looks up'].includes(act.way ?? '') || isRead(request));
		const places = new Map(
			own
				.filter(({ method, path }) => isNew(`${act.reader} ${method} ${path}`))
				.map((request) => [`${request.method} ${request.path}`, request]),
		);
		const asked = [...places.values()].map(async (request) => await stepOf(service, request));
		steps.set(act, await Promise.all(asked));
	}
});

/** What is answered to every request of an act in turn; a reader gets it often enough to get no further. */
async function answered(act: Act, { match, reads }: Step, reply: Fault): Promise<string[]> {
	const headers = { 'content-type': 'application/json', location: `http://${stage.canary.host}/stolen` };
	return judge(act, await perform(act, { match, times: reads ? 4 : 1, headers, ...reply }));
}

const tried = new Set<string>();
const isFirst = (kind: string): boolean => tried.size < tried.add(kind).size;

/**
 * One act of each kind is answered with everything, every third one of the rest with some of it; all of them with everything
 * where there is time.
 */
const acts = ACTS.map((act, turn) => ({
	title: act.title,
	act,
	turn,
	withAll: isFirst(act.kind) || hasTime,
	isFirstOfWay: isFirst(`${act.service.name} ${act.way}`),
})).filter(({ withAll, turn }) => withAll || turn % 3 === 0);

/**
 * Of how many acts each gets a part of the wrong replies: none shares in the first act of a service that goes its way, nor
 * where there is time. Waiting takes its time with each reply.
 */
function sharedBy({ way }: Act, withAll: boolean, isFirstOfWay: boolean, all: number): number {
	if (!withAll || way === 'waits') return all;
	return isFirstOfWay ? 1 : 3;
}

describe.each(acts)('$title, answered with', ({ act, turn, withAll, isFirstOfWay }) => {
	it('any JSON under any status', async () => {
		for (const step of steps.get(act) ?? []) {
			const statuses = [...TAKING, ...REFUSING, ...(step.reads ? [] : FAILING)];
			await fc.assert(
				fc.asyncProperty(
					fc.constantFrom(200, ...statuses),
					spoiled(step.reply, stage.canary.host),
					async (status, body) => {
						const [outcome] = await answered(act, step, { status, body });
						if (step.reads) return;
						// Created only after a 2xx, refused only after a definite no: some servers redirect by 302 afterwards.
						if (status >= 500 || status === 302) expect(outcome).toBe('unknown');
						else if (status >= 300) expect(outcome).toBe('refused');
						else expect(outcome).not.toBe('not sent');
					},
				),
				runs(withAll ? (act.way === 'waits' ? 2 : 3) : 1),
			);
		}
	});

	it('what is no reply at all', async () => {
		for (const step of steps.get(act) ?? []) {
			const all = [...WRONG_REPLIES, complaints(PRIVATE), deepened(step.reply)];
			const bodies = portion(all, sharedBy(act, withAll, isFirstOfWay, all.length), turn);
			for (const status of act.way === 'waits' ? [400] : [200, 400]) {
				for (const body of status === 200
					? bodies
					: portion(bodies, Math.min(3, bodies.length), turn)) {
					const [outcome] = await answered(act, step, { status, body });
					if (!step.reads) expect(outcome).toBe(status < 300 ? 'unknown' : 'refused');
				}
			}
		}
	});

	if (!withAll) return;

	it('a reply without end, which is not read beyond its limit', async () => {
		for (const step of (steps.get(act) ?? []).slice(0, 1)) {
			const [outcome] = await answered(act, step, { hugeBytes: 60_000_000 });
			if (!step.reads) expect(outcome).toBe('unknown');
		}
	});

	it('the same page for ever, without asking for ever', async () => {
		for (const step of steps.get(act) ?? []) {
			const body = endless(step.reply);
			if (body === undefined) continue;
			await answered(act, step, { status: 200, body, times: 300 });
			expect(stage.asked(act.service).length).toBeLessThan(200);
		}
	});

	it('headers of another world', async () => {
		const names = ['limit', 'remaining', 'reset'].map((name) => `x-ratelimit-${name}`);
		const values = ['-1', 'NaN', 'Infinity', 'abc', '99999999999999999999', ' ', '1,2', '[]'];
		for (const step of (steps.get(act) ?? []).slice(0, 1)) {
			const header = fc.record({
				name: fc.constantFrom('ratelimit-remaining', 'date', 'content-type', ...names),
				value: fc.constantFrom(...values),
			});
			await fc.assert(
				fc.asyncProperty(header, async ({ name, value }) => {
					const [outcome] = await answered(act, step, { status: 422, headers: { [name]: value } });
					if (!step.reads) expect(outcome).toBe('refused');
				}),
				runs(2),
			);
		}
	});
});
