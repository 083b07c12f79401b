import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** A property, and what it must share with another one to be joined with it. */
interface Joinable {
	property: INodeProperties;
	likeness: string;
}

/**
 * Joins the properties of several lists that differ only in the value of one rule, e.g. in the operation they belong to: n8n goes
 * through all properties of a node several times for each execution, and the editor loads all of them.
 *
 * The order within each list stays as it is: in it the editor shows the fields.
 *
 * @param lists e.g. one for each operation of a resource
 * @param rule the name of the parameter, such as `operation`
 */
export function joinAlike(lists: INodeProperties[][], rule: string): INodeProperties[] {
	const joined: Joinable[] = [];
	for (const list of lists) {
		let from = 0;
		for (const property of list) {
			const likeness = likenessOf(property, rule);
			const found = joined.findIndex((other, index) => index >= from && other.likeness === likeness);
			const twin = joined[found];
			if (twin) twin.property = withRule(twin.property, rule, property);
			else joined.splice(from, 0, { property, likeness });
			from = (twin ? found : from) + 1;
		}
	}
	return joined.map(({ property }) => property);
}

const showOf = (property: INodeProperties): NonNullable<IDisplayOptions['show']> =>
	property.displayOptions?.show ?? {};

/** The property without the values of the rule, as text. */
function likenessOf(property: INodeProperties, rule: string): string {
	const show = { ...showOf(property), [rule]: [] };
	return JSON.stringify({ ...property, displayOptions: { ...property.displayOptions, show } });
}

/** The property, which then belongs to the values of the other one, too. */
function withRule(property: INodeProperties, rule: string, other: INodeProperties): INodeProperties {
	const values = [...(showOf(property)[rule] ?? []), ...(showOf(other)[rule] ?? [])];
	const show = { ...showOf(property), [rule]: values };
	return { ...property, displayOptions: { ...property.displayOptions, show } };
}
