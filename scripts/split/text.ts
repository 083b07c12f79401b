import { othersThan, type Part } from './parts.ts';

/** The package everything is made from. Its name is also that of the organisation that holds the repositories. */
export const WHOLE = 'n8n-nodes-leasing-events';

const REGION =
	/^[ \t]*(?:\/\/|#|<!--) #region (\w+)(?: -->)?\n([\s\S]*?)^[ \t]*(?:\/\/|#|<!--) #endregion(?: -->)?\n/gm;

/**
 * A text of the whole package as it stands in the package of one service: without the regions of other services
 * (`// #region RentEngine` … `// #endregion`) and with the package's own name.
 */
export function forPart(text: string, part: Part): string {
	const foreign = new Set<string>(['Whole', ...othersThan(part).map(({ service }) => service)]);
	const kept = text.replace(REGION, (_region, name: string, inside: string) =>
		foreign.has(name) ? '' : inside,
	);
	// The organisation (before a slash, in an address of its own, as an author) keeps its name.
	return kept.replace(new RegExp(`(?<!github\\.com/)${WHOLE}(?!@| authors)`, 'g'), part.packageName);
}
