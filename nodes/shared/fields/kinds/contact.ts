import type { EmailField, PhoneField } from '../field';
import type { Kind } from './kind';
import { box, line } from './kind';

const EMAIL = /^[^\s@<>()[\]\\,;:"]+@[^\s@<>()[\]\\,;:".]+(\.[^\s@<>()[\]\\,;:".]+)+$/;

export const email: Kind<EmailField> = {
	control: box,
	read: (raw, { kind }) =>
		line(raw, (text) => {
			if (kind === 'email') {
				return EMAIL.test(text)
					? { value: text }
					: { wrong: 'must be one e-mail address such as nathan@example.com' };
			}
			return text.split(/[,;]/).every((one) => EMAIL.test(one.trim()))
				? { value: text }
				: { wrong: 'must be e-mail addresses such as nathan@example.com, separated by commas' };
		}),
};

export const phone: Kind<PhoneField> = {
	control: box,
	read: (raw, { refine }) =>
		line(raw, (text) => {
			if (!/\d{3}/.test(text.replace(/[\s().+-]/g, ''))) return { wrong: 'must be a phone number' };
			return refine ? refine(text) : { value: text };
		}),
};
