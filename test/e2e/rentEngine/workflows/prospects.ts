import type { Instance } from '../../support/instance.ts';

/** Adds prospects of the last seconds, oldest first; tells their IDs. */
export function addNewProspects({ emulator }: Instance, count: number): number[] {
	const at = (seconds: number) => new Date(Date.now() + seconds * 1_000).toISOString();
	return Array.from({ length: count }, (_, index) => {
		const { id } = emulator.rentEngine.rows.addProspect({ created_at: at(index - 10) });
		return Number(id);
	});
}

/** Has RentEngine refuse every event of a prospect. */
export function refuse({ emulator }: Instance, prospect: number | undefined): void {
	emulator.rentEngine.faults.add({
		match: {
			method: 'POST',
			body: (body) => JSON.stringify(body).includes(`"prospect_id":${prospect}`),
		},
		status: 400,
		body: { error: 'Prospect is blocked' },
		times: Infinity,
	});
}
