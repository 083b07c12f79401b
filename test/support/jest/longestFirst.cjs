'use strict';

const { default: Sequencer } = require('@jest/test-sequencer');

/** Test files that take long, much of it waiting. */
const LONG =
	/(matrix|hostile|faults|lookUp|twoProcesses|keyedBurst|sequences|findCosts|longRun|waitForResult|keys|addedLater|upsert(\.\w+)?|outage|everyField\.find|remembered|editor|workflows|backfill|exampleWorkflow)\.test\.ts$/;

/**
 * Starts them first, so that the others run beside them. Jest alone knows how long a file takes only after it has run here
 * before, and takes the largest file for the longest.
 */
module.exports = class LongestFirst extends Sequencer {
	sort(tests) {
		const sorted = super.sort(tests);
		const isLong = ({ path }) => LONG.test(path);
		return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
	}
};
