import type { Forms } from '../../test/unit/shared/fields/times/forms.ts';
import {
	dateFormatForms,
	dateTimeForms,
	timeOfDayForms,
	timeZoneForms,
} from '../../test/unit/shared/fields/times/forms.ts';
import { between } from './between.ts';
import { table } from './markdown.ts';

/*
 * The tables of what a field takes and refuses, between `<!-- forms dateTime -->` and `<!-- /forms -->`: what the tests
 * of reading demand.
 */

const FORMS: Record<string, Forms> = {
	dateTime: dateTimeForms,
	timeOfDay: timeOfDayForms,
	timeZone: timeZoneForms,
	dateFormat: dateFormatForms,
};

function tables({ taken, refused }: Forms): string {
	const rows = [...taken, ...refused];
	const formatted = rows.some(({ format }) => format !== undefined);
	const cells = ({ form, value, code, format }: (typeof rows)[number]) => [
		form,
		`\`${code ?? `${value as string}`}\``,
		...(formatted ? [format === undefined ? '' : `\`${format}\``] : []),
	];
	const head = ['Form', 'Example', ...(formatted ? ['_Date Format_'] : [])];
	return [
		'Taken:',
		table(
			[...head, 'Read as'],
			taken.map((one) => [...cells(one), `\`${one.sentAs ?? one.readAs}\``]),
		),
		'Refused, with a message that says so:',
		table(
			[...head, 'Write instead'],
			refused.map((one) => [...cells(one), one.instead]),
		),
	].join('\n\n');
}

/**
 * The page with the tables as they are now.
 * @throws when the page has a place for a table that there is not
 */
export const withForms = (page: string): string =>
	between(page, 'forms', (name) => {
		const forms = FORMS[name];
		if (!forms) throw new Error(`There are no forms of kind ${name}`);
		return tables(forms);
	});
