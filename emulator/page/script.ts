import { SYSTEMS } from '../emulator.ts';

/** Keeps the ledger page up to date. Plain JavaScript for the browser; all values go in as text, never as HTML. */
export const SCRIPT = `'use strict';
const KEPT = 500;
const SYSTEMS = ${JSON.stringify(SYSTEMS)};
const OUTCOMES = { created: 'Created', answered: 'Answered', refused: 'Refused', limited: 'Over the limit', failed: 'Server error', closed: 'Closed', pending: 'Open' };
const byId = (id) => document.getElementById(id);
const body = byId('rows');
const known = new Map();
let waiting = [];
let paused = false;

function cell(label, text, className) {
	const td = document.createElement('td');
	td.setAttribute('role', 'cell');
	td.dataset.label = label;
	if (className) td.className = className;
	if (text !== undefined) td.textContent = text;
	return td;
}

function outcomeText(row) {
	const isNumber = typeof row.status === 'number';
	if (row.outcome === 'created' && row.status === 'closed') return 'Created, but the answer was lost';
	if (row.outcome === 'created' && row.status >= 400) return 'Created, but the answer was lost (HTTP ' + row.status + ')';
	return OUTCOMES[row.outcome] + (isNumber ? ' (HTTP ' + row.status + ')' : '');
}

function draw(row) {
	const tr = document.createElement('tr');
	tr.setAttribute('role', 'row');
	tr.className = row.outcome;
	const button = document.createElement('button');
	button.type = 'button';
	button.className = 'open';
	button.textContent = row.method + ' ' + row.path;
	button.setAttribute('aria-expanded', 'false');
	const request = cell('Request');
	request.append(button);
	const outcome = cell('Outcome', undefined, 'outcome');
	const received = new Date(row.at).toTimeString().slice(0, 8) + '.' + String(row.at % 1000).padStart(3, '0');
	tr.append(cell('Who', row.who, 'who'), cell('What', row.what), cell('When', row.when, 'when'), outcome,
		cell('System', SYSTEMS[row.system], 'system'), request, cell('Received', received, 'time'));
	tell(outcome, row);
	const entry = { row, tr, button, detail: null };
	button.addEventListener('click', () => toggle(entry));
	return entry;
}

function tell(outcome, row) {
	const ids = document.createElement('span');
	ids.className = 'ids';
	ids.textContent = row.created.join(', ');
	outcome.replaceChildren(outcomeText(row), ...(row.created.length > 0 ? [ids] : []));
}

function refresh(entry, row) {
	entry.row = row;
	entry.tr.className = row.outcome;
	const [who, what, when, outcome] = entry.tr.children;
	who.textContent = row.who;
	what.textContent = row.what;
	when.textContent = row.when;
	tell(outcome, row);
	if (entry.detail) fill(entry);
}

async function toggle(entry) {
	if (entry.detail) {
		entry.detail.remove();
		entry.detail = null;
		entry.button.setAttribute('aria-expanded', 'false');
		return;
	}
	const tr = document.createElement('tr');
	tr.setAttribute('role', 'row');
	tr.className = 'detail';
	tr.id = 'detail-' + entry.row.system + '-' + entry.row.seq;
	const td = document.createElement('td');
	td.setAttribute('role', 'cell');
	td.colSpan = 7;
	tr.append(td);
	entry.tr.after(tr);
	entry.detail = tr;
	entry.button.setAttribute('aria-expanded', 'true');
	entry.button.setAttribute('aria-controls', tr.id);
	await fill(entry);
}

function block(title, text) {
	const div = document.createElement('div');
	const heading = document.createElement('h2');
	heading.textContent = title;
	const pre = document.createElement('pre');
	pre.tabIndex = 0;
	pre.textContent = text;
	div.append(heading, pre);
	return div;
}

function pretty(value) {
	if (value === undefined || value === null || value === '') return '(none)';
	if (typeof value !== 'string') return JSON.stringify(value, null, 2);
	try {
		return JSON.stringify(JSON.parse(value), null, 2);
	} catch {
		return value;
	}
}

async function fill(entry) {
	const { system, seq, status } = entry.row;
	const td = entry.detail.firstElementChild;
	const pair = document.createElement('div');
	pair.className = 'pair';
	try {
		const response = await fetch('/api/requests/' + system + '/' + seq);
		if (!response.ok) throw new Error('This request is no longer kept.');
		const detail = await response.json();
		const headers = (all) => Object.entries(all).map(([name, value]) => name + ': ' + value).join('\\n');
		const query = new URLSearchParams(Object.entries(detail.query)).toString();
		pair.append(
			block('Request', detail.method + ' ' + detail.path + (query ? '?' + query : '') + '\\n' + headers(detail.headers) + '\\n\\n' + pretty(detail.body)),
			block('Reply', detail.reply ? status + '\\n' + headers(detail.reply.headers) + '\\n\\n' + pretty(detail.reply.body)
				: typeof status === 'number' ? status + '\\n(the reply is no longer kept)' : '(no reply: ' + OUTCOMES[status] + ')'),
		);
	} catch (error) {
		pair.append(block('Request', error.message));
	}
	td.replaceChildren(pair);
}

function shows(row) {
	const system = byId('system').value;
	const outcome = byId('outcome').value;
	const reads = byId('reads').checked || !row.reads;
	return reads && (!system || row.system === system) && (!outcome || row.outcome === outcome);
}

function filter() {
	let shown = 0;
	for (const entry of known.values()) {
		const visible = shows(entry.row);
		entry.tr.hidden = !visible;
		if (entry.detail) entry.detail.hidden = !visible;
		if (visible) shown++;
	}
	byId('empty').hidden = shown > 0;
	byId('empty').textContent = known.size > 0 ? 'No request matches the filter. Requests that only read are shown with "Reads too".' : 'No requests yet. Point a credential at this emulator and run a workflow.';
	return shown;
}

function take(rows) {
	for (const row of rows) {
		const key = row.system + row.seq;
		const entry = known.get(key);
		if (entry) {
			refresh(entry, row);
			continue;
		}
		const made = draw(row);
		known.set(key, made);
		body.prepend(made.tr);
	}
	for (const [key, entry] of known) {
		if (known.size <= KEPT) break;
		entry.tr.remove();
		if (entry.detail) entry.detail.remove();
		known.delete(key);
	}
	filter();
}

function forget(system) {
	waiting = waiting.filter((row) => row.system !== system);
	for (const [key, entry] of known) {
		if (entry.row.system !== system) continue;
		entry.tr.remove();
		if (entry.detail) entry.detail.remove();
		known.delete(key);
	}
	filter();
}

function state(text) {
	byId('state').textContent = text;
}

const source = new EventSource('/api/events');
source.addEventListener('open', () => {
	known.clear();
	body.replaceChildren();
	filter();
	state(paused ? 'Paused' : 'Live');
});
source.addEventListener('error', () => state('Connection lost, trying again …'));
source.addEventListener('rows', (event) => {
	const rows = JSON.parse(event.data);
	if (paused) waiting = waiting.concat(rows).slice(-KEPT);
	else take(rows);
});
source.addEventListener('cleared', (event) => forget(JSON.parse(event.data)));
source.addEventListener('counts', (event) => {
	for (const [system, count] of Object.entries(JSON.parse(event.data))) {
		byId(system + '-created').textContent = count.created;
		byId(system + '-requests').textContent = count.requests;
	}
});

for (const id of ['system', 'outcome', 'reads']) {
	byId(id).addEventListener('change', () => {
		const shown = filter();
		state(shown === 1 ? '1 request shown' : shown + ' requests shown');
	});
}
async function send(path, body) {
	const options = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
	const reply = await fetch(path, options).catch(() => undefined);
	const answer = reply && reply.ok ? await reply.json() : {};
	state(reply && reply.ok ? answer.told || "Done: RentEngine's webhooks go there" : 'That did not work');
}
function onSubmit(form, path, body) {
	byId(form).addEventListener('submit', (event) => {
		event.preventDefault();
		send(path, body());
	});
}
onSubmit('hooks', '/api/settings', () => ({ rentEngine: { webhookUrl: byId('hook').value } }));
onSubmit('fail', '/api/fail', () => ({ system: byId('fail-system').value, failure: byId('failure').value }));
onSubmit('samples', '/api/sample', () => ({ sample: byId('sample').value }));
byId('pause').addEventListener('click', () => {
	paused = !paused;
	byId('pause').setAttribute('aria-pressed', String(paused));
	state(paused ? 'Paused' : 'Live');
	if (!paused) {
		take(waiting);
		waiting = [];
	}
});
filter();
`;
