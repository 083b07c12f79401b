import type { IDataObject } from 'n8n-workflow';

import { RentEngine } from '../../../nodes/RentEngine/RentEngine.node';
import { RentEngineTrigger } from '../../../nodes/RentEngine/RentEngineTrigger.node';
import { readDelivery } from '../../../nodes/RentEngine/trigger/payload';

const CODE = '4711#';
const UNIT = { id: 7, structured_access_instructions: { lockbox_code: CODE, lockbox_location: 'Gate' } };

/** What stands at a path, as n8n follows it: names between dots. */
const at = (json: IDataObject | undefined, path: string): unknown =>
	path.split('.').reduce<unknown>((value, name) => (value as IDataObject | undefined)?.[name], json);

it('the code that opens a unit is shown in no execution, of the node and of the trigger', () => {
	const given = readDelivery({ type: 'UPDATE', table: 'units', record: UNIT, old_record: UNIT })?.change;
	const paths = new RentEngine().description.sensitiveOutputFields ?? [];
	const ofTrigger = new RentEngineTrigger().description.sensitiveOutputFields ?? [];
	expect(paths.map((path) => at(UNIT, path))).toEqual([CODE]);
	expect(ofTrigger.map((path) => at(given, path))).toEqual([CODE, CODE]);
});
