/** When this process began to count, epoch ms. */
const ORIGIN = performance.timeOrigin;

/**
 * Epoch ms as this process counts them, for what is compared within it: unlike `Date.now()`, it goes on evenly when the
 * clock of the machine is set.
 */
export const steadyNow = (): number => Math.round(ORIGIN + performance.now());
