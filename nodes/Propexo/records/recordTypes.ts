import * as events from './events';
import * as people from './people';
import * as places from './places';
import type { RecordType } from './record';

const isRecord = (exported: unknown): exported is RecordType =>
	typeof exported === 'object' && exported !== null && 'noun' in exported;

/** Every kind of record of Propexo that the nodes know. */
export const recordTypes: RecordType[] = [events, people, places].flatMap((group) =>
	Object.values<unknown>(group).filter(isRecord),
);
