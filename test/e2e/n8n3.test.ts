import { startN8n, type N8n } from '../../demo/n8n.ts';
import { freePort } from '../../demo/ports.ts';
import { checkIn } from '../../scripts/n8n3/check.ts';
import { pinnedVersion, ROOT } from '../support/n8nVersion.ts';
import { setStage, type Stage } from '../support/realN8n.ts';

/* `npm run test:n8n3` makes these checks in a container of n8n 3. Here they run in the n8n that the project pins. */

let stage: Stage;
let n8n: N8n;

beforeAll(async () => {
	stage = await setStage();
	n8n = await startN8n(stage.home, await freePort());
});

afterAll(async () => {
	await n8n?.stop();
	await stage?.close();
});

it('the checks for n8n 3 pass in the pinned n8n, and name its version', async () => {
	const { version, findings } = await checkIn(n8n.url, ROOT);
	expect(version).toBe(pinnedVersion());
	expect(findings.length).toBeGreaterThan(6);
	expect(findings.filter(({ wrong }) => wrong !== undefined)).toEqual([]);
});
