/** An ID as the editor stores it in a resource locator. */
export const byId = (value: unknown) => ({ __rl: true, mode: 'id', value });

/** Something that people hold of a record, such as an e-mail address, as the editor stores it in a resource locator. */
export const by = (mode: string, value: unknown) => ({ __rl: true, mode, value });
