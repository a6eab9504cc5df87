import { expect, it } from 'vitest';
import { renderView as onDiscord } from '../../adapters/discord/render.ts';
import { readActionId } from '../../adapters/slack/controls.ts';
import { renderView as onSlack } from '../../adapters/slack/render.ts';
import { CONSOLE } from '../../src/app/app.ts';
import type { Act } from '../../src/contract/act.ts';
import type { View } from '../../src/contract/view.ts';
import { aWorld } from '../world.ts';
import { aGeneratedForum, type GeneratedForum } from './forum.ts';

interface Node {
  readonly label?: string;
  readonly custom_id?: string;
  readonly action_id?: string;
  readonly text?: { readonly text?: string } | string;
  readonly content?: string;
}

/** All objects inside a rendered message. */
const inside = (value: unknown): Node[] => {
  if (Array.isArray(value)) return value.flatMap(inside);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(inside)];
};

const NEXT = 'Berikutnya';

/** Returns what a page says on each platform, and the button to the next one, as each of them carries it. */
function pageOn(view: View, registry: GeneratedForum['world']['bot']['registry']) {
  const discord = inside(onDiscord(view, registry));
  const slack = inside(onSlack(view, registry).blocks);
  const said = (nodes: readonly Node[]): string =>
    nodes.flatMap(one => [one.content ?? '', typeof one.text === 'string' ? one.text : '']).join('\n');
  const pressed = slack.find(one => typeof one.text === 'object' && one.text.text === NEXT)?.action_id;
  return {
    texts: [said(discord), said(slack)],
    next: [discord.find(one => one.label === NEXT)?.custom_id, pressed && readActionId(pressed)?.invocation],
  };
}

/** Walks a list to its end by its buttons; `between` happens behind each page. Gives what was found on each platform. */
async function walk(
  { world }: Pick<GeneratedForum, 'world'>,
  line: string,
  code: RegExp,
  between: () => Promise<void> = async () => {},
): Promise<string[][]> {
  const { bot } = world;
  let n = 0;
  const perform = async (ask: Act['ask']): Promise<View> => {
    const who = { account: 'coordinator', home: '', name: 'coordinator', admin: false };
    const place = { platform: 'console', workspace: CONSOLE, channel: 'console' } as const;
    const key = `walk:${line}:${++n}`;
    const answer = await bot.perform({ key, place, who, ask, memberOf: () => null, channelOf: () => null });
    if (answer.kind !== 'view') throw new Error(`${line}: ${answer.kind}`);
    return answer.view;
  };
  const found: string[][] = [[], []];
  let view = await perform({ kind: 'typed', line });
  for (;;) {
    const { texts, next } = pageOn(view, bot.registry);
    for (const [i, text] of texts.entries()) found[i]!.push(...(text.match(code) ?? []));
    expect(next[0]).toBe(next[1]);
    if (!next[0]) return found;
    await between();
    view = await perform({ kind: 'pressed', invocation: next[0] });
  }
}

const codes = (letter: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${letter}-${i + 1}`);
const sorted = (found: readonly string[]): string[] =>
  [...found].sort((a, b) => Number(a.slice(2)) - Number(b.slice(2)));

it('W8: every list of 1,000 is walked to its end on each platform and has everyone once', async () => {
  const forum = await aGeneratedForum(1_000, 'id', 'markup');
  for (const [line, letter] of [
    ['/partner list', 'M'],
    ['/goal list', 'T'],
    ['/indicator list', 'N'],
    ['/activity list', 'K'],
    ['/issue list status:all', 'I'],
    ['/strategy list', 'S'],
    ['/agreement list', 'P'],
    ['/finance list', 'U'],
  ] as const)
    for (const found of await walk(forum, line, new RegExp(`(?<![\\w-])${letter}-\\d+`, 'g')))
      expect([line, sorted(found)]).toEqual([line, codes(letter, 1_000)]);
  await forum.world.store.close();
});

it('W8: a list keeps its order while entries are added: nobody is missed or shown twice', async () => {
  const forum = await aGeneratedForum(101, 'id', 'plain');
  const { world } = forum;
  let n = 0;
  const add = async (): Promise<void> =>
    void (await world.all(`/partner add "Baru ${++n}"`, `/issue raise "Baru ${n}"`));
  for (const found of await walk(forum, '/partner list', /(?<![\w-])M-\d+/g, add))
    expect(new Set(found).size).toBe(found.length);
  for (const found of await walk(forum, '/issue list', /(?<![\w-])I-\d+/g, add))
    expect(sorted(found).filter(code => Number(code.slice(2)) <= 101)).toEqual(codes('I', 101));
  const owed = await walk(forum, '/indicator due', /N-\d+ [^\n]*?2026-W\d+/g);
  expect(owed[0]!.length).toBeGreaterThan(100);
  for (const found of owed) expect(new Set(found).size).toBe(found.length);
  await world.store.close();
});

it('W8: a page tells its place, and the map names few and leads to all', async () => {
  const forum = await aGeneratedForum(101, 'id', 'plain');
  const [first] = await forum.world.all('/partner list');
  expect(first).toContain('1–20 dari 101');
  const [map] = await forum.world.all('/partner map');
  expect(map).toContain('Gladi evakuasi 29 +18');
  const [sector] = await forum.world.all(':click "LSM (26)"');
  expect(sector).toContain('1–20 dari 26');
  await forum.world.store.close();
});

it('W8: /partnership score and /strategy history are walked to their ends and have everything once', async () => {
  const world = await aWorld({ actor: 'coordinator' });
  const partners = Array.from({ length: 61 }, (_, i) => `Mitra-${100 + i}`);
  await world.all('/forum setup Uji', ...partners.map(name => `/partner add ${name} sector:ngo`));
  await world.all('/partner assign sari partner:Mitra-100 role:representative');
  await world.all('/strategy propose Gladi change:x rationale:y closes:2d');
  const { store } = world;
  const { strategyVersions, forums } = store.tables;
  const [forum] = await store.read.select().from(forums);
  const made = { forumId: forum!.id, strategy: 1, before: '', after: 'x', at: world.clock.now() };
  const versions = Array.from({ length: 45 }, (_, i) => i + 1);
  await store.write(null, async tx => {
    await tx.insert(strategyVersions).values(versions.map(version => ({ ...made, version })));
  });
  for (const found of await walk({ world }, '/partnership score', /Mitra-\d{3}/g))
    expect([...found].sort()).toEqual(partners);
  for (const found of await walk({ world }, '/strategy history', /Versi\s+\d+/g))
    expect(found.map(one => Number(/\d+/.exec(one))).sort((a, b) => a - b)).toEqual(versions);
  await store.close();
});
