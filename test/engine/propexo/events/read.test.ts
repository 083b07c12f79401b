import type { IDataObject } from 'n8n-workflow';

import { by } from '../../support/locator.ts';
import { byId, useServices } from '../../support/services.ts';
import { addEvent } from '../support/records.ts';
import { jsonOf, run } from '../support/run.ts';

const services = useServices();

const PEOPLE = ['lead', 'applicant', 'resident'];
const belongingTo = (noun: string, number: number): IDataObject => ({
	[`associated_${noun}_ids`]: [`${noun}_${number}`],
});

beforeEach(() => {
	services.emulator.propexo.data.events.replace([]);
	for (const noun of PEOPLE)
		for (const number of [1, 2]) addEvent(services, `of_${noun}_${number}`, belongingTo(noun, number));
	addEvent(services, 'of_nobody', {});
});

describe.each(PEOPLE)('Events of the kind of people: %s', (noun) => {
	const resource = `${noun}Event`;
	const list = async (filters: IDataObject = {}, more: IDataObject = {}) =>
		await run(services, resource, 'getAll', { filters, ...more });
	const idsIn = (rows: IDataObject[]) => rows.map(({ id }) => id).sort();

	it('are listed without those of others', async () => {
		const nobodys = noun === 'lead' ? ['of_nobody'] : [];
		expect(idsIn(jsonOf(await list()))).toEqual([`of_${noun}_1`, `of_${noun}_2`, ...nobodys]);
	});

	it('are counted up to the limit after those of others were left out', async () => {
		for (let number = 0; number < 150; number++)
			addEvent(services, `later_${number}`, belongingTo(noun === 'lead' ? 'resident' : 'lead', 3));
		expect(jsonOf(await list({}, { limit: 2 }))).toHaveLength(2);
	});

	it('are those of one person, when one is given', async () => {
		const rows = jsonOf(await list({ [`${noun}Id`]: byId(`${noun}_2`) }));
		expect(rows).toMatchObject([{ id: `of_${noun}_2`, [`${noun}_id`]: `${noun}_2`, notes: 'x' }]);
	});

	it('are read by their ID, with the person', async () => {
		const rows = jsonOf(await run(services, resource, 'get', { eventId: byId(`of_${noun}_1`) }));
		expect(rows).toMatchObject([{ id: `of_${noun}_1`, [`${noun}_id`]: `${noun}_1` }]);
	});

	it('are read by their ID in the PMS, among those of an integration and a property', async () => {
		const { x_id, integration_id, property_id } = addEvent(
			services,
			`x_${noun}`,
			belongingTo(noun, 1),
		) as IDataObject;
		const place = { integrationId: byId(integration_id), propertyId: byId(property_id) };
		for (const filters of [place, { integrationId: place.integrationId }]) {
			const rows = jsonOf(
				await run(services, resource, 'get', { eventId: by('pmsId', x_id), filters }),
			);
			expect(rows).toMatchObject([{ id: `x_${noun}` }]);
		}
		const none = await run(services, resource, 'get', { eventId: by('pmsId', 'E-0'), filters: place });
		expect(none.thrown?.message).toMatch(/^No event of .+ has the PMS ID in '/);
		const alone = await run(services, resource, 'get', { eventId: by('pmsId', x_id) });
		expect(alone.thrown?.message).toContain("needs an 'Integration' beside it");
	});

	it.each(PEOPLE.filter((other) => other !== noun))(
		'are not read by the ID of an event of a %s',
		async (other) => {
			const { thrown } = await run(services, resource, 'get', { eventId: byId(`of_${other}_1`) });
			expect(thrown?.message).toMatch(
				new RegExp(`^This is not the event of an? ${noun}, but of an? ${other}$`),
			);
			expect(thrown?.description).toMatch(new RegExp(`Read it with '${other} Event: Get'`, 'i'));
		},
	);
});
