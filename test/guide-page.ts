import { type BlockRenderers, type Control, renderBlock, type View } from '../src/contract/view.ts';
import { plain, type Text } from '../src/language/text.ts';

/** Platform in whose look a card is shown. */
export type Look = 'discord' | 'slack';

/** The forum of the guide for coordinators, up to its first digest. */
export const LINES = [
  '/forum mulai "Forum Kali Code" bahasa:indonesia pengumuman:pengumuman koordinator:koordinator isu:isu',
  '/mitra tambah "BPBD Kota" sektor:pemerintah',
  '/mitra tambah "Kampung Code" sektor:komunitas',
  '/mitra tugaskan joko mitra:"BPBD Kota" peran:wakil',
  '/mitra tugaskan slamet mitra:"Kampung Code" peran:wakil',
  '/tujuan tambah "Warga menerima peringatan sebelum banjir" tenggat:31/12/2027',
  '/indikator tambah "Warga terjangkau peringatan" tujuan:T-1 satuan:orang target:12000 tenggat:31/12/2027 frekuensi:bulanan mitra:"Kampung Code"',
  '/kegiatan catat "Gladi evakuasi" jenis:pelatihan peserta:45 perempuan:24 mitra:"BPBD Kota"',
  '@slamet /isu laporkan "Sirene tidak terdengar di RW 6" tingkat:tinggi',
  '@slamet /strategi usul "Peringatan lewat pengeras suara masjid" perubahan:"Peringatan juga disiarkan lewat pengeras suara masjid" alasan:"Sirene tidak terdengar di RW 6" tutup:7d',
  ':skip 14d',
];

/** The colours and measures of both platforms, about. */
export const STYLE = `<style>
  main { width: 480px; padding: 16px; font: 14px/1.45 'DejaVu Sans Condensed', 'DejaVu Sans', sans-serif; }
  header { margin-bottom: 6px; } header b { margin-right: 6px; } header small { opacity: .65; }
  .app { font-size: 10px; padding: 1px 4px; border-radius: 3px; margin-right: 6px; }
  article { padding: 10px 14px; border-radius: 6px; }
  h1 { font-size: 15px; margin: 0 0 6px; } p { margin: 3px 0; } ul { margin: 4px 0; padding-left: 18px; }
  blockquote { margin: 4px 0; padding-left: 8px; border-left: 3px solid #8888; } .note { opacity: .75; font-size: 12px; }
  nav { margin-top: 8px; } button { font: inherit; font-size: 13px; padding: 5px 11px; margin: 0 6px 6px 0; border-radius: 6px; border: 0; }
  th, td { text-align: left; padding: 2px 10px 2px 0; }
  .discord { background: #313338; color: #dbdee1; } .discord article { background: #2b2d31; border-left: 4px solid #2e8b57; }
  .discord .app { background: #5865f2; color: #fff; } .discord button { background: #4e5058; color: #fff; }
  .discord button.primary { background: #5865f2; } .discord button.danger { background: #da373c; }
  .slack { background: #fff; color: #1d1c1d; } .slack article { border-left: 4px solid #2e8b57; border-radius: 0; padding: 2px 14px; }
  .slack .app { background: #e8e8e8; color: #444; } .slack button { background: #fff; border: 1px solid #bbb; color: #1d1c1d; font-weight: bold; }
  .slack button.primary { background: #007a5a; border-color: #007a5a; color: #fff; } .slack button.danger { color: #c01343; border-color: #c01343; }
  .both { display: flex; gap: 16px; width: max-content; padding: 8px; background: #8883; align-items: flex-start; }
  label { display: block; margin: 8px 0 3px; font-weight: bold; font-size: 13px; } i { float: right; font-style: normal; }
  .input { min-height: 20px; padding: 6px 9px; border-radius: 5px; border: 1px solid #8886; }
  .discord .input { background: #1e1f22; } section main + main { margin-top: 10px; }
</style>`;

export const escaped = (text: Text | string): string =>
  plain(text).replace(/[&<>"]/g, one => `&#${one.charCodeAt(0)};`);

const block: BlockRenderers<string> = {
  text: ({ text }) => `<p>${escaped(text)}</p>`,
  note: ({ text }) => `<p class="note">${escaped(text)}</p>`,
  facts: ({ facts }) => facts.map(({ label, value }) => `<p><b>${escaped(label)}:</b> ${escaped(value)}</p>`).join(''),
  list: ({ items }) => `<ul>${items.map(item => `<li>${escaped(item)}</li>`).join('')}</ul>`,
  quote: ({ text, by }) => `<blockquote>${escaped(text)}${by ? ` – ${escaped(by)}` : ''}</blockquote>`,
  progress: ({ label, done, of }) =>
    `<p>${escaped(label)} <progress value="${done}" max="${of}"></progress> ${done}/${of}</p>`,
  file: ({ name }) => `<p class="note">${escaped(name)}</p>`,
  picture: ({ alt }) => `<p class="note">${escaped(alt)}</p>`,
  table: ({ head, rows }) =>
    `<table><tr>${head.map(cell => `<th>${escaped(cell)}</th>`).join('')}</tr>${rows
      .map(row => `<tr>${row.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`)
      .join('')}</table>`,
};

const control = (one: Control): string =>
  one.kind === 'button'
    ? `<button class="${one.style ?? ''}">${escaped(one.label)}</button>`
    : `<button>${escaped(one.label)} ▾</button>`;

/** A card about as the platform shows it: its colours and its measures, in a font that every machine has. */
export const page = (
  view: View,
  context: Look,
  to: string,
): string => `<main class="${context}"><header><b>Rembug</b><span class="app">APP</span><small>${to === 'slamet' ? 'pesan langsung' : `#${to}`}</small></header>
<article><h1>${escaped(view.title)}</h1>${view.blocks.map(one => renderBlock(block, one)).join('')}</article>
<nav>${view.controls.map(row => `<div>${row.map(control).join('')}</div>`).join('')}</nav></main>`;
