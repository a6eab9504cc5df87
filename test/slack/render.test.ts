import { describe, expect, it } from 'vitest';
import { readActionId } from '../../adapters/slack/controls.ts';
import { createSeal } from '../../adapters/slack/encryption.ts';
import { modalOf, readModal } from '../../adapters/slack/forms.ts';
import { typedText } from '../../adapters/slack/line.ts';
import { LIMITS, renderView } from '../../adapters/slack/render.ts';
import { registryOf } from '../../src/app/app.ts';
import { formFor } from '../../src/bot/forms.ts';
import { slackManifest } from '../../src/cli/manifest.ts';
import { type Block, type View, view } from '../../src/contract/view.ts';
import { catalogue } from '../../src/language/messages.ts';
import { fc } from '../properties.ts';
import { type JsonObject, objectsOf } from '../wire/discord/json.ts';
import { messageFaults, windowFaults } from './blocks.ts';

const registry = registryOf();

const words = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 5000 }),
  fc.constantFrom(
    '@channel @here @everyone',
    '<!channel> <@U1> <#C1|x>',
    '&'.repeat(4000),
    '\u{1f30a}'.repeat(2500),
    '',
  ),
);
const block: fc.Arbitrary<Block> = fc.oneof(
  words.map((text): Block => ({ kind: 'text', text })),
  words.map((text): Block => ({ kind: 'note', text })),
  words.map((text): Block => ({ kind: 'quote', text, by: text })),
  fc.array(words, { minLength: 1, maxLength: 60 }).map((items): Block => ({ kind: 'list', items })),
  fc
    .array(words, { minLength: 1, maxLength: 40 })
    .map((all): Block => ({ kind: 'facts', facts: all.map(value => ({ label: value.slice(0, 40), value })) })),
  fc
    .array(words, { minLength: 1, maxLength: 150 })
    .map((all): Block => ({ kind: 'table', head: ['a', 'b'], rows: all.map(cell => [cell.slice(0, 30), cell]) })),
  fc.record({ label: words, done: fc.nat(99), of: fc.nat(99) }).map((one): Block => ({ kind: 'progress', ...one })),
);
const anyView: fc.Arbitrary<View> = fc
  .record({ title: words, blocks: fc.array(block, { maxLength: 80 }) })
  .map(({ title, blocks }) => view(title, { blocks }));

describe('a message', () => {
  it('is taken by Slack whatever the view, with all its words as text, and calls nobody', () => {
    fc.assert(
      fc.property(anyView, fc.boolean(), (one, native) => {
        const { text, blocks } = renderView(one, registry, { native });
        expect(messageFaults(blocks)).toEqual([]);
        expect(blocks.length).toBeLessThanOrEqual(LIMITS.blocks);
        expect(text.length).toBeLessThanOrEqual(LIMITS.text);
        expect(text).not.toMatch(/[<>]|@(channel|here|everyone)/);
      }),
      { numRuns: 200 },
    );
  });

  it('has each of its controls, under ids that come back as they went', () => {
    const does = { action: 'sv', values: { strategy: 'S-3', choice: 'agree' } };
    const button = { kind: 'button', name: 'agree', label: 'Setuju', does, style: 'primary' } as const;
    const { blocks } = renderView({ ...view('x'), controls: [[button, button], [button]] }, registry);
    const ids = (blocks as unknown as JsonObject[]).flatMap(one => objectsOf(one.elements).map(each => each.action_id));
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(readActionId(String(id))).toEqual({ invocation: '1.sv.S-3.agree', fills: null });
  });
});

it('in the tab the buttons of entries that had to go stand below, and the sign that tells of them has none', () => {
  const controls = Array.from({ length: 12 }, (_, i) => {
    const does = { action: 'sv', values: { strategy: `S-${i + 1}`, choice: 'agree' } };
    return { kind: 'button', name: 'agree', label: `Setuju ${i + 1}`, does, style: 'plain' } as const;
  });
  const items = controls.map(({ label }) => label.padEnd(60, 'x'));
  const long = Array.from({ length: 30 }, (): Block => ({ kind: 'text', text: 'y'.repeat(4_000) }));
  const list: Block = { kind: 'list', items, own: controls.map(one => [one]) };
  const home = { ...view('x', { blocks: [list, ...long] }), controls: [controls] };
  const blocks = renderView(home, registry, { isHome: true }).blocks as unknown as JsonObject[];
  const sections = blocks.filter(one => one.type === 'section');
  expect(sections.length).toBeLessThan(items.length);
  const labelOf = (element: unknown) => (element as { text: { text: string } } | undefined)?.text.text;
  const beside = sections.map(one => labelOf(one.accessory));
  const below = blocks.flatMap(one => (one.type === 'actions' ? objectsOf(one.elements).map(labelOf) : []));
  const labels = controls.map(one => one.label);
  expect(beside).toEqual([...labels.slice(0, sections.length - 1), undefined]);
  expect(below).toEqual(labels.slice(sections.length - 1));
});

describe.each(['id', 'en'] as const)('the forms in %s', locale => {
  it('fit into a window, each of them, empty and with the longest that was typed', () => {
    const ctx = { m: catalogue[locale], locale, zone: 'Asia/Jakarta', now: new Date(0), commands: registry.commands };
    for (const action of registry.commands.flatMap(command => command.actions)) {
      const keys = Object.keys(action.options);
      const typed = Object.fromEntries(keys.map(key => [key, { typed: 'ß'.repeat(3000) }]));
      for (const given of [{}, typed]) {
        const modal = modalOf(formFor(action, ctx, `1.${action.id}`, given, keys), { channel: 'C1' });
        expect([action.id, windowFaults(modal)]).toEqual([action.id, []]);
        expect(readModal(modal)).toEqual({ resume: `1.${action.id}`, origin: { channel: 'C1' } });
      }
    }
  });
});

it('what Slack escaped is read as it was typed; references stay', () => {
  expect(typedText('<@U1|ani> <#C1|umum> <https://a.id/x?y=1|a.id> &lt;b&gt; &amp;amp; <mailto:a@b.id|a@b.id>')).toBe(
    '<@U1> <#C1> https://a.id/x?y=1 <b> &amp; a@b.id',
  );
  expect(typedText('<!here> <!subteam^S1|@tim>')).toBe('@here @tim');
});

it('a sealed token opens only where it belongs, with its own secret', () => {
  const seal = createSeal('rahasia');
  const closed = seal.close('xoxb-1', 'T1');
  expect(closed).not.toContain('xoxb');
  expect(seal.open(closed, 'T1')).toBe('xoxb-1');
  expect([seal.open(closed, 'T2'), createSeal('lain').open(closed, 'T1'), seal.open('x', 'T1')]).toEqual([
    null,
    null,
    null,
  ]);
});

describe.each(['socket', 'http'] as const)('the manifest over %s', over => {
  const manifest = slackManifest(over, 'https://forum.example.org', 'id');

  it('is inside what Slack takes', () => {
    expect(manifest.display_information.description.length).toBeLessThanOrEqual(140);
    for (const { name, description } of manifest.features.shortcuts)
      expect([name.length <= 24, description.length <= 150]).toEqual([true, true]);
    expect(manifest.features.slash_commands[0]?.should_escape).toBe(true);
  });

  it('S20: speaks the language of new forums, and stays inside what Slack takes', () => {
    const english = slackManifest(over, 'https://forum.example.org', 'en');
    const names = english.features.shortcuts.map(one => one.name);
    expect(names).toEqual(['Log an activity', 'Raise an issue', 'Report an indicator', 'Make this an issue']);
    expect(names.every(name => name.length <= 24)).toBe(true);
    expect(JSON.stringify(english)).not.toMatch(/kegiatan|isu|forum dan/i);
    for (const { usage_hint: hint } of english.features.slash_commands)
      for (const line of hint.split(' | ')) expect(registry.find(line.split(' ')).kind).toBe('action');
    // The ids stay, so that an app made in one language goes on in the other.
    expect(english.features.shortcuts.map(one => one.callback_id)).toEqual(
      manifest.features.shortcuts.map(one => one.callback_id),
    );
  });

  it('speaks over one of the two ways only', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(over === 'socket');
    expect('request_url' in manifest.settings.interactivity).toBe(over === 'http');
  });

  it('asks for no history but that of direct messages with it, and no more than is used', () => {
    const wide = manifest.oauth_config.scopes.bot.filter(scope => /history|admin|public/.test(scope));
    expect(wide).toEqual(['im:history']);
  });
});
