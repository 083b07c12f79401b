import { SYSTEM_NAMES, SYSTEMS, type SystemName } from '../emulator.ts';
import { FAILURES, SAMPLES } from './tries.ts';

const escaped = (text: string): string =>
	text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The entries of a list to choose from; of one system, if it is given. */
const options = (all: Record<string, { label: string; system?: SystemName }>, of?: SystemName): string =>
	Object.entries(all)
		.filter(([, { system }]) => of === system)
		.map(([value, { label }]) => `<option value="${value}">${escaped(label)}</option>`)
		.join('\n');

const EMULATED = `emulated ${new Intl.ListFormat('en').format(Object.values(SYSTEMS))}`;

const SYSTEM_OPTIONS = SYSTEM_NAMES.map((name) => `<option value="${name}">${SYSTEMS[name]}</option>`).join(
	'\n',
);

const COUNTS = SYSTEM_NAMES.map(
	(name) =>
		`<div><dt>${SYSTEMS[name]}</dt><dd>created <b id="${name}-created">0</b>, requests <b id="${name}-requests">0</b></dd></div>`,
).join('\n');

/** The systems with sample webhooks, in their order. */
const SAMPLED = [...new Set(Object.values(SAMPLES).map(({ system }) => system))];

const SAMPLE_OPTIONS = SAMPLED.map(
	(system) => `<optgroup label="${SYSTEMS[system]}">
${options(SAMPLES, system)}
</optgroup>`,
).join('\n');

/**
 * The ledger page. Its rows come from page.js. The roles are named because the narrow layout is no table.
 *
 * @param webhookUrl where RentEngine's webhooks go to now
 */
export const pageHtml = (webhookUrl: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ledger: ${EMULATED}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<h1>Ledger</h1>
<p>What the ${EMULATED} were asked, and what came of it.</p>
<dl class="counts">
${COUNTS}
</dl>
</header>
<main>
<form class="filters" aria-label="Filter">
<label for="system">System
<select id="system" name="system">
<option value="">Both</option>
${SYSTEM_OPTIONS}
</select>
</label>
<label for="outcome">Outcome
<select id="outcome" name="outcome">
<option value="">Any</option>
<option value="created">Created something</option>
<option value="answered">Answered</option>
<option value="refused">Refused (4xx)</option>
<option value="limited">Over the rate limit (429)</option>
<option value="failed">Server error (5xx)</option>
<option value="closed">Closed without an answer</option>
<option value="pending">Still open</option>
</select>
</label>
<label for="reads" class="check"><input type="checkbox" id="reads" name="reads"> Reads too</label>
<button type="button" id="pause" aria-pressed="false">Pause</button>
<p id="state" role="status">Connecting …</p>
</form>
<form id="fail" class="acts">
<label for="fail-system">The next write to
<select id="fail-system">
${SYSTEM_OPTIONS}
</select>
</label>
<label for="failure">fails with
<select id="failure">
${options(FAILURES)}
</select>
</label>
<button type="submit">Let it fail</button>
</form>
<form id="hooks" class="acts">
<label for="hook">RentEngine's webhooks go to <input id="hook" name="hook" type="url" required placeholder="Production URL of a RentEngine Trigger" value="${escaped(webhookUrl)}"></label>
<button type="submit">Save</button>
</form>
<form id="samples" class="acts">
<label for="sample">Sample webhook
<select id="sample">
${SAMPLE_OPTIONS}
</select>
</label>
<button type="submit">Send it</button>
</form>
<table role="table">
<caption class="hidden">Requests, newest first</caption>
<thead role="rowgroup">
<tr role="row"><th scope="col" role="columnheader">Who</th><th scope="col" role="columnheader">What</th><th scope="col" role="columnheader">When</th><th scope="col" role="columnheader">Outcome</th><th scope="col" role="columnheader">System</th><th scope="col" role="columnheader">Request</th><th scope="col" role="columnheader">Received</th></tr>
</thead>
<tbody id="rows" role="rowgroup"></tbody>
</table>
<p id="empty">No requests yet. Point a credential at this emulator and run a workflow.</p>
</main>
<noscript><p>This page needs JavaScript. The same data as JSON: <a href="/api/ledger">/api/ledger</a></p></noscript>
<script src="/page.js" defer></script>
</body>
</html>
`;
