import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { hintOf, questionOf } from '../src/adapter-kit/field-words.ts';
import { CONSOLE, createAppBot } from '../src/app/app.ts';
import type { Act, Ask, Outgoing } from '../src/contract/act.ts';
import type { Form } from '../src/contract/form.ts';
import type { View } from '../src/contract/view.ts';
import { plain } from '../src/language/text.ts';
import { startBrowser } from './browser.ts';
import { escaped, LINES, type Look, page, STYLE } from './guide-page.ts';
import { aWorld, countedIds } from './world.ts';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const LOOKS: readonly Look[] = ['discord', 'slack'];
/** Number of fields that either platform shows of a long form; on Slack a button shows the others. */
const SHOWN = 5;

/** The words of each picture as it was painted. */
const PAINTED = `${FOLDER}five-acts.json`;

/** Returns all that is read on a page, a line each. */
const wordsIn = (html: string): string[] =>
  html
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .split(/<[^>]*>/)
    .map(one => one.replace(/\s+/g, ' ').trim())
    .filter(Boolean);

const WHO = { account: 'slamet', home: '', name: 'slamet', admin: false };

/** Shows each of the usual acts on both platforms, side by side. `UPDATE=1` paints them anew. */
it('the guide shows the five usual acts on both platforms, with the buttons and fields that there are', async () => {
  await using world = await aWorld();
  const sent: Outgoing[] = [];
  const send = world.adapter.send.bind(world.adapter);
  world.adapter.send = out => {
    sent.push(out);
    return send(out);
  };
  await world.all(...LINES);
  const log = { debug() {}, info() {}, warn() {}, error() {} };
  const defaults = { locale: 'id', zone: 'Asia/Jakarta' } as const;
  const bot = createAppBot({ store: world.store, log, defaults }, world.clock, countedIds());
  let key = 0;
  const asked = (ask: Ask) => {
    const place = { platform: 'console', workspace: CONSOLE, channel: 'umum' } as const;
    const act: Act = { key: `g${++key}`, place, who: WHO, ask, memberOf: () => null, channelOf: () => null };
    return bot.perform(act);
  };
  const form = async (path: readonly string[], given: Record<string, { typed: string }> = {}): Promise<Form> => {
    const answer = await asked({ kind: 'chosen', path, given });
    if (answer.kind !== 'form') throw new Error(JSON.stringify(answer));
    return answer.form;
  };
  const shown = async (line: string): Promise<View> => {
    const answer = await asked({ kind: 'typed', line });
    if (answer.kind !== 'view') throw new Error(JSON.stringify(answer));
    return answer.view;
  };
  const card = (to: string, title: RegExp): View =>
    sent.find(({ target, view }) => 'name' in target && target.name === to && title.test(plain(view.title)))!.view;
  const reminder = card('slamet', /laporan menunggu/);
  const ballot = card('pengumuman', /^S-1 /);
  const tasks = await shown('/saya tugas');
  const report = await form(['indicator', 'report'], { indicator: { typed: 'N-1' } });
  const activity = await form(['activity', 'log']);
  const issue = await form(['issue', 'raise']);

  const buttons = (view: View): string[] => view.controls.flat().map(one => one.label);
  expect(buttons(reminder)).toContain('Lapor sekarang');
  expect(buttons(ballot)).toEqual(expect.arrayContaining(['Setuju', 'Tidak setuju', 'Abstain', 'Keberatan']));
  expect(buttons(tasks)).toContain('Catat kegiatan');
  expect(plain(report.title)).toContain('N-1');
  expect([report, activity, issue].map(one => one.fields[0]?.option)).toEqual(['value', 'title', 'title']);

  const acts: Record<string, (look: Look) => string> = {
    'lapor-dari-pengingat': look => page(reminder, look, 'slamet') + formPage(report, look),
    'catat-kegiatan': look => formPage(activity, look),
    suara: look => page(ballot, look, 'pengumuman'),
    'tugas-saya': look => page(tasks, look, 'slamet'),
    'laporkan-isu': look => formPage(issue, look),
  };
  const pages = Object.entries(acts).map(([name, of]) => ({
    name,
    html: `<!doctype html>${STYLE}<div class="both">${LOOKS.map(look => `<section>${of(look)}</section>`).join('')}</div>`,
  }));
  for (const { html } of pages) expect(html).toMatch(/<main class="slack/);
  const words = Object.fromEntries(pages.map(({ name, html }) => [name, wordsIn(html)]));
  if (!process.env.UPDATE) {
    // What the pictures show is what there is: else they are painted anew.
    expect(JSON.parse(readFileSync(PAINTED, 'utf8')), 'UPDATE=1 vitest run test/five-acts').toEqual(words);
    return;
  }
  writeFileSync(PAINTED, `${JSON.stringify(words, null, 2)}\n`);
  await using browser = await startBrowser();
  const tab = await browser.newPage({ viewport: { width: 1_080, height: 400 } });
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, html } of pages) {
    await tab.setContent(html);
    writeFileSync(`${FOLDER}${name}.png`, await tab.locator('.both').screenshot());
  }
});

/** A form about as the platform shows it: its first fields, and its buttons. */
function formPage(form: Form, look: Look): string {
  const fields = form.fields.slice(0, SHOWN).map(field => {
    const isTyped =
      field.choices.length === 0 && ['line', 'paragraph', 'number', 'whole', 'money'].includes(field.input);
    const hint = hintOf(field, { isTyped, room: 100 });
    const sign = isTyped ? '' : '▾';
    return `<label>${escaped(questionOf(field))}${field.required ? ' *' : ''}</label><div class="input">${escaped(field.value)}<i>${sign}</i></div>${
      hint ? `<p class="note">${escaped(hint)}</p>` : ''
    }`;
  });
  const left = form.fields.length - SHOWN;
  const more = look === 'slack' && left > 1 ? `<button>${escaped(form.more.show)} (${left})</button>` : '';
  return `<main class="${look} form"><article><h1>${escaped(form.title)}</h1>${fields.join('')}${more}</article>
<nav><button>${escaped(form.cancel)}</button><button class="primary">${escaped(form.send)}</button></nav></main>`;
}
