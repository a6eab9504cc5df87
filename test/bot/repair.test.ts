import { expect, it } from 'vitest';
import { modalOf as onDiscord } from '../../adapters/discord/forms.ts';
import { modalOf as onSlack } from '../../adapters/slack/forms.ts';
import { registryOf } from '../../src/app/app.ts';
import { formFor } from '../../src/bot/forms.ts';
import { catalogue } from '../../src/language/messages.ts';
import { databases } from '../databases.ts';
import { fc } from '../properties.ts';
import { aWorld, START } from '../world.ts';

const ctx = {
  m: catalogue.id,
  locale: 'id',
  zone: 'Asia/Jakarta',
  now: START,
  commands: registryOf().commands,
} as const;
const actions = registryOf().commands.flatMap(command => command.actions);

/** The components of a modal, by the option that each fills. */
const fieldsOf = (form: Parameters<typeof onDiscord>[0]) =>
  (onDiscord(form).components as unknown as { component: { custom_id: string; value?: string; max_length?: number } }[])
    .map(one => one.component)
    .filter(one => one.custom_id !== '_more');

/** Maximum length of a text in Slack's inputs. */
const SLACK_TEXT = 3_000;

/** Returns what Slack is asked to show for an option. */
function elementOf(action: (typeof actions)[number], key: string) {
  const { blocks } = onSlack(formFor(action, ctx, '1.x', {}, [key]), { channel: null });
  const found = blocks.find(block => block.type === 'input' && block.block_id === key);
  return (found as unknown as { element: Record<string, unknown> }).element;
}

it('W16: a form that is to be mended begins with the field at fault, on both platforms', () => {
  for (const action of actions) {
    const keys = Object.keys(action.options).filter(key => !action.options[key]!.hidden);
    const some = Object.fromEntries(keys.map(key => [key, { typed: 'x' }]));
    for (const key of keys)
      for (const given of [some, { [key]: { typed: 'x' } }]) {
        const form = formFor(action, ctx, `1.${action.id}`, given, [key]);
        expect([action.id, fieldsOf(form)[0]?.custom_id]).toEqual([action.id, key]);
        const blocks = onSlack(form, { channel: null }).blocks.filter(block => block.type === 'input');
        expect([action.id, blocks[0]?.block_id]).toEqual([action.id, key]);
      }
  }
});

it('what is missing or at fault is never behind “More fields” on Slack, whatever else stands there', () => {
  const states = ['absent', 'missing', 'faulty', 'standing', 'typed'] as const;
  for (const action of actions) {
    const keys = Object.keys(action.options).filter(key => !action.options[key]!.hidden);
    const anyStates = fc.array(fc.constantFrom(...states), { minLength: keys.length, maxLength: keys.length });
    fc.assert(
      fc.property(anyStates, found => {
        const are = (...those: (typeof states)[number][]) => keys.filter((_, i) => those.includes(found[i]!));
        const given = Object.fromEntries([
          ...are('faulty', 'typed').map(key => [key, { typed: 'x' }] as const),
          ...are('standing').map(key => [key, { typed: 'x', standing: 'x' }] as const),
        ]);
        const form = formFor(action, ctx, '1.x', given, are('missing', 'standing'), are('faulty'));
        const asked = are('missing', 'faulty');
        const wanted = form.fields.map(one => one.option).filter(one => asked.includes(one.split('.')[0]!));
        const { blocks } = onSlack(form, { channel: null });
        const shown = blocks.flatMap(block => (block.type === 'input' ? [block.block_id] : []));
        expect([action.id, shown.slice(0, wanted.length)]).toEqual([action.id, wanted]);
        expect(new Set(wanted.map(one => one.split('.')[0]))).toEqual(new Set(asked));
      }),
      { numRuns: 20 },
    );
  }
});

it('W23: a field takes as much as its rule does, and shows whole what was typed beyond it', () => {
  for (const action of actions)
    for (const [key, { kind, hidden }] of Object.entries(action.options)) {
      if (hidden || kind.longest === undefined) continue;
      const typed = 'x'.repeat(kind.longest + 40);
      const [empty] = fieldsOf(formFor(action, ctx, '1.x', {}, [key]));
      expect([action.id, key, empty!.max_length]).toEqual([action.id, key, kind.longest]);
      const { max_length } = elementOf(action, key);
      expect([action.id, key, max_length]).toEqual([action.id, key, Math.min(kind.longest, SLACK_TEXT)]);
      const [mended] = fieldsOf(formFor(action, ctx, '1.x', { [key]: { typed } }, [key]));
      expect([action.id, key, mended!.value, mended!.max_length]).toEqual([action.id, key, typed, typed.length]);
    }
});

it('W23, S12: what the client is told is what the rule takes: lengths of texts on both platforms, bounds of numbers', () => {
  let bounded = 0;
  for (const action of actions)
    for (const [key, { kind, hidden }] of Object.entries(action.options)) {
      if (hidden) continue;
      const allowed = kind.allowed() as { maxLength?: number | null };
      if (typeof allowed.maxLength === 'number') {
        bounded++;
        const { longest } = kind;
        expect([action.id, key, longest]).toEqual([action.id, key, allowed.maxLength]);
        for (const [length, isTaken] of [
          [longest!, true],
          [longest! + 1, false],
        ] as const)
          expect([action.id, key, kind.allowed().safeParse('x'.repeat(length)).success]).toEqual([
            action.id,
            key,
            isTaken,
          ]);
      }
      if (kind.input !== 'whole' || !kind.bounds) continue;
      const { min, max } = kind.bounds;
      const taken = [min - 1, min, max, max + 1].map(value => kind.allowed().safeParse(value).success);
      expect([action.id, key, taken]).toEqual([action.id, key, [false, true, true, false]]);
      const element = elementOf(action, key);
      if (element.type === 'number_input')
        expect([action.id, key, element.min_value, element.max_value]).toEqual([
          action.id,
          key,
          String(min),
          String(max),
        ]);
    }
  expect(bounded).toBeGreaterThan(20);
});

it.each(databases)('S12: all that is wrong is said at once, and little is repeated ($name)', async ({ open }) => {
  await using world = await aWorld({ store: await open() });
  await world.all('/forum setup Uji');
  const who = { account: 'sari', home: '', name: 'sari', admin: false };
  const place = { platform: 'console', workspace: 'local', channel: 'console' } as const;
  const given = {
    title: { typed: 'Gladi' },
    date: { typed: 'entah kapan '.repeat(100) },
    participants: { typed: 'banyak sekali '.repeat(100) },
  };
  const ask = { kind: 'chosen', path: ['activity', 'log'], given } as const;
  const answer = await world.bot.perform({ key: 'a', place, who, ask, memberOf: () => null, channelOf: () => null });
  if (answer.kind !== 'refused') throw new Error(answer.kind);
  expect(Object.keys(answer.errors)).toEqual(['date', 'participants']);
  for (const said of Object.values(answer.errors)) expect(said.length).toBeLessThan(250);
  expect(answer.repair!.fields.slice(0, 2).map(field => field.option)).toEqual(['date', 'participants']);
});
