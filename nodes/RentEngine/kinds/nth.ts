const NTH = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];
const ENDINGS: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };

/** The place of an entry of a list as a person says it: "first", "second", … "11th". `index` counts from 0. */
export const nth = (index: number): string =>
	NTH[index] ??
	`${index + 1}${ENDINGS[new Intl.PluralRules('en', { type: 'ordinal' }).select(index + 1)] ?? 'th'}`;
