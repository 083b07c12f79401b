import { damage } from '../../../engine/support/damage.ts';
import { type Shop } from '../../support/shipped.ts';
import { idle } from '../../../support/executions.ts';
import { eventually } from '../../../support/until.ts';

export function writeFailed(shop: Shop): void {
	let id: string;

	const propexo = () => shop().instance.emulator.propexo;
	const retries = () => propexo().ledger.created.filter(({ kind }) => kind === 'retry');
	const said = () =>
		shop()
			.chat.said()
			.filter((text) => text.startsWith('A write to '));

	beforeEach(async () => {
		id = await shop().activate('propexo-write-failed.json', {
			'Give the PMS time': { amount: 2 },
		});
		await eventually(() => {
			const hooks = propexo().ledger.requests.filter(
				({ method, path, status }) =>
					method === 'POST' && path.startsWith('/v1/webhooks') && Number(status) < 300,
			);
			expect(hooks.length).toBeGreaterThan(0);
		});
	});

	afterEach(async () => {
		await shop().deactivate(id);
		// What one test has started must not go on in the next one.
		await idle(shop().instance.session, id);
	});

	async function write(notes: string): Promise<void> {
		const { url, token } = propexo();
		const reply = await fetch(`${url}/v1/events/leads`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify({ integration_id: 'int_any', lead_id: 'lead_1', notes }),
		});
		expect(reply.status).toBe(200);
	}

	it('has a failed write sent once more, and tells a person when that helped: they may know of the failure', async () => {
		await write('[fail once] Asked for parking');
		await eventually(() => expect(said()).toHaveLength(1));
		expect(retries()).toHaveLength(1);
		expect(said()[0]).toMatch(
			/^A write to .* that had failed is in the PMS now, at the second try\. Job \S+\./,
		);
		await propexo().webhooks.idle();
		expect(said()).toHaveLength(1);
	});

	it('tells a person when the retry fails too, and does not retry again', async () => {
		await write('[fail] Asked for parking');
		await eventually(() => expect(said()).toHaveLength(1));
		expect(retries()).toHaveLength(1);
		expect(said()[0]).toMatch(
			/^A write to .* needs a person\. Job \S+: the PMS refused it at the second try too\. [^[{]+$/,
		);
		expect(said()[0]).toContain(retries()[0]?.id);
	});

	it('tells a person of a write that the PMS took in part, without sending it again', async () => {
		await write('[partial] Asked for parking');
		await eventually(() => expect(said()).toHaveLength(1));
		expect(retries()).toEqual([]);
	});

	it('tells a person when nobody can be asked whether the retry helped', async () => {
		propexo().faults.add({ match: { path: /write-status/ }, status: 403, times: Infinity });
		await write('[fail once] Asked for parking');
		await eventually(() => expect(said()).toHaveLength(1));
		expect(said()[0]).toMatch(
			/^A write to .* needs a person\. Job \S+: it was sent once more, and nobody knows/,
		);
		expect(retries()).toHaveLength(1);
	});

	it('tells a person when the retry is refused', async () => {
		propexo().faults.add({ match: { path: /retry-write/ }, status: 403 });
		await write('[fail] Asked for parking');
		await eventually(() => expect(said()).toHaveLength(1));
		expect(said()[0]).toContain('refused');
		expect(retries()).toEqual([]);
	});

	it('retries nothing when the message of the failure is damaged', async () => {
		const failure = {
			event: 'WRITE_OPERATION_FAILURE',
			integration_id: 'int_any',
			vendor: 'OTHER',
			root_job_id: 'cljobdamaged',
			write_status: 'FAILURE',
			errors: [],
		};
		for (const { body } of damage(failure, ['root_job_id', 'write_status']))
			await propexo().webhooks.deliver({ trigger: 'WRITE_OPERATION_FAILURE', data: body });
		await write('[fail once] The last one');
		await eventually(() => expect(retries()).toHaveLength(1));
		await idle(shop().instance.session, id);
		expect(propexo().ledger.requests.filter(({ path }) => path.includes('retry-write'))).toHaveLength(1);
	});
}
