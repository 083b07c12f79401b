/** The ledger page. Its rows come from page.js. The roles are named because the narrow layout is no table. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ledger: emulated Propexo and RentEngine</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header>
<h1>Ledger</h1>
<p>What the emulated Propexo and RentEngine were asked, and what came of it.</p>
<dl class="counts">
<div><dt>Propexo</dt><dd>created <b id="propexo-created">0</b>, requests <b id="propexo-requests">0</b></dd></div>
<div><dt>RentEngine</dt><dd>created <b id="rentEngine-created">0</b>, requests <b id="rentEngine-requests">0</b></dd></div>
</dl>
</header>
<main>
<form class="filters" aria-label="Filter">
<label for="system">System
<select id="system" name="system">
<option value="">Both</option>
<option value="propexo">Propexo</option>
<option value="rentEngine">RentEngine</option>
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
<div class="acts" role="group" aria-label="Try something">
<button type="button" class="act" data-path="/api/faults" data-body='{"system":"propexo","match":{"method":"POST"},"status":500,"write":true}'>Propexo: lose the next answer</button>
<button type="button" class="act" data-path="/api/faults" data-body='{"system":"propexo","match":{"method":"POST"},"status":429}'>Propexo: next write is over the limit</button>
<button type="button" class="act" data-path="/api/faults" data-body='{"system":"rentEngine","match":{"method":"POST"},"status":500,"write":true}'>RentEngine: lose the next answer</button>
<button type="button" class="act" data-path="/api/rows" data-body='{"table":"prospects","row":{"name":"Nora Sample","phone":"+15125550147"}}'>RentEngine: a prospect comes in (sends a webhook)</button>
</div>
<form id="hooks" class="acts">
<label for="hook">RentEngine's webhooks go to <input id="hook" name="hook" type="url" required placeholder="Production URL of a RentEngine Trigger"></label>
<button type="submit">Save</button>
</form>
<table role="table">
<caption class="hidden">Requests, newest first</caption>
<thead role="rowgroup">
<tr role="row"><th scope="col" role="columnheader">Time</th><th scope="col" role="columnheader">About</th><th scope="col" role="columnheader">System</th><th scope="col" role="columnheader">Request</th><th scope="col" role="columnheader">Outcome</th><th scope="col" role="columnheader">Created</th></tr>
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
