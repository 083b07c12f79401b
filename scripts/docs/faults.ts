import { cellsOf, COLUMNS, FAULT_ROWS } from '../../test/engine/support/deliver/faults.ts';
import { between } from './between.ts';
import { table } from './markdown.ts';

/**
 * docs/delivery.md with the table of faults as it is now: what the tests of the fault matrix demand.
 * @throws when the page has no place for it
 */
export const withFaults = (page: string): string =>
	between(page, 'faults', () => table(COLUMNS, FAULT_ROWS.map(cellsOf)));
