/**
 * `npm run contract -- <file>`: takes what the nodes and the emulator rely on out of Propexo's OpenAPI file, and keeps
 * it as data for the tests.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extract, written } from './contract/extract.ts';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Which file? npm run contract -- propexo-openapi.yml');
const target = join(import.meta.dirname, '..', 'test', 'unit', 'emulator', 'fixtures', 'propexo.json');
writeFileSync(target, written(extract(readFileSync(file, 'utf8'))));
