/** A reason to stop that the user can do something about: shown as one line, without a stack. */
export class Failure extends Error {
	override name = 'Failure';
}

/** Anything that was thrown, on one line. */
export function messageOf(thrown: unknown): string {
	const text = thrown instanceof Error ? thrown.message : String(thrown);
	return text.replaceAll(/\s*\n\s*/g, ' ');
}
