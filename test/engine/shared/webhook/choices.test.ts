import type { IDataObject } from 'n8n-workflow';

import { SERVICES } from '../../support/service.ts';
import { post, shownBy, useTriggers } from '../../support/trigger/triggers.ts';

const triggers = useTriggers();

const NOTHING = [
	'={{ [].find(() => true) }}',
	"={{ '' }}",
	'={{ [] }}',
	"={{ [' ', null] }}",
	"={{ 'undefined' }}",
	"={{ ['null'] }}",
	'={{ $json.none.at }}',
];

describe.each(SERVICES)(
	'$title Trigger, a choice whose expression finds nothing',
	({ trigger, door: open }) => {
		const { properties } = trigger.description;
		const defaultOf = (name: string) => properties.find((property) => property.name === name)?.default;
		const choices = properties
			.filter(({ type }) => type !== 'notice')
			.map(({ name, displayName, displayOptions }) => ({
				name,
				displayName,
				// What has to be chosen besides, so that n8n shows it.
				beside: Object.fromEntries(
					Object.entries(displayOptions?.show ?? {}).map(([other, values = []]) => [
						other.replace('/', ''),
						[defaultOf(other.replace('/', '')), values[0]].flat(),
					]),
				) as IDataObject,
			}));

		it.each(choices)(
			'is refused when the workflow is published: $name',
			async ({ name, displayName, beside }) => {
				const { host } = await open(triggers);
				const before = host.parameters;
				for (const expression of NOTHING) {
					host.parameters = { ...before, ...beside, [name]: expression } as IDataObject;
					const { message, description } = await shownBy(host.activate());
					expect([expression, message]).toEqual([
						expression,
						`'${displayName}' is empty: its expression found nothing`,
					]);
					expect(description).toContain('publish the workflow again');
					await expect(host.listen()).rejects.toThrow(displayName);
				}
			},
		);

		it.each(choices)(
			'takes no webhook, which comes again then: $name',
			async ({ name, displayName, beside }) => {
				const { host, proof, event } = await open(triggers);
				const before = host.parameters;
				const text = event(1);
				host.parameters = { ...before, ...beside, [name]: NOTHING[0] } as IDataObject;
				expect((await post(host.url, text, proof(text))).status).toBe(503);
				expect(host.runs).toEqual([]);
				expect(host.warnings.join('\n')).toContain(`'${displayName}' found nothing`);
				// Nobody but the service learns that much.
				expect((await post(host.url, text)).status).toBe(401);
				host.parameters = before;
				expect((await post(host.url, text, proof(text))).status).toBe(200);
				expect(host.runs).toHaveLength(1);
			},
		);
	},
);
