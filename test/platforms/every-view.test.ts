import { beforeAll, describe, expect, it } from 'vitest';
import { attachedTo } from '../../adapters/discord/attachments.ts';
import { renderView as onDiscord } from '../../adapters/discord/render.ts';
import { renderView as onSlack } from '../../adapters/slack/render.ts';
import { NO_PICTURES } from '../../src/adapter-kit/pictures.ts';
import { registryOf } from '../../src/app/app.ts';
import type { Answer, Outgoing } from '../../src/contract/act.ts';
import type { Block, Control, View } from '../../src/contract/view.ts';
import type { Node, Text } from '../../src/language/text.ts';
import { lifeIn } from '../life.ts';
import { inside, painted } from '../rendering/taken.ts';
import { sized } from '../sizes.ts';
import type { JsonObject } from '../wire/discord/json.ts';
import { checkMessage, FLAG } from '../wire/discord/limits/messages.ts';
import { computePings } from '../wire/discord/pings.ts';
import { checkMessageBlocks } from '../wire/slack/limits/surfaces.ts';
import { aWorld } from '../world.ts';

const registry = registryOf();

/** Suffixes that are added to every word that is shown: as if people had typed it. */
const SUFFIXES: readonly (readonly [name: string, suffix: string])[] = [
  [
    'mentions',
    ' @everyone @here <@123456789012345678> <@&123456789012345678> <!channel> <!here> <@U0123456> <#C0123456>',
  ],
  [
    'markup',
    ' **a** __b__ ~c~ `d` ```e``` [klik](https://jahat.example) <https://jahat.example|klik> # f\n> g\n- h :smile:',
  ],
  ['right to left and emoji', ' \u202Eabc\u202C مرحبا 👩‍👩‍👧‍👦🇮🇩'],
  ['4,000 characters', ` ${'panjang '.repeat(500)}`],
  ['one word of 4,000 characters', 'x'.repeat(4000)],
  ['many lines', '\nbaris'.repeat(300)],
];

/** Number of views in a row of which one is made worse in each way, and each in another one; long, all are. */
const STEP = sized(5, 1);

/** All views that a life of the forum shows, answers and posts. */
async function viewsOf(locale: string): Promise<View[]> {
  await using world = await aWorld();
  const found: View[] = [];
  const { bot, adapter } = world;
  const perform = bot.perform.bind(bot);
  bot.perform = async act => {
    const answer: Answer = await perform(act);
    if (answer.kind === 'form') found.push(answer.refused.view);
    else found.push(answer.view);
    return answer;
  };
  const send = adapter.send.bind(adapter);
  adapter.send = (post: Outgoing) => {
    found.push(post.view);
    return send(post);
  };
  for (const line of lifeIn(locale)) await world.run(line);
  return found;
}

/** The view with something added to every piece of text that is not a button's meaning. */
function worse(view: View, suffix: string): View {
  const node = (one: Node): Node => {
    if (typeof one === 'string') return one + suffix;
    return 'text' in one ? { ...one, text: one.text + suffix } : one;
  };
  const text = (one: Text): Text => (typeof one === 'string' ? one + suffix : one.map(node));
  const plain = (one: string): string => one + suffix;
  const block = (one: Block): Block => {
    switch (one.kind) {
      case 'text':
      case 'note':
        return { ...one, text: text(one.text) };
      case 'facts':
        return { ...one, facts: one.facts.map(({ label, value }) => ({ label: text(label), value: text(value) })) };
      case 'list':
        return { ...one, items: one.items.map(text) };
      case 'table':
        return { ...one, head: one.head.map(plain), rows: one.rows.map(row => row.map(text)) };
      case 'progress':
        return { ...one, label: text(one.label) };
      case 'quote':
        return { ...one, text: plain(one.text), ...(one.by && { by: text(one.by) }) };
      case 'picture':
        return { ...one, alt: plain(one.alt) };
      case 'file':
        return { ...one, alt: text(one.alt) };
    }
  };
  const control = (one: Control): Control =>
    one.kind === 'button'
      ? { ...one, label: plain(one.label) }
      : { ...one, label: plain(one.label), choices: one.choices.map(c => ({ ...c, label: plain(c.label) })) };
  return {
    ...view,
    title: text(view.title),
    blocks: view.blocks.map(block),
    controls: view.controls.map(row => row.map(control)),
  };
}

/** Discord takes it, and it would ping nobody even if the client did not forbid it. */
function discordTakes(view: View): void {
  const pictures = painted(view);
  for (const shown of [NO_PICTURES, pictures]) {
    const attached = attachedTo(view, shown);
    const components = [onDiscord(view, registry, { attached })] as unknown as JsonObject[];
    checkMessage({ components }, [], FLAG.v2, { files: attached.list.map(one => one.name), anything: false });
  }
  const components = [onDiscord(view, registry, { attached: attachedTo(view, pictures) })] as unknown as JsonObject[];
  expect(computePings('', components, undefined, 'everything', null)).toEqual({
    everyone: false,
    users: [],
    roles: [],
  });
}

/** Slack takes it in both ways of saying it, and there is no mention and no foreign link in it. */
function slackTakes(view: View): void {
  const shown = new Map([...painted(view)].map(([block], i) => [block, `F0000000${i}`]));
  for (const how of [{}, { native: true }, { shown }, { native: true, shown }]) {
    const { text, blocks } = onSlack(view, registry, how);
    checkMessageBlocks(blocks as never);
    const parts = inside(blocks);
    expect(
      parts.filter(one => ['user', 'usergroup', 'broadcast', 'channel', 'emoji'].includes(String(one.type))),
    ).toEqual([]);
    expect(parts.filter(one => String(one.url ?? '').includes('jahat'))).toEqual([]);
    for (const one of parts.filter(part => part.type === 'mrkdwn'))
      expect(String(one.text)).not.toMatch(/<(@|!|#|https:\/\/jahat)/);
    expect(text).not.toMatch(/<(@|!|#|https:\/\/jahat)/);
  }
}

describe.each(['id', 'en'])('every view of every command, in %s,', locale => {
  let views: View[] = [];
  beforeAll(async () => {
    views = await viewsOf(locale);
  });

  it('is there', () => {
    expect(views.length).toBeGreaterThan(150);
  });

  it.each([['as it is', ''] as const, ...SUFFIXES])('fits and pings nobody with %s', (name, suffix) => {
    const first = SUFFIXES.findIndex(([one]) => one === name);
    for (const view of views.filter((_, at) => !suffix || (at + first) % STEP === 0)) {
      const made = suffix ? worse(view, suffix) : view;
      discordTakes(made);
      slackTakes(made);
    }
  });
});
