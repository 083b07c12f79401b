/** How the ledger page looks: light and dark, wide and narrow. */
export const STYLE = `
:root {
	color-scheme: light dark;
	--paper: #fbfbf9; --ink: #1d2430; --faint: #5a6472; --line: #d9dde3; --raised: #ffffff; --focus: #1557c0;
	--created: #11643a; --refused: #9a3412; --failed: #a3123a; --neutral: #3f4957;
}
@media (prefers-color-scheme: dark) {
	:root {
		--paper: #14181f; --ink: #e8ecf2; --faint: #a2adbb; --line: #333c49; --raised: #1c222b; --focus: #8ab4ff;
		--created: #6fd39b; --refused: #f2a97e; --failed: #ff93ad; --neutral: #b9c3d0;
	}
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.45 system-ui, sans-serif; }
header, main { max-width: 75rem; margin: 0 auto; padding: 0 1rem; }
h1 { margin: 1.25rem 0 0; font-size: 1.6rem; }
header p { margin: .25rem 0 .75rem; color: var(--faint); }
.counts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0 0 1rem; }
.counts dt { display: inline; font-weight: 600; }
.counts dd { display: inline; margin: 0 0 0 .4rem; }
.filters { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; gap: .75rem; align-items: end;
	padding: .75rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.filters label { display: grid; gap: .2rem; font-size: .85rem; color: var(--faint); }
select, button, input[type=url] { font: inherit; color: var(--ink); background: var(--raised); border: 1px solid var(--faint);
	border-radius: .35rem; padding: .4rem .7rem; min-height: 2.5rem; }
button { cursor: pointer; }
button[aria-pressed='true'] { border-color: var(--focus); box-shadow: inset 0 0 0 1px var(--focus); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
#state { margin: 0 0 .5rem auto; color: var(--faint); font-size: .85rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .45rem .6rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { font-size: .8rem; color: var(--faint); font-weight: 600; }
td { overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
td.time, td.system { white-space: nowrap; }
td.who { font-weight: 600; }
th:nth-child(2), th:nth-child(4) { min-width: 9rem; }
th:nth-child(6) { width: 24%; }
.ids { display: block; font-size: .8rem; font-weight: 400; color: var(--faint); }
.filters .check { display: flex; align-items: center; gap: .4rem; }
.acts { display: flex; flex-wrap: wrap; align-items: end; gap: .5rem; margin: .75rem 0; }
.acts label { display: grid; gap: .2rem; min-width: 0; font-size: .85rem; color: var(--faint); }
#hook { width: 30rem; max-width: 100%; }
select { max-width: 100%; }
.open { min-height: 0; padding: .1rem .2rem; border: 0; background: none; text-align: left; font-family: ui-monospace, monospace;
	font-size: .9rem; text-decoration: underline; text-decoration-color: var(--line); text-underline-offset: .2em; }
.open::before { content: '▸ '; }
.open[aria-expanded='true']::before { content: '▾ '; }
.outcome { font-weight: 600; color: var(--neutral); }
.created .outcome { color: var(--created); }
.refused .outcome, .limited .outcome { color: var(--refused); }
.failed .outcome, .closed .outcome { color: var(--failed); }
.detail td { background: var(--raised); }
.detail h2 { margin: .3rem 0; font-size: .95rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
pre { margin: 0 0 .75rem; padding: .6rem; max-height: 24rem; overflow: auto; border: 1px solid var(--line); border-radius: .35rem;
	background: var(--paper); font: .82rem/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
#empty { padding: 2rem 0; color: var(--faint); text-align: center; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
@media (max-width: 44rem) {
	.filters { position: static; }
	.filters label { flex: 1 1 8rem; }
	.acts label { flex: 1 1 100%; }
	.acts label > * { width: 100%; min-width: 0; }
	#hook { width: 100%; }
	#state { margin-left: 0; }
	thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
	table, tbody, tr, td { display: block; width: 100%; }
	tbody tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
	td { display: flex; gap: .6rem; padding: .12rem 0; border: 0; }
	td[data-label]::before { content: attr(data-label); flex: 0 0 5.5rem; color: var(--faint); font-size: .85rem; font-weight: 400; }
	td:empty { display: none; }
	.open { min-height: 2.5rem; }
	.detail td { display: block; padding: .5rem; }
	.pair { grid-template-columns: 1fr; }
}
`;
