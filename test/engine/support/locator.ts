/** An ID as the editor stores it in a resource locator. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** What people hold of a record, as the editor stores it in a mode of a resource locator. */
export const by = (mode: string, value: unknown) => ({ __rl: true, mode, value });
