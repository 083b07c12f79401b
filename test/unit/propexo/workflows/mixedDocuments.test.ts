import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The reader that n8n uses; it comes with n8n-workflow, without types. */
const { Parser } = jest.requireActual<{
	Parser: new (options: object) => { parseStringPromise: (xml: string) => Promise<unknown> };
}>('xml2js');

/*
 * n8n reads all XML with one reader, which may give a document that came at the same moment to both senders. The workflows for ADF
 * and MITS compare what was sent with what was read, in one expression, which is evaluated here.
 */

interface Item {
	json: object;
	binary: { data: { data: string } };
}

/** The check of a workflow: whether what was read is another document than what was sent. */
function checkOf(file: string): (item: Item) => boolean {
	const text = readFileSync(join(__dirname, '..', '..', '..', '..', 'workflows', file), 'utf8');
	const { nodes } = JSON.parse(text) as {
		nodes: Array<{
			name: string;
			parameters: { responseBody?: string; options?: { responseCode?: string } };
		}>;
	};
	const { parameters } = nodes.find(({ name }) => name === 'Answer')!;
	const checks = [parameters.responseBody, parameters.options?.responseCode].map(
		(expression = '') =>
			/\(\(item\) => \{ const leaves = .*?\}\)(?=\(\$\('[^']+'\)\.first\(\)\) \?)/s.exec(
				expression,
			)?.[0],
	);
	expect(checks[0]).toBeDefined();
	expect(checks[1]).toBe(checks[0]);
	// n8n gives texts this function.
	const plain = checks[0]!.replace(
		"(item.binary?.data?.data ?? '').base64Decode()",
		"Buffer.from(item.binary.data.data, 'base64').toString()",
	);
	return new Function(`return ${plain}`)() as (item: Item) => boolean;
}

/** A document as n8n's webhook reads it. */
const read = async (xml: string): Promise<unknown> =>
	await new Parser({ normalize: true, normalizeTags: true, explicitArray: false }).parseStringPromise(xml);

const isMixedUp = async (file: string, sent: string, got = sent): Promise<boolean> =>
	checkOf(file)({
		json: { headers: { 'content-type': 'text/xml' }, body: await read(got) },
		binary: { data: { data: Buffer.from(sent).toString('base64') } },
	});

const documentOf = (comments: string, id = '4711') =>
	`<?xml version="1.0"?><!-- a > b --><adf><prospect status="new"><id source='Site "A" > B'>${id}</id><email/>
	<customer><name part="first">Zo&#235;</name><comments>${comments}</comments><name part="last">O&apos;Neil</name></customer></prospect></adf>`;

describe.each(['propexo-adf-lead.json', 'propexo-mits-lead.json'])('%s', (file) => {
	it.each([
		['breaks of lines', 'Two cats<br/>One dog'],
		['elements in elements', '<p>Two <b>ca</b>ts<i>and <u>a</u>dog</i>May<br></br>June</p>'],
		[
			'texts that are split in other ways',
			'Two<!-- x -->cats<![CDATA[<and> & one]]>dog &amp;A&#66;C&lt;br/&gt;',
		],
		['attributes', 'Two <a href="https://example.com/?a=1&amp;b=2" title=\'x > y\'>cats</a>dog'],
	])('knows a document with %s as the one that was sent', async (_, comments) => {
		expect(await isMixedUp(file, documentOf(comments))).toBe(false);
	});

	it('tells another document, also one of the same letters', async () => {
		const own = documentOf('Two cats<br/>One dog');
		expect(await isMixedUp(file, own, documentOf('Two cats<br/>One dog', '1174'))).toBe(true);
		expect(await isMixedUp(file, own, documentOf('Two cats'))).toBe(true);
	});
});
