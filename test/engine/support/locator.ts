/** An ID as the editor stores it in a resource locator. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });
