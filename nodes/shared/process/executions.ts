import { sleep } from 'n8n-workflow';

/** Lets what starts at the same moment start one after the other. */
class OneByOne {
	private free = Promise.resolve();

	/** Waits for the turn. The next one comes when the process has had time for other things. */
	async turn(): Promise<void> {
		const mine = this.free;
		this.free = mine.then(async () => await sleep(0));
		await mine;
	}
}

/**
 * The executions of this process. n8n works out expressions without a pause: many executions that start at once would all
 * read their items before the first request could leave, and before n8n could answer a webhook.
 */
export const executions = new OneByOne();
