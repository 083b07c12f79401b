import { executions } from '../../../../nodes/shared/process/order';

it('lets other work of the process come between two executions that start at once', async () => {
	const happened: string[] = [];
	setImmediate(() => happened.push('other work'));
	const start = async (name: string) => {
		await executions.turn();
		happened.push(name);
	};
	await Promise.all([start('first'), start('second'), start('third')]);
	expect(happened).toEqual(['first', 'other work', 'second', 'third']);
});

it('lets a single execution start at once', async () => {
	await executions.turn();
	// The pause after the first one is over.
	await new Promise((resolve) => setTimeout(resolve, 20));
	const happened: string[] = [];
	setImmediate(() => happened.push('other work'));
	await executions.turn();
	expect(happened).toEqual([]);
});
