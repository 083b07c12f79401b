/**
 * The remark about something that is planned for a time that is over.
 *
 * @cause A hint: something is planned for a time that is over. It was sent anyway.
 * @cure Check the time and its time zone.
 */
export const ifPast = (time: unknown): string | undefined =>
	Date.parse(`${time as string}`) < Date.now()
		? 'is in the past. Check the time and its time zone'
		: undefined;
