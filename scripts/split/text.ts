import type { Part } from './parts.ts';

/** The package everything is made from. Its name is also that of the organisation that holds the repositories. */
export const WHOLE = 'n8n-nodes-leasing-events';

// The organisation (before a slash, in an address of its own, as an author) keeps its name. So does the address of a page,
// because the pages of docs/ are in the whole package's repository alone.
const NAME = new RegExp(`(?<!github\\.com/)${WHOLE}(?!@| authors|/blob/)`, 'g');

/** A text of the whole package with the name of the package of one service. */
export const renamed = (text: string, { packageName }: Part): string => text.replace(NAME, packageName);
