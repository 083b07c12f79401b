import type { ILoadOptionsFunctions } from 'n8n-workflow';

import type { RecordField } from '../../shared/fields/field';
import type { ReadItem } from '../../shared/fields/item';
import { nothingRead } from '../../shared/fields/item';
import type { Problem } from '../../shared/fields/problem';
import { checkValue } from '../../shared/fields/values';
import { findRecords } from '../../shared/find/find';
import { NothingThere } from '../../shared/find/get';
import type { Connection } from '../../shared/http/connection';
import { isObject } from '../../shared/json/objects';
import { textOf } from '../../shared/json/text';
import { chosenId, LIST_PATIENCE_MS } from '../../shared/read/pickers';
import { recordField } from './field';
import { OWNERS } from './findable';
import type { Chosen } from './record';
import { parameterOf } from './record';
import { recordTypes } from './recordTypes';

/*
 * What is chosen already while a picker is filled: as a field or as a filter, and in whichever mode.
 */

const OF_OWNERS = OWNERS.map(parameterOf);

/** The field of a record that is chosen in a parameter. */
const fieldOf = (parameter: string): RecordField | undefined => {
	const record = recordTypes.find((one) => parameterOf(one) === parameter);
	return record && recordField(record);
};

/**
 * Gives the IDs of the records that are chosen in some parameters. A record that is given by what people hold is found
 * as in a run. An expression that the editor could not resolve counts as nothing.
 *
 * A person who is not found counts as not chosen: the list is then that of the whole integration. The example that the
 * editor shows may be a stranger.
 *
 * @param parameters each after those that its place depends on
 * @throws NothingThere for any other record that is not found
 */
export async function chosenIn(
	ctx: ILoadOptionsFunctions,
	connection: Connection,
	parameters: string[],
): Promise<Chosen> {
	const read = nothingRead();
	for (const parameter of parameters) {
		const id = chosenId(ctx, parameter) || chosenId(ctx, `filters.${parameter}`);
		const field = fieldOf(parameter);
		if (id !== '') read.values[parameter] = id;
		else if (field) await findOne(ctx, connection, read, field);
	}
	return (parameter) => textOf(read.values[parameter]);
}

/** Finds the record of a field that is given by what people hold, if it is. */
async function findOne(
	ctx: ILoadOptionsFunctions,
	connection: Connection,
	read: ReadItem,
	field: RecordField,
): Promise<void> {
	const { name, label } = field;
	const given: unknown =
		ctx.getCurrentNodeParameter(name) ?? ctx.getCurrentNodeParameter(`filters.${name}`);
	if (!isObject(given) || textOf(given.value).startsWith('=')) return;
	const checked = checkValue(field, given, { zone: ctx.getTimezone() });
	if ('wrong' in checked) read.problems.push({ label, wrong: checked.wrong });
	else if (checked.by) {
		read.sought[name] = { by: checked.by, value: textOf(checked.value) };
		const resource = textOf(ctx.getCurrentNodeParameter('resource'));
		const signal = AbortSignal.timeout(LIST_PATIENCE_MS);
		await findRecords([field], [{ read, connection, options: {} }], { resource, signal, goOn: true });
	}
	const [problem] = read.problems.splice(0);
	if (problem && !OF_OWNERS.includes(name)) throw asNothingThere(problem);
}

/**
 * @cause A list of the panel depends on another field, and the record in that was not found.
 * @cure Choose that record again, from its list or by its ID.
 */
const asNothingThere = ({ label, wrong, whole }: Problem): NothingThere =>
	new NothingThere(
		whole ? wrong : `'${label}' ${wrong}`,
		`This list depends on '${label}': choose that again`,
	);
