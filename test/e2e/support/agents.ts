import { clickIn, soon } from './mails.ts';
import { filledIn, type Filling, type Shipped } from './shipped.ts';
import { startMailServer, startModel, type MailServer, type Move, type Stub } from './stubs.ts';

/** A published workflow of an agent that asks a person by mail before it writes. */
export interface AskingAgent {
	webhook: string;
	model: Stub;
	mailServer: MailServer;
	/** The person who gets the mail of this number clicks one of its two buttons; gives the mail. */
	click(approved: boolean, mail: number): Promise<string>;
	close(): Promise<void>;
}

/**
 * Publishes it with a stand-in for the model and one for the mail server.
 *
 * @param filling what a user fills in besides
 * @param respond what the model does next, by what tools have told it
 */
export async function publishAskingAgent(
	{ instance, publishFilled }: Shipped,
	file: string,
	filling: Filling,
	respond: (answers: string[]) => Move,
): Promise<AskingAgent> {
	const mailServer = await startMailServer();
	const model = await startModel(respond);
	const credential = async (type: string, data: object) => {
		const { id } = await instance.session.post<{ id: string }>('/credentials', {
			name: type,
			type,
			data,
		});
		return { [type]: { id, name: type } };
	};
	const openAi = await credential('openAiApi', { apiKey: 'none', url: model.url });
	const smtp = await credential('smtp', {
		...{ host: '127.0.0.1', port: mailServer.port, secure: false, disableStartTls: true },
	});
	const workflow = filledIn(file, filling);
	const nodes = workflow.nodes.map((node) => {
		if (node.type.endsWith('.lmChatOpenAi')) return { ...node, credentials: openAi };
		return node.type.endsWith('.emailSendHitlTool') ? { ...node, credentials: smtp } : node;
	});
	const { webhook } = await publishFilled({ ...workflow, nodes });
	return {
		...{ webhook, model, mailServer },
		click: async (approved, mail) =>
			await clickIn(await soon(() => mailServer.mails[mail]), approved, instance.n8n.url),
		close: async () => {
			await model.close();
			await mailServer.close();
		},
	};
}
