/** The parts that are texts, with a space between. */
export const words = (...parts: unknown[]): string =>
	parts.filter((part) => typeof part === 'string' && part !== '').join(' ');

/** A note beside a record whose state is off. */
export const unless = (state: unknown, note: string): string | undefined =>
	state === false ? note : undefined;
