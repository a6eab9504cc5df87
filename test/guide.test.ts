import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Outgoing } from '../src/contract/act.ts';
import { plain } from '../src/language/text.ts';
import { startBrowser } from './browser.ts';
import { LINES, page, STYLE } from './guide-page.ts';
import { aWorld } from './world.ts';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** Pictures of the guide, the places to which they were sent, and in whose look. `UPDATE=1` paints them anew. */
const PICTURES = [
  { name: 'kegiatan-discord', to: 'pengumuman', look: 'discord', buttons: [] },
  { name: 'ringkasan-slack', to: 'koordinator', look: 'slack', buttons: [] },
] as const;

it('the guide for coordinators shows cards that there are, with the buttons that it names', async () => {
  await using world = await aWorld();
  const sent: Outgoing[] = [];
  const send = world.adapter.send.bind(world.adapter);
  world.adapter.send = out => {
    sent.push(out);
    return send(out);
  };
  await world.all(...LINES);
  const pages = PICTURES.map(({ name, to, look: context, buttons }) => {
    const views = sent.filter(({ target }) => 'name' in target && target.name === to).map(({ view }) => view);
    const view = views.find(one => FIRST[name].test(plain(one.title)))!;
    expect(view, name).toBeDefined();
    const labels = view.controls.flat().map(control => control.label);
    expect(labels).toEqual(expect.arrayContaining([...buttons]));
    return { name, html: `<!doctype html>${STYLE}${page(view, context, to)}` };
  });
  if (!process.env.UPDATE) return;
  await using browser = await startBrowser();
  const tab = await browser.newPage({ viewport: { width: 520, height: 400 }, deviceScaleFactor: 2 });
  mkdirSync(FOLDER, { recursive: true });
  for (const { name, html } of pages) {
    await tab.setContent(html);
    writeFileSync(`${FOLDER}${name}.png`, await tab.locator('main').screenshot());
  }
});

/** By what the title of each card is known. */
const FIRST: Readonly<Record<(typeof PICTURES)[number]['name'], RegExp>> = {
  'kegiatan-discord': /^K-1 /,
  'ringkasan-slack': /^Ringkasan/,
};
