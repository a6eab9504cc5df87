import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { enqueue } from '../../src/delivery/outbox.ts';
import type { Store } from '../../src/storage/store.ts';
import { aDiscordApp } from '../discord/app.ts';
import { aSlackApp } from '../slack/app.ts';
import { UNLIMITED } from '../unlimited.ts';

/** Cost of an act: taps, words typed, messages left behind for the person alone. */
interface Cost {
  readonly taps: number;
  readonly words: number;
  readonly left: number;
}

/** The numbers that docs/taps.md says of one platform, by act. */
async function told(platform: string): Promise<Record<string, Cost>> {
  const lines = (await readFile(new URL('../../docs/taps.md', import.meta.url), 'utf8')).split('\n');
  const rows = lines.filter(line => line.startsWith('| ') && line.includes(`| ${platform} |`));
  return Object.fromEntries(
    rows.map(row => {
      const [act = '', , , taps, words, left] = row
        .split('|')
        .slice(1, -1)
        .map(cell => cell.trim());
      return [act, { taps: Number(taps), words: Number(words), left: Number(left) }];
    }),
  );
}

/** Reminds the second member of what is awaited. */
async function remind(store: Store, now: Date, occurrence: string): Promise<void> {
  const [forum] = await store.read.select().from(store.tables.forums);
  const topic = { kind: 'reports_due', subject: occurrence };
  await store.write(forum!.id, tx => enqueue(tx, forum!.id, { topic, to: { member: 2 }, due: now, occurrence }));
}

/** The most that any act may take. */
const MOST: Record<string, number> = {
  'report, one awaited': 3,
  'report, several awaited': 3,
  'log an activity': 3,
  vote: 1,
  'what waits for me, each thing with its own button': 1,
  'what waits for me, and the last of it': 2,
  'raise an issue': 3,
};

async function holds(platform: string, counted: Record<string, Cost>): Promise<void> {
  expect(counted).toEqual(await told(platform));
  for (const [act, { taps }] of Object.entries(counted)) expect(taps, act).toBeLessThanOrEqual(MOST[act]!);
}

it('the thumb test on Discord: each usual act takes the taps that docs/taps.md says', async () => {
  await using app = await aDiscordApp({ fairUse: UNLIMITED });
  const { discord, ana, budi, channel, news, store } = app;
  const counted: Record<string, Cost> = {};
  const own = () => [...discord.world.messages.values()].filter(one => one.ephemeralFor && !one.deleted).length;
  /** Plays an act of Budi's and counts it. */
  const play = async (act: string, thumb: (hand: ReturnType<typeof handOf>) => Promise<unknown>) => {
    const before = own();
    const hand = handOf();
    await thumb(hand);
    counted[act] = { taps: hand.taps, words: hand.words, left: own() - before };
  };
  const handOf = () => {
    const hand = {
      taps: 0,
      words: 0,
      command: (name: string, subcommand: string) => {
        hand.taps++;
        return discord.slash({ channel, user: budi, name, subcommand, options: {} }).answered();
      },
      press: (message: Parameters<typeof discord.click>[0], label: string) => {
        hand.taps++;
        return discord.click(message, label, budi).answered();
      },
      choose: (message: Parameters<typeof discord.click>[0], menu: string, n: number) => {
        hand.taps++;
        const rows = message.components.flatMap(one => (one as { components?: object[] }).components ?? []);
        const menus = rows.flatMap(
          row => (row as { components?: { placeholder?: string; options?: { value: string }[] }[] }).components ?? [],
        );
        const value = menus.find(one => one.placeholder === menu)!.options![n]!.value;
        return discord.select(message, menu, [value], budi).answered();
      },
      send: (form: Awaited<ReturnType<typeof app.say>>, values: Record<string, string>) => {
        hand.taps += Object.keys(values).length + 1;
        hand.words += Object.keys(values).length;
        return discord.submitModal(form.modal, values, budi).answered();
      },
    };
    return hand;
  };
  await app.say('forum', 'setup', { name: 'Forum Uji', announce: news });
  await app.say('partner', 'add', { name: 'BPBD' });
  await app.say('partner', 'assign', { member: budi, partner: 'BPBD', role: 'representative' });
  const indicator = (name: string) =>
    app.say('indicator', 'add', { name, frequency: 'weekly', due_days: '0', partner: 'BPBD' });
  const reminder = async (n: number) => {
    await remind(store, app.clock.now(), `r${n}`);
    await app.say('me', 'show');
    await discord.until(() => discord.directMessages(budi).length === n, 'the reminder');
    return discord.directMessages(budi).at(-1)!;
  };
  await indicator('Gladi');
  const one = await reminder(1);
  await play('report, one awaited', async hand =>
    expect((await hand.send(await hand.press(one, 'Lapor sekarang'), { value: '3' })).text).toContain('N-1'),
  );
  await indicator('Relawan');
  await indicator('Posko');
  const several = await reminder(2);
  await play('report, several awaited', async hand =>
    expect((await hand.send(await hand.choose(several, 'Lapor sekarang', 1), { value: '3' })).text).toContain('N-3'),
  );
  await play('log an activity', async hand => hand.send(await hand.command('activity', 'log'), { title: 'Gladi' }));
  await play('raise an issue', async hand => hand.send(await hand.command('issue', 'raise'), { title: 'Tanggul' }));
  await app.say('issue', 'assign', { issue: 'I-1', member: budi });
  await app.say('strategy', 'propose', { title: 'Gladi Sabtu', rationale: 'perlu', closes: '3d' });
  const ballot = () => discord.messages(news).find(message => JSON.stringify(message.components).includes('S-1'));
  await discord.until(() => ballot() !== undefined, 'the ballot');
  await play('what waits for me, each thing with its own button', async hand => {
    const tasks = await hand.command('me', 'tasks');
    // Each thing has a button of its own, by which it is reached.
    const buttons = JSON.stringify(tasks.message.components);
    for (const led of ['1.is.I-1', '1.ss.S-1', '1.nr.N-2']) expect([led, buttons.includes(led)]).toEqual([led, true]);
  });
  await play('what waits for me, and the last of it', async hand => {
    const tasks = await hand.command('me', 'tasks');
    expect((await hand.press(tasks.message, 'Lihat isu')).text).toContain('Tanggul');
  });
  await play('vote', async hand => expect((await hand.press(ballot()!, 'Setuju')).text).toContain('Suara tercatat'));
  await holds('Discord', counted);
  expect([ana.id === budi.id, discord.failures]).toEqual([false, []]);
});

it('the thumb test on Slack: each usual act takes the taps that docs/taps.md says', async () => {
  await using app = await aSlackApp();
  const { slack, ana, budi, news, store, say, send } = app;
  const counted: Record<string, Cost> = {};
  type On = Parameters<typeof slack.click>[0];
  const play = async (act: string, thumb: (hand: ReturnType<typeof handOf>) => Promise<unknown>) => {
    const hand = handOf();
    await thumb(hand);
    counted[act] = { taps: hand.taps, words: hand.words, left: hand.left };
  };
  const handOf = () => {
    const hand = {
      taps: 0,
      words: 0,
      left: 0,
      seen: async (exchange: ReturnType<typeof send>) => {
        const done = await exchange.answered();
        hand.left += done.responses.filter(one => !exchange.touched && one.ephemeralFor !== null).length;
        return done;
      },
      command: (text: string) => {
        hand.taps++;
        return hand.seen(send(budi, text));
      },
      press: (on: On, label: string) => {
        hand.taps++;
        return hand.seen(slack.click(on, label, budi));
      },
      choose: (on: On, menu: string, value: string) => {
        hand.taps++;
        return hand.seen(slack.select(on, menu, value, budi));
      },
      submit: (form: Awaited<ReturnType<typeof say>>, values: Record<string, string>) => {
        hand.taps += Object.keys(values).length + 1;
        hand.words += Object.keys(values).length;
        return hand.seen(slack.submitView(form.view, values, budi));
      },
    };
    return hand;
  };
  await app.setUp();
  await say(ana, 'partner add BPBD');
  await say(budi, 'me show');
  await say(ana, `partner assign <@${budi.id}> partner:BPBD role:representative`);
  await slack.invite(news, ana).acknowledged();
  const indicator = (name: string) => say(ana, `indicator add ${name} frequency:weekly due_days:0 partner:BPBD`);
  const reminder = async (n: number) => {
    await remind(store, app.clock.now(), `r${n}`);
    await say(ana, 'me show');
    await slack.until(() => slack.directMessages(budi).length === n, 'the reminder');
    return slack.directMessages(budi).at(-1)!;
  };
  await indicator('Gladi');
  const one = await reminder(1);
  await play('report, one awaited', async hand =>
    expect((await hand.submit(await hand.press(one, 'Lapor sekarang'), { value: '3' })).text).toContain('N-1'),
  );
  await indicator('Relawan');
  await indicator('Posko');
  const several = await reminder(2);
  const option = JSON.stringify(several.blocks).match(/N-3 Posko[^"]*/)![0];
  await play('report, several awaited', async hand =>
    expect((await hand.submit(await hand.choose(several, 'Lapor sekarang', option), { value: '3' })).text).toContain(
      'N-3',
    ),
  );
  await play('log an activity', async hand => hand.submit(await hand.command('activity log'), { title: 'Gladi' }));
  await play('raise an issue', async hand => hand.submit(await hand.command('issue raise'), { title: 'Tanggul' }));
  await say(ana, `issue assign I-1 <@${budi.id}>`);
  await say(ana, 'strategy propose "Gladi Sabtu" rationale:perlu closes:3d');
  const ballot = () => slack.messages(news).find(message => JSON.stringify(message.blocks).includes('S-1'));
  await slack.until(() => ballot() !== undefined, 'the ballot');
  await play('what waits for me, each thing with its own button', async hand => {
    const tasks = await hand.command('me tasks');
    const buttons = JSON.stringify(tasks.message.blocks);
    for (const led of ['1.is.I-1', '1.ss.S-1', '1.nr.N-2']) expect([led, buttons.includes(led)]).toEqual([led, true]);
  });
  await play('what waits for me, and the last of it', async hand => {
    const tasks = await hand.command('me tasks');
    await hand.press(tasks.message, 'Lihat isu');
  });
  await play('vote', async hand => expect((await hand.press(ballot()!, 'Setuju')).text).toContain('Suara tercatat'));
  await holds('Slack', counted);
  expect(app.logged).toEqual([]);
});
