import { credentials } from './editor/credentials.ts';
import { fields } from './editor/fields.ts';
import { finding } from './editor/finding.ts';
import { kept } from './editor/kept.ts';
import { lists } from './editor/lists.ts';
import { preview } from './editor/preview.ts';
import { running } from './editor/running.ts';
import { tool } from './editor/tool.ts';
import { triggers } from './editor/triggers.ts';
import { walk } from './editor/walk.ts';
import { openEditor, type Editor } from './support/editor.ts';

/*
 * What the user sees in n8n's editor. One n8n serves all of it: to start one takes longer than most of these tests.
 */

let editor: Editor;
const opened = (): Editor => editor;

beforeAll(async () => {
	editor = await openEditor();
});

afterAll(() => editor?.close());
beforeEach(() => editor.emulator.reset());

describe('finding a node', () => finding(opened));
describe('the fields', () => fields(opened));
describe('what is filled in', () => kept(opened));
describe('choosing from a list', () => lists(opened));
describe('the output before the first run', () => preview(opened));
describe('running one step', () => running(opened));
describe('the credential', () => credentials(opened));
describe('as a tool of an AI agent', () => tool(opened));
describe('the triggers', () => triggers(opened));
describe('built from nothing', () => walk(opened));
