/** Why no reply came. */
export interface NoReply {
	/** Completes "Item 3 …: ". */
	because: string;
	/** Whether the same request may succeed soon. */
	passing: boolean;
	/** The request limit of the service is used up. */
	limited?: true;
}

/** What came back: status and headers, and the body as parsed JSON or, in `unreadable`, why it could not be read. */
export interface Reply {
	kind: 'replied';
	status: number;
	/** Names in lower case. */
	headers: Record<string, unknown>;
	body?: unknown;
	unreadable?: string;
}

/** The request never left this machine. */
export type NotSent = { kind: 'notSent' } & NoReply;

/** The request was sent, or may have been, and no reply came. */
export type Lost = { kind: 'lost' } & NoReply;

/** One request and what came back. What that shows is decided in `whatReplyProves.ts`. */
export type Exchange = Reply | NotSent | Lost;
