import type { IDataObject } from 'n8n-workflow';

import type { Get } from '../../shared/find/get';
import { ReadFailed } from '../../shared/find/get';
import { textOf } from '../../shared/json/text';
import type { AppointmentClock } from '../pms';
import { newest } from '../records/paging';
import type { PropertyClock } from '../records/timezones';
import { agreed, TIMEZONES } from '../records/timezones';

/** What is read, or undefined where the service refuses it: the token may not read it. */
export async function ifAllowed<T>(reading: Promise<T>): Promise<T | undefined> {
	return await reading.catch(async (cause: unknown) => {
		const isRefused = cause instanceof ReadFailed && cause.outcome.state === 'refused';
		return isRefused ? undefined : await Promise.reject(cause as Error);
	});
}

/** A property by its ID in Propexo or, where that is not known, by that in the PMS. */
export interface WhichProperty {
	id?: string;
	xId?: string;
}

/** The clocks of properties as Propexo knows them, with one reading for each integration. */
export class ZonesOfIntegrations {
	private readonly read = new Map<string, Promise<IDataObject[] | undefined>>();

	constructor(private readonly get: Get) {}

	/** The clock of a property, or else that of its whole integration; undefined if Propexo tells none. */
	async of(
		integrationId: string,
		{ id = '', xId = '' }: WhichProperty,
	): Promise<PropertyClock | undefined> {
		const rows = (await this.rowsOf(integrationId)) ?? [];
		const isOwn = ({ property_id, x_property_id }: IDataObject) =>
			id === '' ? xId !== '' && textOf(x_property_id) === xId : textOf(property_id) === id;
		const isOfAll = ({ property_id, x_property_id }: IDataObject) =>
			textOf(property_id) === '' && textOf(x_property_id) === '';
		return agreed(rows.filter(isOwn)) ?? agreed(rows.filter(isOfAll));
	}

	private async rowsOf(integrationId: string): Promise<IDataObject[] | undefined> {
		const query = { integration_id: integrationId };
		const rows = this.read.get(integrationId) ?? ifAllowed(newest(this.get, TIMEZONES, query, Infinity));
		this.read.set(integrationId, rows);
		return await rows;
	}
}

/**
 * The clock by which a PMS writes the times of appointments.
 *
 * @param rule of the PMS; undefined if nothing is known of it
 * @param own the clock of the property
 */
export function clockOfPms(
	rule: AppointmentClock | undefined,
	own: PropertyClock | undefined,
): PropertyClock | undefined {
	if (rule?.disputed !== undefined) return undefined;
	if (rule?.zone !== undefined) return { zone: rule.zone, errorSeconds: 0 };
	if (own) return { zone: own.zone, errorSeconds: rule?.mayBeOff ? own.errorSeconds : 0 };
	return rule?.otherwise === undefined ? undefined : { zone: rule.otherwise, errorSeconds: 0 };
}
