/** The remark about something that is planned for a time that is over. */
export const ifPast = (time: unknown): string | undefined =>
	Date.parse(`${time as string}`) < Date.now() ? 'is in the past' : undefined;
