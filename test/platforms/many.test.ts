import { describe, expect, it } from 'vitest';
import { createAppBot } from '../../src/app/app.ts';
import type { Act, Adapter, Outgoing, SendResult } from '../../src/contract/act.ts';
import { createLog } from '../../src/contract/log.ts';
import type { View } from '../../src/contract/view.ts';
import { createSender } from '../../src/delivery/sender.ts';
import { plain } from '../../src/language/text.ts';
import { runDue } from '../../src/schedule/run.ts';
import type { Store } from '../../src/storage/store.ts';
import { postTypes } from '../../src/views/post-types.ts';
import { databases } from '../databases.ts';
import { sized } from '../sizes.ts';
import { UNLIMITED } from '../unlimited.ts';
import { countedIds, START } from '../world.ts';

type Platform = 'discord' | 'slack';
const PLATFORMS = ['discord', 'slack'] as const;

/** All words of a view in a line. */
const wordsOf = (view: View): string =>
  view.blocks
    .flatMap(block => {
      if (block.kind === 'text' || block.kind === 'note') return [plain(block.text)];
      if (block.kind === 'facts') return block.facts.map(fact => `${plain(fact.label)}: ${plain(fact.value)}`);
      return block.kind === 'progress' ? [`${plain(block.label)}: ${block.done} / ${block.of}`] : [];
    })
    .join('\n');

/**
 * One forum in several servers and workspaces, with a clock that the test moves. Each platform answers as `answer`
 * says, and remembers what stands in each channel.
 */
async function aWideForum(
  store: Store,
  places: number,
  voters: number,
  answer: (post: Outgoing, at: Date) => SendResult | null,
) {
  let at = START;
  const clock = { now: () => at };
  const log = createLog({ level: 'error', format: 'json' }, clock.now, line => errors.push(line));
  const errors: string[] = [];
  const services = { store, log, defaults: { locale: 'id', zone: 'Asia/Jakarta' } } as const;
  const ids = countedIds();
  // Five thousand within seconds are more than fair: what is looked at here is the counting.
  const bot = createAppBot(services, clock, ids, { fairUse: UNLIMITED });
  /** Views that stand, by channel, and what was sent there before. */
  const standing = new Map<string, View>();
  const edits = new Map<string, string[]>();
  let made = 0;
  const adapterOf = (platform: Platform): Adapter => ({
    platform,
    limits: {} as Adapter['limits'],
    start: async () => {},
    stop: async () => {},
    health: () => ({ well: true, detail: '' }),
    async send(post) {
      const told = answer(post, at);
      if (told) return told;
      const spot = 'channel' in post.target ? post.target.channel : 'calendar';
      standing.set(spot, post.view);
      if (post.previous) edits.set(spot, [...(edits.get(spot) ?? []), wordsOf(post.view)]);
      return { kind: 'sent', ref: post.previous ?? `m${++made}` };
    },
  });
  const sender = createSender({ store, clock, log, subjects: postTypes, adapters: PLATFORMS.map(adapterOf) });
  const act = (account: string, line: string, platform: Platform = 'discord', workspace = 'discord1'): Act => ({
    key: ids.next(),
    place: { platform, workspace, channel: null },
    who: { account, home: platform === 'slack' ? workspace : '', name: account, admin: true },
    ask: { kind: 'typed', line },
    memberOf: () => null,
    channelOf: name => ({ id: name, name }),
  });
  const say = async (...parameters: Parameters<typeof act>): Promise<void> => {
    const answered = await bot.perform(act(...parameters));
    if (answered.kind !== 'view') throw new Error(`${parameters[1]}: ${JSON.stringify(answered)}`);
  };
  await say('sari', '/forum setup "Forum Luas"');
  const [forum] = await store.read.select().from(store.tables.forums);
  const forumId = forum!.id;
  await store.write(forumId, async tx => {
    const { places: p, channels: c, members: m, accounts: a } = tx.tables;
    for (const platform of PLATFORMS)
      for (let n = 1; n <= places; n++) {
        const place = { platform, workspace: `${platform}${n}`, forumId };
        if (!(platform === 'discord' && n === 1))
          await tx.insert(p).values({ ...place, name: 'x', joinedAt: at, leftAt: null });
        await tx.insert(c).values({ ...place, purpose: 'announce', channel: `${platform}#${n}`, name: 'umum' });
      }
    for (let n = 2; n <= voters; n += 500) {
      const some = Array.from({ length: Math.min(500, voters - n + 1) }, (_, i) => n + i);
      await tx.insert(m).values(
        some.map(number => ({
          forumId,
          number,
          name: `v${number}`,
          folded: `v${number}`,
          coordinator: false,
          createdAt: at,
        })),
      );
      await tx.insert(a).values(
        some.map(number => {
          const platform = PLATFORMS[number % 2]!;
          const workspace = `${platform}${1 + (number % places)}`;
          const home = platform === 'slack' ? workspace : '';
          return {
            forumId,
            platform,
            home,
            account: `v${number}`,
            member: number,
            name: `v${number}`,
            workspace,
            lastSeenAt: at,
          };
        }),
      );
    }
  });
  return {
    store,
    errors,
    standing,
    edits,
    say,
    /** The account of a voter, where it is. */
    vote: (number: number, choice: string) => {
      const platform = PLATFORMS[number % 2]!;
      return say(`v${number}`, `/strategy vote S-1 ${choice}`, platform, `${platform}${1 + (number % places)}`);
    },
    /** Moves the clock, second by second, and does what is due. */
    async wait(seconds: number) {
      for (let n = 0; n < seconds; n++) {
        at = new Date(at.getTime() + 1_000);
        await sender.deliver();
      }
    },
    async skip(ms: number) {
      at = new Date(at.getTime() + ms);
      const { handlers } = await import('../../src/app/app.ts');
      await runDue({ store, clock, ids, log, handlers });
      await sender.deliver();
    },
    deliveries: () => store.read.select().from(store.tables.deliveries),
  };
}

const counts = (view: View | undefined): string => /Suara: .*/.exec(wordsOf(view!))?.[0] ?? '';

describe.each(databases)('one vote over both platforms on $name', ({ name, open }) => {
  it('hundreds or thousands of voters on 40 posts, with one call in five refused for now: the tally is exact, and all posts end in it', async () => {
    const [places, voters] = [20, sized(200, name === 'sqlite' ? 5_000 : 500)];
    let calls = 0;
    const forum = await aWideForum(await open(), places, voters, () =>
      ++calls % 5 === 0 ? { kind: 'later', afterMs: 1_500, detail: 'rate limit' } : null,
    );
    await forum.say('sari', '/strategy propose Sirene rationale:x closes:3d basis:member quorum:1 urgent:uji');
    await forum.wait(5);
    expect(forum.standing.size).toBe(2 * places);
    const cast = { agree: 0, disagree: 0, abstain: 0 };
    const choices = ['agree', 'agree', 'disagree', 'abstain', 'agree'] as const;
    let seconds = 0;
    for (let n = 2; n <= voters; n++) {
      const choice = choices[n % choices.length]!;
      cast[choice]++;
      await forum.vote(n, choice);
      if (n % (voters / 20) === 0) {
        await forum.wait(1);
        seconds++;
      }
    }
    await forum.wait(12);
    const wanted = `Suara: setuju ${cast.agree} · tidak setuju ${cast.disagree} · abstain ${cast.abstain} · keberatan 0 · benturan kepentingan 0`;
    const shown = [...forum.standing.values()].map(view => counts(view).replaceAll('.', ''));
    expect([...new Set(shown)]).toEqual([wanted.replaceAll('.', '')]);
    // At once, and then every two seconds at most; an older state never follows a newer one.
    for (const all of forum.edits.values()) {
      expect(all.length).toBeLessThanOrEqual(Math.ceil((seconds + 12) / 2) + 1);
      const voted = all.map(words => Number(/Sudah memilih: ([\d.]+)/.exec(words)?.[1]?.replaceAll('.', '') ?? 0));
      expect(voted).toEqual([...voted].sort((a, b) => a - b));
    }
    expect((await forum.deliveries()).filter(one => one.state !== 'sent')).toEqual([]);
    expect(forum.errors).toEqual([]);
    await forum.store.close();
  });

  it('Slack away for an hour in the middle of it: Discord goes on, nothing is lost, and no flood comes after', async () => {
    let away = false;
    const tried: number[] = [];
    const forum = await aWideForum(await open(), 2, 60, ({ target }, at) => {
      if (!away || !('channel' in target) || !target.channel.startsWith('slack')) return null;
      tried.push(at.getTime());
      return { kind: 'unknown', detail: 'ECONNREFUSED' };
    });
    await forum.say('sari', '/strategy propose Sirene rationale:x closes:3d basis:member quorum:1 urgent:uji');
    await forum.wait(3);
    const before = counts(forum.standing.get('slack#1'));
    away = true;
    for (let n = 2; n <= 60; n++) {
      await forum.vote(n, 'agree');
      await forum.skip(60_000);
      expect(counts(forum.standing.get('discord#1'))).toContain(`setuju ${n - 1} `);
    }
    expect(counts(forum.standing.get('slack#1'))).toBe(before);
    away = false;
    await forum.skip(3_600_000);
    await forum.wait(10);
    for (const channel of ['discord#1', 'discord#2', 'slack#1', 'slack#2'])
      expect(counts(forum.standing.get(channel))).toContain('setuju 59 ');
    // Each post catches up in one edit, not in fifty-nine.
    expect(['slack#1', 'slack#2'].map(channel => forum.edits.get(channel)?.length)).toEqual([1, 1]);
    expect((await forum.deliveries()).filter(one => one.state === 'failed' || one.state === 'pending')).toEqual([]);
    await forum.store.close();
  });
});
