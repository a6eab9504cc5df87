import { describe, expect, it } from 'vitest';
import { pressedOf as pressedOnDiscord } from '../../adapters/discord/receive.ts';
import { renderView as onDiscord } from '../../adapters/discord/render.ts';
import { pressedOf as pressedOnSlack } from '../../adapters/slack/receive.ts';
import { CONSOLE } from '../../src/app/app.ts';
import type { View } from '../../src/contract/view.ts';
import { aWorld } from '../world.ts';
import { discordTakes, formTaken, slackTakes } from './taken.ts';

const KINDS = [
  'kind:single',
  'kind:single shuffle:yes',
  'kind:multiple',
  'kind:ranking method:pairs',
  'kind:points points:9',
  'kind:election method:approval seats:1',
  'kind:election method:stv seats:1 tie:lot',
  'kind:date',
];

/** Makes so many options of a kind, as long as one form takes them all; and dates. */
const optionsOf = (kind: string, n: number): string =>
  Array.from({ length: n }, (_, i) =>
    kind === 'kind:date'
      ? `${(i % 28) + 1}/${1 + Math.floor(i / 28)}/2027`
      : `Balai *_~<@U1> ${i + 1} `.padEnd(56, 'é'),
  ).join('; ');

/** Starts a forum, and returns what the coordinator is shown when a line is typed or a button pressed. */
async function aForum() {
  const world = await aWorld();
  let n = 0;
  const view = async (line: string): Promise<View> => {
    const answer = await world.bot.perform({
      key: `polls:${++n}`,
      place: { platform: 'console', workspace: CONSOLE, channel: 'console' },
      who: { account: 'sari', home: '', name: 'sari', admin: false },
      ask: { kind: 'typed', line },
      memberOf: () => null,
      channelOf: () => null,
    });
    if (answer.kind !== 'view') throw new Error(`${line}: ${JSON.stringify(answer).slice(0, 400)}`);
    return answer.view;
  };
  await world.all('/forum setup Uji announce:umum coordinators:koor');
  return { world, view };
}

describe.each(KINDS)('a poll of %s', kind => {
  it('passes both platforms’ rules with 2, 5, 6, 25, 26 and 50 options, open, voted and closed', async () => {
    const { world, view } = await aForum();
    await using _world = world;
    const { registry } = world.bot;
    let number = 0;
    for (const n of [2, 5, 6, 25, 26, 50]) {
      const code = `J-${++number}`;
      const shown = [await view(`/poll create "Tempat ${n}" options:"${optionsOf(kind, n)}" ${kind} closes:30d`)];
      shown.push(await view(`/poll ballot ${code}`));
      const last = kind.includes('points') ? `${n}=3` : String(n);
      shown.push(await view(`/poll vote ${code} choice:"${last}"`));
      shown.push(await view(`/poll ballot ${code}`), await view(`/poll show ${code}`));
      shown.push(
        await view(`/poll close ${code} reason:cukup`),
        await view(`/poll show ${code}`),
        await view('/poll list'),
      );
      for (const one of shown) {
        discordTakes(one, registry);
        slackTakes(one, registry);
      }
      // Every option can be reached: by a button, or in one of the menus.
      if (!kind.includes('points')) {
        const offered = new Set(
          shown[1]!.controls
            .flat()
            .flatMap(one =>
              one.kind === 'select' ? one.choices.map(choice => choice.value) : (one.does.values.choice ?? []),
            ),
        );
        expect(offered.size).toBe(n);
        const drawn = JSON.stringify(onDiscord(shown[1]!, registry));
        const menus = shown[1]!.controls.flat().filter(one => one.kind === 'select').length;
        expect(drawn.match(/"type":3/g)?.length ?? 0).toBe(menus);
      }
    }
    const form = await world.bot.perform({
      key: 'polls:form',
      place: { platform: 'slack', workspace: CONSOLE, channel: 'console' },
      who: { account: 'sari', home: '', name: 'sari', admin: false },
      ask: { kind: 'typed', line: '/poll create' },
      memberOf: () => null,
      channelOf: () => null,
    });
    if (form.kind === 'form') formTaken(form.form);
  });
});

it('one’s own vote is marked in the private ballot alone, and never in the post', async () => {
  const { world, view } = await aForum();
  await using _world = world;
  await world.all('/poll create Tempat options:"A; B; C; D; E; F" closes:3d', '/poll vote J-1 choice:F');
  const chosen = (shown: View) =>
    shown.controls.flat().flatMap(one => (one.kind === 'select' ? (one.chosen ?? []) : []));
  expect(chosen(await view('/poll ballot J-1'))).toEqual(['6']);
  expect(chosen(await view('/poll show J-1'))).toEqual([]);
});

it('the message has the same size however many have voted', async () => {
  const { world, view } = await aForum();
  await using _world = world;
  await world.all(...Array.from({ length: 12 }, (_, i) => `@m${i + 10} /me show`));
  await world.all('/poll create Tempat options:"A; B" closes:3d');
  const before = JSON.stringify(await view('/poll show J-1')).length;
  await world.all(...Array.from({ length: 9 }, (_, i) => `@m${i + 10} /poll vote J-1 A`));
  expect(JSON.stringify(await view('/poll show J-1')).length).toBe(before);
});

it('what is ticked in a menu arrives alike from both platforms, nothing included', () => {
  const wire = 's.choice.1.jt.J-1.n0';
  const given = (ask: ReturnType<typeof pressedOnDiscord> | null) =>
    ask?.kind === 'pressed' ? [ask.invocation, ask.given] : null;
  for (const values of [['2', '7'], ['3'], []]) {
    const typed = ['1.jt.J-1.n0', { choice: { typed: values.join(';') } }];
    expect(given(pressedOnDiscord(wire, values))).toEqual(typed);
    const action = { action_id: `${wire}#3`, selected_options: values.map(value => ({ value })) };
    expect(given(pressedOnSlack(action))).toEqual(typed);
  }
});
