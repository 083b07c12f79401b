import type { IDataObject } from 'n8n-workflow';

import { MAX_IN_FLIGHT } from '../../../../nodes/shared/http/limiter';
import { by, byId } from '../../support/locator.ts';
import { until } from '../../support/deliver/driven.ts';
import { anotherProcess, withTiming } from '../../support/services.ts';
import { book, writesTo } from '../support/appointments.ts';
import { ENTRATA, foundBy, LATER, useAppointments } from '../support/foundAppointments.ts';
import { run } from '../support/run.ts';

const { change, changed, leadAt, propexo, services, there } = useAppointments();

describe('What the node has written is known before Propexo shows it', () => {
	let count = 0;
	let id = '';

	beforeEach(() => {
		id = `ShowMojo sm${++count}00`;
	});

	/** Books a tour of the lead with these notes. */
	async function bookWith(notes: string, position = 0): Promise<void> {
		const source = propexo().data.leadSources.rows.find(({ integration_id: at }) => at === ENTRATA);
		const lead = String(leadAt(ENTRATA, position)?.id);
		const item = { integration: ENTRATA, lead, start: LATER, notes, source: source?.id };
		await book(services, [item], { waitForResult: false });
	}

	/** The same of one that Propexo does not show yet. @returns what shows it, and tells its ID */
	async function bookUnseen(notes: string, position = 0): Promise<() => string> {
		const { url, token, data } = propexo();
		await bookWith(notes, position);
		// What a job has written shows once something is read; then it is taken out again.
		await fetch(`${url}/v1/appointments/`, { headers: { authorization: `Bearer ${token}` } });
		const seen = data.events.rows.find((row) => row['notes'] === notes);
		if (!seen) throw new Error('Nothing was booked');
		data.events.delete(seen.id);
		return () => {
			data.events.add(seen);
			return seen.id;
		};
	}

	const called = async (operation: 'update' | 'cancel', number: number, on = services) => {
		const parameters = {
			...{ eventId: by('notes', `${id} #${number}`), notes: `${id} #${number}` },
			...(operation === 'update' && { start: LATER }),
		};
		return foundBy(await change(operation, parameters, [{}], undefined, on))[0];
	};

	const MOVES = { method: 'PUT', path: /appointments/ };
	/** Takes back what Propexo shows of the moves of an appointment, as before its next sync. */
	async function unsynced(appointment: string, notes: string): Promise<void> {
		const { url, token, data } = propexo();
		await fetch(`${url}/v1/appointments/`, { headers: { authorization: `Bearer ${token}` } });
		Object.assign(data.events.get(appointment) ?? {}, { notes });
	}
	const notesSent = () => writesTo(services).map(({ body }) => (body as IDataObject).notes);

	it('a tour that was booked again is called off, and not the one that was called off before', async () => {
		const first = there(`${id} #41`);
		expect(await called('cancel', 43)).toBe(first);
		const show = await bookUnseen(`${id} #44. Two cats`);
		expect(await called('cancel', 45)).toMatch(/No appointment of this lead/);
		expect(await called('update', 46)).toMatch(/No appointment of this lead/);
		const again = show();
		expect(await called('cancel', 45)).toBe(again);
		const booking = 'leads';
		expect(changed()).toEqual([first, booking, again]);
	});

	it('a tour that the PMS did not take in the end is not waited for', async () => {
		const first = there(`${id} #41`);
		propexo().settings.jobResult = 'FAILURE';
		await bookWith(`${id} #44`);
		propexo().settings.jobResult = 'SUCCESS';
		expect(await called('cancel', 45)).toBe(first);
	});

	it('an older move that comes late changes nothing, though Propexo shows the old notes', async () => {
		const moved = there(`${id} #31`);
		expect(await called('update', 33)).toBe(moved);
		Object.assign(propexo().data.events.get(moved) ?? {}, { notes: `${id} #31` });
		expect(await called('update', 32)).toMatch(
			/No appointment.*one that a later change has reached is left/,
		);
		expect(await called('update', 34)).toBe(moved);
		expect(await called('cancel', 36)).toBe(moved);
		expect(await called('update', 35)).toMatch(/No appointment/);
	});

	it.each(['cancel', 'update'] as const)(
		'an older change behind a newer one of the same run: %s',
		async (operation) => {
			const own = there(`${id} #9`);
			const other = there('ShowMojo other99 #9', LATER);
			const ids = [`${id} #11`, `${id} #10`, 'ShowMojo other99 #10', `${id} #12`].map((one) => ({
				id: one,
			}));
			const parameters = { eventId: by('notes', '={{ $json.id }}') };
			const notes = operation === 'update' ? { notes: '={{ $json.id }}' } : {};
			const told = foundBy(await change(operation, { ...parameters, ...notes }, ids));
			expect(told).toEqual([
				own,
				expect.stringMatching(/a newer change of it, with a higher number/),
				other,
				own,
			]);
			expect(changed().sort()).toEqual([own, own, other].sort());
			const sent = writesTo(services).map(({ body }) => (body as IDataObject).notes);
			expect(sent).not.toContain(`${id} #10`);
		},
	);

	it.each(['cancel', 'update'] as const)(
		'an older change behind a newer one stops the run before anything is sent, and a preview says so: %s',
		async (operation) => {
			there(`${id} #9`);
			const items = [11, 10].map((number) => ({ id: `${id} #${number}` }));
			const parameters = { eventId: by('notes', '={{ $json.id }}') };
			const previewed = await change(
				operation,
				{ ...parameters, options: { previewOnly: true } },
				items,
			);
			expect(previewed.success.map(({ json }) => json.outcome)).toEqual([
				`would_${operation}`,
				'not_sent',
			]);
			const stopping = { for: 'lead', integrationId: byId(ENTRATA), leadId: byId(leadAt(ENTRATA)?.id) };
			const notes = operation === 'update' ? { notes: 'Moved' } : {};
			const { thrown } = await run(
				services,
				'appointment',
				operation,
				{ ...stopping, ...parameters, ...notes },
				{ items },
			);
			expect(thrown?.message).toMatch(/^Item 2 of 2: 'Appointment' .*with a higher number/);
			expect(changed()).toEqual([]);
		},
	);

	it.each(['cancel', 'update'] as const)(
		'an older change goes out where Propexo refuses the newer one before it: %s',
		async (operation) => {
			const own = there(`${id} #9`);
			const items = [`${id} #11`, `${id} #10`].map((one) => ({ id: one }));
			propexo().faults.add({ match: { path: /events\/appointments/ }, status: 400 });
			const notes = operation === 'update' ? { notes: '={{ $json.id }}' } : {};
			const parameters = { eventId: by('notes', '={{ $json.id }}'), ...notes };
			const told = foundBy(await change(operation, parameters, items));
			expect(told).toEqual([expect.stringMatching(/refused/), own]);
		},
	);

	it('an older move that comes late is held back by a newer one that was refused and retried since', async () => {
		there(`${id} #51`);
		Object.assign(propexo().settings, { jobMs: 0, jobResult: 'FAILURE' });
		expect(await called('update', 53)).toMatch(/PMS refused it/);
		Object.assign(propexo().settings, { jobMs: 20, jobResult: 'SUCCESS' });
		const job = propexo().ledger.created.at(-1)?.id;
		await run(services, 'writeJob', 'retry', { jobId: byId(job) });
		expect(await called('update', 52)).toMatch(/No appointment|a newer change of it/);
		expect(notesSent().filter((notes) => notes === `${id} #52`)).toEqual([]);
	});

	it('an older change goes out where the newer one before it is not sent', async () => {
		const own = there(`${id} #9`);
		const items = [
			{ id: `${id} #11`, notes: '' },
			{ id: `${id} #10`, notes: 'Moved' },
		];
		const parameters = { eventId: by('notes', '={{ $json.id }}'), notes: '={{ $json.notes }}' };
		expect(foundBy(await change('update', parameters, items))).toEqual([
			expect.stringMatching(/'Notes' is empty/),
			own,
		]);
		expect(changed()).toEqual([own]);
	});

	it('a move that was looked up in vain is not sent again behind a newer one', async () => {
		const own = there(`${id} #1`);
		propexo().faults.add({ match: MOVES, close: 'before' });
		const looking = withTiming(services, { rate: { requests: 1e6 }, lookUpAfterMs: [5_000] });
		const parameters = {
			...{ for: 'lead', leadId: byId(leadAt(ENTRATA)?.id), start: LATER },
			...{ eventId: by('notes', `${id} #2`), notes: `${id} #2`, options: { outcomeUnknown: 'lookUp' } },
		};
		const settings = { onError: 'continueRegularOutput' as const };
		const older = run(looking, 'appointment', 'update', parameters, settings);
		await until(() => notesSent().length === 1);
		expect(await called('update', 3)).toBe(own);
		const [told] = (await older).success;
		expect(told?.json.details).toMatchObject({
			outcome: 'unknown',
			what_to_do: expect.stringMatching(/a newer change of it, with a higher number/),
		});
		expect(notesSent()).toEqual([`${id} #2`, `${id} #3`]);
	});

	it('moves that newer ones overtake while n8n saves their IDs are not sent, and keep neither their IDs nor their places', async () => {
		const names = Array.from({ length: MAX_IN_FLIGHT + 2 }, (_, index) => `ShowMojo late${index}00`);
		const own = names.map((name) => there(`${name} #1`));
		const moves = (number: number) => names.map((name) => ({ id: `${name} #${number}` }));
		const parameters = {
			eventId: by('notes', '={{ $json.id }}'),
			notes: '={{ $json.id }}',
		};
		const { processedData } = services.engine;
		const record = processedData.checkProcessedAndRecord.bind(processedData);
		let isClaiming = false;
		let claim = () => {};
		const newerAreSent = new Promise<void>((resolve) => (claim = resolve));
		const recording = jest
			.spyOn(processedData, 'checkProcessedAndRecord')
			.mockImplementation(async (values, ...call) => {
				if (values.some((value) => `${value}`.startsWith('seen\n'))) {
					isClaiming = true;
					await newerAreSent;
				}
				return await record(values, ...call);
			});
		const older = change('update', { ...parameters, deduplicationKey: '={{ $json.id }}' }, moves(2));
		await until(() => isClaiming);
		expect(foundBy(await change('update', parameters, moves(3)))).toEqual(own);
		claim();
		expect(foundBy(await older)).toEqual(
			own.map(() => expect.stringMatching(/a newer change of it, with a higher number/)),
		);
		recording.mockRestore();
		expect(moves(2).filter(({ id: move }) => processedData.holds(`seen\n${move}`))).toEqual([]);
		expect(foundBy(await change('update', parameters, moves(4)))).toEqual(own);
		expect(notesSent()).toEqual([...moves(3), ...moves(4)].map(({ id: move }) => move));
	});

	it('a newer move of which nobody knows whether it was carried out holds an older one back', async () => {
		const own = there(`${id} #1`);
		propexo().faults.add({ match: MOVES, close: 'after' });
		expect(await called('update', 3)).toMatch(/may or may not/);
		await unsynced(own, `${id} #1`);
		expect(await called('update', 2)).toMatch(/one that a later change has reached is left/);
		expect(await called('update', 4)).toBe(own);
		expect(notesSent()).toEqual([`${id} #3`, `${id} #4`]);
	});

	it('a newer move that another n8n process tried again, and of which nobody knows, holds an older one back there', async () => {
		const own = there(`${id} #1`);
		propexo().faults.add({ match: MOVES, close: 'after' });
		const unknown = await run(services, 'appointment', 'update', {
			...{ for: 'lead', integrationId: byId(ENTRATA), leadId: byId(leadAt(ENTRATA)?.id), start: LATER },
			...{ eventId: by('notes', `${id} #3`), notes: `${id} #3` },
		});
		expect(unknown.thrown?.message).toContain('may or may not');
		await unsynced(own, `${id} #1`);
		const other = anotherProcess(services, { rate: { requests: 1e6 } });
		expect((await other.engine.retry(unknown)).thrown?.message).toContain('may or may not');
		expect(await called('update', 2, other)).toMatch(/one that a later change has reached is left/);
		expect(notesSent()).toEqual([`${id} #3`]);
	});

	it.each([{ status: 400 }, { status: 422 }])(
		'a newer move that was refused holds nothing back: %j',
		async (fault) => {
			const own = there(`${id} #1`);
			propexo().faults.add({ match: MOVES, ...fault });
			expect(await called('update', 3)).toMatch(/Propexo refused it/);
			expect(await called('update', 2)).toBe(own);
		},
	);

	it('a newer move that the PMS did not take in the end holds nothing back', async () => {
		const own = there(`${id} #1`);
		propexo().settings.jobResult = 'FAILURE';
		expect(await called('update', 3)).toMatch(/PMS refused it/);
		propexo().settings.jobResult = 'SUCCESS';
		expect(await called('update', 2)).toBe(own);
	});

	it('a move that was refused because its tour is called off holds nothing back', async () => {
		const first = there(`${id} #1`);
		propexo().settings.jobResult = 'FAILURE';
		const moved = await change('update', {
			...{ eventId: by('notes', `${id} #3`), notes: `${id} #3`, start: LATER },
			options: { waitForResult: false },
		});
		propexo().settings.jobResult = 'SUCCESS';
		expect(foundBy(moved)).toEqual([first]);
		const job = propexo().jobs.list.at(-1);
		Object.assign(job ?? {}, { refusal: 'Cannot update: appointment is already cancelled' });
		const again = there(`${id} #2`, LATER);
		expect(await called('cancel', 4)).toBe(again);
	});

	it('a cancellation of what was cancelled before holds an older move back', async () => {
		const own = there(`${id} #1`);
		// Somebody has called it off without a number.
		expect(foundBy(await change('cancel', { eventId: byId(own) }))).toEqual([undefined]);
		expect(await called('cancel', 3)).toBe(own);
		expect(await called('update', 2)).toMatch(/one that a later change has reached is left/);
		expect(changed()).toEqual([own, own]);
	});

	it('a tour that was perhaps booked again: the one before it is not called off in its place', async () => {
		const first = there(`${id} #1`);
		expect(await called('cancel', 2)).toBe(first);
		propexo().faults.add({ match: { method: 'POST', path: /appointments/ }, close: 'before' });
		await bookWith(`${id} #3`);
		expect(await called('cancel', 4)).toMatch(/No appointment of this lead/);
		expect(changed()).toEqual([first, 'leads']);
	});

	it('a tour without a number beside one with a number: none is called off', async () => {
		there(`${id} #41`);
		there(id, LATER);
		expect(await called('cancel', 45)).toMatch(/2 appointments/);
		expect(changed()).toEqual([]);
	});

	it('a tour of somebody else with the same ID keeps nothing from being changed', async () => {
		const own = there(`${id} #41`);
		await bookUnseen(`${id} #44`, 1);
		expect(await called('cancel', 45)).toBe(own);
	});
});
