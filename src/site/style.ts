import { createHash } from 'node:crypto';

/**
 * The page's only style, within the page: one request less on a slow line. Colours of text stand at 4.5 to 1 or more
 * against their ground, in light and dark; the grounds are those of the charts.
 */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fff;--wash:#f2f6f6;--ink:#1d2329;--faint:#50606a;--line:#cfd8da;--brand:#0b5f5c;--on:#fff;--link:#0b5c8a;--good:#1b7a43;--warning:#7d5200;--bad:#b3261e;--note:#fff6e0}
@media(prefers-color-scheme:dark){:root{--ground:#15191d;--wash:#1d2328;--ink:#f1f3f5;--faint:#aab4bd;--line:#3a434a;--brand:#12403f;--on:#f1f3f5;--link:#7db8f5;--good:#6fd196;--warning:#e3b341;--bad:#ff8a80;--note:#332a12}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--ink);background:var(--ground);overflow-wrap:break-word}
h1,h2,h3,h4,p,li,dd,blockquote{overflow-wrap:anywhere}
a{color:var(--link)}
a:focus-visible,[tabindex]:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
.in{max-width:66rem;margin:0 auto;padding:0 1rem}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:.5rem;background:var(--ground);padding:.5rem 1rem;z-index:1}
.top{background:var(--brand);color:var(--on);padding:1rem 0}
.top a{color:inherit}
.top a:focus-visible{outline-color:var(--on)}
.top .in{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;align-items:baseline;justify-content:space-between}
.top .name{font-size:1.15rem;font-weight:700;text-decoration:none}
.top .name:hover{text-decoration:underline}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:0 .25rem}
nav.main{background:var(--wash);border-bottom:1px solid var(--line)}
nav.main a{display:inline-block;padding:.6rem .7rem;text-decoration:none;color:var(--ink)}
nav.main a:hover{text-decoration:underline}
nav.main [aria-current]{font-weight:700;box-shadow:inset 0 -3px var(--link)}
main{padding:1rem 0 2rem}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;line-height:1.3;margin:2rem 0 .5rem}
h3{font-size:1.05rem;margin:1.25rem 0 .25rem}
p,ul,ol,dl{margin:.5rem 0}
.lead{font-size:1.05rem;max-width:45rem}
.faint,caption .faint{color:var(--faint)}
.small{font-size:.9rem}
.line{display:block}
.pre{white-space:pre-line}
.note{background:var(--note);border-left:4px solid var(--warning);padding:.6rem 1rem;margin:1rem 0}
.note p{margin:.2rem 0}
.figures{display:grid;grid-template-columns:repeat(3,1fr);gap:.75rem;padding:0}
.figures>div{border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem;background:var(--wash)}
.figures dt{color:var(--faint);font-size:.9rem}
.figures dd{margin:0}
.figures .big{font-size:1.25rem;font-weight:700;line-height:1.4}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));gap:1rem;list-style:none;padding:0}
.cards.wide{grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr))}
.card{border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1rem;background:var(--ground)}
.card h3,.card h4{margin:0 0 .25rem;font-size:1.05rem}
.card>:last-child{margin-bottom:0}
.card h3::first-letter,li strong::first-letter{text-transform:uppercase}
.card ul{padding-left:1.2rem}
.card .chart{margin:.5rem -.6rem}
.chart{display:block;margin:.5rem 0;max-width:30rem}
.chart img{display:block;width:100%;height:auto;object-fit:contain}
.badge{font-weight:700;white-space:nowrap}
.good{color:var(--good)}.warning{color:var(--warning)}.bad{color:var(--bad)}
dl.facts{display:grid;grid-template-columns:minmax(5.5rem,max-content) 1fr;gap:.15rem 1rem}
dl.facts dt{color:var(--faint)}
dl.facts dd{margin:0}
blockquote{margin:.75rem 0;padding:.25rem 1rem;border-left:4px solid var(--line)}
table{border-collapse:collapse;width:100%;margin:.5rem 0}
caption{text-align:left;padding:.25rem 0}
th,td{border-bottom:1px solid var(--line);padding:.4rem .8rem .4rem 0;text-align:left;vertical-align:top}
td{overflow-wrap:anywhere;min-width:7rem}
tbody th{overflow-wrap:anywhere;min-width:12rem}
td.s,td.n{min-width:0;white-space:nowrap}
thead th{color:var(--faint);font-size:.9rem;border-bottom-width:2px}
tbody th{font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums}
thead th{white-space:nowrap}
.hid{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.areas{margin:.5rem 0}
.areas ul{gap:.25rem 1rem}
.pages{display:flex;gap:1.5rem;margin:1rem 0}
footer{border-top:1px solid var(--line);padding:1rem 0 2rem;color:var(--faint);font-size:.9rem}
@media(max-width:48rem){
.rows,.rows tbody,.rows tr,.rows td,.rows tbody th,.rows caption{display:block;width:100%}
.rows thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.rows tr{border:1px solid var(--line);border-radius:.5rem;padding:.5rem .8rem;margin:0 0 .75rem}
.figures{grid-template-columns:repeat(2,1fr)}
.rows td,.rows tbody th{border:0;min-width:0;padding:.1rem 0;text-align:left;white-space:normal}
.rows td:empty{display:none}
.badge{white-space:normal}
.rows td::before{content:attr(data-label) ": ";color:var(--faint)}
}
@media print{
@page{size:A4;margin:15mm}
:root{--ground:#fff;--wash:#fff;--ink:#000;--faint:#333;--line:#999;--brand:#fff;--on:#000;--link:#000;--good:#000;--warning:#000;--bad:#000;--note:#fff}
body{font-size:10pt}
nav.main,.skip,.files,.pages,.areas,.top nav{display:none}
.card,tr,.figures>div,.chart{break-inside:avoid}
h2,h3,caption{break-after:avoid}
thead{display:table-header-group}
main{padding:0}
}`
  .trim()
  .replaceAll('\n', '');

/** Hash of the style that a page's policy allows in place of inline style. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;
