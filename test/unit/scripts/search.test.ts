import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownPms } from '../../../nodes/Propexo/pms';
import { EVENTS as PROPEXO_EVENTS } from '../../../nodes/Propexo/trigger/events';
import { EVENTS as RENTENGINE_EVENTS } from '../../../nodes/RentEngine/trigger/events';

const NODES = join(__dirname, '..', '..', '..', 'nodes');
const aliasesOf = (file: string): string[] =>
	(JSON.parse(readFileSync(join(NODES, file), 'utf8')) as { alias: string[] }).alias.map((word) =>
		word.toLowerCase(),
	);
const PROPEXO = aliasesOf('Propexo/Propexo.node.json');
const RENTENGINE = aliasesOf('RentEngine/RentEngine.node.json');

describe("n8n's search for nodes", () => {
	it.each(['guest card', 'CRM', 'renter', 'real estate', 'appointment', 'phone call', 'lease'])(
		'finds both services by "%s"',
		(word) => {
			expect(PROPEXO).toContain(word.toLowerCase());
			expect(RENTENGINE).toContain(word.toLowerCase());
		},
	);

	// A search for "RealPage" finds "RealPage Exchange" too, and one for "Yardi" "Yardi (REST)".
	it.each(knownPms().map(([, { name }]) => name.replace(/ (Exchange|\(REST\))$/, '')))(
		'finds Propexo by the PMS behind it: "%s"',
		(word) => {
			expect(PROPEXO).toContain(word.toLowerCase());
		},
	);

	it.each(['assign', 'round robin', 'rent engine'])('finds RentEngine by "%s"', (word) => {
		expect(RENTENGINE).toContain(word);
	});

	// n8n lists a trigger together with the node of its service, and looks only at the words of the node.
	it.each([
		['Propexo', PROPEXO, PROPEXO_EVENTS],
		['RentEngine', RENTENGINE, RENTENGINE_EVENTS],
	])('finds %s by each event that starts a workflow', (_, aliases, events) => {
		expect(aliases).toEqual(expect.arrayContaining(events.map(({ name }) => name.toLowerCase())));
	});
});
