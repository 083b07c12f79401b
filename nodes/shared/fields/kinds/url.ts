import type { UrlField } from '../field';
import type { Kind } from './kind';
import { box, line } from './kind';

export const url: Kind<UrlField> = {
	control: box,
	read: (raw) =>
		line(raw, (text) => {
			try {
				const { protocol } = new URL(text);
				if (protocol === 'http:' || protocol === 'https:') return { value: text };
			} catch {
				// Not an address at all: told below, like an address of another kind.
			}
			return { wrong: 'must be a web address that begins with https:// or http://' };
		}),
};
